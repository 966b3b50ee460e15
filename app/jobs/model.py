"""What a job is, when it is due, and what a run of it came to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.identity.service import Identity

GRACE = timedelta(hours=4)
"""What was due while no process was up is made good within this time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: counts by name, and what it left out because it failed (never a personal value)."""

    counts: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


Work = Callable[[Identity, datetime], Awaitable[Outcome]]
"""What a job does, at the one time that its whole run is for. Its writes go through `identity.graph`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job. `trigger` is APScheduler's. One that is not `recorded` runs too often for a history of runs."""

    name: str
    about: str
    schedule: str
    trigger: Callable[[ZoneInfo], Any]
    period: timedelta
    work: Work
    recorded: bool = True

    def next_slot(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first time after `now` that it is due, in UTC."""
        return _utc(self.trigger(zone).get_next_fire_time(None, now))

    def latest_slot(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The last time up to `now` that it was due, in UTC; None when that is too long ago to make good.

        The same for every process, whenever it was started: it is what they claim.
        """
        trigger, slot = self.trigger(zone), None
        due = trigger.get_next_fire_time(None, now - 2 * self.period)
        while due <= now:
            slot = due
            due = trigger.get_next_fire_time(due, due + timedelta(seconds=1))
        return _utc(slot) if slot is not None and now - slot <= GRACE else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
