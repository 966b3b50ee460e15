"""Connections at any depth: each page has its own order, length and cursor, and its own errors."""

from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.test_identity import global_id

SHOPS = """
query ($first: Int, $beibei: String, $miaomiao: String) {
  brands {
    edges { node { key shops(first: $first, after: $beibei) { edges { cursor node { key } } pageInfo { hasNextPage endCursor } } } }
  }
  other: brands(first: 1) {
    edges { node { key shops(first: 1, after: $miaomiao) { edges { node { key brand { key } } } } } }
    pageInfo { hasNextPage hasPreviousPage }
  }
}
"""  # noqa: E501 - a document as it is sent
SEEN = """
query ($id: ID!, $first: Int, $after: String, $states: [EvidenceState!]) {
  node(id: $id) { ... on Identifier {
    seenWith(first: $first, after: $after, states: $states) {
      edges { node { state other { kind seenWith(first: 1) { edges { node { other { kind } } } } } } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  } }
}
"""


@pytest.fixture
async def more_shops(small_world: Graph) -> Graph:
    """Seven more shops of the first brand, one of the second."""
    async with small_world.session(WRITE_ACCESS) as session:
        await session.run(
            "UNWIND range(1, 7) AS n MATCH (b:Brand {key: 'beibei'}) "
            "CREATE (:Shop {key: 'shop-' + n, name: '店' + n, platform: 'offline'})-[:OF_BRAND]->(b)"
        )
        await session.run(
            "MATCH (b:Brand {key: 'miaomiao'}) "
            "CREATE (:Shop {key: 'a-pet-shop', name: '宠物店', platform: 'offline'})-[:OF_BRAND]->(b)"
        )
    small_world.calls = 0
    return small_world


def _shops(brand: dict[str, Any]) -> list[str]:
    return [edge["node"]["key"] for edge in brand["node"]["shops"]["edges"]]


async def test_pages_in_a_page(more_shops: Graph, ask: Ask) -> None:
    answer = (await ask(SHOPS, {"first": 2}))["data"]
    first, second = answer["brands"]["edges"]
    assert (first["node"]["key"], _shops(first)) == ("beibei", ["app-1", "shop-1"])
    assert first["node"]["shops"]["pageInfo"]["hasNextPage"]
    assert (second["node"]["key"], _shops(second)) == ("miaomiao", ["a-pet-shop"])
    assert not second["node"]["shops"]["pageInfo"]["hasNextPage"]
    assert answer["other"] == {
        "edges": [
            {
                "node": {
                    "key": "beibei",
                    "shops": {"edges": [{"node": {"key": "app-1", "brand": {"key": "beibei"}}}]},
                }
            }
        ],
        "pageInfo": {"hasNextPage": True, "hasPreviousPage": False},
    }


async def test_every_row_comes_once_over_the_pages_below(more_shops: Graph, ask: Ask) -> None:
    found, after = [], None
    for _ in range(5):
        answer = (await ask(SHOPS, {"first": 2, "beibei": after}))["data"]
        shops = answer["brands"]["edges"][0]
        found += _shops(shops)
        after = shops["node"]["shops"]["pageInfo"]["endCursor"]
    assert found == ["app-1", *(f"shop-{n}" for n in range(1, 8)), "tmall-1"]


async def test_evidence_in_pages(small_world: Graph, ask: Ask) -> None:
    """The phone was seen with an openid, a member, and with a cookie, which lost."""
    people = '{ person(by: {oneId: "one-1"}) { identifiers(kinds: ["phone"]) { id } } }'
    phone = (await ask(people))["data"]["person"]["identifiers"][0]["id"]
    found: list[tuple[str, str]] = []
    after = None
    while True:
        page = (await ask(SEEN, {"id": phone, "first": 1, "after": after}))["data"]["node"]["seenWith"]
        [edge] = page["edges"]
        assert len(edge["node"]["other"]["seenWith"]["edges"]) == 1
        found.append((edge["node"]["state"], edge["node"]["other"]["kind"]))
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == [("ACTIVE", "openid"), ("ACTIVE", "member"), ("SUPPRESSED", "cookie")]
    lost = (await ask(SEEN, {"id": phone, "states": ["SUPPRESSED"]}))["data"]["node"]["seenWith"]["edges"]
    assert [edge["node"]["other"]["kind"] for edge in lost] == ["cookie"]


REFUSED = """
query ($cookie: ID!, $member: ID!, $first: Int, $after: String) {
  a: node(id: $cookie) { ...Seen }
  b: node(id: $member) { ... on Identifier { kind seenWith(first: 1, after: $after) { edges { cursor } } } }
  nodes(ids: [$cookie, $member]) { id ...Seen }
  c: node(id: $cookie) { ... on Identifier { kind seenWith(first: 1) { edges { node { state } } } } }
}
fragment Seen on Identifier { kind seenWith(first: $first) { edges { cursor } } }
"""


async def test_a_refused_argument_below_is_told_at_its_path(small_world: Graph, ask: Ask) -> None:
    """In every place where it is; everything beside it is answered."""
    ids = {
        "cookie": global_id("Identifier:cookie|*|c-1"),
        "member": global_id("Identifier:member|beibei|M001"),
    }
    answer = await ask(REFUSED, {**ids, "first": 0, "after": "none"})
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [
        (["a", "seenWith"], "BAD_USER_INPUT"),
        (["b", "seenWith"], "INVALID_CURSOR"),
        (["nodes", 0, "seenWith"], "BAD_USER_INPUT"),
        (["nodes", 1, "seenWith"], "BAD_USER_INPUT"),
    ]
    assert answer["data"] == {
        "a": None,
        "b": None,
        "nodes": [None, None],
        "c": {"kind": "cookie", "seenWith": {"edges": [{"node": {"state": "SUPPRESSED"}}]}},
    }


async def test_a_cursor_is_good_for_its_own_field(more_shops: Graph, ask: Ask) -> None:
    cursor = (await ask("{ brands(first: 1) { pageInfo { endCursor } } }"))["data"]["brands"]["pageInfo"][
        "endCursor"
    ]
    answer = await ask(
        "query ($after: String) { changes(after: $after) { edges { cursor } } }", {"after": cursor}, calls=0
    )
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_CURSOR"


async def test_a_page_below_counts_with_the_pages_above(more_shops: Graph, ask: Ask) -> None:
    brands, one = 20 * (1 + 1 + 1 + 3 * (1 + 1 + 1 + 1)), 1 + 1 + 1 + (1 + 1 + 1 + 1) + 1
    assert (await ask(SHOPS, {"first": 3}))["extensions"] == {"cost": brands + one}


NODES = """
query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Person { oneId status mergedInto { oneId } }
    ... on Identifier { kind display }
    ... on Member { level brand { key } }
    ... on Shop { name }
    ... on Change { type person { oneId } }
  }
}
"""


async def test_many_nodes_in_one_read(small_world: Graph, ask: Ask) -> None:
    """In the order that they are asked in; a merged person is itself, and what is not there is null."""
    ids = [
        global_id(one)
        for one in ("Person:one-3", "Shop:app-1", "Change:c-4", "Member:member|beibei|M001", "Brand:nothing",
                    "Identifier:member|beibei|M001", "Member:cookie|*|c-1", "Person:one-3")
    ] + ["no id at all"]  # fmt: skip
    found = (await ask(NODES, {"ids": ids}))["data"]["nodes"]
    assert [None if one is None else one["__typename"] for one in found] == [
        "Person", "Shop", "Change", "Member", None, "Identifier", None, "Person", None,
    ]  # fmt: skip
    assert found[0] == {"__typename": "Person", "id": ids[0], "oneId": "one-3", "status": "MERGED",
                        "mergedInto": {"oneId": "one-1"}}  # fmt: skip
    assert found[2]["person"] == {"oneId": "one-3"}
    assert found[3] == {"__typename": "Member", "id": ids[3], "level": "gold", "brand": {"key": "beibei"}}
    assert found[5] == {"__typename": "Identifier", "id": ids[5], "kind": "member", "display": "M001"}


async def test_nodes_cost_as_many_as_are_asked(small_world: Graph, ask: Ask) -> None:
    answer = await ask(NODES, {"ids": [global_id("Brand:beibei")] * 7})
    assert answer["extensions"]["cost"] >= 7
    too_many = await ask(NODES, {"ids": ["x"] * 1_001}, calls=0)
    assert too_many["errors"][0]["extensions"]["code"] == "LIST_TOO_LONG"
