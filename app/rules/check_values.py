"""What is wrong with the tests, lists and windows of a rule, each said at its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from app.rules.model import Path
from app.rules.parts import Part, Test, Window, outside
from app.rules.windows import Clock, length

MOST_ALLOWED = 50  # of what may be said, in one message


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a rule, or doubtful: where, what, and what would be right."""

    field: Path
    code: str
    message: str
    allowed: tuple[str, ...] | None = None
    suggestion: str | None = None


Found = Iterator[Wrong]
_ORDERED = ("gt", "gte", "lt", "lte")
_IN_TEXT = ("contains", "starts_with", "ends_with")
_TAKES = {
    "text": {"eq", "ne", "in_", "not_in", *_IN_TEXT, "exists"},
    "number": {"eq", "ne", "in_", "not_in", *_ORDERED, "exists"},
    "date": {"eq", "ne", "in_", "not_in", *_ORDERED, "exists", "last", "next"},
    "boolean": {"eq", "ne", "in_", "not_in", "exists"},
    "any": {"eq", "ne", "in_", "not_in", *_ORDERED, *_IN_TEXT, "exists"},
}


@dataclass(frozen=True)
class Tested:
    """What kind of value a test is of: text, number, date, boolean or any; numbers from `least` to `most`."""

    type: str
    least: int | None = None
    most: int | None = None


TEXT, NUMBER, DATE, ANY = Tested("text"), Tested("number"), Tested("date"), Tested("any")
NOT_NEGATIVE, SCORE = Tested("number", 0), Tested("number", 1, 5)
DECLARED = {"text": TEXT, "choice": TEXT, "number": NUMBER, "date": DATE, "boolean": Tested("boolean")}


def unknown(field: Path, code: str, what: str, name: str, allowed: Iterable[str]) -> Wrong:
    """A name that nothing has, with the one that was probably meant."""
    names = sorted(set(allowed))
    message = f"no {what} is called {name!r}"
    return Wrong(field, code, message, tuple(names[:MOST_ALLOWED]), closest(name, names))


def closest(name: str, names: Sequence[str]) -> str | None:
    """The name that was probably meant."""
    folded = {one.casefold(): one for one in reversed(names)}
    found = get_close_matches(name.casefold(), folded, 1)
    return folded[found[0]] if found else None


def check_test(path: Path, test: Test, kind: Tested) -> Found:
    """What is wrong with a test of such a value."""
    said = test.said()
    if not said:
        yield Wrong(path, "EMPTY_TEST", "a test is needed, such as eq, gte or exists")
    for name in said:
        here = (*path, outside(name))
        if name not in _TAKES[kind.type]:
            allowed = tuple(outside(one) for one in Test.model_fields if one in _TAKES[kind.type])
            message = f"{outside(name)} is not asked of {_a(kind.type)}"
            yield Wrong(here, "TYPE_MISMATCH", message, allowed)
        else:
            yield from _check_said(here, name, getattr(test, name), kind)


def _check_said(path: Path, name: str, said: Any, kind: Tested) -> Found:
    if name in ("in_", "not_in"):
        if not said:
            yield Wrong(path, "EMPTY_TEST", "the list is empty")
        for place, one in enumerate(said):
            yield from _check_value((*path, str(place)), one, kind)
    elif name in ("last", "next"):
        yield from check_length(path, said, "dwmy")
    elif name in _IN_TEXT:
        yield from _check_value(path, said, TEXT)
    elif name in _ORDERED:
        yield from _check_value(path, said, NUMBER if kind == ANY else kind)
    elif name != "exists":
        yield from _check_value(path, said, kind)


def _check_value(path: Path, said: Any, kind: Tested) -> Found:
    if not _is(said, kind.type):
        yield Wrong(path, "TYPE_MISMATCH", f"{said!r} is not {_a(kind.type)}")
    elif (kind.least is not None and said < kind.least) or (kind.most is not None and said > kind.most):
        bounds = f"at least {kind.least}" + (f", at most {kind.most}" if kind.most is not None else "")
        yield Wrong(path, "OUT_OF_RANGE", f"{said} is out of range: {bounds}")


def _is(said: Any, type_: str) -> bool:
    if type_ == "any":
        return True
    if type_ == "boolean" or isinstance(said, bool):
        return type_ == "boolean" and isinstance(said, bool)
    if type_ == "number":
        return isinstance(said, int | float)
    return isinstance(said, str) and (type_ == "text" or UTC_CLOCK.moment(said) is not None)


def _a(type_: str) -> str:
    return {"any": "such a value", "date": "a date, as 2026-11-20 or 2026-11-20T08:30:00+08:00"}.get(
        type_, f"a {type_}"
    )


def check_length(path: Path, said: str, units: str) -> Found:
    """What is wrong with a length of time: a number and one of the units."""
    if length(said) is None or said[-1] not in units:
        allowed = tuple(f"30{unit}" for unit in units)
        yield Wrong(path, "INVALID_WINDOW", f"{said!r} is no length here", allowed)


def check_list(path: Path, part: Part, name: str) -> Found:
    """An empty list would mean nobody."""
    if getattr(part, name) == ():
        yield Wrong((*path, outside(name)), "EMPTY_TEST", "the list is empty")


def check_window(path: Path, window: Window | None, clock: Clock) -> Found:
    """What is wrong with a window."""
    if window is None or window.ever:
        return
    here = (*path, window.key)
    if window.last is not None:
        yield from check_length(here, window.last, "dwmyh")
    elif window.between is not None:
        yield from _check_between(here, window.between, clock)
    elif window.ago is not None:
        yield from _check_ago(here, window.ago)
    elif clock.moment(window.body) is None:
        yield _no_moment(here, window.body)


def _no_moment(path: Path, said: str) -> Wrong:
    return Wrong(path, "INVALID_WINDOW", f"{said!r} is not {_a('date')}")


def _check_between(path: Path, ends: Sequence[str], clock: Clock) -> Found:
    moments = [clock.moment(end) for end in ends]
    if len(ends) != 2:
        yield Wrong(path, "INVALID_WINDOW", f"two ends are needed, there are {len(ends)}")
    elif None in moments:
        for place, moment in enumerate(moments):
            if moment is None:
                yield _no_moment((*path, str(place)), ends[place])
    else:
        first, last = (clock.span(moment) for moment in moments if moment is not None)
        if first[0] >= last[1]:
            yield Wrong(path, "INVALID_WINDOW", "the first end is after the last")


def _check_ago(path: Path, ends: Sequence[str]) -> Found:
    if len(ends) != 2:
        yield Wrong(path, "INVALID_WINDOW", f"two ends are needed, there are {len(ends)}")
        return
    wrong = [one for place, end in enumerate(ends) for one in check_length((*path, str(place)), end, "dwmyh")]
    yield from wrong
    if not wrong and not _longer(*ends):
        yield Wrong(path, "INVALID_WINDOW", "the first end must lie further back than the second")


def _longer(first: str, second: str) -> bool:
    """Whether the first length is longer on some day: months are 28 to 31 days long, days are counted
    whole.
    """
    (most, exact), (least, same) = _hours(first, 31, 1), _hours(second, 28, 0)
    return most[1] > least[1] if exact == same else most[0] > least[0]


def _hours(text: str, month: int, day: int) -> tuple[tuple[int, int], str]:
    """Hours at that length of a month, exact within lengths of one sort, and the sort."""
    found = length(text)
    assert found is not None  # noqa: S101 - checked
    if found.hours is not None:
        return (found.hours, found.hours), "hours"
    if found.months:
        return (found.months * month * 24 + day * 24, found.months), "months"
    return (found.days * 24 + day * 24, found.days), "days"


UTC_CLOCK: Clock = Clock.utc(date(2000, 1, 1))
"""For whether a text is a date at all, which no zone decides."""
