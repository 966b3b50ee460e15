"""The job `refresh-segments`: saved segments whose time has come, or that were defined anew, as a whole.

Each is refreshed for the moment of the run. What ends early, in whatever way, is gone on with by the next
run: a segment says of itself that it was not refreshed yet. One that fails does not stop the others.
"""

from collections import Counter
from datetime import datetime, timedelta

import structlog

from app.errors import OneIdError, TimedOut, Unavailable
from app.identity.service import Identity
from app.jobs.lease import LeaseLost
from app.jobs.refresh import Refreshing
from app.rules.windows import Clock
from app.segments import definitions
from app.segments.definitions import Definitions
from app.segments.saved import Saved
from app.segments.scheduling import due
from app.segments.whole import ask_days, note, refresh_whole

UNDER_WAY = timedelta(minutes=10)
"""How long a refresh of the first n is taken to be under way elsewhere; one that is older was killed."""

log = structlog.get_logger(__name__)


async def refresh_segments(identity: Identity, as_of: datetime) -> Refreshing:
    """Those of the moment; the failures are keys of segments."""
    run = Refreshing(identity, as_of)
    known = await definitions.read(identity.graph.reader())
    for key in _due(known, as_of):
        try:
            run.counts += await _one(identity, key, as_of)
        except LeaseLost:
            raise
        except OneIdError as error:
            if isinstance(error, Unavailable) and not isinstance(error, TimedOut):
                raise  # no segment is at fault
            log.warning("segment_not_refreshed", segment=key, error=error.code)
            run.failures.append(key)
    today = known.evaluation(as_of).clock.today
    for key, day in known.moved.items():
        if (day is None or day < today) and known.saved[key].status == "ACTIVE":
            await note(identity, known.saved[key], as_of)
    return run


async def _one(identity: Identity, key: str, as_of: datetime) -> Counter[str]:
    ran = await refresh_whole(identity, key, as_of)
    asked = await ask_days(identity, key, as_of)
    return Counter(segments=1, entered=ran.entered, exited=ran.exited, asked=asked)


def _now(one: Saved, clock: Clock) -> bool:
    """Whether its time has come, or the first n may be others, and nobody is looking already."""
    if one.ranking is not None and clock.as_of - one.ranking < UNDER_WAY:
        return False
    return one.stale or one.ranking is not None or due(one.schedule, one.refreshed, clock)


def _due(known: Definitions, as_of: datetime) -> list[str]:
    """The deleted ones that people are still in, the ones that are pending, and those whose time has come."""
    clock = known.evaluation(as_of).clock
    found = [
        one.key
        for one in known.saved.values()
        if one.pending is not None or (one.status == "ACTIVE" and _now(one, clock))
    ]
    return [*sorted(known.left), *found]
