"""What becomes of stored days as time passes: the first on which one may matter otherwise. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.rules.ages import months_later
from app.rules.windows import Clock, Length

_ONE_DAY = timedelta(days=1)


_NO_LENGTH = Length(None, 0, 0)


AHEAD = Length(0, 0, 0)
"""No way back: of what has a time ahead, which comes to exist then."""


@dataclass(frozen=True)
class Turn:
    """What may happen to a stored day: it grows `age` (a unit) to `number`, drops out of the `last` days,
    comes into the `next` days, or `returns` into the next days every year.
    """

    how: str
    number: int = 0
    long: Length = _NO_LENGTH


Days = Mapping[str, frozenset[Turn]]


@dataclass(frozen=True)
class Calendar:
    """What a rule, or several, read of the calendar.

    facts: of orders (by the time that is read), touches and events, how far back a window goes. days: of
    stored days, by name, what may happen to them: `birthday` of the person, `d.birthday` of dependents,
    `joinedAt`, `validFrom`, `validTo`, `since` and `until` of tags, `a_…` and `d.a_…` of declared
    attributes.
    """

    facts: frozenset[tuple[str, Length]] = frozenset()
    days: Days = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.facts or self.days)

    def __or__(self, other: "Calendar") -> "Calendar":
        names = self.days.keys() | other.days.keys()
        nothing: frozenset[Turn] = frozenset()
        both = {name: self.days.get(name, nothing) | other.days.get(name, nothing) for name in sorted(names)}
        return Calendar(self.facts | other.facts, both)

    def due_of_day(self, name: str, day: date, clock: Clock) -> date | None:
        """The first day after today on which this stored day may matter otherwise."""
        return earliest(self._turns(name, day, clock), clock)

    def _turns(self, name: str, day: date, clock: Clock) -> Iterator[date]:
        for turn in self.days.get(name, ()):
            yield from _HOW[turn.how](turn, day, clock.today)


def earliest(days: Iterable[date | None], clock: Clock) -> date | None:
    """The first of the days that is after today."""
    return min((day for day in days if day is not None and day > clock.today), default=None)


def leaves(moment: datetime, long: Length, clock: Clock) -> date:
    """The first day after today on which a fact of that moment may be out of a window so far back; of a
    moment ahead, the day on which it comes to exist.
    """
    tomorrow = clock.today + _ONE_DAY
    if moment > clock.as_of:
        return max(clock.day_of(moment), tomorrow)
    if long.hours is not None:
        return max(clock.day_of(moment + long.exact), tomorrow)
    return max(_after(clock.day_of(moment), long), tomorrow)


def _after(day: date, long: Length) -> date:
    """The first day from which so long ago is after that day."""
    return _first(lambda one: _back(one, long) > day, _ahead(day, long))


def _near(day: date, long: Length) -> date:
    """The first day from which so far ahead reaches that day."""
    return _first(lambda one: _ahead(one, long) >= day, _back(day, long) - timedelta(days=4))


def _first(holds: Callable[[date], bool], start: date) -> date:
    while start < date.max and not holds(start):
        start += _ONE_DAY
    return start


def _ahead(day: date, long: Length) -> date:
    try:
        return months_later(day, long.months) + timedelta(days=long.days)
    except OverflowError:
        return date.max


def _back(day: date, long: Length) -> date:
    try:
        return months_later(day, -long.months) - timedelta(days=long.days)
    except OverflowError:
        return date.min + timedelta(days=10)


def reaches(birthday: date, unit: str, number: int) -> date:
    """The day on which somebody is that old for the first time."""
    size = {"ageDays": 0, "ageMonths": 1, "ageYears": 12}[unit]
    try:
        if not size:
            return birthday + timedelta(days=number)
        day = months_later(birthday, number * size)
        return (
            day if day.day == birthday.day else day + _ONE_DAY
        )  # a month without that day: the next one's first
    except OverflowError:
        return date.max if number > 0 else date.min


def _ages(unit: str) -> Callable[[Turn, date, date], Iterator[date]]:
    return lambda turn, day, today: iter((reaches(day, unit, turn.number),))


def _last(turn: Turn, day: date, today: date) -> Iterator[date]:
    yield from (day, _after(day, turn.long))


def _next(turn: Turn, day: date, today: date) -> Iterator[date]:
    yield from (_near(day, turn.long), day + _ONE_DAY if day < date.max else day)


def _returns(turn: Turn, day: date, today: date) -> Iterator[date]:
    """Into the coming days and out of them again, in this year and those after, from its first return on."""
    ahead = min(turn.long.months // 12 + turn.long.days // 365, 200)
    for year in range(max(day.year + 1, today.year), today.year + ahead + 4):
        back = _ahead(day, Length(None, 0, 12 * (year - day.year)))
        yield from _next(turn, back, today)


def _itself(turn: Turn, day: date, today: date) -> Iterator[date]:
    yield from (day, day + _ONE_DAY if day < date.max else day)


_HOW: Mapping[str, Callable[[Turn, date, date], Iterator[date]]] = {
    "ageDays": _ages("ageDays"),
    "ageMonths": _ages("ageMonths"),
    "ageYears": _ages("ageYears"),
    "last": _last,
    "next": _next,
    "returns": _returns,
    "itself": _itself,
}
