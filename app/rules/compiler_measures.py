"""What is measured of facts that a statement has matched, and whether it passes a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.rules.parts import Test
from app.rules.statement import Statement
from app.rules.testing import NUMBER, Kind, average, money, sure, tested
from app.rules.testing_time import TIME, counted_back

_ONE = {"gte": 1, "gt": 0}
_NONE = ({"eq": 0}, {"lte": 0}, {"lt": 1})


@dataclass(frozen=True)
class Measure:
    """What is measured: `what` as in a rule (of values SUM, AVG, MIN, MAX; DISTINCT of a thing).

    value: the expression that it is of. digits: of money, the decimal places of its currency. time: the
    expression of a fact's time. also: a clause that finds what is counted. nothing_is_0: of a sum.
    """

    what: str
    value: str = ""
    digits: int | None = None
    time: str = ""
    also: str = ""
    nothing_is_0: bool = False


def at_least_one(test: Test | None) -> bool:
    """Whether the test of a count says no more than that there is one."""
    if test is None:
        return True
    said = {name: getattr(test, name) for name in test.said()}
    return len(said) == 1 and any(said == {name: least} for name, least in _ONE.items())


def _none(test: Test) -> bool:
    said = {name: getattr(test, name) for name in test.said()}
    return said in _NONE


def fails_of_nothing(test: Test | None, nothing: int | None) -> bool:
    """Whether a test does not hold where there is no fact: of 0, or of a missing value."""
    if test is None:
        return True
    said = {name: getattr(test, name) for name in test.said()}
    if nothing is None:
        return bool(said.keys() - {"ne", "not_in", "exists"}) or said.get("exists") is True
    holds: dict[str, Callable[[Any], bool]] = {
        "eq": lambda one: one == 0,
        "ne": lambda one: one != 0,
        "in_": lambda some: 0 in some,
        "not_in": lambda some: 0 not in some,
        "gt": lambda one: one < 0,
        "gte": lambda one: one <= 0,
        "lt": lambda one: one > 0,
        "lte": lambda one: one >= 0,
        "exists": bool,
    }
    return not all(holds[name](one) for name, one in said.items())


def held(statement: Statement, matched: str, measure: Measure, test: Test | None) -> str:
    """Whether the measure over what `matched` finds passes the test."""
    if measure.what == "COUNT":
        if at_least_one(test):
            return f"EXISTS {{ {matched} RETURN 1 }}"
        assert test is not None  # noqa: S101 - at least one is what its absence means
        if _none(test):
            return f"NOT EXISTS {{ {matched} RETURN 1 }}"
    assert test is not None, measure.what  # noqa: S101 - checked: only COUNT may go without
    values, kind = _reduced(statement, f"{matched}{measure.also}", measure)
    statement.measured = values
    return f"any(v IN {values} WHERE {sure(tested(statement, 'v', kind, test))})"


def _reduced(statement: Statement, matched: str, measure: Measure) -> tuple[str, Kind]:
    """A list of the one value that is measured, null of nothing; and how it is tested."""
    if not statement.aggregates:
        return _without_aggregates(statement, matched, measure)
    if measure.what.endswith("INTERVAL_DAYS"):
        day = f"duration.inDays(date('1970-01-01'), {local_day(statement, measure.time)}).days"
        return _intervals(matched, measure.what, day), NUMBER
    value, kind = aggregate(statement, measure)
    return _collected(matched, value), kind


def aggregate(statement: Statement, measure: Measure) -> tuple[str, Kind]:
    """What facts come to, null of nothing, as one aggregate; and how it is tested. Intervals have none."""
    if measure.what == "COUNT":
        return "count(*)", NUMBER
    if measure.what == "DISTINCT":
        return f"count(DISTINCT {measure.value})", NUMBER
    return _of_values(measure) if measure.value else _of_times(statement, measure)


def _collected(matched: str, value: str) -> str:
    """An aggregate stands in the RETURN: after a WITH, people of whom nothing is found would have no row."""
    return f"COLLECT {{ {matched} RETURN {value} AS v }}"


def _of_values(measure: Measure) -> tuple[str, Kind]:
    what, value, digits = measure.what, measure.value, measure.digits
    there = f"CASE WHEN count({value}) > 0 THEN"
    if digits is not None and what == "AVG":
        return f"{there} [sum({value}), count({value})] END", average(digits)
    if what == "SUM":
        reduced = f"sum({value})" if measure.nothing_is_0 else f"{there} sum({value}) END"
    elif what == "AVG":
        reduced = f"{there} sum({value}) * 1.0 / count({value}) END"
    else:
        reduced = f"{what.lower()}({value})"
    if digits is not None:
        return reduced, money(digits)
    return _rounded(reduced), NUMBER


def _rounded(value: str) -> str:
    return f"round({value}, 6, 'HALF_EVEN')"


def _of_times(statement: Statement, measure: Measure) -> tuple[str, Kind]:
    what, time, clock = measure.what, measure.time, statement.clock
    if what in ("FIRST_AT", "LAST_AT"):
        return f"{'min' if what == 'FIRST_AT' else 'max'}({time})", TIME
    if what in ("DAYS_SINCE_FIRST", "DAYS_SINCE_LAST"):
        return f"{'min' if what == 'DAYS_SINCE_FIRST' else 'max'}({time})", counted_back(clock.edge)
    return f"count(DISTINCT {local_day(statement, time)})", NUMBER


def local_day(statement: Statement, time: str) -> str:
    """The local day of an instant."""
    zone = statement.named("zone", statement.clock.zone.key)
    return f"date(datetime({{datetime: {time}, timezone: {zone}}}))"


def _intervals(matched: str, what: str, day: str) -> str:
    """Between consecutive days: the average is that of the ends alone, the others look at each."""
    days = f"{matched} WITH DISTINCT {day} AS day"
    if what == "AVG_INTERVAL_DAYS":
        average_days = _rounded("(max(day) - min(day)) * 1.0 / (count(*) - 1)")
        return f"COLLECT {{ {days} RETURN CASE WHEN count(*) > 1 THEN {average_days} END AS v }}"
    beside = "<" if what == "MIN_INTERVAL_DAYS" else ">"
    between = "days[at] - days[at - 1]"
    return (
        f"[days IN [COLLECT {{ {days} RETURN day ORDER BY day }}] | "
        f"reduce(found = null, at IN range(1, size(days) - 1) | "
        f"CASE WHEN found IS NULL OR {between} {beside} found THEN {between} ELSE found END)]"
    )


def _without_aggregates(statement: Statement, matched: str, measure: Measure) -> tuple[str, Kind]:
    """The same where no aggregate may stand: values are collected, and reduced as a list."""
    what, value = measure.what, measure.value
    if what.endswith("INTERVAL_DAYS"):
        day = f"duration.inDays(date('1970-01-01'), {local_day(statement, measure.time)}).days"
        if what != "AVG_INTERVAL_DAYS":
            return _intervals(matched, what, day), NUMBER
        days = f"COLLECT {{ {matched} WITH DISTINCT {day} AS day RETURN day ORDER BY day }}"
        average_days = _rounded("(days[-1] - days[0]) * 1.0 / (size(days) - 1)")
        return f"[days IN [{days}] | CASE WHEN size(days) > 1 THEN {average_days} END]", NUMBER
    if what == "COUNT":
        return f"[COUNT {{ {matched} RETURN 1 AS one }}]", NUMBER
    kind = aggregate(statement, measure)[1]
    if what == "DISTINCT":
        return f"[COUNT {{ {matched} RETURN DISTINCT {value} AS one }}]", kind
    if what == "DISTINCT_DAYS":
        day = local_day(statement, measure.time)
        return f"[COUNT {{ {matched} RETURN DISTINCT {day} AS one }}]", kind
    values = f"COLLECT {{ {matched} WITH {value or measure.time} AS v WHERE v IS NOT NULL RETURN v }}"
    return f"[vs IN [{values}] | {_reduction(measure)}]", kind


def _reduction(measure: Measure) -> str:
    """What the values `vs` come to; null of none."""
    what, digits = measure.what, measure.digits
    if what in ("MIN", "FIRST_AT", "DAYS_SINCE_FIRST", "MAX", "LAST_AT", "DAYS_SINCE_LAST"):
        beside = "<" if what in ("MIN", "FIRST_AT", "DAYS_SINCE_FIRST") else ">"
        reduced = f"reduce(found = vs[0], v IN vs | CASE WHEN v {beside} found THEN v ELSE found END)"
    else:
        total = "reduce(total = 0, v IN vs | total + v)"
        if what == "AVG":
            total = f"[{total}, size(vs)]" if digits is not None else f"{total} * 1.0 / size(vs)"
        reduced = (
            total if what == "SUM" and measure.nothing_is_0 else f"CASE WHEN size(vs) > 0 THEN {total} END"
        )
    return reduced if digits is not None or not measure.value else _rounded(reduced)
