"""Which orders a condition looks at and what it measures of them, as the page of the rule language says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.rules.oracle_facts import BOUGHT, DIGITS, Line, Order, Person
from tests.rules.oracle_time import Clock, window
from tests.rules.oracle_values import Json, Money, passes, plain

PLAIN = ("shop", "platform", "brand", "status", "currency")
SUMS = ("AMOUNT", "DISCOUNT", "REFUND", "QUANTITY")
AT_LEAST_ONE = {"gte": 1}


@dataclass(frozen=True)
class Seen:
    """An order as a condition sees it: its time; money and pieces of all or of the lines that count."""

    order: Order
    at: datetime
    lines: Sequence[Line]
    amount: int
    discount: int
    refunded: int
    quantity: int

    @property
    def money(self) -> dict[str, int]:
        return {"AMOUNT": self.amount, "DISCOUNT": self.discount, "REFUND": self.refunded}


def matches_order(body: Json, person: Person, clock: Clock, currency: str) -> bool:
    seen = selected(body, person, clock, currency)
    measure = body.get("measure") or "COUNT"
    test = body.get("is") or AT_LEAST_ONE
    digits = DIGITS[_one(body.get("where", {}).get("currency")) or currency]
    return passes(test, measured(measure, seen, clock, digits), clock)


def selected(body: Json, person: Person, clock: Clock, currency: str) -> list[Seen]:
    """The orders that are looked at: picked first, then by status, currency, time and what `where` says."""
    where = body.get("where") or {}
    time_of, inside = body.get("timeOf") or "PAID", window(body.get("within"), clock)
    orders = picked(body["pick"], person, clock) if body.get("pick") else person.orders
    statuses = _list(where.get("status")) or _bought(body.get("measure"))
    currencies = _list(where.get("currency")) or [currency]
    found = []
    for order in orders:
        at = order.times.get(time_of)
        if order.status not in statuses or order.currency not in currencies:
            continue
        if at is None or at > clock.as_of or not inside(at):
            continue
        seen = as_seen(order, at, where)
        if seen and holds(where, seen, clock):
            found.append(seen)
    return found


def picked(pick: str | int, person: Person, clock: Clock) -> list[Order]:
    """The one order: of those bought, of any currency, up to asOf, by PAID time, then key."""
    # reading: "of the person's bought orders": those of status PAID, SHIPPED and COMPLETED, whatever the
    # measure or `where.status`, which looks at the picked one.
    past = [one for one in person.orders if one.times["PAID"] <= clock.as_of]
    bought = [one for one in past if one.status in BOUGHT]
    bought.sort(key=lambda one: (one.times["PAID"], one.key))
    if pick in ("FIRST", "LAST"):
        return bought[:1] if pick == "FIRST" else bought[-1:]
    return bought[int(pick) - 1 : int(pick)]


def as_seen(order: Order, at: datetime, where: Json) -> Seen | None:
    """The whole order, or what its lines of that product and category come to; None without such a line."""
    if not ("product" in where or "category" in where):
        quantity = sum(line.quantity for line in order.lines)
        net = order.amount - order.refunded
        return Seen(order, at, order.lines, net, order.discount, order.refunded, quantity)
    lines = [line for line in order.lines if _like(line, where)]
    if not lines:
        return None
    refunded = sum(line.refunded for line in lines)
    amount = sum(line.amount for line in lines) - refunded
    discount, quantity = sum(line.discount for line in lines), sum(line.quantity for line in lines)
    return Seen(order, at, lines, amount, discount, refunded, quantity)


def _like(line: Line, where: Json) -> bool:
    product, category = where.get("product"), where.get("category")
    return (product is None or plain(product, line.product)) and (
        category is None or plain(category, line.category)
    )


def holds(where: Json, seen: Seen, clock: Clock) -> bool:
    """Whether all that `where` says holds of the order, whose lines product and category have chosen."""
    order = seen.order
    digits = DIGITS[order.currency]
    values = {
        "amount": Money(seen.amount, digits),
        "discount": Money(seen.discount, digits),
        "refunded": Money(seen.refunded, digits),
        "quantity": seen.quantity,
    }
    for name, said in where.items():
        if name in PLAIN and not plain(said, getattr(order, name)):
            return False
        if name in values and not passes(said, values[name], clock):
            return False
        if name == "allProducts" and not all(_has(order, one) for one in _list(said)):
            return False
        if name == "not" and not _lacks(said, seen, clock):
            return False
    return True


def _has(order: Order, product: str) -> bool:
    return any(plain(product, line.product) for line in order.lines)


def _lacks(said: Json, seen: Seen, clock: Clock) -> bool:
    """`not`: of the whole order, no line like that; amounts in it are the whole order's."""
    whole = as_seen(seen.order, seen.at, {})
    assert whole is not None
    line = "product" in said or "category" in said
    if line and not any(_like(one, said) for one in seen.order.lines):
        return True
    return not holds({name: one for name, one in said.items() if name != "not"}, whole, clock)


def measured(measure: str, seen: Sequence[Seen], clock: Clock, digits: int) -> Any:
    """The measure over the orders; None for an aggregate of nothing."""
    if measure == "COUNT":
        return len(seen)
    if measure == "DISTINCT_SHOPS":
        return len({one.order.shop for one in seen} - {None})
    if measure == "DISTINCT_PRODUCTS":
        # reading: with product or category, only the lines that count have products that count.
        return len({line.product for one in seen for line in one.lines})
    how, _, what = measure.partition("_")
    if what in SUMS:
        return _aggregate(how, what, seen, digits)
    return of_times(measure, [one.at for one in seen], clock)


def _aggregate(how: str, what: str, seen: Sequence[Seen], digits: int) -> Any:
    if what == "QUANTITY":
        return 0 if how == "SUM" and not seen else reduced(how, [one.quantity for one in seen])
    values = [one.money[what] for one in seen]
    if not values:
        return None
    if how == "AVG":
        return Money(sum(values), digits, len(values))
    return Money(REDUCE[how](values), digits)


def reduced(how: str, values: Sequence[Any]) -> Any:
    """SUM, AVG, MIN or MAX of numbers; None of nothing."""
    if not values:
        return None
    return Fraction(sum(values)) / len(values) if how == "AVG" else REDUCE[how](values)


def of_times(measure: str, times: Sequence[datetime], clock: Clock) -> Any:
    """Measures of when: days and intervals are calendar days in the zone."""
    days = sorted({clock.day_of(one) for one in times})
    if measure == "DISTINCT_DAYS":
        return len(days)
    if not times:
        return None
    if measure in ("FIRST_AT", "LAST_AT"):
        return min(times) if measure == "FIRST_AT" else max(times)
    if measure.startswith("DAYS_SINCE"):
        return (clock.today - clock.day_of(min(times) if measure.endswith("FIRST") else max(times))).days
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return reduced(measure.partition("_")[0], gaps)


def _bought(measure: str | None) -> Sequence[str]:
    return (*BOUGHT, "REFUNDED") if measure and measure.endswith("_REFUND") else BOUGHT


def _list(said: Any) -> list[Any]:
    return [] if said is None else said if isinstance(said, list) else [said]


def _one(said: Any) -> Any:
    return said[0] if isinstance(said, list) else said


REDUCE: dict[str, Callable[[Sequence[Any]], Any]] = {"SUM": sum, "MIN": min, "MAX": max}
