"""From a product to its buyers, their dependents and segments: filtered by the tests of rules, in one statement."""
# ruff: noqa: E501 - worlds and documents as they are sent

from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.context import SCOPES
from app.graph.sessions import Graph
from tests.reads.conftest import Ask

# Thirty people; every n-th bought n times, two of the last with what does not count: a contested card, a cancelled order.
WORLD = """
CREATE (soap:Product {key: 'soap', name: '肥皂 Soap', category: '护理'}),
  (:Product {key: 'SOAP-2', name: 'x', category: '护理'}), (:Product {key: 'milk', name: '奶粉', category: '食品'}),
  (vip:Tag {key: 'vip', name: 'vip', subject: 'PERSON', valueType: 'FLAG', setBy: 'RULE', defined: true}),
  (cared:Tag {key: 'cared', name: 'cared', subject: 'BABY', valueType: 'FLAG', setBy: 'MANUAL', defined: true}),
  (gold:Segment {key: 'gold', name: '金', rule: '{"tag": {"key": "vip"}}', status: 'ACTIVE', version: 1})
WITH *
UNWIND range(0, $people - 1) AS n
WITH *, right('0000' + toString(n), 4) AS name, CASE WHEN n % 2 = 0 THEN 'beibei' ELSE 'miaomiao' END AS brand
CREATE (p:Person {oneId: name, born: name, since: datetime('2024-01-01T00:00:00Z'), status: 'ACTIVE', name: name})
CREATE (i:Identifier:Member {key: 'member|' + brand + '|' + name, kind: 'member', scope: brand, value: name, name: name,
  firstSeen: p.since, lastSeen: p.since, brands: [brand]})-[:IDENTIFIES {since: p.since}]->(p)
CREATE (d:Dependent:Baby {key: brand + '|' + name, ref: name, kind: CASE WHEN n % 3 = 0 THEN 'BABY' ELSE 'PET' END,
  brand: brand, gender: CASE WHEN n % 4 = 0 THEN 'F' ELSE 'M' END, birthday: date('2025-05-01'), a_weight: n,
  sources: [], said: p.since, last: p.since})-[:DEPENDENT_OF {since: p.since, last: p.since}]->(i)
FOREACH (_ IN CASE WHEN n % 2 = 0 THEN [1] ELSE [] END |
  CREATE (p)-[:TAGGED {source: 'RULE', since: p.since}]->(vip), (p)-[:IN_SEGMENT {since: p.since}]->(gold),
    (d)-[:TAGGED {source: 'RULE', since: p.since}]->(cared))
FOREACH (k IN range(0, n % 3) | CREATE (o:Order {key: brand + '|' + name + '-' + k, number: name + '-' + k, brand: brand,
    status: CASE WHEN n = 5 THEN 'CANCELLED' ELSE 'PAID' END, currency: 'CNY', placedAt: p.since, said: p.since,
    at: datetime('2026-04-30T00:00:00Z') - duration({days: n}), amountMinor: 9900, netMinor: 9900, discountMinor: 0,
    refundedMinor: 0, quantity: 2})-[:PLACED_BY]->(i)
  CREATE (o)-[:CONTAINS {line: 0, quantity: 1 + k, amountMinor: 100 * n, netMinor: 100 * n, discountMinor: 0,
    refundedMinor: 0}]->(soap))
FOREACH (_ IN CASE WHEN n = 7 THEN [1] ELSE [] END | SET i.contested = true, i.factsFrom = datetime('2026-05-01T00:00:00Z'))
"""
ALL = {f"{n:04}" for n in range(30)} - {"0005", "0007"}
BUYERS = """
query ($where: OrderWhere, $within: RuleWindow, $rule: SegmentRule, $first: Int, $after: String) {
  product(key: "soap") {
    buyers(where: $where, within: $within, rule: $rule, first: $first, after: $after) {
      edges { node { oneId } } pageInfo { hasNextPage endCursor }
    }
    buyerCount(where: $where, within: $within, rule: $rule) { value precision }
  }
}
"""
PAGE = """
query ($first: Int, $where: DependentWhere) { product(key: "soap") { buyers(first: $first) { edges { node {
  oneId dependents(where: $where) { key kind gender ageMonths } segments { segment { key } }
  tags { tag { key } } orders { edges { node { number lines { product { key } } } } }
} } } } }
"""


async def _filled(graph: Graph, people: int) -> Graph:
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(WORLD, people=people)).consume()
    graph.calls = 0
    return graph


@pytest_asyncio.fixture
async def shop(graph: Graph) -> Graph:
    """The thirty people."""
    return await _filled(graph, 30)


def _found(answer: dict[str, Any]) -> list[str]:
    assert "errors" not in answer, answer["errors"]
    product = answer["data"]["product"]
    found = [edge["node"]["oneId"] for edge in product["buyers"]["edges"]]
    if not product["buyers"]["pageInfo"]["hasNextPage"]:
        assert product["buyerCount"] == {"value": len(found), "precision": "EXACT"}
    return found


async def test_buyers_come_in_pages_by_one_id(shop: Graph, ask: Ask) -> None:
    found, after = [], None
    for size in (12, 12, 4):
        answer = await ask(BUYERS, {"first": 12, "after": after})
        page = answer["data"]["product"]["buyers"]
        assert len(page["edges"]) == size
        found += [edge["node"]["oneId"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert found == sorted(ALL)
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"where": {"amount": {"gte": 28}}}, {"0028", "0029"}),  # of the line, not of the order
        ({"where": {"quantity": {"gte": 3}}}, {f"{n:04}" for n in range(2, 30, 3)} - {"0005"}),
        ({"where": {"brand": "miaomiao", "not": {"amount": {"gte": 1}}}}, set()),  # of the whole order
        ({"where": {"status": ["CANCELLED"]}}, {"0005"}),
        ({"where": {"product": "milk"}}, set()),
        ({"where": {"category": ["护理"]}, "within": {"last": "3d"}}, {"0000", "0001", "0002"}),
        ({"rule": {"tag": {"key": "vip"}}}, {one for one in ALL if int(one) % 2 == 0}),
        ({"rule": {"not": {"segment": {"key": "gold"}}}}, {one for one in ALL if int(one) % 2}),
        (
            {"rule": {"order": {"where": {"product": "soap"}, "measure": "SUM_AMOUNT", "is": {"gte": 70}}}},
            {"0026", "0029"},
        ),
        ({"rule": {"dependent": {"where": {"kind": "BABY", "gender": "F"}}}}, {"0000", "0012", "0024"}),
    ],
)
async def test_the_tests_of_rules_filter_buyers(
    shop: Graph, ask: Ask, filters: Any, expected: set[str]
) -> None:
    calls = 1
    if "rule" in filters:  # twice, for the page and the number: the names there are, and who they are if few
        calls = {"tag": 5, "order": 5, "dependent": 3, "not": 3}[next(iter(filters["rule"]))]
    assert set(_found(await ask(BUYERS, {"first": 100, **filters}, calls=calls))) == expected


@pytest.mark.parametrize("first", [1, 20])
async def test_a_page_with_everything_takes_one_statement(shop: Graph, ask: Ask, first: int) -> None:
    variables = {"first": first, "where": {"ageMonths": {"gte": 6, "lte": 12}, "gender": ["F"]}}
    nodes = (await ask(PAGE, variables, calls=1))["data"]["product"]["buyers"]["edges"]
    assert len(nodes) == first
    assert nodes[0]["node"] == {
        "oneId": "0000",
        "dependents": [{"key": "beibei|0000", "kind": "BABY", "gender": "F", "ageMonths": 12}],
        "segments": [{"segment": {"key": "gold"}}],
        "tags": [{"tag": {"key": "vip"}}],
        "orders": {"edges": [{"node": {"number": "0000-0", "lines": [{"product": {"key": "soap"}}]}}]},
    }
    assert [bool(one["node"]["dependents"]) for one in nodes] == [
        int(one["node"]["oneId"]) % 4 == 0 for one in nodes
    ]


@pytest.mark.parametrize(
    ("where", "who"),
    [
        ({"tag": "cared", "kind": ["BABY"]}, {0}),
        ({"not": {"kind": "BABY"}}, {1, 2}),
        ({"attributes": [{"name": "breed", "is": {"exists": True}}]}, set()),
        ({"ageYears": {"gte": 2}}, set()),
        ({}, {0, 1, 2}),
    ],
)
async def test_dependents_of_anybody_are_filtered(shop: Graph, ask: Ask, where: Any, who: set[int]) -> None:
    """A filter that names a tag asks which tags there are, once, whoever's dependents they are."""
    document = "query ($by: [PersonBy!]!, $where: DependentWhere) { people(by: $by) { dependents(where: $where) { key } } }"
    by = [{"oneId": f"000{n}"} for n in range(3)]
    answer = await ask(document, {"by": by, "where": where}, calls=1 + ("tag" in where))
    assert "errors" not in answer, answer["errors"]
    assert {n for n, one in enumerate(answer["data"]["people"]) if one["dependents"]} == who


async def test_everything_wrong_with_a_filter_is_told_where_it_is(shop: Graph, ask: Ask) -> None:
    wrong = {"kind": ["BABI"], "ageMonths": {"gte": "x"}, "not": {}}
    answer = await ask(PAGE, {"first": 1, "where": wrong})
    (error,) = answer["errors"]
    assert error["path"] == ["product", "buyers", "edges", 0, "node", "dependents"]
    assert error["extensions"]["code"] == "UNKNOWN_KIND"
    assert error["extensions"]["field"] == ["where", "kind"]
    assert all(place in error["message"] for place in ("where.kind", "where.ageMonths.gte", "where.not"))
    for filters, code, field in (
        ({"where": {"amount": {}}}, "EMPTY_TEST", ["where", "amount"]),
        ({"within": {"last": "x"}}, "INVALID_WINDOW", ["within", "last"]),
        ({"rule": {"all": []}}, "EMPTY_GROUP", ["rule", "all"]),
        ({"rule": {"any": [{"everyone": True}] * 101}}, "TOO_COMPLEX", ["rule", "any", "100"]),
        (
            {"where": {"product": ["x"] * 10, "shop": [str(n) for n in range(1000)] * 1}, "first": 0},
            "BAD_USER_INPUT",
            ["first"],
        ),
    ):
        errors = (await ask(BUYERS, filters, calls=3 if "rule" in filters else 1))["errors"]
        assert {one["extensions"]["code"] for one in errors} == {code}
        assert errors[0]["extensions"]["field"] == field


async def test_filters_of_one_request_are_counted_together(shop: Graph, ask: Ask) -> None:
    """A hundred conditions in each of two filters would be a statement of two hundred."""
    rule = {"any": [{"attribute": {"name": "city", "is": {"eq": str(n)}}} for n in range(60)]}
    (error,) = (await ask(BUYERS, {"rule": rule}, calls=2))["errors"]
    assert error["extensions"]["code"] == "TOO_COMPLEX"


async def test_who_may_see_which_buyers(shop: Graph, ask: Ask) -> None:
    brands = frozenset({"beibei"})
    assert set(_found(await ask(BUYERS, {"first": 100}, brands=brands))) == {
        one for one in ALL if int(one) % 2 == 0
    }
    for scopes, where in (
        (SCOPES - {"profile:read"}, {}),
        (SCOPES - {"segment:read"}, {"rule": {"everyone": True}}),
    ):
        answer = await ask(BUYERS, where, scopes=scopes, calls=int("rule" in where))
        assert {one["extensions"]["code"] for one in answer["errors"]} == {"FORBIDDEN"}
    name = {"rule": {"attribute": {"name": "name", "is": {"eq": "王"}}}}
    answer = await ask(BUYERS, name, scopes=SCOPES - {"pii:read"}, calls=3)
    assert {one["extensions"]["code"] for one in answer["errors"]} == {"FORBIDDEN_FIELD"}


async def test_buyers_of_a_popular_product_are_met_in_the_order_of_the_page(graph: Graph, ask: Ask) -> None:
    """More lines than are looked at for a page: people are, until the page is full; or all lines when it is not."""
    await _filled(graph, 1300)
    assert _found(await ask(BUYERS, {"first": 5})) == ["0000", "0001", "0002", "0003", "0004"]
    last = {"where": {"amount": {"gte": 1299}}}
    assert _found(await ask(BUYERS, {"first": 5, **last})) == ["1299"]
    rare = {"rule": {"dependent": {"where": {"kind": "BABY"}}}}
    assert _found(await ask(BUYERS, {"first": 3, **rare}, calls=3)) == ["0000", "0003", "0006"]


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, ["SOAP-2", "milk", "soap"]),
        ({"search": "SOAP"}, ["SOAP-2", "soap"]),
        ({"search": "奶"}, ["milk"]),
        ({"category": "护理"}, ["SOAP-2", "soap"]),
        ({"category": "护理", "search": "肥皂"}, ["soap"]),
        ({"category": "none"}, []),
    ],
)
async def test_products_are_found_by_category_and_text(
    shop: Graph, ask: Ask, asked: Any, keys: list[str]
) -> None:
    document = """query ($search: String, $category: String, $first: Int, $after: String) {
      products(search: $search, category: $category, first: $first, after: $after) {
        edges { node { key } } pageInfo { hasNextPage endCursor } } }"""
    found, after = [], None
    while True:
        answer = (await ask(document, {**asked, "first": 1, "after": after}))["data"]["products"]
        found += [edge["node"]["key"] for edge in answer["edges"]]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert found == keys
