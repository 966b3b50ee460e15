"""The days and times that a calendar is worked out from, of some people or of their dependents, in one
statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.graph.sessions import Reader
from app.rules.compiler_orders import TIMES
from app.rules.compiler_people import shown
from app.rules.due import Calendar, earliest, leaves
from app.rules.statement import Settings, Statement
from app.rules.windows import Clock, Length

_HELD = "(p)<-[:IDENTIFIES]-(i)"
_DEPENDENTS = f"{_HELD}<-[of:DEPENDENT_OF]-(d)"


@dataclass(frozen=True)
class Asked:
    """A statement, and what its cells are: of facts the oldest in each window, of days all."""

    text: str
    params: dict[str, Any]
    facts: Sequence[tuple[str, Length]]
    days: Sequence[str]


def asked(calendar: Calendar, settings: Settings, one_ids: Sequence[str]) -> Asked:
    """Of each of these people: rows with `oneId`, `facts` and `days`, in the order that is returned beside
    the text.
    """
    statement = Statement(settings)
    facts, days = sorted(calendar.facts, key=str), sorted(calendar.days)
    oldest = ", ".join(_oldest(statement, source, long) for source, long in facts)
    stored = ", ".join(_stored(statement, name) for name in days)
    text = (
        f"UNWIND {statement.named('people', list(one_ids))} AS given "
        "MATCH (p:Person {oneId: given}) USING INDEX SEEK p:Person(oneId) "
        f"RETURN p.oneId AS oneId, [{oldest}] AS facts, [{stored}] AS days"
    )
    return Asked(text, {"p": statement.values}, facts, days)


def _oldest(statement: Statement, source: str, long: Length) -> str:
    """The time of the oldest fact in a window so far back, or after it, as text; null without one."""
    if source in TIMES:
        walk, time = f"{_HELD}<-[:PLACED_BY]-(o)", TIMES[source]
    else:
        walk, time = f"{_HELD}<-[:{'SENT_TO' if source == 'touch' else 'DONE_BY'}]-(f)", "f.at"
    since = f"{time} >= {statement.put(statement.clock.back(long))}"
    return (
        f"COLLECT {{ MATCH {walk} WHERE {since} RETURN toString({time}) AS said ORDER BY {time} LIMIT 1 }}[0]"
    )


def _stored(statement: Statement, name: str) -> str:
    """All days or times of that name, as text."""
    if name.startswith("d."):
        value = f"d[{statement.put(name.removeprefix('d.'))}]"
        where = " AND ".join(shown(statement))
        return f"COLLECT {{ MATCH {_DEPENDENTS} WHERE {where} RETURN DISTINCT toString({value}) AS said }}"
    if name in ("joinedAt", "validFrom", "validTo"):
        there = f"{_HELD} WHERE i.{name} IS NOT NULL"
        return f"COLLECT {{ MATCH {there} RETURN DISTINCT toString(i.{name}) AS said }}"
    if name in ("since", "until", "value"):
        ways = [f"{_HELD}-[a:ASSERTED]->()", "(p)-[a:TAGGED]->()"]
        ways.append(f"{_DEPENDENTS} MATCH (d)-[a:ASSERTED|TAGGED]->()")
        pieces = [f"MATCH {way} RETURN toString(a.{name}) AS said" for way in ways]
        return f"COLLECT {{ {' UNION '.join(pieces)} }}"
    return f"[toString(p[{statement.put(name)}])]"


def _day(cell: str | None, clock: Clock) -> date | None:
    """The day that a stored text says, if it is one; of a time the local day."""
    moment = None if cell is None else clock.moment(cell.partition("[")[0])
    return clock.day_of(moment) if isinstance(moment, datetime) else moment


async def due(
    reader: Reader, calendar: Calendar, settings: Settings, one_ids: Sequence[str], *, timeout: float = 30.0
) -> dict[str, date | None]:
    """OneID -> the first day after today on which any rule of the calendar may answer otherwise; None: on
    none.
    """
    if not calendar:
        return dict.fromkeys(one_ids)
    question = asked(calendar, settings, one_ids)
    rows = await reader.compiled(question.text, question.params, timeout=timeout)
    return {row["oneId"]: _due(calendar, question, row, settings.clock) for row in rows}


def _due(calendar: Calendar, question: Asked, row: Mapping[str, Any], clock: Clock) -> date | None:
    found = [
        leaves(moment, long, clock)
        for (_, long), cell in zip(question.facts, row["facts"], strict=True)
        if isinstance(moment := cell and clock.moment(cell), datetime)
    ]
    found += [
        due_day
        for name, cells in zip(question.days, row["days"], strict=True)
        for cell in cells
        if (day := _day(cell, clock)) and (due_day := calendar.due_of_day(name, day, clock))
    ]
    return earliest(found, clock)
