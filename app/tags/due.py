"""On which day what is carried may change with nothing but the calendar: of people, and of dependents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.identity.service import Identity
from app.rules.compiler import SECONDS
from app.rules.compiler_due import due
from app.rules.due import Calendar, Turn, calendar, earliest
from app.rules.windows import Clock
from app.tags import definitions
from app.tags.definitions import Definitions
from app.tags.model import PERSON

_OF_DEPENDENT = "d."
_RUNS_OUT = Calendar(days={"until": frozenset({Turn("itself")})})
"""What was asserted for a time ends, whether or not a rule asks about it."""


async def due_days(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Mapping[str, date]:
    """The first day after today on which a tag of these people may come or go by the calendar alone.

    Tags of their dependents are the dependents' own matter, but for what their rules ask about people.
    """
    known = await definitions.read(identity.graph.reader())
    settings, reader = known.evaluation(as_of), identity.graph.reader()
    found = await due(reader, of_people(known), settings, one_ids, timeout=SECONDS)
    return {one_id: day for one_id, day in found.items() if day is not None}


def of_people(known: Definitions) -> Calendar:
    """What the rules of tags read of the calendar of people."""
    rules = [one.rule for one in known.ruled() if one.subject == PERSON and one.rule is not None]
    found = _RUNS_OUT | calendar(*rules, segments=known.segments)
    others = [one.rule for one in known.ruled() if one.subject != PERSON and one.rule is not None]
    theirs = calendar(*others, segments=known.segments)
    days = {name: turns for name, turns in theirs.days.items() if not name.startswith(_OF_DEPENDENT)}
    return found | Calendar(theirs.facts, days)


def of_dependents(known: Definitions, kind: str) -> Calendar:
    """What the rules of tags about dependents of a kind read of their own days."""
    rules = [one.rule for one in known.ruled() if one.subject == kind and one.rule is not None]
    found = calendar(*rules, segments=known.segments)
    return Calendar(
        days={name: turns for name, turns in found.days.items() if name.startswith(_OF_DEPENDENT)}
    )


def dependents_due(own: Calendar, said: Mapping[str, str], clock: Clock) -> date | None:
    """The first day after today on which a rule may answer otherwise of a dependent of whom this is said, by
    the name of the property.
    """
    days: list[date | None] = []
    for name in own.days:
        text = said.get(name.removeprefix(_OF_DEPENDENT))
        moment = clock.moment(text) if text else None
        if moment is not None:
            day = clock.day_of(moment) if isinstance(moment, datetime) else moment
            days.append(own.due_of_day(name, day, clock))
    return earliest(days, clock)
