"""The dependents of a unit of work, merged with what is stored of them, as rows to be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.access.sealing import Keyring
from app.dependents.facts import Dependent, from_stored, guardian_rows, label_of, name_values
from app.identity.saying import Thing, difference, in_micros

Rows = dict[str, list[Any]]


@dataclass(slots=True)
class Dependents:
    """What some observations say of dependents, by key, until it is merged."""

    keyring: Keyring
    marked: set[str] = field(default_factory=set)
    """The identifiers whose facts changed, after `rows`."""
    _said: defaultdict[str, list[tuple[Mapping[str, Any], int, str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def say(
        self, brand: str, holder: str, at: int, source: str, dependents: Sequence[Mapping[str, Any]]
    ) -> None:
        """Take in the `DependentInput`s of one observation."""
        first = min((one["key"] for one in dependents), default="")
        for one in dependents:
            said = (one, at, source, holder, f"{source}|{at}|{first}")
            self._said[f"{brand}|{one['key']}"].append(said)

    def sought(self) -> list[str]:
        """The dependents that are to be claimed."""
        return sorted(self._said)

    def rows(self, claimed: Iterable[Sequence[Any]]) -> Rows:
        """The differences, given what is stored of the dependents."""
        known = {
            key: from_stored(self.keyring, key, in_micros(properties), guardians)
            for key, properties, guardians in claimed
        }
        rows: Rows = {"dependents": [], "guardians": []}
        for key in self.sought():
            before = known.get(key, Dependent(Thing(key)))
            now = before.copy()
            for said in self._said[key]:
                now.say(*said)
            if now != before:
                self._add(rows, before, now)
        rows["guardians"].sort(key=lambda row: (row["holder"], row["key"]))
        return rows

    def _add(self, rows: Rows, before: Dependent, now: Dependent) -> None:
        brand, ref = now.thing.key.split("|", 1)
        own, known = {"brand": brand, "ref": ref}, before.thing.known
        said = difference({**own, **before.values()} if known else {}, {**own, **now.values()})
        if now.thing.value("name") != before.thing.value("name"):
            named = name_values(self.keyring, now.thing.value("name"))
            said += [[name, value] for name, value in named.items()]
        rows["dependents"].append(
            {
                "key": now.thing.key,
                "set": said,
                "times": difference(before.times() if known else {}, now.times()),
                **_labels(before.thing.value("kind"), now.thing.value("kind")),
            }
        )
        rows["guardians"] += guardian_rows(now.thing.key, before, now)
        self.marked |= now.guardians.keys()


def _labels(before: str | None, now: str) -> dict[str, list[str]]:
    if before == now:
        return {"unlabelled": [], "labelled": []}
    return {"unlabelled": [label_of(before)] if before else [], "labelled": [label_of(now)]}
