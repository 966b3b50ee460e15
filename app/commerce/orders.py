"""An order as messages tell of it, added up, and what of it is stored. Pure; times in microseconds.

Of each field the newest word counts, of one time the further status and the greater value, so that an older
message never undoes a newer one. Lines are replaced as a whole, and lines of one product add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from app.commerce.money import minor
from app.commerce.shares import shares
from app.identity.saying import Holder, Thing, stored
from app.identity.sighting import micros

STATUSES = ("CREATED", "PAID", "SHIPPED", "COMPLETED", "CANCELLED", "REFUNDED")
"""By progress: of two that were said at one time the later one counts."""
TIMES = ("orderedAt", "paidAt", "shippedAt", "completedAt", "refundedAt")
DEFAULT_CURRENCY = "CNY"


class Line(NamedTuple):
    """What was bought of one product, in minor units after discount; `refunded` is the line's own refund."""

    product: str
    quantity: int
    amount: int
    refunded: int


class Shared(NamedTuple):
    """A line as it is stored: with its shares of the order's discount, and of the refund that no line has."""

    line: Line
    discount: int
    refunded: int
    """The line's own refund and its share."""

    @property
    def net(self) -> int:
        """What was paid for the line and not paid back."""
        return self.line.amount - self.refunded


def words_of(order: Mapping[str, Any], shop: str | None, recipient: str | None) -> dict[str, Any]:
    """What an `OrderInput` says, by field of the merge. `recipient` is the text that will be sealed.

    Raises Unfit for an amount that cannot be stored; ingest has refused such before.
    """
    currency = order.get("currency") or DEFAULT_CURRENCY
    said: dict[str, Any] = {
        "status": STATUSES.index(order["status"]),
        "currency": currency,
        "amountMinor": minor(order["amount"], currency),
        "discountMinor": _minor(order.get("discount"), currency),
        "refund": _minor(order.get("refunded"), currency),
        "lines": lines_of(order["lines"], currency) if order.get("lines") else None,
        "recipient": recipient,
        "shop": shop,
    }
    for name in TIMES:
        if order.get(name) is not None:
            said[name] = micros(order[name])
    return said


def _minor(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else minor(amount, currency)


def lines_of(given: Iterable[Mapping[str, Any]], currency: str) -> tuple[Line, ...]:
    """The lines of an order, one a product, in the order in which the products are first named."""
    found: dict[str, Line] = {}
    for one in given:
        quantity = one.get("quantity")
        line = Line(
            one["product"],
            1 if quantity is None else quantity,
            minor(one["amount"], currency),
            _minor(one.get("refunded"), currency) or 0,
        )
        before = found.get(line.product)
        found[line.product] = line if before is None else _sum(before, line)
    return tuple(found.values())


def _sum(a: Line, b: Line) -> Line:
    return Line(a.product, a.quantity + b.quantity, a.amount + b.amount, a.refunded + b.refunded)


def shared(lines: Sequence[Line], discount: int, refunded: int) -> list[Shared]:
    """The lines with their shares: of the discount by amount, of what the refund leaves over the lines' own
    by what is left of the amount.
    """
    own = sum(line.refunded for line in lines)
    discounts = shares(discount, [line.amount for line in lines])
    rest = shares(max(refunded - own, 0), [max(line.amount - line.refunded, 0) for line in lines])
    return [Shared(line, discounts[index], line.refunded + rest[index]) for index, line in enumerate(lines)]


def refunded(order: Thing) -> int:
    """What was paid back: as said, and never less than the lines' own together."""
    own: int = sum(line.refunded for line in order.value("lines") or ())
    return max(order.value("refund") or 0, own)


def values(order: Thing) -> dict[str, Any]:
    """What is stored of an order that is no time, by property."""
    lines, amount, back = order.value("lines") or (), order.value("amountMinor"), refunded(order)
    return {
        "status": STATUSES[order.value("status")],
        "currency": order.value("currency"),
        "amountMinor": amount,
        "discountMinor": order.value("discountMinor") or 0,
        "refundedMinor": back,
        "refundSaidMinor": order.value("refund"),
        "netMinor": amount - back,
        "quantity": sum(line.quantity for line in lines),
    }


def times(order: Thing) -> dict[str, int]:
    """The stored times of an order; `at` is the time that windows of rules ask for: paid, else placed."""
    found = {name: order.value(name) for name in TIMES if order.value(name) is not None}
    placed = found.get("orderedAt", order.first)
    stamps = order.stamps()
    if "discountMinor" in order.said:  # 0 is stored also where nobody said it: the stamp tells
        stamps["t_discountMinor"] = order.said["discountMinor"][0]
    own = {"said": order.first, "placedAt": placed, "at": found.get("paidAt", placed), "version": order.last}
    return {**found, **own, **stamps}


def shares_of(order: Thing) -> list[Shared]:
    """The lines of an order with their shares of its discount and refund."""
    return shared(order.value("lines") or (), order.value("discountMinor") or 0, refunded(order))


def from_stored(
    key: str,
    properties: Mapping[str, Any],
    holder: Holder | None,
    shop: str | None,
    recipient: str | None,
    lines: Iterable[Sequence[Any]],
) -> Thing:
    """The order that is stored: its properties, times in microseconds; lines as [place, product, quantity,
    amount, own refund].
    """
    said = {
        "status": STATUSES.index(properties["status"]),
        "currency": properties["currency"],
        "amountMinor": properties["amountMinor"],
        "discountMinor": properties["discountMinor"] if "t_discountMinor" in properties else None,
        "refund": properties.get("refundSaidMinor"),
        "lines": tuple(Line(*line[1:]) for line in sorted(map(tuple, lines))) or None,
        "recipient": recipient,
        "shop": shop,
    }
    said |= {name: properties.get(name) for name in TIMES}
    span = {"first": properties["said"], "last": properties["version"]}
    return stored(key, said, properties, **span, holder=holder)
