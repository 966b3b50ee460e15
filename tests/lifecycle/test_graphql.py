"""Where people stand, asked both ways: the planner and the ordinary executor say the same."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic_core import to_json

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.identity.service import Identity
from app.jobs.refresh_lifecycle import refresh_lifecycle
from tests.ingest.conftest import Send
from tests.ingest.saying import seen
from tests.jobs.conftest import Cypher
from tests.lifecycle.buying import NOON, ago, bought
from tests.lifecycle.conftest import Derive

Ask = Callable[..., Awaitable[dict[str, Any]]]

PERSON = """
query ($who: String!, $brand: ID) { person(by: {identifier: {kind: "member", scope: "mumu", value: $who}}) {
  lifecycle(brand: $brand) { stage name brand since from days }
  rfm(brand: $brand) { recency frequency monetary segment segmentName brand lastOrderAt daysSinceLast
    orders net }
  journeys { journey journeyName stage name brand since from days }
  repurchase(brand: $brand) { category purchases firstOn lastOn meanDays medianDays nextExpected basis
    dueInDays }
  repurchaseByCategory(brand: $brand) { category purchases medianDays nextExpected basis }
} }
"""
BASE = """
query ($brand: ID) {
  lifecycle(brand: $brand) { stage name place people }
  rfmBase(brand: $brand) { brand by asOf people within recency frequency monetary currency
    segments { key name people } }
  repurchase(brand: $brand) { category brand asOf buyers repeaters purchases intervals meanDays medianDays
    lowerQuartileDays upperQuartileDays }
  diapers: repurchase(category: "diapers", brand: $brand) { category intervals medianDays }
  journeys { key name brand }
  journey(key: "customer") { key stages { stage place people reached converted conversion medianDays } }
}
"""


@pytest.fixture
def ask(identity: Identity) -> Ask:
    """Asks both ways as of NOON, or another moment."""
    requests = Requests(GRAPHQL)

    async def asked(
        query: str,
        variables: dict[str, Any] | None = None,
        brands: frozenset[str] | None = None,
        as_of: datetime = NOON,
    ) -> dict[str, Any]:
        caller = Caller("tests", SCOPES, brands)
        context = Context(caller, identity.graph, identity.keyring, identity.state.policy, as_of)
        planned, ordinary = [
            await requests.answer(query, variables, None, context, ordinary=way) for way in (False, True)
        ]
        assert to_json(planned) == to_json(ordinary)
        assert "errors" not in planned, planned["errors"]
        data: dict[str, Any] = planned["data"]
        return data

    return asked


async def _shop(send: Send, derive: Derive, identity: Identity) -> None:
    """M1 buys diapers every ten days, and once in another brand's shop; M2 has bought once; M3 never."""
    await send(*(bought("M1", f"d-{n}", ago(10 + 10 * n), "99.5", category="diapers") for n in range(4)))
    await send(bought("M1", "d-again", ago(10) + timedelta(hours=1), "0.5", category="wipes"))
    await send(bought("M2", "o-1", ago(200), "10"), bought("X1", "x-1", ago(3), "20", brand="other"))
    await send(
        *(
            seen(one, "phone:13912345678", at=ago(1).isoformat())
            for one in ("member:mumu:M1", "member:other:X1")
        )
    )
    await send(seen("member:mumu:M3", at=ago(7).isoformat()))
    await derive(NOON - timedelta(days=2))
    await refresh_lifecycle(identity, NOON - timedelta(days=1))
    await derive(NOON)


async def test_where_a_person_stands(send: Send, derive: Derive, identity: Identity, ask: Ask) -> None:
    await _shop(send, derive, identity)
    one = (await ask(PERSON, {"who": "M1"}))["person"]
    assert one["lifecycle"] == {
        "stage": "ACTIVE",
        "name": "活跃",
        "brand": None,
        "since": "2026-03-12T04:00:00Z",
        "from": None,
        "days": 2,
    }
    assert one["rfm"] == {
        "recency": 5,
        "frequency": 5,
        "monetary": 5,
        "segment": "CHAMPIONS",
        "segmentName": "Champions",
        "brand": None,
        "lastOrderAt": "2026-03-11T04:00:00Z",
        "daysSinceLast": 3,
        "orders": 6,
        "net": "418.50",
    }
    (place,) = one["journeys"]
    assert (place["stage"], place["since"], place["days"]) == ("LOYAL", "2026-03-04T05:00:00Z", 10)
    assert one["repurchase"] == {
        "category": None,
        "purchases": 5,
        "firstOn": "2026-02-02",
        "lastOn": "2026-03-11",
        "meanDays": 9.25,
        "medianDays": 10.0,
        "nextExpected": "2026-03-21",
        "basis": "PERSON",
        "dueInDays": 7,
    }
    kinds = {row["category"]: row for row in one["repurchaseByCategory"]}
    assert list(kinds) == ["c", "diapers", "wipes"]
    assert (kinds["diapers"]["purchases"], kinds["diapers"]["nextExpected"]) == (4, "2026-03-14")
    assert kinds["wipes"] == {
        "category": "wipes",
        "purchases": 1,
        "medianDays": None,
        "nextExpected": None,
        "basis": None,
    }
    two = (await ask(PERSON, {"who": "M2"}))["person"]
    assert (two["repurchase"]["nextExpected"], two["repurchase"]["basis"]) == ("2025-09-05", "BASE")
    three = (await ask(PERSON, {"who": "M3"}))["person"]
    assert (three["lifecycle"]["stage"], three["rfm"]) == ("PROSPECT", None)
    assert (three["journeys"][0]["stage"], three["journeys"][0]["days"]) == ("FIRST_CONTACT", 7)
    assert three["repurchase"]["purchases"] == 0


async def test_scores_without_what_they_were_made_of_are_none_until_the_refresh(
    send: Send, derive: Derive, identity: Identity, ask: Ask, cypher: Cypher
) -> None:
    await _shop(send, derive, identity)
    before = (await ask(PERSON, {"who": "M1"}))["person"]["rfm"]
    for part in ("rfmLastAt", "rfmNetMinor", "rfmOrders", "monetary"):
        await cypher(f"MATCH (p:Person) REMOVE p.{part}")
        assert (await ask(PERSON, {"who": "M1"}))["person"]["rfm"] is None, part
        await derive(NOON)
        assert (await ask(PERSON, {"who": "M1"}))["person"]["rfm"] == before, part


async def test_the_whole_base(send: Send, derive: Derive, identity: Identity, ask: Ask) -> None:
    await _shop(send, derive, identity)
    base = await ask(BASE)
    people = {row["stage"]: row["people"] for row in base["lifecycle"]}
    assert people == {"NEW": 0, "ACTIVE": 1, "AT_RISK": 0, "LAPSED": 1, "LOST": 0, "PROSPECT": 1}
    assert base["rfmBase"] == {
        "brand": None,
        "by": "quantiles",
        "asOf": "2026-03-13T04:00:00Z",
        "people": 2,
        "within": None,
        "recency": [2, 2, 2, 2],
        "frequency": [1, 1, 1, 1],
        "monetary": ["10.00"] * 4,
        "currency": "CNY",
        "segments": [
            {"key": "CHAMPIONS", "name": "Champions", "people": 1},
            {"key": "LOST", "name": "Lost", "people": 1},
        ],
    }
    cycle = base["repurchase"]
    assert (cycle["buyers"], cycle["repeaters"], cycle["purchases"], cycle["intervals"]) == (2, 1, 6, 4)
    assert (cycle["meanDays"], cycle["medianDays"], cycle["lowerQuartileDays"]) == (9.25, 10.0, 9.25)
    assert base["diapers"] == {"category": "diapers", "intervals": 3, "medianDays": 10.0}
    assert base["journeys"] == [{"key": "customer", "name": "成长旅程", "brand": None}]
    stages = base["journey"]["stages"]
    assert [(one["stage"], one["people"], one["reached"], one["converted"]) for one in stages] == [
        ("FIRST_CONTACT", 1, 3, 2),
        ("FIRST_ORDER", 1, 2, 1),
        ("SECOND_ORDER", 0, 1, 1),
        ("LOYAL", 1, 1, 0),
    ]
    assert [one["conversion"] for one in stages] == [0.666667, 0.5, 1.0, None]
    assert [one["medianDays"] for one in stages] == [0.0, 10.0, 20.0, None]


async def test_a_caller_of_a_brand_sees_that_brand(
    send: Send, derive: Derive, identity: Identity, ask: Ask
) -> None:
    await _shop(send, derive, identity)
    mine = frozenset({"mumu"})
    group = (await ask(PERSON, {"who": "M1"}, mine))["person"]
    assert (group["lifecycle"], group["rfm"], group["journeys"]) == (None, None, [])
    assert group["repurchase"]["purchases"] == 4
    own = (await ask(PERSON, {"who": "M1", "brand": "mumu"}, mine))["person"]
    assert (own["lifecycle"]["stage"], own["lifecycle"]["brand"]) == ("ACTIVE", "mumu")
    assert (own["rfm"]["orders"], own["rfm"]["net"], own["rfm"]["brand"]) == (5, "398.50", "mumu")
    theirs = (await ask(PERSON, {"who": "M1", "brand": "other"}, mine))["person"]
    assert (theirs["lifecycle"], theirs["rfm"], theirs["repurchase"]["purchases"]) == (None, None, 0)
    nothing = await ask(BASE, None, mine)
    assert nothing == {
        "lifecycle": [],
        "rfmBase": None,
        "repurchase": None,
        "diapers": None,
        "journeys": [],
        "journey": None,
    }
    base = await ask(BASE, {"brand": "mumu"}, mine)
    assert sum(row["people"] for row in base["lifecycle"]) == base["rfmBase"]["people"] == 2


async def test_cards_that_run_out(send: Send, ask: Ask, cypher: Cypher) -> None:
    for number, day in enumerate(("2026-03-13", "2026-03-14", "2026-03-20", "2026-04-13", "2026-04-14")):
        await send(seen(f"card:mumu:C{number}", brand="mumu", card={"validTo": day}))
    await send(seen("card:other:C9", brand="other", card={"validTo": "2026-03-20"}))
    query = """query ($within: String!, $brand: ID, $after: String) {
      expiringCards(within: $within, brand: $brand, first: 2, after: $after) {
        edges { node { display validTo } } pageInfo { hasNextPage endCursor } } }"""

    async def cards(**variables: Any) -> tuple[list[str], dict[str, Any]]:
        page = (await ask(query, variables, variables.pop("brands", None)))["expiringCards"]
        return [edge["node"]["display"] for edge in page["edges"]], page["pageInfo"]

    found, info = await cards(within="30d")
    assert (found, info["hasNextPage"]) == (["C1", "C2"], True)
    assert (await cards(within="30d", after=info["endCursor"]))[0] == ["C9", "C3"]
    assert (await cards(within="30d", after=info["endCursor"], brand="mumu"))[0] == ["C3"]
    assert (await cards(within="1w", brands=frozenset({"other"})))[0] == ["C9"]
    await cypher("MATCH (c:Card {value: 'C1'}), (d:Card {value: 'C2'}) CREATE (c)-[:REPLACED_BY]->(d)")
    assert (await cards(within="0d"))[0] == []
