"""What keeps derivations up to date: of people that something touched, and of those whose day has come.

Nothing here grows with the graph. An index finds who is dirty (`Person.dirtyAt`) or due (`nextDue`); a step
takes some hundreds of them through everything that is derived, in its order, writes their next due day and
clears the mark, but only where it is still the one that was read: who was touched meanwhile stays dirty.

What fails is halved until it is alone: one person that cannot be derived does not stop the others. Such a
person stays dirty, is named in the run's failures, and is tried again by the next run.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from app.errors import OneIdError, TimedOut, Unavailable
from app.graph.queries import read_query, write_query
from app.identity.service import Identity
from app.jobs.derivations import STEPS, Derivation, due_days
from app.jobs.lease import LeaseLost
from app.settings import settings

STEP = 300
"""People of one step."""
MOST_FAILURES = 100
"""People that a run leaves out; when more fail, it is not they that are at fault."""

_DIRTY = read_query("jobs/dirty")
_DUE_PEOPLE = read_query("jobs/due_people")
_DUE_DEPENDENTS = read_query("jobs/due_dependents")
_CLEAR = write_query("jobs/refreshed")
_ORPHANS = write_query("jobs/due_orphans")

log = structlog.get_logger(__name__)


class TooManyFailures(OneIdError):
    """More people failed than can be left out; the run is ended, and they stay dirty."""

    code = "TOO_MANY_FAILURES"


@dataclass(slots=True)
class Refreshing:
    """One run: everything in it is derived for the same moment. `counts` are what changed, by derivation."""

    identity: Identity
    as_of: datetime
    steps: Sequence[Derivation] = STEPS
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    """Who stays dirty: failed, or touched meanwhile."""

    async def step(self, people: Mapping[str, datetime | None]) -> None:
        """Derive some people anew: their OneIDs, each with the mark that it was found by."""
        if not people:
            return
        try:
            changed = await self._once(list(people))
            await self._clear(people)
        except LeaseLost:
            raise
        except Exception as error:
            if isinstance(error, Unavailable) and not isinstance(error, TimedOut):
                raise  # nobody here is at fault
            await self._halved(people, error)
        else:
            self.counts.update(changed)
            self.counts["people"] += len(people)

    async def _once(self, one_ids: list[str]) -> Counter[str]:
        changed: Counter[str] = Counter()
        for step in self.steps:
            found = await step.refresh(self.identity, one_ids, self.as_of)
            changed.update({f"{step.name}_{name}": count for name, count in found.items() if count})
        return changed

    async def _halved(self, people: Mapping[str, datetime | None], error: Exception) -> None:
        names = list(people)
        if len(names) > 1:
            middle = len(names) // 2
            for half in (names[:middle], names[middle:]):
                await self.step({one_id: people[one_id] for one_id in half})
            return
        log.warning("person_not_refreshed", one_id=names[0], error=type(error).__name__)
        self.failures.append(names[0])
        self.left.add(names[0])
        if len(self.failures) > MOST_FAILURES:
            message = (
                f"more than {MOST_FAILURES} people could not be derived, the first is {self.failures[0]}"
            )
            raise TooManyFailures(message) from error

    async def _clear(self, people: Mapping[str, datetime | None]) -> None:
        due = await due_days(self.identity, list(people), self.as_of)
        rows = [
            {"one_id": one_id, "dirty": people[one_id], "due": due.get(one_id)} for one_id in sorted(people)
        ]
        cleared = await self.identity.graph.unit(lambda writer: writer.rows(_CLEAR, rows={"people": rows}))
        self.left |= people.keys() - {row["one_id"] for row in cleared}


async def refresh_dirty(
    identity: Identity, as_of: datetime, steps: Sequence[Derivation] = STEPS
) -> Refreshing:
    """Everybody whom something touched up to `as_of`, the longest waiting first.

    Who was touched later waits for the next run: what happened after `as_of` does not exist for this one.
    """
    run = Refreshing(identity, as_of, steps)
    while rows := await identity.graph.reader().rows(
        _DIRTY, rows={"but": sorted(run.left)}, until=as_of, limit=STEP
    ):
        await run.step({row["one_id"]: row["dirty"] for row in rows})
    return run


async def refresh_due(identity: Identity, as_of: datetime, steps: Sequence[Derivation] = STEPS) -> Refreshing:
    """Everybody for whom the calendar alone may have changed something by the local day of `as_of`."""
    by_day = [replace(one, refresh=one.by_day or one.refresh) for one in steps if one.calendar]
    run = Refreshing(identity, as_of, by_day)
    today = as_of.astimezone(ZoneInfo(settings().time_zone)).date()
    await _people_due(run, today)
    await _dependents_due(run, today)
    return run


async def _people_due(run: Refreshing, today: date) -> None:
    after: tuple[Any, str] = (date.min, "")
    while rows := await run.identity.graph.reader().rows(
        _DUE_PEOPLE, day=after[0], one_id=after[1], today=today, limit=STEP
    ):
        await run.step({row["one_id"]: None for row in rows})
        after = (rows[-1]["due"], rows[-1]["one_id"])


async def _dependents_due(run: Refreshing, today: date) -> None:
    """A dependent's day is its own; it is derived with the people whose it is."""
    after: tuple[Any, str] = (date.min, "")
    while rows := await run.identity.graph.reader().rows(
        _DUE_DEPENDENTS, day=after[0], key=after[1], today=today, limit=STEP
    ):
        await run.step({one_id: None for row in rows for one_id in row["people"]})
        await _let_go(run.identity, [row["key"] for row in rows if not row["people"]])
        run.counts["dependents"] += len(rows)
        after = (rows[-1]["due"], rows[-1]["key"])


async def _let_go(identity: Identity, nobodys: list[str]) -> None:
    if nobodys:
        await identity.graph.unit(lambda writer: writer.rows(_ORPHANS, rows={"keys": nobodys}))
