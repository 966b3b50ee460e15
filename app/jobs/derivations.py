"""Everything that is derived of a person, in the order in which one builds on the other: a line each."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.commerce import aggregate
from app.identity.service import Identity
from app.lifecycle import refresh as lifecycle
from app.profile import derive
from app.tags import refresh as tags

Refresh = Callable[[Identity, Sequence[str], datetime], Awaitable[Counter[str]]]
"""Derives some people anew, as of a moment, and writes what differs; returns what it changed, by name."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One thing that is derived. `calendar`: whether a day that passes may change it, with nothing else."""

    name: str
    refresh: Refresh
    calendar: bool = True


STEPS: tuple[Derivation, ...] = (
    Derivation("attributes", derive.refresh, calendar=False),
    Derivation("aggregates", aggregate.refresh, calendar=False),
    Derivation("tags", tags.refresh),
    Derivation("lifecycle", lifecycle.refresh),
)


async def due_days(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Mapping[str, date]:
    """The next day on which the calendar alone may change something, of those people who have one."""
    return {}
