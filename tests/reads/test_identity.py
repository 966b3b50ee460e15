"""Evidence, history, the change feed and its cursors, and nodes by their global ids."""

from base64 import b64encode
from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.context import SCOPES
from app.graph.sessions import Graph
from tests.reads.conftest import Ask

FEED = """
query Feed($first: Int, $after: String, $types: [ChangeType!]) {
  changes(first: $first, after: $after, types: $types) {
    edges { cursor node { number type oneId } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


def numbers(answer: dict[str, Any]) -> list[int]:
    return [edge["node"]["number"] for edge in answer["data"]["changes"]["edges"]]


def page_info(answer: dict[str, Any]) -> dict[str, Any]:
    info: dict[str, Any] = answer["data"]["changes"]["pageInfo"]
    return info


async def test_evidence_from_either_end(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """query ($by: IdentifierInput!) {
          person(by: {identifier: $by}) {
            identifiers(kinds: ["phone"]) {
              evidence {
                state reason firstSeen sources brands method confidence verified
                other { kind person { oneId } evidence { other { kind } } }
              }
            }
          }
        }""",
        {"by": {"kind": "phone", "value": "13912345678"}},
    )
    [phone] = answer["data"]["person"]["identifiers"]
    assert [(e["other"]["kind"], e["state"], e["reason"]) for e in phone["evidence"]] == [
        ("openid", "ACTIVE", None),
        ("member", "ACTIVE", None),
        ("cookie", "SUPPRESSED", "LIMIT_EXCEEDED"),
    ]
    openid, member, cookie = phone["evidence"]
    assert openid == {
        "state": "ACTIVE", "reason": None, "firstSeen": "2024-01-01T08:00:00Z", "sources": ["crm", "app"],
        "brands": ["beibei"], "method": "observed", "confidence": 1.0, "verified": True,
        "other": {"kind": "openid", "person": {"oneId": "one-1"}, "evidence": [{"other": {"kind": "phone"}}]},
    }  # fmt: skip
    assert [e["other"]["kind"] for e in member["other"]["evidence"]] == ["card", "phone"]
    assert cookie["other"]["person"] == {"oneId": "one-2"}


async def test_a_brand_sees_the_evidence_that_it_reported(small_world: Graph, ask: Ask) -> None:
    query = (
        '{ person(by: {oneId: "one-1"}) { identifiers(kinds: ["member"]) { evidence { other { kind } } } } }'
    )
    own = await ask(query, brands=frozenset({"beibei"}))
    assert own["data"]["person"]["identifiers"] == [{"evidence": [{"other": {"kind": "phone"}}]}]


async def test_history_goes_on_over_a_merge(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """{ person(by: {oneId: "one-1"}) { history {
          type at cause oneId otherOneIds gained { kind display } lost { kind }
        } } }"""
    )
    assert answer["data"]["person"]["history"] == [
        {
            "type": "CREATED", "at": "2024-01-01T08:00:00Z", "cause": "OBSERVED", "oneId": "one-1",
            "otherOneIds": [], "lost": [],
            "gained": [{"kind": "member", "display": "M001"}, {"kind": "phone", "display": "139****5678"}],
        },
        {
            "type": "CREATED", "at": "2024-03-01T00:00:00Z", "cause": "OBSERVED", "oneId": "one-3",
            "otherOneIds": [], "gained": [{"kind": "card", "display": "C001"}], "lost": [],
        },
        {
            "type": "MERGED", "at": "2024-03-01T00:00:01Z", "cause": "OBSERVED", "oneId": "one-3",
            "otherOneIds": ["one-1"], "gained": [], "lost": [{"kind": "card"}],
        },
    ]  # fmt: skip


async def test_the_feed_page_by_page(small_world: Graph, ask: Ask) -> None:
    first = await ask(FEED, {"first": 3})
    assert numbers(first) == [1, 2, 3]
    edges = first["data"]["changes"]["edges"]
    assert page_info(first) == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": edges[0]["cursor"],
        "endCursor": edges[2]["cursor"],
    }
    second = await ask(FEED, {"first": 3, "after": page_info(first)["endCursor"]})
    assert numbers(second) == [4]  # the fifth has no number yet
    assert (page_info(second)["hasNextPage"], page_info(second)["hasPreviousPage"]) == (False, True)
    end = await ask(FEED, {"first": 3, "after": page_info(second)["endCursor"]})
    assert numbers(end) == []
    assert (page_info(end)["startCursor"], page_info(end)["endCursor"]) == (None, None)


async def test_a_page_is_not_shifted_by_a_write(small_world: Graph, ask: Ask) -> None:
    after = page_info(await ask(FEED, {"first": 2}))["endCursor"]
    async with small_world.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (c:Change) WHERE c.seq <= 2 DELETE c")).consume()
    assert numbers(await ask(FEED, {"first": 2, "after": after})) == [3, 4]


async def test_the_feed_by_types(small_world: Graph, ask: Ask) -> None:
    assert numbers(await ask(FEED, {"types": ["MERGED", "SPLIT"]})) == [4]
    assert numbers(await ask(FEED, {"types": None})) == [1, 2, 3, 4]
    assert numbers(await ask(FEED, {"types": []})) == []


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "not base64!", "王", "eyJhIjoxfQ"])
async def test_a_text_that_is_no_cursor(small_world: Graph, ask: Ask, cursor: str) -> None:
    answer = await ask(FEED, {"first": 2, "after": cursor}, calls=0)
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_CURSOR"


async def test_cursors_say_nothing_and_two_names_of_one_field_agree(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """{
          a: changes(first: 1) { edges { cursor } pageInfo { endCursor } again: pageInfo { end: endCursor } }
          b: changes(first: 2) {
            one: edges { node { oneId } } two: edges { node { number } cursor } __typename
          }
        }"""
    )
    a, b = answer["data"]["a"], answer["data"]["b"]
    assert a["edges"][0]["cursor"] == a["pageInfo"]["endCursor"] == a["again"]["end"] == b["two"][0]["cursor"]
    assert b["one"] == [{"node": {"oneId": "one-1"}}, {"node": {"oneId": "one-2"}}]
    assert (b["two"][1]["node"], b["__typename"]) == ({"number": 2}, "ChangeConnection")
    assert len(a["edges"][0]["cursor"]) > 20


NODES = """
query ($id: ID!) {
  node(id: $id) {
    __typename id
    ... on Person { oneId }
    ... on Identifier { kind }
    ... on Member { level shop { name } }
    ... on Card { level brand { name } }
    ... on Shop { name brand { name } }
    ... on Brand { name }
    ... on Change { type person { oneId status } by }
  }
}
"""


def global_id(text: str) -> str:
    return b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Person:one-2", {"oneId": "one-2"}),
        ("Identifier:cookie|*|c-1", {"kind": "cookie"}),
        ("Identifier:member|beibei|M001", {"kind": "member"}),
        ("Member:member|beibei|M001", {"level": "gold", "shop": {"name": "贝贝天猫旗舰店"}}),
        ("Card:card|miaomiao|C001", {"level": "silver", "brand": {"name": "喵喵"}}),
        ("Shop:app-1", {"name": "贝贝小程序", "brand": {"name": "贝贝"}}),
        ("Brand:miaomiao", {"name": "喵喵"}),
        ("Change:c-4", {"type": "MERGED", "person": {"oneId": "one-3", "status": "MERGED"}, "by": None}),
    ],
)
async def test_anything_by_its_global_id(small_world: Graph, ask: Ask, name: str, fields: Any) -> None:
    answer = await ask(NODES, {"id": global_id(name)})
    typename = name.partition(":")[0]
    assert answer["data"]["node"] == {"__typename": typename, "id": global_id(name)} | fields


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (global_id("Person:nobody"), 1),
        (global_id("Member:cookie|*|c-1"), 1),
        (global_id("Query:x"), 0),
        (global_id("Person"), 1),
        ("not base64", 0),
        ("王", 0),
        ("", 0),
    ],
)
async def test_an_id_that_names_nothing(small_world: Graph, ask: Ask, text: str, calls: int) -> None:
    answer = await ask(NODES, {"id": text}, calls=calls)
    assert answer == {"data": {"node": None}, "extensions": answer["extensions"]}


async def test_ids_lead_back(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """{ person(by: {oneId: "one-1"}) {
          id identifiers { id } members { id } cards { id } shops { id brand { id } }
        } changes { edges { node { id } } } }"""
    )

    def ids(value: Any) -> list[str]:
        if isinstance(value, list):
            return [one for item in value for one in ids(item)]
        if isinstance(value, dict):
            own = [value["id"]] if "id" in value else []
            return own + [one for item in value.values() for one in ids(item)]
        return []

    found = ids(answer["data"])
    assert len(found) == 1 + 4 + 1 + 1 + 4 + 4
    for one in found:
        node = await ask(NODES, {"id": one})
        assert node["data"]["node"]["id"] == one


async def test_the_feed_needs_its_scope(small_world: Graph, ask: Ask) -> None:
    answer = await ask(FEED, scopes=SCOPES - {"profile:read"}, calls=0)
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
