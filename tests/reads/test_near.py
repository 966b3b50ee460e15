"""Who is near a person: what they share, how alike they are, the shortest way; bounded, masked, by brand."""
# ruff: noqa: E501 - worlds and documents as they are sent

from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.context import DEVELOPER, Context
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from app.settings import Settings
from tests.reads.conftest import Ask

# Four people: two share a tablet that is nobody's and a baby, one lost a phone to another, one has the same address.
WORLD = """
UNWIND ['ann', 'bob', 'cat', 'dan'] AS name
CREATE (p:Person {oneId: name, born: name, since: datetime('2024-01-01T00:00:00Z'), status: 'ACTIVE', name: name})
CREATE (:Identifier:Member {key: 'member|beibei|' + name, kind: 'member', scope: 'beibei', value: name, name: name,
  firstSeen: p.since, lastSeen: p.since, brands: ['beibei']})-[:IDENTIFIES {since: p.since}]->(p)
WITH collect(p) AS _
MATCH (a:Identifier {key: 'member|beibei|ann'}), (b:Identifier {key: 'member|beibei|bob'}),
  (c:Identifier {key: 'member|beibei|cat'}), (d:Identifier {key: 'member|beibei|dan'}), (cat:Person {oneId: 'cat'})
CREATE (own:Person {oneId: 'tablet', born: 't', since: cat.since, status: 'ACTIVE', name: 'tablet'})
CREATE (tablet:Identifier:Device {key: 'oaid|*|t', kind: 'oaid', scope: '*', value: 't', name: 't', shared: true,
  firstSeen: cat.since, lastSeen: cat.since, brands: ['beibei', 'miaomiao']})-[:IDENTIFIES {since: cat.since}]->(own)
CREATE (phone:Identifier:Phone {key: 'phone|*|x', kind: 'phone', scope: '*', name: '139****0001', firstSeen: cat.since,
  lastSeen: cat.since, brands: ['beibei']})-[:IDENTIFIES {since: cat.since}]->(cat)
CREATE (a)-[:LINKED {state: 'suppressed', reason: 'SHARED', brands: ['miaomiao']}]->(tablet),
  (b)-[:LINKED {state: 'suppressed', reason: 'SHARED', brands: ['miaomiao']}]->(tablet),
  (phone)-[:LINKED {state: 'active', brands: ['beibei']}]->(c),
  (a)-[:LINKED {state: 'suppressed', reason: 'LIMIT_EXCEEDED', brands: ['beibei']}]->(phone),
  (a)-[:LINKED {state: 'proposed', brands: ['beibei']}]->(d)
CREATE (baby:Dependent:Baby {key: 'beibei|baby', ref: 'baby', kind: 'BABY', brand: 'beibei', name: '小*'})
CREATE (baby)-[:DEPENDENT_OF]->(a), (baby)-[:DEPENDENT_OF]->(b)
CREATE (:Order {key: 'beibei|1', number: '1', brand: 'beibei', at: cat.since, addressDigest: 'same',
  address: '上海市****'})-[:PLACED_BY]->(a)
CREATE (:Order {key: 'beibei|2', number: '2', brand: 'beibei', at: cat.since, addressDigest: 'same',
  address: '上海市****'})-[:PLACED_BY]->(d)
CREATE (vip:Tag {key: 'vip', name: 'vip'}), (rare:Tag {key: 'rare', name: 'rare'}), (s:Segment {key: 's', name: 's'})
FOREACH (one IN [a, b] | CREATE (one)-[:ASSERTED {since: cat.since}]->(vip))
CREATE (c)-[:ASSERTED {since: cat.since, removed: cat.since}]->(vip)
WITH rare, s
MATCH (p:Person) WHERE p.oneId IN ['ann', 'cat']
CREATE (p)-[:TAGGED {source: 'RULE', since: p.since}]->(rare), (p)-[:IN_SEGMENT {since: p.since}]->(s)
"""
NEIGHBOURS = """
query ($of: ID!, $first: Int, $after: String) { person(by: {oneId: $of}) {
  neighbours(first: $first, after: $after) {
    edges { node { strength person { oneId } shared { kind display reason state identifier { display } mine { value } theirs { value } } } }
    pageInfo { hasNextPage endCursor }
  }
} }
"""
ALIKE = """
query ($of: ID!) { person(by: {oneId: $of}) { alike { edges { node { person { oneId } score tags segments } } } } }
"""
PATH = """
query ($a: PersonBy!, $b: PersonBy!) { path(a: $a, b: $b) {
  length steps { relationship state reason start { __typename id } end { __typename ... on Identifier { display } } }
} }
"""


@pytest.fixture
async def household(graph: Graph) -> Graph:
    """The people above."""
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(WORLD)).consume()
    graph.calls = 0
    return graph


def _nodes(answer: dict[str, Any], field: str) -> list[dict[str, Any]]:
    assert "errors" not in answer, answer
    return [edge["node"] for edge in answer["data"]["person"][field]["edges"]]


async def test_neighbours_share_things_and_are_somebody_else(household: Graph, ask: Ask) -> None:
    found = _nodes(await ask(NEIGHBOURS, {"of": "ann"}), "neighbours")
    shared = {
        one["person"]["oneId"]: [(s["kind"], s["display"], s["reason"]) for s in one["shared"]]
        for one in found
    }
    assert shared == {
        "bob": [("BABY", "小*", None), ("oaid", "t", "SHARED")],
        "cat": [("phone", "139****0001", "LIMIT_EXCEEDED")],
        "dan": [("address", "上海市****", None)],
        "tablet": [("oaid", "t", "SHARED")],
    }
    assert [one["strength"] for one in found] == [2, 1, 1, 1]


async def test_neighbours_come_in_pages(household: Graph, ask: Ask) -> None:
    pages, after = [], None
    while True:
        answer = await ask(NEIGHBOURS, {"of": "ann", "first": 1, "after": after})
        pages += [one["person"]["oneId"] for one in _nodes(answer, "neighbours")]
        info = answer["data"]["person"]["neighbours"]["pageInfo"]
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert pages == ["bob", "cat", "dan", "tablet"]


async def test_a_brand_sees_what_it_knows(household: Graph, ask: Ask) -> None:
    found = _nodes(await ask(NEIGHBOURS, {"of": "ann"}, brands=frozenset({"beibei"})), "neighbours")
    assert {one["person"]["oneId"]: one["strength"] for one in found} == {"bob": 1, "cat": 1, "dan": 1}


async def test_what_a_hundred_are_tied_to_is_passed_over(household: Graph, ask: Ask) -> None:
    async with household.session(WRITE_ACCESS) as session:
        await session.run(
            "MATCH (t:Identifier {key: 'oaid|*|t'}) UNWIND range(1, 100) AS n "
            "CREATE (:Identifier {key: 'cookie|*|' + n, kind: 'cookie', brands: []})-[:LINKED {state: 'suppressed'}]->(t)"
        )
    household.calls = 0
    found = _nodes(await ask(NEIGHBOURS, {"of": "bob"}), "neighbours")
    assert {one["person"]["oneId"] for one in found} == {"ann"}


async def test_what_was_said_before_somebody_else_held_the_number_is_not_shared(
    household: Graph, ask: Ask
) -> None:
    async with household.session(WRITE_ACCESS) as session:
        await session.run(
            "MATCH (:Dependent)-[of:DEPENDENT_OF]->(i:Identifier) SET of.last = datetime('2025-01-01T00:00:00Z') "
            "WITH i WHERE i.key ENDS WITH 'ann' SET i.contested = true, i.factsFrom = datetime('2025-06-01T00:00:00Z')"
        )
    household.calls = 0
    for one, other in (("ann", "bob"), ("bob", "ann")):
        found = {
            node["person"]["oneId"]: node for node in _nodes(await ask(NEIGHBOURS, {"of": one}), "neighbours")
        }
        assert [shared["kind"] for shared in found[other]["shared"]] == ["oaid"]


async def test_the_rarest_in_common_counts_most(household: Graph, ask: Ask) -> None:
    found = _nodes(await ask(ALIKE, {"of": "ann"}), "alike")
    assert [(one["person"]["oneId"], one["tags"], one["segments"]) for one in found] == [
        ("cat", ["rare"], ["s"]),
        ("bob", ["vip"], []),
    ]
    assert found[0]["score"] > found[1]["score"]
    assert _nodes(await ask(ALIKE, {"of": "ann"}, brands=frozenset({"beibei"})), "alike") == []


async def test_the_shortest_way_is_told_step_by_step(household: Graph, ask: Ask) -> None:
    async with household.session(WRITE_ACCESS) as session:
        await session.run("MATCH (baby:Dependent) DETACH DELETE baby")  # that way is as short
    household.calls = 0
    by_member = {"identifier": {"kind": "member", "scope": "beibei", "value": "cat"}}
    answer = await ask(PATH, {"a": {"oneId": "bob"}, "b": by_member})
    assert "errors" not in answer, answer
    steps = answer["data"]["path"]["steps"]
    assert answer["data"]["path"]["length"] == len(steps) == 5
    assert [step["relationship"] for step in steps[:1] + steps[-1:]] == ["IDENTIFIES", "IDENTIFIES"]
    assert steps[-2]["reason"] == "LIMIT_EXCEEDED"


async def test_there_is_no_way_over_what_a_brand_does_not_know(household: Graph, ask: Ask) -> None:
    ends = {"a": {"oneId": "ann"}, "b": {"oneId": "tablet"}}
    assert (await ask(PATH, ends))["data"]["path"]["length"] == 3
    assert (await ask(PATH, ends, brands=frozenset({"beibei"})))["data"]["path"] is None
    assert (await ask(PATH, {"a": {"oneId": "ann"}, "b": {"oneId": "nobody"}}))["data"]["path"] is None


async def test_an_address_is_one_however_it_is_spelt(
    graph: Graph, ask: Ask, keyring: Keyring, settings: Settings
) -> None:
    context = Context(
        DEVELOPER, graph, keyring, None, identity=await Identity.open(graph, keyring, settings.policy)
    )
    addresses = {
        "M1": "上海市 浦东新区 世纪大道1号",
        "M2": "上海市浦东新区世纪大道１号",
        "M3": "上海市浦东新区世纪大道2号",
    }
    sent = [
        {
            "id": member,
            "at": "2026-01-01T00:00:00Z",
            "source": "shop",
            "brand": "beibei",
            "identifiers": [{"kind": "member", "value": member, "scope": "beibei"}],
            "order": {"key": member, "status": "PAID", "amount": 1, "recipient": {"address": address}},
        }
        for member, address in addresses.items()
    ]
    assert (await ingest(context, sent)).accepted == 3
    graph.calls = 0
    found = await ask(
        """{ person(by: {identifier: {kind: "member", scope: "beibei", value: "M1"}}) { neighbours { edges { node {
        shared { kind display theirs { value } } } } } } }"""
    )
    shared = [one["shared"] for one in _nodes(found, "neighbours")]
    assert shared == [[{"kind": "address", "display": "上海市****", "theirs": {"value": "M2"}}]]
