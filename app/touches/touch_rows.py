"""The touches and events of a unit of work, merged with what is stored of them, as rows to be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.identity.policy import Policy
from app.identity.saying import Holder, Thing, difference, in_micros, rank
from app.touches.facts import (
    ABOUT,
    event_values,
    event_words,
    from_stored,
    times,
    touch_values,
    touch_words,
)

Rows = dict[str, list[Any]]
_ABOUT = {"dependent": "about_dependents", "product": "about_products", "shop": "about_shops"}


@dataclass(slots=True)
class Touches:
    """What some observations say of touches and events, by key, until it is merged."""

    policy: Policy
    marked: set[str] = field(default_factory=set)
    """The identifiers whose facts changed, after `rows`."""
    _touches: defaultdict[str, list[tuple[Holder, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _events: defaultdict[str, list[tuple[Holder, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def say_touch(self, brand: str, holder: Holder, source: str, touch: Mapping[str, Any]) -> None:
        """Take in one `TouchInput`, said at the holder's time."""
        self._touches[f"{brand}|{touch['key']}"].append((holder, touch_words(touch, source)))

    def say_event(
        self, brand: str, holder: Holder, source: str, shop: str | None, event: Mapping[str, Any]
    ) -> None:
        """Take in one `EventInput`, said at the holder's time."""
        said = event_words(event, source, shop, dependent_of(brand, event))
        self._events[f"{brand}|{event['key']}"].append((holder, said))

    def sought(self) -> Rows:
        """The touches and events that are to be claimed."""
        return {"touches": sorted(self._touches), "events": sorted(self._events)}

    def rows(self, touches: Iterable[Sequence[Any]], events: Iterable[Sequence[Any]]) -> Rows:
        """The differences, given what is stored of the touches and events."""
        names = ("touches", "sent_to", "events", "done_by", "about_gone", *_ABOUT.values())
        rows: Rows = {name: [] for name in names}
        for before, now in self._merged(self._touches, touches):
            self._add(rows, "touches", "sent_to", before, now)
        for before, now in self._merged(self._events, events):
            self._add(rows, "events", "done_by", before, now)
            _add_about(rows, before, now)
        for name in _ABOUT.values():
            rows[name].sort(key=lambda row: (row["about"], row["key"]))
        return rows

    def _merged(
        self, told: Mapping[str, list[tuple[Holder, dict[str, Any]]]], claimed: Iterable[Sequence[Any]]
    ) -> Iterable[tuple[Thing, Thing]]:
        known = {row[0]: self._stored(*row) for row in claimed}
        for key in sorted(told):
            before = known.get(key, Thing(key))
            now = before.copy()
            for holder, said in told[key]:
                now.say(holder.at, said)
                now.hold(holder)
            if now != before:
                yield before, now

    def _stored(
        self,
        key: str,
        properties: Mapping[str, Any],
        held: Sequence[Sequence[Any]],
        about: Sequence[Sequence[str]] = (),
    ) -> Thing:
        (holder, at) = held[0]
        hangs = Holder(rank(self.policy, holder), at, holder)
        return from_stored(key, in_micros(properties), hangs, {what: other for other, what in about})

    def _add(self, rows: Rows, name: str, hung: str, before: Thing, now: Thing) -> None:
        brand, ref = now.key.split("|", 1)
        own, values = {"brand": brand, "ref": ref}, touch_values if name == "touches" else event_values
        was = {**own, **values(before)} if before.known else {}
        changed = difference(times(before) if before.known else {}, times(now))
        rows[name].append({"key": now.key, "set": difference(was, {**own, **values(now)}), "times": changed})
        holder = now.held
        self.marked.update(one.key for one in (before.holder, holder) if one)
        if holder != before.holder:
            rows[hung].append({"key": now.key, "holder": holder.key, "at": holder.at})


def dependent_of(brand: str, event: Mapping[str, Any]) -> str | None:
    """The key of the dependent that an event or a tag names: one of the same brand."""
    return f"{brand}|{event['dependent']}" if event.get("dependent") else None


def _add_about(rows: Rows, before: Thing, now: Thing) -> None:
    for what in ABOUT:
        old, new = before.value(what), now.value(what)
        if old != new:
            if old is not None:
                rows["about_gone"].append({"key": now.key, "what": what, "about": old})
            rows[_ABOUT[what]].append({"key": now.key, "about": new})
