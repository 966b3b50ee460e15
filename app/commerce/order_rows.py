"""The orders of a unit of work, merged with what is stored of them, as rows to be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.access.sealing import Keyring
from app.commerce.orders import Shared, from_stored, shares_of, times, values, words_of
from app.commerce.recipients import sealed, text_of
from app.identity.policy import Policy
from app.identity.saying import Holder, Thing, difference, in_micros, rank

Rows = dict[str, list[Any]]


@dataclass(slots=True)
class Orders:
    """What some observations say of orders, by key, until it is merged."""

    policy: Policy
    keyring: Keyring
    marked: set[str] = field(default_factory=set)
    """The identifiers whose facts changed, after `rows`."""
    _said: defaultdict[str, list[tuple[Holder, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def say(self, brand: str, holder: Holder, shop: str | None, order: Mapping[str, Any]) -> None:
        """Take in one `OrderInput`, said at the holder's time."""
        said = words_of(order, shop, text_of(order.get("recipient")))
        self._said[f"{brand}|{order['key']}"].append((holder, said))

    def sought(self) -> list[str]:
        """The orders that are to be claimed."""
        return sorted(self._said)

    def rows(self, claimed: Iterable[Sequence[Any]]) -> Rows:
        """The differences, given what is stored of the orders."""
        known = {row[0]: self._stored(*row) for row in claimed}
        rows: Rows = {name: [] for name in ("orders", "placed_by", "placed_at", "gone", "changed", "lines")}
        for key in self.sought():
            before = known.get(key, Thing(key))
            now = before.copy()
            for holder, said in self._said[key]:
                now.say(holder.at, said)
                now.hold(holder)
            if now != before:
                self._add(rows, before, now)
        rows["placed_at"].sort(key=lambda row: (row["shop"], row["key"]))
        rows["lines"].sort(key=lambda row: (row["product"], row["key"]))
        return rows

    def _stored(
        self,
        key: str,
        properties: Mapping[str, Any],
        held: Sequence[Sequence[Any]],
        shops: Sequence[Sequence[str]],
        lines: Sequence[Sequence[Any]],
    ) -> Thing:
        (holder, at) = held[0]
        text = properties.get("sealedRecipient")
        return from_stored(
            key,
            in_micros(properties),
            Holder(rank(self.policy, holder), at, holder),
            shops[0][0] if shops else None,
            None if text is None else self.keyring.unseal(bytes(text)),
            [[place, product, *rest] for product, place, *rest in lines],
        )

    def _add(self, rows: Rows, before: Thing, now: Thing) -> None:
        brand, number = now.key.split("|", 1)
        own = {"brand": brand, "number": number, "name": number}
        was = {**own, **values(before)} if before.known else {}
        said = difference(was, {**own, **values(now)})
        if now.value("recipient") != before.value("recipient"):
            said += [[name, value] for name, value in sealed(self.keyring, now.value("recipient")).items()]
        changed = difference(times(before) if before.known else {}, times(now))
        rows["orders"].append({"key": now.key, "set": said, "times": changed})
        self._hang(rows, before, now)
        if now.value("shop") != before.value("shop"):
            rows["placed_at"].append({"key": now.key, "shop": now.value("shop")})
        _add_lines(rows, now.key, shares_of(before), shares_of(now))

    def _hang(self, rows: Rows, before: Thing, now: Thing) -> None:
        holder = now.held
        self.marked.update(one.key for one in (before.holder, holder) if one)
        if holder != before.holder:
            row = {"key": now.key, "holder": holder.key, "rank": list(holder.rank), "at": holder.at}
            rows["placed_by"].append(row)


def _add_lines(rows: Rows, key: str, before: Sequence[Shared], now: Sequence[Shared]) -> None:
    was = {one["product"]: one for one in _line_rows(key, before)}
    for row in _line_rows(key, now):
        old = was.pop(row["product"], None)
        if old is None:
            rows["lines"].append(row)
        elif old != row:
            rows["changed"].append(row)
    rows["gone"] += [{"key": key, "product": product} for product in was]


def _line_rows(key: str, lines: Iterable[Shared]) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "product": one.line.product,
            "line": place,
            "quantity": one.line.quantity,
            "amount": one.line.amount,
            "own": one.line.refunded,
            "discount": one.discount,
            "refunded": one.refunded,
            "net": one.net,
        }
        for place, one in enumerate(lines)
    ]
