"""Where a statement starts, by what was counted: the fewest facts, and all people where that is less."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.rules import compiler
from app.rules.compiler_anchors import EVERYBODY, starts
from app.rules.compiler_sizes import sized, sizes
from app.rules.model import parse
from app.rules.statement import Settings
from app.rules.windows import Clock
from tests.emptying import anew
from tests.graph.plans import operators, scans

Json = dict[str, Any]
SETTINGS = Settings(Clock(datetime(2026, 11, 20, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai")))
# Thirty people, each with an order of A at s1 this month; every tenth carries vip, and is at risk, and one of
# them got a message and has a card that ends this week.
_PEOPLE = """
MERGE (q:Product {key: 'A', category: 'milk'}) MERGE (s:Shop {key: 's1'}) MERGE (t:Tag {key: 'vip'})
MERGE (g:Stage {key: 'l|*|at_risk', stage: 'at_risk', brand: '*'}) MERGE (l:List {key: 'l1'})
WITH q, s, t, g, l UNWIND range(0, 29) AS n
CREATE (p:Person {oneId: 'p' + toString(100 + n), status: 'ACTIVE'})
CREATE (i:Identifier {key: 'phone|*|' + toString(n), kind: 'phone', scope: '*',
  brands: ['b' + toString(n % 2)]})
CREATE (i)-[:IDENTIFIES]->(p)
CREATE (i)<-[:PLACED_BY]-(o:Order {key: toString(n), brand: 'b' + toString(n % 2), status: 'PAID',
  currency: 'CNY', at: datetime('2026-11-01T00:00:00Z'), netMinor: 10000 * n, discountMinor: 0,
  refundedMinor: 0, quantity: 1})
CREATE (o)-[:PLACED_AT]->(s), (o)-[:CONTAINS]->(q)
FOREACH (_ IN CASE n % 10 WHEN 0 THEN [1] END |
  CREATE (p)-[:TAGGED {source: 'RULE'}]->(t), (p)-[:IN_STAGE]->(g))
FOREACH (_ IN CASE n WHEN 10 THEN [1] END |
  CREATE (i)<-[:SENT_TO]-(:Touch {key: 't', channel: 'SMS', brand: 'b0',
    at: datetime('2026-11-10T00:00:00Z')})
  CREATE (i)-[:ON_LIST]->(l)
  CREATE (:Identifier:Card {key: 'card|b0|1', kind: 'card', scope: 'b0', brands: ['b0'],
    validTo: date('2026-11-22')})
    -[:IDENTIFIES]->(p))
"""
BOUGHT: Json = {"order": {"where": {"product": "A", "shop": "s1"}, "within": {"last": "90d"}}}
VIP: Json = {"tag": {"key": "vip"}}
SMS: Json = {"touch": {"where": {"channel": "SMS"}}}
CARD: Json = {"card": {"where": {"validTo": {"next": "7d"}}}}
STAGE: Json = {"lifecycle": {"stage": "at_risk"}}
CHOSEN: list[tuple[Json, str | None, int]] = [
    ({"all": [BOUGHT, VIP]}, "Tag(key)", 3),
    ({"all": [VIP, SMS, BOUGHT]}, "Touch(channel, at)", 1),
    ({"all": [BOUGHT, CARD]}, "Card(validTo)", 1),
    ({"all": [BOUGHT, STAGE]}, "Stage(stage)", 3),
    ({"all": [VIP, {"list": {"key": "l1"}}]}, "List(key)", 1),
    ({"all": [BOUGHT, {"identifier": {"kind": "card"}}]}, "Identifier(key)", 1),
    ({"all": [BOUGHT, {"any": [SMS, CARD]}]}, "Card(validTo)", 1),
    ({"order": {"measure": "SUM_AMOUNT", "is": {"gt": 2000}, "within": {"last": "90d"}}}, "Order(at)", 9),
    ({"any": [BOUGHT] * 8}, None, 30),
]


@pytest_asyncio.fixture(scope="module")
async def people(migrated: Graph) -> Graph:
    """The thirty people."""
    await anew(migrated)
    async with migrated.session(WRITE_ACCESS) as session:
        await (await session.run(_PEOPLE)).consume()
    return migrated


@pytest.mark.parametrize(("said", "index", "matching"), CHOSEN, ids=[str(n) for n in range(len(CHOSEN))])
async def test_it_starts_where_the_fewest_are(
    people: Graph, said: Json, index: str | None, matching: int
) -> None:
    rule = parse(said)
    asked = compiler.count(rule, await sized(people.reader(), rule, SETTINGS))
    (row,) = await people.reader().compiled(asked.text, asked.params)
    assert row["n"] == matching
    plan = await operators(people, asked.text)
    if index is None:
        assert asked.text.startswith("MATCH (p:Person) WHERE")
    else:
        assert not scans(plan)
        assert any(index in details for _, details in plan)


@pytest.mark.parametrize("brands", [None, ["b1"]])
@pytest.mark.parametrize("said", [said for said, _, _ in CHOSEN])
async def test_every_start_finds_the_same(people: Graph, said: Json, brands: list[str] | None) -> None:
    rule = parse(said)
    found = []
    places = [place for place, _ in starts(rule)]
    for chosen in (EVERYBODY, *places):
        counted = dict.fromkeys((EVERYBODY, *places), 10**6) | {chosen: 0}
        one = Settings(SETTINGS.clock, brands=brands, sizes=counted)
        asked = compiler.everybody(rule, one)
        found.append({row["oneId"] for row in await people.reader().compiled(asked.text, asked.params)})
    assert found
    assert all(some == found[0] for some in found)


async def test_what_is_counted(people: Graph) -> None:
    rule = parse({"all": [BOUGHT, VIP, SMS]})
    counted = (await sized(people.reader(), rule, SETTINGS)).sizes
    assert list(counted.values()) == [30, 30, 30, 3, 1, 30]
    asked = sizes(rule, SETTINGS)
    assert asked is not None
    assert "vip" not in asked.text


@pytest.mark.parametrize("said", [VIP, {"not": SMS}, {"everyone": True}, {"not": {"all": [VIP, BOUGHT]}}])
def test_nothing_is_counted_where_there_is_no_choice(said: Json) -> None:
    assert sizes(parse(said), SETTINGS) is None


@pytest.mark.parametrize(("amount", "matching"), [({"gt": 0}, 0), ({"lte": 0}, 30)])
async def test_a_chain_from_a_product_asks_what_its_lines_come_to(
    people: Graph, amount: Json, matching: int
) -> None:
    """The lines say no amount, so they come to nothing, whatever the whole order does."""
    bought = {"order": {"where": {"product": "A", "amount": amount}}}
    chain = {"sequence": {"steps": [bought, {"not": {"event": {"type": "v"}}}], "within": "1d"}}
    asked = compiler.count(parse(chain), SETTINGS)
    assert "Product(key)" in asked.text
    (row,) = await people.reader().compiled(asked.text, asked.params)
    assert row["n"] == matching
