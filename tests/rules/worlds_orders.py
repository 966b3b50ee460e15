"""Random conditions on orders: every field of `where`, every measure, `timeOf` and `pick`."""

from random import Random

from tests.rules import worlds
from tests.rules.worlds import Edges, Json, maybe
from tests.rules.worlds_tests import among, any_of, of_time, within

MONEY = (0, 0.01, 3.33, 10, 33.33, 33.335, 50, 66.67, 100, 133.34)
COUNTS = (0, 1, 2, 3)
AGGREGATES = ("SUM", "AVG", "MIN", "MAX")
INTERVALS = ("AVG_INTERVAL_DAYS", "MIN_INTERVAL_DAYS", "MAX_INTERVAL_DAYS")
SINCE = ("DAYS_SINCE_FIRST", "DAYS_SINCE_LAST", *INTERVALS)


def order(r: Random, edges: Edges) -> Json:
    """A condition on orders."""
    where = order_where(r)
    measure = order_measure(r)
    found: Json = {"where": where} if where else {}
    found |= {"measure": measure} if measure != "COUNT" or r.random() < 0.5 else {}
    if measure != "COUNT" or r.random() < 0.7:
        found["is"] = order_test(r, edges, measure)
    if r.random() < 0.2:
        found["timeOf"] = r.choice(("PAID", "ORDERED", "SHIPPED", "COMPLETED", "REFUNDED"))
    if r.random() < 0.2:
        found["pick"] = r.choice(("FIRST", "LAST", 1, 2, 3))
    return found | within(r, edges)


def order_where(r: Random, inner: bool = False) -> Json:
    where = maybe(
        r,
        0.12,
        product=any_of(r, worlds.PRODUCTS),
        allProducts=[r.choice(worlds.PRODUCTS) for _ in range(r.randint(1, 2))],
        category=any_of(r, ("food", "toy")),
        shop=any_of(r, ("s1", "s2")),
        platform=any_of(r, ("tmall", "jd")),
        brand=any_of(r, tuple(worlds.BRANDS)),
        status=any_of(r, ("PAID", "COMPLETED", "CANCELLED", "REFUNDED", "CREATED")),
        currency=r.choice(("CNY", "EUR", "JPY")),
        amount=among(r, MONEY),
        discount=among(r, MONEY),
        refunded=among(r, MONEY),
        quantity=among(r, COUNTS),
    )
    if not inner and r.random() < 0.15:
        opposed = order_where(r, inner=True)
        where |= {"not": opposed} if opposed else {}
    return where


def order_measure(r: Random) -> str:
    sums = tuple(
        f"{how}_{what}" for how in AGGREGATES for what in ("AMOUNT", "DISCOUNT", "REFUND", "QUANTITY")
    )
    days = ("DISTINCT_PRODUCTS", "DISTINCT_SHOPS", "DISTINCT_DAYS", "FIRST_AT", "LAST_AT", *SINCE)
    return r.choice((r.choice(sums), r.choice(days), "COUNT"))


def order_test(r: Random, edges: Edges, measure: str) -> Json:
    if measure.endswith("_AT"):
        return of_time(r, edges)
    if measure.endswith(("AMOUNT", "DISCOUNT", "REFUND")):
        return among(r, MONEY)
    return among(r, COUNTS if measure == "COUNT" or "DISTINCT" in measure else (0, 1, 2, 7, 30, 15.5, 0.5))
