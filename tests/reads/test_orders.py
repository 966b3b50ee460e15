"""Orders of a person: pages, figures, money, and what a contested identifier or a brand leaves out."""

from typing import Any

import pytest

from app.context import SCOPES
from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.test_identity import global_id

BABIES, PETS = frozenset({"beibei"}), frozenset({"miaomiao"})
ORDERS = """
query ($first: Int, $after: String, $from: DateTime, $to: DateTime, $status: [OrderStatus!], $brand: ID, $shop: ID) {
  person(by: {oneId: "one-1"}) {
    orders(first: $first, after: $after, from: $from, to: $to, status: $status, brand: $brand, shop: $shop) {
      edges { node { key } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""  # noqa: E501 - a document as it is sent
NEWEST_FIRST = [
    *("beibei|J-1", "miaomiao|C-1", "miaomiao|C-2", "miaomiao|B-2"),
    *("beibei|B-3", "beibei|B-2", "beibei|B-1"),
]


async def _keys(ask: Ask, **variables: Any) -> list[str]:
    brands = variables.pop("brands", None)
    found = (await ask(ORDERS, variables, brands=brands))["data"]["person"]["orders"]
    return [edge["node"]["key"] for edge in found["edges"]]


async def test_pages_newest_first(small_world: Graph, ask: Ask) -> None:
    """Each once; B-0 is older than the openid's being this person's, so it counts for nobody."""
    found, after = [], None
    while True:
        page = (await ask(ORDERS, {"first": 2, "after": after}))["data"]["person"]["orders"]
        found += [edge["node"]["key"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == NEWEST_FIRST


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": ["PAID", "SHIPPED"], "brand": "beibei"}, ["beibei|J-1", "beibei|B-3", "beibei|B-2"]),
        ({"shop": "tmall-1"}, ["beibei|B-1"]),
        ({"from": "2024-03-05T04:00:00Z", "to": "2024-03-06T04:00:00Z"}, ["miaomiao|B-2"]),
        # Without offset in the deployment's zone, Shanghai.
        ({"from": "2024-01-11T00:00:00", "to": "2024-01-12T00:00:00"}, ["beibei|B-2"]),
        ({"brands": PETS}, ["miaomiao|C-1", "miaomiao|C-2", "miaomiao|B-2"]),
        ({"brands": PETS, "brand": "beibei"}, []),
    ],
)
async def test_filters(small_world: Graph, ask: Ask, asked: dict[str, Any], found: list[str]) -> None:
    assert await _keys(ask, **asked) == found


SUMMARY = """
query ($brand: ID, $shop: ID, $currency: String) {
  person(by: {oneId: "one-1"}) {
    summary(brand: $brand, shop: $shop, currency: $currency) {
      orders pieces paid discount refunded net currency firstAt lastAt averageIntervalDays longestIntervalDays
    }
  }
}
"""
NOTHING = {"orders": 0, "pieces": 0, "paid": "0.00", "discount": "0.00", "refunded": "0.00", "net": "0.00",
           "currency": "CNY", "firstAt": None, "lastAt": None, "averageIntervalDays": None,
           "longestIntervalDays": None}  # fmt: skip


async def _summary(ask: Ask, brands: frozenset[str] | None = None, **variables: Any) -> Any:
    return (await ask(SUMMARY, variables, brands=brands))["data"]["person"]["summary"]


async def test_the_summary(small_world: Graph, ask: Ask) -> None:
    """Of 10 January, of 11 January (ten past midnight there), of 1 and of 5 March."""
    assert await _summary(ask) == {
        "orders": 4, "pieces": 6, "paid": "349.02", "discount": "10.00", "refunded": "5.00", "net": "344.02",
        "currency": "CNY", "firstAt": "2024-01-10T15:30:00Z", "lastAt": "2024-03-05T04:00:00Z",
        "averageIntervalDays": 18.333333, "longestIntervalDays": 50,
    }  # fmt: skip
    shop = {"orders": 1, "pieces": 3, "paid": "200.01", "discount": "10.00", "refunded": "5.00",
            "net": "195.01", "firstAt": "2024-01-10T15:30:00Z", "lastAt": "2024-01-10T15:30:00Z"}  # fmt: skip
    assert await _summary(ask, shop="tmall-1") == NOTHING | shop
    yen = await _summary(ask, currency="JPY")
    assert (yen["orders"], yen["paid"], yen["refunded"], yen["currency"]) == (1, "1200", "0", "JPY")
    assert await _summary(ask, brand="another") == NOTHING


async def test_the_summary_of_one_brand(small_world: Graph, ask: Ask) -> None:
    """For its own caller the same as for another who asks for it, and nothing of the others."""
    for brands, brand in ((PETS, None), (None, "miaomiao"), (PETS, "miaomiao")):
        found = await _summary(ask, brands, brand=brand)
        assert (found["orders"], found["paid"], found["lastAt"]) == (1, "50.00", "2024-03-05T04:00:00Z")
    assert await _summary(ask, PETS, brand="beibei") == NOTHING


ORDER = """
query ($id: ID!) {
  node(id: $id) { ... on Order {
    number status at paidAt refundedAt currency amount discount refunded net quantity
    lines { product { key category } quantity amount discount refunded net }
    brand { name } shop { key } identifier { kind } person { oneId }
    recipient { display name phone address }
  } }
}
"""


async def test_an_order(small_world: Graph, ask: Ask) -> None:
    order = (await ask(ORDER, {"id": global_id("Order:beibei|B-1")}))["data"]["node"]
    lines = order.pop("lines")
    assert [(one["product"]["key"], one["quantity"]) for one in lines] == [("diaper-L", 2), ("wipes", 1)]
    assert lines[1] == {"product": {"key": "wipes", "category": "护理"}, "quantity": 1, "amount": "50.01",
                        "discount": "2.50", "refunded": "5.00", "net": "45.01"}  # fmt: skip
    assert order == {
        "number": "B-1", "status": "COMPLETED", "at": "2024-01-10T15:30:00Z",
        "paidAt": "2024-01-10T15:30:00Z", "refundedAt": None, "currency": "CNY",
        "amount": "200.01", "discount": "10.00", "refunded": "5.00",
        "net": "195.01", "quantity": 3, "brand": {"name": "贝贝"}, "shop": {"key": "tmall-1"},
        "identifier": {"kind": "phone"}, "person": {"oneId": "one-1"},
        "recipient": {"display": "王** 139****5678", "name": "王小明", "phone": "13912345678",
                      "address": "上海市"},
    }  # fmt: skip


async def test_who_may_not_read_persons_sees_the_recipient_masked(small_world: Graph, ask: Ask) -> None:
    asked = {"id": global_id("Order:beibei|B-1")}
    masked = (await ask(ORDER, asked, scopes=SCOPES - {"pii:read"}))["data"]["node"]["recipient"]
    assert masked == {"display": "王** 139****5678", "name": None, "phone": None, "address": None}
    assert (await ask(ORDER, asked, brands=PETS))["data"]["node"] is None
    unsaid = (await ask(ORDER, {"id": global_id("Order:beibei|B-2")}))["data"]["node"]
    assert (unsaid["recipient"], unsaid["lines"], unsaid["amount"]) == (None, [], "99.00")
    nobodys = (await ask(ORDER, {"id": global_id("Order:beibei|B-0")}))["data"]["node"]
    assert (nobodys["person"], nobodys["identifier"]) == (None, {"kind": "openid"})


async def test_stored_figures_of_a_brand(small_world: Graph, ask: Ask) -> None:
    asked = '{ person(by: {oneId: "one-1"}) { brandProfiles { brand { key } orders paid net lastOrderAt } } }'
    profile = {"brand": {"key": "miaomiao"}, "orders": 1, "paid": "50.00", "net": "50.00",
               "lastOrderAt": "2024-03-05T04:00:00Z"}  # fmt: skip
    for brands, found in ((None, [profile]), (PETS, [profile]), (BABIES, [])):
        assert (await ask(asked, brands=brands))["data"]["person"]["brandProfiles"] == found
