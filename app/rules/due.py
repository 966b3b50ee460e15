"""On which day a rule may answer otherwise though nothing has happened: by the calendar alone. Pure.

`calendar` says what a rule reads of the calendar: windows that facts drop out of, ages that somebody
reaches, days that come near or come back. From the days and times that are stored, `Calendar` works out the
first day after today on which anything may change: perhaps nothing does then, but never is a change missed.
The next run looks again from there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil, floor
from typing import Any

from app.rules.ages import months_later
from app.rules.model import (
    AnniversaryCondition,
    CardLike,
    DependentLike,
    EventCondition,
    MemberLike,
    NotStep,
    OrderCondition,
    OrderLike,
    Rule,
    SequenceCondition,
    TouchCondition,
)
from app.rules.parts import Part, Test, Window
from app.rules.windows import Clock, Length, length

_AGES = {"age_days": "ageDays", "age_months": "ageMonths", "age_years": "ageYears"}
_ONE_DAY = timedelta(days=1)
_NO_LENGTH = Length(None, 0, 0)
AHEAD = Length(0, 0, 0)
"""No way back: of what has a time ahead, which comes to exist then."""
_FAR = 100_000  # days: beyond this nothing is looked for


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


def calendar(*rules: Rule, segments: Mapping[str, Rule] | None = None) -> Calendar:
    """What the rules read of the calendar, with the segments that they use."""
    found = Calendar()
    for rule in rules:
        found |= _of(rule, segments or {}, ())
    return found


def _of(rule: Rule, segments: Mapping[str, Rule], within: Sequence[str]) -> Calendar:
    key, body = rule.key, rule.body
    if key in ("all", "any"):
        found = Calendar()
        for one in body:
            found |= _of(one, segments, within)
        return found
    if key == "not":
        return _of(body, segments, within)
    if key == "segment":
        known = body.key in segments and body.key not in within
        return _of(segments[body.key], segments, (*within, body.key)) if known else Calendar()
    return _LEAVES[key](body) if key in _LEAVES else Calendar()


def _window(source: str, window: Window | None) -> Calendar:
    """How far back; a fact of a time ahead comes to exist, whatever the window."""
    said = [] if window is None else [window.last] if window.last else list(window.ago or ())
    lengths = [length(one) for one in said]
    return Calendar(frozenset((source, one) for one in (AHEAD, *lengths) if one is not None))


def _ages_of(name: str, units: Mapping[str, Test | None]) -> Calendar:
    turns = {
        Turn(unit, number) for unit, test in units.items() if test is not None for number in _numbers(test)
    }
    return Calendar(days={name: frozenset(turns)}) if turns else Calendar()


def _numbers(test: Test) -> Iterator[int]:
    """The whole numbers at which a test of a growing number may come to hold, or hold no more."""
    said = [test.eq, test.ne, test.gt, test.gte, test.lt, test.lte, *(test.in_ or ()), *(test.not_in or ())]
    for one in said:
        if isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < _FAR:
            yield from {floor(one), ceil(one), floor(one) + 1}


def _near_days(name: str, test: Test | None) -> Calendar:
    """What `last` and `next` say of a stored day."""
    if test is None:
        return Calendar()
    said = [(how, length(text)) for how, text in (("last", test.last), ("next", test.next)) if text]
    turns = frozenset(Turn(how, long=long) for how, long in said if long is not None)
    return Calendar(days={name: turns}) if turns else Calendar()


def _measure(source: str, measure: str, test: Test | None, window: Window | None) -> Calendar:
    """Days since a fact grow like an age; a window of LAST_AT slides over it."""
    found = _window(source, window)
    if test is None:
        return found
    if measure.startswith("DAYS_SINCE"):
        back = {Length(None, max(number - 1, 0), 0) for number in _numbers(test)}
        found |= Calendar(frozenset((source, one) for one in back))
    for text in (test.last, test.next):
        long = length(text) if text else None
        if long is not None:
            found |= Calendar(frozenset({(source, long)}))
    return found


def _order(body: OrderCondition) -> Calendar:
    return _measure(body.time_of, body.measure, body.is_, body.within)


def _attribute(body: Any) -> Calendar:
    if body.name == "ageYears":
        return _ages_of("birthday", {"ageYears": body.is_})
    return _near_days("birthday" if body.name == "birthday" else f"a_{body.name}", body.is_)


def _where(where: Part) -> Calendar:
    """Of accounts, cards and dependents: what they and what they are not alike read."""
    found = Calendar()
    if isinstance(where, MemberLike):
        found |= _near_days("joinedAt", where.joined_at)
    elif isinstance(where, CardLike):
        found |= _near_days("validFrom", where.valid_from) | _near_days("validTo", where.valid_to)
    elif isinstance(where, DependentLike):
        found |= _ages_of("d.birthday", {unit: getattr(where, name) for name, unit in _AGES.items()})
        for one in where.attributes or ():
            found |= _near_days(f"d.a_{one.name}", one.is_)
        if where.tag:
            found |= _UNTIL
    opposite: Part | None = getattr(where, "not_", None)
    return found if opposite is None or isinstance(where, OrderLike) else found | _where(opposite)


def _tag(body: Any) -> Calendar:
    return _UNTIL | _near_days("since", body.since) | _near_days("value", body.value)


def _anniversary(body: AnniversaryCondition) -> Calendar:
    name = {"birthday": "birthday", "joinedAt": "joinedAt", "dependentBirthday": "d.birthday"}[body.of]
    long = length(body.next)
    return Calendar(days={name: frozenset({Turn("returns", long=long)})}) if long else Calendar()


def _sequence(body: SequenceCondition) -> Calendar:
    """The windows of its steps; what did not happen is known when the time from the first step is over."""
    found = Calendar()
    for step in body.steps:
        one: NotStep = step.not_ or step
        found |= _window(_source(one), one.body.within)
    long, first = length(body.within), body.steps[0]
    if long is not None and body.steps[-1].not_:
        exact = Length(int(long.exact / timedelta(hours=1)), 0, 0)
        found |= Calendar(frozenset({(_source(first.not_ or first), exact)}))
    return found


def _source(step: NotStep) -> str:
    return "PAID" if step.order else "touch" if step.touch else "event"


_UNTIL = Calendar(days={"until": frozenset({Turn("itself")})})
_LEAVES: dict[str, Callable[[Any], Calendar]] = {
    "attribute": _attribute,
    "member": lambda body: _where(body.where),
    "card": lambda body: _where(body.where),
    "dependent": lambda body: _where(body.where),
    "order": _order,
    "touch": lambda body: _touch_or_event("touch", body),
    "event": lambda body: _touch_or_event("event", body),
    "tag": _tag,
    "sequence": _sequence,
    "anniversary": _anniversary,
}


def _touch_or_event(source: str, body: TouchCondition | EventCondition) -> Calendar:
    return _measure(source, body.measure, body.is_, body.within)
