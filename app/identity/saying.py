"""What messages say of one thing (an order, a touch, a dependent), added up field by field. Pure.

Of each field the newest word counts, of equal times the greater value: commutative and idempotent, so that
neither the order of arrival nor a delivery that is repeated matters. Times are microseconds since 1970.

A thing hangs on identifiers and never on people. One identifier holds it: the best that any message carried,
by layer and priority of its kind, then the newest message, then the smallest key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from neo4j.time import Date, DateTime

from app.identity.facts import Said, later
from app.identity.policy import Policy
from app.identity.sighting import micros

STAMP = "t_"
"""Before the name of a field: when it was said, where that was not with the newest word of all."""

_NOBODY = (99, 2**31)


def rank(policy: Policy, key: str) -> tuple[int, int]:
    """How good an identifier is as a holder: its kind's layer and priority, the smallest best."""
    kind = policy.kinds.get(key.partition("|")[0])
    return _NOBODY if kind is None else (kind.rank, kind.priority)


def best(policy: Policy, keys: Iterable[str]) -> str:
    """The identifier that the facts of one observation hang on: the best, of equal ones the smallest key."""
    return min(keys, key=lambda key: (rank(policy, key), key))


@dataclass(frozen=True, slots=True)
class Holder:
    """An identifier that a thing hangs on, and the newest word that carried it."""

    rank: tuple[int, int]
    at: int
    key: str

    def better(self, other: Holder | None) -> bool:
        """Whether this is the one of two."""
        return other is None or (self.rank, -self.at, self.key) < (other.rank, -other.at, other.key)


@dataclass(slots=True)
class Thing:
    """One thing as far as it is known: `first` and `last` word about it, and the fields."""

    key: str
    first: int = 0
    last: int = 0
    said: dict[str, Said] = field(default_factory=dict)
    holder: Holder | None = None

    @property
    def known(self) -> bool:
        """Whether anything was said of it yet."""
        return bool(self.said)

    def say(self, at: int, said: Mapping[str, Any]) -> None:
        """Take in what one message says; nothing is said by null."""
        self.first = min(at, self.first) if self.said else at
        self.last = max(at, self.last) if self.said else at
        for name, value in said.items():
            if value is not None:
                before = self.said.get(name)
                if before is None or later((at, value), before):
                    self.said[name] = (at, value)

    def hold(self, holder: Holder) -> None:
        """Take in whom one message carried."""
        if holder.better(self.holder):
            self.holder = holder

    @property
    def held(self) -> Holder:
        """The identifier that it hangs on. Raises LookupError before there is one."""
        if self.holder is None:
            raise LookupError(f"nothing holds {self.key}")
        return self.holder

    def value(self, name: str) -> Any:
        """What was said of a field last, or None."""
        found = self.said.get(name)
        return None if found is None else found[1]

    def stamps(self) -> dict[str, int]:
        """When each field was said that was not said with the newest word, as it is stored."""
        return {STAMP + name: at for name, (at, _) in self.said.items() if at != self.last}

    def copy(self) -> Thing:
        """The same, to be compared with later."""
        return Thing(self.key, self.first, self.last, dict(self.said), self.holder)


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[list[Any]]:
    """[name, value] of everything that is otherwise now; null takes away."""
    names = [*now, *(name for name in before if name not in now)]
    return [[name, now.get(name)] for name in names if before.get(name) != now.get(name)]


def in_micros(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the driver gives them, with times in microseconds and days as days."""
    return {name: _native(value) for name, value in properties.items()}


def _native(value: Any) -> Any:
    if isinstance(value, DateTime):
        return micros(value.to_native())
    return value.to_native() if isinstance(value, Date) else value


def stored(
    key: str,
    values: Mapping[str, Any],
    times: Mapping[str, int],
    *,
    first: int,
    last: int,
    holder: Holder | None,
) -> Thing:
    """A thing as it was stored: values by field, and the times that `stamps` gave."""
    said = {
        name: (times.get(STAMP + name, last), value) for name, value in values.items() if value is not None
    }
    return Thing(key, first, last, said, holder)
