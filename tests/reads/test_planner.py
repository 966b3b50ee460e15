"""The planner covers GraphQL itself: fragments, aliases, variables, directives; and keeps its plans."""

from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, SCOPES, Caller, Context
from app.graph.planner_kept import Kept
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import Policy
from tests.reads.conftest import Ask

ONE = 'person(by: {oneId: "one-1"})'
TWO = 'person(by: {oneId: "one-2"})'

DOCUMENTS: dict[str, str] = {
    "aliases": f"{{ {ONE} {{ a: oneId b: oneId status }} }}",
    "roots": f"{{ a: {ONE} {{ oneId }} b: {TWO} {{ oneId }} __typename }}",
    "fragments": f"{{ {ONE} {{ ...A ... on Person {{ status }} ... {{ since }} ... on Node {{ id }} }} }}"
    " fragment A on Person { oneId ...B } fragment B on Node { id __typename }",
    "merging selections": f"{{ {ONE} {{ members {{ level }} members {{ points brand {{ key }} }} ...A }} }}"
    " fragment A on Person { members { brand { name } shop { key } } oneId }",
    "one field with several arguments": f'{{ {ONE} {{ a: identifiers(kinds: ["phone"]) {{ kind }}'
    " b: identifiers(kinds: []) { kind } c: identifiers(kinds: null) { kind } d: identifiers { kind } } }",
    "round and round": f"{{ {ONE} {{ identifiers {{ person {{ identifiers {{ evidence {{ other {{ person {{"
    " members { level } mergedInto { history { type } } } } } } } } } }",
    "introspection beside it": f"{{ {ONE} {{ oneId }} __schema {{ queryType {{ name }} }} }}",
    "__type beside it": f'{{ __type(name: "Person") {{ name }} x: __typename {ONE} {{ oneId }} }}',
    "lists of values": f"query Q {{ {ONE} {{ formerOneIds x: formerOneIds }} }}",
    "nothing": f"{{ {ONE} {{ }} }}",
}


@pytest.mark.parametrize("query", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_all_of_graphql(small_world: Graph, ask: Ask, query: str) -> None:
    answer = await ask(query)
    assert "errors" not in answer
    assert answer["data"]["person" if "person" in answer["data"] else "a"] is not None


async def test_roots_do_not_answer_for_each_other(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """{
          a: person(by: {oneId: "one-1"}) { oneId identifiers(kinds: ["card"]) { kind } }
          b: person(by: {identifier: {kind: "cookie", value: "c-1"}}) { oneId identifiers { kind } }
          c: person(by: {oneId: "nobody"}) { oneId }
          d: people(by: [{oneId: "one-4"}, {oneId: "one-2"}]) { oneId identifiers(kinds: ["phone"]) { kind } }
        }"""
    )
    assert answer["data"] == {
        "a": {"oneId": "one-1", "identifiers": [{"kind": "card"}]},
        "b": {"oneId": "one-2", "identifiers": [{"kind": "cookie"}]},
        "c": None,
        "d": [{"oneId": "one-4", "identifiers": []}, {"oneId": "one-2", "identifiers": []}],
    }


DIRECTIVES = """
query ($with: Boolean!, $without: Boolean = false, $kinds: [String!] = ["card"]) {
  person(by: {oneId: "one-1"}) {
    oneId
    identifiers(kinds: $kinds) @include(if: $with) { kind }
    ...More @skip(if: $without)
    ... @include(if: $with) { status }
  }
}
fragment More on Person { since @skip(if: $with) cards @include(if: true) { level } }
"""


@pytest.mark.parametrize(
    ("variables", "keys"),
    [
        ({"with": True}, ["oneId", "identifiers", "cards", "status"]),
        ({"with": False}, ["oneId", "since", "cards"]),
        ({"with": True, "without": True}, ["oneId", "identifiers", "status"]),
        ({"with": False, "without": True}, ["oneId"]),
    ],
)
async def test_directives(small_world: Graph, ask: Ask, variables: Any, keys: list[str]) -> None:
    answer = await ask(DIRECTIVES, variables)
    assert list(answer["data"]["person"]) == keys
    if "identifiers" in keys:
        assert answer["data"]["person"]["identifiers"] == [{"kind": "card"}]


async def test_everything_skipped_asks_nothing(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        f"query ($no: Boolean!) {{ {ONE} @include(if: $no) {{ oneId }} }}", {"no": False}, calls=0
    )
    assert answer["data"] == {}


async def test_which_operation(small_world: Graph, ask: Ask) -> None:
    document = f"query A {{ {ONE} {{ oneId }} }} query B {{ {ONE} {{ status }} }}"
    assert (await ask(document, name="B"))["data"] == {"person": {"status": "ACTIVE"}}
    for name in (None, "C"):
        assert (await ask(document, name=name, calls=0))["errors"][0]["extensions"][
            "code"
        ] == "UNKNOWN_OPERATION"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ nobody }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("", {}, "GRAPHQL_PARSE_FAILED"),
        ("fragment A on Person { oneId }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($by: PersonBy!) { person(by: $by) { oneId } }", {}, "BAD_USER_INPUT"),
        ("query ($by: PersonBy!) { person(by: $by) { oneId } }", {"by": {"oneId": None}}, "BAD_USER_INPUT"),
        ("query ($by: PersonBy!) { person(by: $by) { oneId } }", {"by": {"name": "x"}}, "BAD_USER_INPUT"),
        ("query ($n: Int) { changes(first: $n) { __typename } }", {"n": "x"}, "BAD_USER_INPUT"),
        ("query ($t: [ChangeType!]) { changes(types: $t) { __typename } }", {"t": ["X"]}, "BAD_USER_INPUT"),
        ("subscription { x }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)  # fmt: skip
async def test_what_cannot_be_executed(ask: Ask, query: str, variables: Any, code: str) -> None:
    answer = await ask(query, variables, calls=0)
    assert "data" not in answer
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}


async def test_a_null_that_the_schema_forbids_is_told_where_it_is(small_world: Graph, ask: Ask) -> None:
    async with small_world.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (i:Identifier {key: 'cookie|*|c-1'}) REMOVE i.scope")).consume()
    answer = await ask('{ person(by: {oneId: "one-2"}) { oneId identifiers { kind scope } } }')
    assert answer["data"] == {"person": None}
    assert answer["errors"][0]["path"] == ["person", "identifiers", 0, "scope"]


async def test_an_unexpected_error_shows_a_correlation_id_and_nothing_else(
    migrated: Graph, keyring: Keyring, policy: Policy, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Context):
        def reader(self) -> Any:
            raise RuntimeError("secret: 13912345678")

    context = Broken(DEVELOPER, migrated, keyring, policy)
    answer = await Requests(GRAPHQL).answer(f"{{ {ONE} {{ oneId }} }}", None, None, context)
    assert answer["data"] == {"person": None}
    [error] = answer["errors"]
    assert error["extensions"].keys() == {"code", "correlationId"}
    assert error["extensions"]["code"] == "INTERNAL"
    assert "13912345678" not in str(answer) + caplog.text


async def test_a_plan_is_kept_for_callers_with_the_same_scopes(
    small_world: Graph, keyring: Keyring, policy: Policy
) -> None:
    requests = Requests(GRAPHQL)
    query = "query ($id: ID!) { person(by: {oneId: $id}) { cards { level } } }"

    async def asked(one_id: str, scopes: frozenset[str], brands: frozenset[str] | None) -> Any:
        context = Context(Caller("tests", scopes, brands), small_world, keyring, policy)
        return (await requests.answer(query, {"id": one_id}, None, context))["data"]["person"]["cards"]

    assert await asked("one-1", SCOPES, None) == [{"level": "silver"}]
    assert await asked("one-2", SCOPES, None) == []
    assert await asked("one-1", SCOPES, frozenset({"beibei"})) == []
    assert await asked("one-1", SCOPES, frozenset({"miaomiao"})) == [{"level": "silver"}]
    assert (requests.plans.misses, requests.plans.hits) == (1, 3)
    await asked("one-1", frozenset({"profile:read"}), None)
    assert (requests.plans.misses, len(requests.plans), requests.documents.misses) == (2, 2, 1)


def test_what_is_kept_is_bounded() -> None:
    kept = Kept[int](2)
    for key in (1, 2, 1, 3, 1, 2):
        assert kept.get(key, lambda key=key: key) == key
    assert (kept.hits, kept.misses, len(kept)) == (2, 4, 2)
    assert kept.get("long", lambda: 5, weight=2) == 5
    assert (len(kept), kept.weight) == (1, 2)
    assert kept.get("too long", lambda: 6, weight=3) == 6
    assert (len(kept), kept.weight) == (0, 0)
