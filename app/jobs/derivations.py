"""Everything that is derived of a person, in the order in which one builds on the other: a line each."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from app.commerce import aggregate
from app.dependents import derive as dependents
from app.identity.service import Identity
from app.lifecycle import refresh as lifecycle
from app.profile import derive
from app.segments import refresh as segments
from app.tags import refresh as tags
from app.tags.due import due_days as tag_days

Refresh = Callable[[Identity, Sequence[str], datetime], Awaitable[Counter[str]]]
"""Derives some people anew, as of a moment, and writes what differs; returns what it changed, by name."""

Due = Callable[[Identity, Sequence[str], datetime], Awaitable[Mapping[str, date]]]
"""The next day of those people who have one."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One thing that is derived. `calendar`: whether a day that passes may change it, with nothing else."""

    name: str
    refresh: Refresh
    calendar: bool = True
    by_day: Refresh | None = None
    """How it is derived when nothing but the day is another; as ever without."""


STEPS: tuple[Derivation, ...] = (
    Derivation("attributes", derive.refresh, calendar=False),
    Derivation("dependents", dependents.refresh, calendar=False),
    Derivation("aggregates", aggregate.refresh, calendar=False),
    Derivation("tags", tags.refresh, by_day=partial(tags.refresh, cause="CALENDAR")),
    Derivation("lifecycle", lifecycle.refresh),
    Derivation("tags", tags.refresh_standing, by_day=partial(tags.refresh_standing, cause="CALENDAR")),
    Derivation("segments", segments.refresh, by_day=partial(segments.refresh, cause="CALENDAR")),
)


_DUE: tuple[Due, ...] = (tag_days, lifecycle.due_days, segments.due_days)
"""What knows of days on which what it derives may change: a word each."""


async def due_days(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Mapping[str, date]:
    """The next day on which the calendar alone may change something, of those people who have one."""
    found: dict[str, date] = {}
    for days in _DUE:
        for one_id, day in (await days(identity, one_ids, as_of)).items():
            found[one_id] = min(day, found.get(one_id, day))
    return found
