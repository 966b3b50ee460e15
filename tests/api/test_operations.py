"""What people decide, as mutations: what each answers, what each refuses, and how the audit trail reads."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policies import versions as policies
from app.main import Service
from tests.identity.dump import dump
from tests.identity.register import seen

PAYLOAD = """{
  operation pending people { oneId status identifiers { kind value } }
  erasure { identifiers { kind scope display } evidence decisions facts operations }
  userErrors { field code message suggestion }
}"""
DOCUMENTS = {
    "link": "mutation ($a: IdentifierInput!, $b: IdentifierInput!, $reason: String!) "
    "{ answer: link(a: $a, b: $b, reason: $reason) %s }",
    "unlink": "mutation ($identifier: IdentifierInput, $a: IdentifierInput, $b: IdentifierInput, "
    "$reason: String!) { answer: unlink(identifier: $identifier, a: $a, b: $b, reason: $reason) %s }",
    "neverLink": "mutation ($a: IdentifierInput!, $b: IdentifierInput!, $reason: String!) "
    "{ answer: neverLink(a: $a, b: $b, reason: $reason) %s }",
    "block": "mutation ($kind: String!, $value: String, $pattern: String, $reason: String!) "
    "{ answer: block(kind: $kind, value: $value, pattern: $pattern, reason: $reason) %s }",
    "erase": "mutation ($identifier: IdentifierInput, $person: PersonBy, $dryRun: Boolean! = false, "
    "$reason: String!) { answer: erase(identifier: $identifier, person: $person, dryRun: $dryRun, "
    "reason: $reason) %s }",
    "restore": "mutation ($identifier: IdentifierInput!, $reason: String!) "
    "{ answer: restore(identifier: $identifier, reason: $reason) %s }",
    "undo": "mutation ($operation: ID!, $reason: String!) "
    "{ answer: undo(operation: $operation, reason: $reason) %s }",
    "replaceCard": "mutation ($card: IdentifierInput!, $by: IdentifierInput!, $reason: String!) "
    "{ answer: replaceCard(card: $card, by: $by, reason: $reason) %s }",
}
TRAIL = """
query ($after: String, $first: Int, $by: String, $types: [OperationType!], $about: IdentifierInput) {
  operations(after: $after, first: $first, by: $by, types: $types, identifier: $about) {
    edges { node { id number type by reason erased identifiers { kind display }
                   undoes { number } undoneBy { number } } }
    pageInfo { endCursor hasNextPage }
  }
}"""

BUSY = ("Change", "Sequence", "Job", "JobRun", "Lease")
"""What the service's jobs write at any time."""


def phone(value: str) -> dict[str, str]:
    return {"kind": "phone", "value": value}


def openid(value: str) -> dict[str, str]:
    return {"kind": "openid", "value": value, "scope": "app-1"}


def member(value: str) -> dict[str, str]:
    return {"kind": "member", "value": value, "scope": "mumu"}


def card(value: str) -> dict[str, str]:
    return {"kind": "card", "value": value, "scope": "mumu"}


async def asked(http: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = (await http.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def run(http: httpx.AsyncClient, name: str, *, reason: str = "case 7", **variables: Any) -> Any:
    """Runs one mutation. Returns its payload."""
    return (await asked(http, DOCUMENTS[name] % PAYLOAD, reason=reason, **variables))["answer"]


async def observed(http: httpx.AsyncClient, *observations: dict[str, Any]) -> None:
    query = """mutation ($o: [ObservationInput!]!) {
      ingest(observations: $o) { rejected { code } userErrors { code } } }"""
    found = await asked(http, query, o=[{"source": "crm"} | one for one in observations])
    assert found == {"ingest": {"rejected": [], "userErrors": []}}


@pytest.fixture
async def world(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """Three people: a member with a phone, an OpenID with a phone, two cards of one member."""
    await observed(
        http,
        seen(1, "member:mumu:M1", "phone:13912340001", id="e1"),
        seen(2, "openid:app-1:o-1", "phone:13912340002", id="e2"),
        seen(3, "member:mumu:M3", "card:mumu:C1", id="e3"),
        seen(4, "card:mumu:C2", id="e4"),
    )
    return http


def codes(payload: Any) -> list[tuple[list[str], str]]:
    return [(error["field"], error["code"]) for error in payload["userErrors"]]


async def test_a_link_and_its_undo(world: httpx.AsyncClient) -> None:
    before = await asked(
        world, '{ people(by: [{identifier: {kind: "phone", value: "13912340002"}}]) { oneId } }'
    )
    linked = await run(world, "link", a=phone("139 1234 0001"), b=phone("13912340002"))
    assert linked["userErrors"] == []
    [person] = linked["people"]
    assert len(person["identifiers"]) == 4
    undone = await run(world, "undo", operation=linked["operation"], reason="the wrong case")
    assert undone["userErrors"] == []
    assert len(undone["people"]) == 2
    assert before["people"][0]["oneId"] in {one["oneId"] for one in undone["people"]}
    again = await run(world, "undo", operation=linked["operation"])
    assert (codes(again), again["operation"]) == ([(["operation"], "ALREADY_UNDONE")], None)


async def test_unlinks(world: httpx.AsyncClient) -> None:
    apart = await run(world, "unlink", a=phone("13912340001"), b=member("M1"))
    assert sorted(len(one["identifiers"]) for one in apart["people"]) == [1, 1]
    await observed(world, seen(1, "member:mumu:M1", "phone:13912340001", id="again"))
    alone = await run(world, "unlink", identifier=phone("13912340002"))
    assert sorted(len(one["identifiers"]) for one in alone["people"]) == [1, 1]
    assert codes(await run(world, "unlink", identifier=phone("13912340002"))) == [
        (["identifier"], "NOT_FOUND")
    ]
    assert codes(await run(world, "unlink", a=phone("13912340001"))) == [(["a"], "ONE_OF")]
    both = await run(world, "unlink", identifier=phone("1"), a=phone("1"), b=phone("2"), reason=" ")
    assert codes(both) == [(["reason"], "REASON_REQUIRED"), (["identifier"], "ONE_OF")]


async def test_a_never_link_refuses_the_link(world: httpx.AsyncClient) -> None:
    never = await run(world, "neverLink", a=member("M1"), b=openid("o-1"))
    assert never["userErrors"] == []
    refused = await run(world, "link", a=phone("13912340001"), b=openid("o-1"))
    assert codes(refused) == [(["a", "b"], "NEVER_LINKED")]
    assert refused["userErrors"][0]["suggestion"]
    await run(world, "undo", operation=never["operation"])
    assert codes(await run(world, "link", a=phone("13912340001"), b=openid("o-1"))) == []


async def test_a_block_and_its_undo(world: httpx.AsyncClient) -> None:
    blocked = await run(world, "block", kind="phone", value="13912340001")
    assert {i["kind"] for one in blocked["people"] for i in one["identifiers"]} == {"member"}
    assert codes(await run(world, "link", a=phone("13912340001"), b=openid("o-1"))) == [(["a"], "BLOCKED")]
    back = await run(world, "undo", operation=blocked["operation"])
    assert [len(one["identifiers"]) for one in back["people"]] == [2]
    assert codes(await run(world, "block", kind="fax", value="1")) == [(["kind"], "UNKNOWN_KIND")]
    assert codes(await run(world, "block", kind="phone", pattern="(")) == [(["pattern"], "MALFORMED_VALUE")]
    assert codes(await run(world, "block", kind="phone")) == [(["kind"], "ONE_OF")]


async def test_an_erasure(world: httpx.AsyncClient, graph: Graph) -> None:
    await run(world, "link", a=phone("13912340001"), b=phone("13912340002"))
    before = await dump(graph, labels=BUSY)
    dry = await run(world, "erase", identifier=phone("13912340001"), dryRun=True)
    assert dry["operation"] is None
    assert dry["erasure"] == {
        "identifiers": [{"kind": "phone", "scope": "*", "display": "139****0001"}],
        "evidence": 1, "decisions": 1, "facts": 0, "operations": 1,
    }  # fmt: skip
    assert await dump(graph, labels=BUSY) == before
    done = await run(world, "erase", identifier=phone("13912340001"))
    assert done["erasure"] == dry["erasure"]
    assert {i["value"] for one in done["people"] for i in one["identifiers"]} == {
        "M1",
        "+8613912340002",
        "o-1",
    }
    await observed(world, seen(1, "member:mumu:M1", "phone:13912340001", id="again"))
    assert codes(await run(world, "link", a=phone("13912340001"), b=openid("o-1"))) == [(["a"], "NOT_FOUND")]
    assert codes(await run(world, "undo", operation=done["operation"])) == [(["operation"], "NOT_UNDOABLE")]
    restored = await run(world, "restore", identifier=phone("13912340001"))
    assert restored["userErrors"] == []
    assert codes(await run(world, "restore", identifier=phone("13912340001"))) == [
        (["identifier"], "NOT_FOUND")
    ]
    trail = (await asked(world, TRAIL))["operations"]["edges"]
    assert [(one["node"]["type"], one["node"]["reason"], one["node"]["erased"]) for one in trail] == [
        ("RESTORE", "case 7", False), ("ERASE", "case 7", False), ("LINK", None, True)
    ]  # fmt: skip


async def test_a_person_is_erased_by_any_name(world: httpx.AsyncClient) -> None:
    linked = await run(world, "link", a=phone("13912340001"), b=phone("13912340002"))
    one_id = linked["people"][0]["oneId"]
    dry = await run(world, "erase", person={"identifier": openid("o-1")}, dryRun=True)
    assert {one["kind"] for one in dry["erasure"]["identifiers"]} == {"member", "phone", "openid"}
    assert [one["oneId"] for one in dry["people"]] == [one_id]
    done = await run(world, "erase", person={"oneId": one_id})
    assert [(one["oneId"], one["status"]) for one in done["people"]] == [(one_id, "ERASED")]
    assert codes(await run(world, "erase", person={"oneId": one_id})) == [(["person"], "NOT_FOUND")]


async def test_a_lost_card(world: httpx.AsyncClient) -> None:
    query = """{ person(by: {identifier: {kind: "card", value: "C1", scope: "mumu"}}) {
      cards { display replacedBy { display } } } }"""
    moved = await run(world, "replaceCard", card=card("C1"), by=card("C2"))
    assert moved["userErrors"] == []
    assert (await asked(world, query))["person"]["cards"] == [
        {"display": "C1", "replacedBy": {"display": "C2"}}, {"display": "C2", "replacedBy": None}
    ]  # fmt: skip
    assert codes(await run(world, "replaceCard", card=card("C1"), by=card("C2"))) == [
        (["card"], "ALREADY_REPLACED")
    ]
    assert codes(await run(world, "replaceCard", card=card("C2"), by=card("C1"))) == [
        (["card"], "ALREADY_REPLACED")
    ]
    assert codes(await run(world, "replaceCard", card=card("C2"), by=card("C9"))) == [(["by"], "NOT_FOUND")]
    assert codes(await run(world, "replaceCard", card=phone("1"), by=card("C1"))) == [
        (["card", "kind"], "NOT_A_CARD")
    ]
    back = await run(world, "undo", operation=moved["operation"])
    assert len(back["people"]) == 2
    assert (await asked(world, query))["person"]["cards"] == [{"display": "C1", "replacedBy": None}]


async def test_every_problem_of_the_words_at_once(world: httpx.AsyncClient, graph: Graph) -> None:
    before = await dump(graph, labels=BUSY)
    found = await run(world, "link", a={"kind": "fax", "value": "1"}, b=phone("1" * 1025), reason="")
    assert codes(found) == [
        (["reason"], "REASON_REQUIRED"), (["a", "kind"], "UNKNOWN_KIND"), (["b", "value"], "MALFORMED_VALUE")
    ]  # fmt: skip
    limited = await run(world, "link", a=member("M1"), b=member("M3"))
    assert codes(limited) == [(["a", "b"], "LIMIT_EXCEEDED")]
    assert codes(await run(world, "undo", operation="nothing")) == [(["operation"], "NOT_FOUND")]
    assert await dump(graph, labels=BUSY) == before


async def test_refusals_name_no_personal_value(world: httpx.AsyncClient) -> None:
    for number in range(3, 6):
        await observed(world, seen(number, "member:mumu:M1", f"phone:1391234000{number}", id=f"p{number}"))
    refused = await run(world, "link", a=member("M1"), b=phone("13912340002"))
    assert codes(refused) == [(["a", "b"], "LIMIT_EXCEEDED")]
    assert "139****0003" in refused["userErrors"][0]["message"]
    assert "13912340003" not in refused["userErrors"][0]["message"]


async def test_the_trail_in_pages_and_filtered(world: httpx.AsyncClient) -> None:
    linked = await run(world, "link", a=phone("13912340001"), b=phone("13912340002"))
    await run(world, "block", kind="phone", value="13912340009")
    await run(world, "undo", operation=linked["operation"], reason="a mistake")
    page = (await asked(world, TRAIL, first=2))["operations"]
    assert [one["node"]["number"] for one in page["edges"]] == [3, 2]
    rest = (await asked(world, TRAIL, first=2, after=page["pageInfo"]["endCursor"]))["operations"]
    assert [one["node"]["number"] for one in rest["edges"]] == [1]
    [undo, block] = [one["node"] for one in page["edges"]]
    assert (undo["type"], undo["reason"], undo["undoes"]) == ("UNDO", "a mistake", {"number": 1})
    assert rest["edges"][0]["node"]["undoneBy"] == {"number": 3}
    assert [one["display"] for one in undo["identifiers"]] == ["139****0001", "139****0002"]
    assert block["identifiers"] == []
    about = (await asked(world, TRAIL, about=phone("13912340002"), types=["LINK", "BLOCK"]))["operations"]
    assert [one["node"]["type"] for one in about["edges"]] == ["LINK"]
    assert (await asked(world, TRAIL, by="nobody"))["operations"]["edges"] == []
    node = await asked(
        world, "query ($id: ID!) { node(id: $id) { id ... on Operation { number } } }", id=undo["id"]
    )
    assert node["node"] == {"id": undo["id"], "number": 3}
    refused = await run(world, "undo", operation=rest["edges"][0]["node"]["id"])
    assert codes(refused) == [(["operation"], "ALREADY_UNDONE")]


async def test_the_versions_of_the_policy(world: httpx.AsyncClient, service: FastAPI) -> None:
    own: Service = service.router.lifespan_context.__self__  # type: ignore[attr-defined]
    text = own.settings.policy.read_text(encoding="utf-8")
    merging = text.replace("limit_per_scope: 1}", "limit_per_scope: 2}", 1)
    await run(world, "link", a=phone("13912340001"), b=phone("13912340002"))
    await policies.apply(own.identity, merging, "ann", "double registrations")
    query = """{ policy { version by reason current unfinished peopleMerged text }
      policyVersions { version by current peopleCreated peopleSplit peopleReturned identifiersMoved } }"""
    found = await asked(world, query)
    assert found["policy"] == {
        "version": 2, "by": "ann", "reason": "double registrations", "current": True, "unfinished": False,
        "peopleMerged": 0, "text": merging,
    }  # fmt: skip
    assert [(one["version"], one["by"], one["current"]) for one in found["policyVersions"]] == [
        (2, "ann", True), (1, "oneid", False)
    ]  # fmt: skip


async def test_who_may(world: httpx.AsyncClient, service: FastAPI, graph: Graph) -> None:
    own: Service = service.router.lifespan_context.__self__  # type: ignore[attr-defined]
    query = DOCUMENTS["link"] % PAYLOAD
    variables = {"a": phone("13912340001"), "b": phone("13912340002"), "reason": "case 7"}

    async def answer(scopes: frozenset[str], brands: frozenset[str] | None = None) -> Any:
        caller = Caller("ann", scopes, brands)
        identity = own.identity
        context = Context(caller, graph, identity.keyring, identity.state.policy, identity=identity)
        return await Requests(GRAPHQL).answer(query, variables, None, context)

    refused = await answer(SCOPES - {"identity:write"})
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    branded = (await answer(SCOPES, frozenset({"mumu"})))["data"]["answer"]
    assert codes(branded) == [([], "FORBIDDEN")]
    silent = (await answer(frozenset({"identity:write"})))["data"]["answer"]
    assert (silent["people"], silent["userErrors"]) == ([], [])
