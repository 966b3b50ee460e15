"""What is computed of a dependent on a day: nothing of it is stored, and each has one definition. Pure.

Days are calendar days of the deployment's zone; ages are those of `app.rules.ages`. The pregnancy week is
counted back from the due date: with d days to go, (7 x 40 - d) div 7 whole weeks have passed, for
1 <= d <= 280; on the due date itself the child is 0 days old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.dependents.model import Age, Computed, DaysSince, DaysUntil, Kind, WeeksBefore
from app.rules.ages import age_days, age_months, age_years, months_later

_AGES = {"days": age_days, "months": age_months, "years": age_years}


@dataclass(frozen=True, slots=True)
class Known:
    """What a dependent says that something is computed of: days by name, numbers by name, and the day of the
    last event of each type about it. The day of its purchase order is called `order`.
    """

    days: Mapping[str, date]
    numbers: Mapping[str, float]
    events: Mapping[str, date]


def computed(kind: Kind, known: Known, today: date) -> dict[str, int]:
    """Every value of the kind that can be computed, in its order."""
    found = {name: value_of(one, known, today) for name, one in kind.computed.items()}
    return {name: value for name, value in found.items() if value is not None}


def value_of(one: Computed, known: Known, today: date) -> int | None:
    """One value; None where what it takes is not known."""
    match one:
        case Age():
            day = known.days.get(one.age)
            return None if day is None else _AGES[one.unit](day, today)
        case WeeksBefore():
            return weeks_before(known.days.get(one.weeks_before), one.of, today)
        case DaysSince():
            return _since(_first(known.days, one.days_since), today)
        case DaysUntil():
            end = _first(known.days, one.days_until) or _after(one, known)
            return None if end is None else (end - today).days
        case _:
            return _since(
                max((known.events[t] for t in one.days_since_event if t in known.events), default=None), today
            )


def weeks_before(day: date | None, weeks: int, today: date) -> int | None:
    """Whole weeks that have passed of so many, counted back from a day that is still ahead; None outside."""
    left = None if day is None else (day - today).days
    return (7 * weeks - left) // 7 if left is not None and 1 <= left <= 7 * weeks else None


def _after(one: DaysUntil, known: Known) -> date | None:
    start, months = _first(known.days, one.after), known.numbers.get(one.months or "")
    if start is None or months is None:
        return None
    try:
        return months_later(start, int(months))
    except OverflowError:
        return None


def _first(days: Mapping[str, date], names: Iterable[str]) -> date | None:
    return next(_known(days, names), None)


def _known(days: Mapping[str, date], names: Iterable[str]) -> Iterator[date]:
    yield from (days[name] for name in names if name in days)


def _since(day: date | None, today: date) -> int | None:
    return None if day is None else (today - day).days
