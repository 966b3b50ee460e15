"""Tests of days, times and ages: each becomes the days or instants between which what is stored lies."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from app.rules.ages import Edge
from app.rules.statement import Statement
from app.rules.testing import ANY, COMPARED, Kind, any_form
from app.rules.windows import length

MOST_AGE = 4_000_000  # days, months or years: beyond the calendar either way


def _moment(statement: Statement, said: str) -> date | datetime:
    moment = statement.clock.moment(said)
    assert moment is not None, said  # noqa: S101 - checked
    return moment


def _day(statement: Statement, said: str) -> date:
    moment = _moment(statement, said)
    return statement.clock.day_of(moment) if isinstance(moment, datetime) else moment


def _near_day(statement: Statement, value: str, name: str, said: str) -> list[str]:
    """In the days up to today, or from today on; today and the last of them included."""
    clock, long = statement.clock, length(said)
    assert long is not None, said  # noqa: S101 - checked
    ends = (clock.day_back(long), clock.today) if name == "last" else (clock.today, clock.day_ahead(long))
    return [f"{value} >= {statement.put(ends[0])}", f"{value} <= {statement.put(ends[1])}"]


def _near_time(statement: Statement, value: str, name: str, said: str) -> list[str]:
    """From the start of a day up to the moment, or from the moment on to the end of a day."""
    clock, long = statement.clock, length(said)
    assert long is not None, said  # noqa: S101 - checked
    if name == "last":
        start, end = clock.start(clock.day_back(long)), clock.now
    else:
        start, end = clock.as_of, clock.end(clock.day_ahead(long))
    return [f"{value} >= {statement.put(start)}", f"{value} < {statement.put(end)}"]


DATE = Kind(
    one=lambda statement, value, said: f"{value} = {statement.put(_day(statement, said))}",
    any_of=lambda statement, value, said: (
        f"{value} IN {statement.put([_day(statement, one) for one in said])}"
    ),
    compared=lambda statement, value, name, said: (
        f"{value} {COMPARED[name]} {statement.put(_day(statement, said))}"
    ),
    span=_near_day,
)
"""A calendar day; against one, a time counts as its local day."""


def _as_day(statement: Statement, said: Any) -> Any:
    """A date-time as its local day, as a text; anything else as it is."""
    timed = isinstance(said, str) and isinstance(statement.clock.moment(said), datetime)
    return _day(statement, said).isoformat() if timed else said


def _or_day(statement: Statement, said: Sequence[Any]) -> list[Any]:
    return [*said, *(day for one in said if (day := _as_day(statement, one)) is not one)]


def _near_text(statement: Statement, value: str, name: str, said: str) -> list[str]:
    clock, long = statement.clock, length(said)
    assert long is not None, said  # noqa: S101 - checked
    ends = (clock.day_back(long), clock.today) if name == "last" else (clock.today, clock.day_ahead(long))
    first, last = (statement.put(one.isoformat()) for one in ends)
    return [f"{value} >= {first}", f"{value} <= {last}"]


DECLARED = Kind(
    one=lambda statement, value, said: ANY.any_of(statement, value, _or_day(statement, [said])),
    any_of=lambda statement, value, said: ANY.any_of(statement, value, _or_day(statement, said)),
    compared=lambda statement, value, name, said: ANY.compared(
        statement, value, name, _as_day(statement, said)
    ),
    span=_near_text,
    text=any_form,
)
"""Of a stored attribute that a file declares: text, number, boolean, or a date as the text of it,
YYYY-MM-DD.
"""


def _in_time(statement: Statement, value: str, said: str) -> str:
    start, end = statement.clock.span(_moment(statement, said))
    return _between(statement, value, (start, end))


def _between(statement: Statement, value: str, ends: Sequence[date]) -> str:
    return f"({value} >= {statement.put(ends[0])} AND {value} < {statement.put(ends[1])})"


def _in_any(statement: Statement, value: str, ends: Sequence[Sequence[date]]) -> str:
    spans = statement.put([list(one) for one in ends])
    return f"any(one IN {spans} WHERE {value} >= one[0] AND {value} < one[1])"


def _beside_time(statement: Statement, value: str, name: str, said: str) -> str:
    start, end = statement.clock.span(_moment(statement, said))
    operator, edge = {"gt": (">=", end), "gte": (">=", start), "lt": ("<", start), "lte": ("<", end)}[name]
    return f"{value} {operator} {statement.put(edge)}"


TIME = Kind(
    one=_in_time,
    any_of=lambda statement, value, said: _in_any(
        statement, value, [statement.clock.span(_moment(statement, one)) for one in said]
    ),
    compared=_beside_time,
    span=_near_time,
)
"""An instant; a date in a test is the whole local day."""


def counted_back(edge: Edge) -> Kind:
    """A number that falls as the stored date or time grows, as an age does: `edge(n)` is the first for
    which it is less than n.
    """

    def at(number: int) -> date:
        return edge(max(-MOST_AGE, min(MOST_AGE, number)))

    def ends(said: Any) -> Sequence[date]:
        exact = Fraction(Decimal(repr(said)))
        if exact.denominator != 1:
            return at(0), at(0)  # no whole number equals it
        return at(int(exact) + 1), at(int(exact))

    def compared(statement: Statement, value: str, name: str, said: Any) -> str:
        exact = Fraction(Decimal(repr(said)))
        least = {"gt": floor(exact) + 1, "gte": ceil(exact), "lt": ceil(exact), "lte": floor(exact) + 1}[name]
        operator = "<" if name in ("gt", "gte") else ">="
        return f"{value} {operator} {statement.put(at(least))}"

    return Kind(
        one=lambda statement, value, said: _between(statement, value, ends(said)),
        any_of=lambda statement, value, said: _in_any(statement, value, [ends(one) for one in said]),
        compared=compared,
    )
