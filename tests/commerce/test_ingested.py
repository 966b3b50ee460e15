"""What an observation says of an order, a message and a consent is what callers read, and what is stored."""

from datetime import UTC, datetime
from typing import Any

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.commerce.aggregate import refresh
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from app.settings import Settings

SEEN: dict[str, Any] = {
    "id": "e-1",
    "at": "2026-03-01T12:00:00+08:00",
    "source": "shop",
    "brand": "mumu",
    "shop": {"key": "tmall-mumu", "name": "牧牧旗舰店", "brand": "mumu"},
    "identifiers": [{"kind": "phone", "value": "13912340001"}],
    "order": {
        "key": "20260301001",
        "status": "PAID",
        "orderedAt": "2026-03-01T11:00:00+08:00",
        "paidAt": "2026-03-01T11:05:00+08:00",
        "amount": "129.90",
        "discount": "10",
        "lines": [
            {"product": "diaper-L", "name": "纸尿裤 L", "quantity": 2, "amount": "100"},
            {"product": "wipes", "amount": "29.90", "refunded": "9.90"},
        ],
        "recipient": {"name": "王小明", "phone": "13912340001", "address": "上海市徐汇区"},
    },
    "touch": {"key": "m-1", "channel": "SMS", "campaign": "spring", "outcome": "SENT"},
    "consents": [{"channel": "SMS", "purpose": "marketing", "granted": True}],
}
ASKED = """
{
  person(by: {order: "20260301001"}) {
    summary { orders pieces paid discount refunded net currency }
    orders { edges { node {
      key at status amount refunded net quantity brand { key } shop { name }
      lines { product { key name } quantity amount discount refunded net }
      recipient { name phone address }
    } } }
    brandProfiles { brand { key } orders net }
    consents { channel purpose granted brand { key } }
    timeline(types: [ORDER, TOUCH, CONSENT]) { edges { node { type text } } }
  }
}
"""


async def test_as_it_was_said(graph: Graph, settings: Settings) -> None:
    identity = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    context = Context(
        Caller("tests", SCOPES), graph, identity.keyring, identity.state.policy, now, identity=identity
    )
    assert (await ingest(context, [SEEN])).rejected == []
    async with graph.session("READ") as session:
        [one_id] = [row[0] async for row in await session.run("MATCH (p:Person) RETURN p.oneId")]
    assert await refresh(identity, [one_id], now) == {"people": 1, "profiles": 1}
    answer = await Requests(GRAPHQL).answer(ASKED, None, None, context)
    person = answer["data"]["person"]
    money = {"paid": "129.90", "discount": "10.00", "refunded": "9.90", "net": "120.00", "currency": "CNY"}
    assert person["summary"] == {"orders": 1, "pieces": 3} | money
    [order] = [edge["node"] for edge in person["orders"]["edges"]]
    assert order["recipient"] == {"name": "王小明", "phone": "13912340001", "address": "上海市徐汇区"}
    assert [
        (one["product"]["key"], one["quantity"], one["amount"], one["discount"], one["refunded"], one["net"])
        for one in order["lines"]
    ] == [("diaper-L", 2, "100.00", "7.70", "0.00", "100.00"), ("wipes", 1, "29.90", "2.30", "9.90", "20.00")]
    plain = {
        name: order[name] for name in ("key", "at", "status", "amount", "net", "quantity", "brand", "shop")
    }
    assert plain == {
        "key": "mumu|20260301001", "at": "2026-03-01T03:05:00Z", "status": "PAID", "amount": "129.90",
        "net": "120.00", "quantity": 3, "brand": {"key": "mumu"}, "shop": {"name": "牧牧旗舰店"},
    }  # fmt: skip
    assert person["brandProfiles"] == [{"brand": {"key": "mumu"}, "orders": 1, "net": "120.00"}]
    assert person["consents"] == [
        {"channel": "SMS", "purpose": "marketing", "granted": True, "brand": {"key": "mumu"}}
    ]
    assert [edge["node"]["text"].partition(": ")[2] for edge in person["timeline"]["edges"]] == [
        "agreed to SMS for marketing.",
        "message by SMS of spring (SENT).",
        "order 20260301001 (PAID): 129.90 CNY for 3 pieces at 牧牧旗舰店, 9.90 CNY paid back.",
    ]
