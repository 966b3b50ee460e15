"""why, whyNot and ownerOf as GraphQL: every field, in a constant number of statements, masked."""

from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from tests.identity.test_why_live import PHONE, World, named
from tests.identity.test_why_live import world as world
from tests.reads.test_every_field import _note

Json = dict[str, Any]
REQUESTS = Requests(GRAPHQL)


async def ask(world: World, query: str, variables: Json, **caller: Any) -> Json:
    """The answer, for a caller with every right unless said otherwise."""
    who = Caller("tests", caller.get("scopes", SCOPES), caller.get("brands"))
    own = world.identity
    context = Context(who, own.graph, own.keyring, own.state.policy, identity=own)
    return await REQUESTS.answer(query, variables, None, context)


def asking(field: str, selection: str) -> str:
    return f"query ($a: IdentifierInput!, $b: IdentifierInput!) {{ {field}(a: $a, b: $b) {selection} }}"


def everything(typename: str) -> str:
    """All of the answer; of identifiers and people, which other tests read, their names."""
    type_ = GRAPHQL.type_map[typename]
    assert isinstance(type_, GraphQLObjectType)
    short = {"Identifier": "{ __typename display }", "Person": "{ __typename oneId }"}
    parts = ["__typename"]
    for name, field in type_.fields.items():
        named = get_named_type(field.type)
        below = "" if is_leaf_type(named) else short.get(named.name) or everything(named.name)
        parts.append(f"{name} {below}")
    return "{ " + " ".join(parts) + " }"


async def tangled(world: World) -> list[tuple[str, Json]]:
    """A world in which every field of the answers has a value somewhere, and what to ask for that."""
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    await world.see("2026-03-02T10:00:00+08:00", "member:M2", "oaid:d2")
    await world.see("2026-03-03T10:00:00+08:00", f"phone:{PHONE}", "oaid:d2")
    await world.decide("link", a=named("member:M1"), b=named(f"phone:{PHONE}"))
    await world.see("2026-03-01T10:00:00+08:00", "member:M3", "oaid:d3")
    await world.decide("neverLink", a=named("member:M3"), b=named("oaid:d3"))
    for name in ("M4", "M5", "M6"):
        await world.see("2026-03-01T10:00:00+08:00", f"member:{name}", "oaid:d4")
    for brand, name, gender in (("mumu", "M7", "F"), ("lumi", "M8", "M")):
        facts = {"member": {"gender": gender}}
        prefix = "member" if brand == "mumu" else "member_2"
        await world.see("2026-03-01T10:00:00+08:00", f"{prefix}:{name}", "oaid:d7", brand=brand, **facts)
    pairs = [
        ("why", "member:M1", f"phone:{PHONE}"),
        ("whyNot", "member:M2", f"phone:{PHONE}"),
        ("whyNot", "member:M3", "oaid:d3"),
        ("whyNot", "member:M4", "member:M5"),
        ("whyNot", "member:M7", "member_2:M8"),
    ]
    return [(field, {"a": named(a), "b": named(b)}) for field, a, b in pairs]


async def test_every_field_has_a_value_somewhere(world: World) -> None:
    seen: set[str] = set()
    for field, variables in await tangled(world):
        typename = field[0].upper() + field[1:]
        answer = await ask(world, asking(field, everything(typename)), variables)
        assert "errors" not in answer, answer["errors"]
        _note(GRAPHQL.type_map["Query"], answer["data"], seen)  # type: ignore[arg-type]
    fields = {
        f"{type_.name}.{name}"
        for type_ in GRAPHQL.type_map.values()
        if isinstance(type_, GraphQLObjectType) and type_.name.startswith("Why")
        for name in type_.fields
    }
    assert fields - seen == set()


async def test_a_constant_number_of_statements(world: World) -> None:
    for field, variables in await tangled(world):
        typename = field[0].upper() + field[1:]
        world.identity.graph.calls = 0
        await ask(world, asking(field, everything(typename)), variables)
        assert world.identity.graph.calls <= 7


async def test_one_statement_for_words(world: World) -> None:
    for field, variables in await tangled(world):
        world.identity.graph.calls = 0
        await ask(world, asking(field, "{ joined code text sentences hidden }"), variables)
        assert world.identity.graph.calls <= 2  # the second for facts that contradict each other


async def test_personal_values_never_show(world: World) -> None:
    for field, variables in await tangled(world):
        typename = field[0].upper() + field[1:]
        answer = await ask(
            world, asking(field, everything(typename)), variables, scopes=SCOPES - {"pii:read"}
        )
        assert PHONE[3:7] not in str(answer)
        assert "errors" not in answer


async def test_a_brand_sees_its_own(world: World) -> None:
    [(field, variables), *_] = await tangled(world)
    own = await ask(
        world, asking(field, "{ code steps { a { display } } }"), variables, brands=frozenset({"mumu"})
    )
    assert own["data"]["why"] == {"code": "JOINED", "steps": [{"a": {"display": "M1"}}]}
    other = await ask(
        world,
        asking(field, "{ code a { display } steps { a { display } } }"),
        variables,
        brands=frozenset({"lumi"}),
    )
    assert other["data"]["why"] == {"code": "UNKNOWN", "a": None, "steps": []}


async def test_refusals(world: World) -> None:
    [(_, variables), *_] = await tangled(world)
    for ask_for in ("why", "whyNot"):
        refused = await ask(world, asking(ask_for, "{ code }"), variables, scopes=SCOPES - {"profile:read"})
        assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        unknown = {**variables, "b": {"kind": "telephone", "value": "1"}}
        answer = await ask(world, asking(ask_for, "{ code }"), unknown)
        assert answer["errors"][0]["extensions"]["code"] == "UNKNOWN_KIND"


OWNER = """
query ($identifier: IdentifierInput!, $at: DateTime!) {
  ownerOf(identifier: $identifier, at: $at) { oneId status mergedInto { oneId } identifiers { display } }
}
"""


async def test_owner_of(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    at = datetime.now(UTC).isoformat()
    world.identity.graph.calls = 0

    async def owner(at: str, **caller: Any) -> Any:
        variables = {"identifier": named("member:M1"), "at": at}
        return (await ask(world, OWNER, variables, **caller))["data"]["ownerOf"]

    found = await owner(at)
    assert world.identity.graph.calls == 1
    assert (found["status"], [one["display"] for one in found["identifiers"]]) == (
        "ACTIVE",
        ["M1", "139****5678"],
    )
    assert await owner("2026-02-01T00:00:00Z") is None
    assert await owner("2026-03-02T00:00:00") == found
    assert await owner(at, brands=frozenset({"lumi"})) is None


@pytest.mark.parametrize("text", ["not a time", ""])
async def test_owner_of_no_time(world: World, text: str) -> None:
    answer = await ask(world, OWNER, {"identifier": named("member:M1"), "at": text})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
