"""Observations as identity sees them: values, no behaviour. Times are microseconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.identity.facts import Scalar
from app.identity.normalise import Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One identifier as an observation gave it, normalised. `index` is its place in the observation."""

    kind: str
    scope: str
    value: Value
    index: int

    @property
    def plain(self) -> str:
        """`kind|scope|normalised value`: what orders and names an identifier wherever no key is asked."""
        return f"{self.kind}|{self.scope}|{self.value.text}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Why an observation was rejected, or what was dropped from it."""

    id: str
    code: str
    message: str
    field: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation that passed: identifiers seen together, at a time in microseconds since 1970."""

    id: str
    at: int
    source: str | None
    brand: str | None
    verified: bool
    identifiers: tuple[Seen, ...]
    has_facts: bool
    warnings: tuple[Notice, ...] = ()
    said: Mapping[str, Scalar] = field(default_factory=dict)
    """What the one account among the identifiers says of itself, as far as the policy asks."""


def micros(at: datetime | str) -> int:
    """Microseconds since 1970 of a time; one without an offset is UTC. Raises ValueError for what is no
    time.
    """
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def moment(micros: int) -> datetime:
    """The time of so many microseconds since 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def dropped(id: str, seen: Seen, code: str, why: str) -> Notice:
    """The warning for an identifier that was left out of its observation."""
    return Notice(id, code, f"a {seen.kind} was dropped: {why}", ("identifiers", str(seen.index), "value"))
