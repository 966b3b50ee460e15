"""On which day a rule may answer otherwise though nothing has happened: by the calendar alone. Pure.

`calendar` says what a rule reads of the calendar: windows that facts drop out of, ages that somebody
reaches, days that come near or come back. From the days and times that are stored, `Calendar` works out the
first day after today on which anything may change: perhaps nothing does then, but never is a change missed.
The next run looks again from there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from math import ceil, floor
from typing import Any

from app.rules.conditions import AnniversaryCondition, CardLike, DependentLike, MemberLike
from app.rules.conditions_facts import (
    EventCondition,
    NotStep,
    OrderCondition,
    OrderLike,
    SequenceCondition,
    TouchCondition,
)
from app.rules.model import Rule
from app.rules.parts import Part, Test, Window
from app.rules.turns import AHEAD, Calendar, Turn, earliest, leaves, reaches
from app.rules.windows import Length, length

__all__ = ["Calendar", "Turn", "calendar", "earliest", "leaves", "reaches"]

_AGES = {"age_days": "ageDays", "age_months": "ageMonths", "age_years": "ageYears"}
_FAR = 100_000  # days: beyond this nothing is looked for


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
