"""What is wrong with what a fact should be like, and with conditions on orders, messages and behaviours."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.rules.check_values import (
    ANY,
    DATE,
    DECLARED,
    NOT_NEGATIVE,
    NUMBER,
    Found,
    Tested,
    Wrong,
    check_length,
    check_list,
    check_test,
    check_window,
    closest,
    unknown,
)
from app.rules.conditions_facts import (
    EventCondition,
    EventStep,
    NotStep,
    OrderCondition,
    OrderStep,
    SequenceCondition,
    TouchCondition,
    TouchStep,
)
from app.rules.model import Path
from app.rules.parts import Named, Part, Test, outside
from app.rules.vocabulary import Vocabulary, item
from app.rules.windows import Clock

_AGGREGATES, _OF = ("SUM", "AVG", "MIN", "MAX"), ("AMOUNT", "DISCOUNT", "REFUND", "QUANTITY")
TIMES = ("FIRST_AT", "LAST_AT", "DAYS_SINCE_FIRST", "DAYS_SINCE_LAST")
INTERVALS = ("AVG_INTERVAL_DAYS", "MIN_INTERVAL_DAYS", "MAX_INTERVAL_DAYS")
OF_ORDERS = (
    "COUNT",
    *(f"{how}_{what}" for what in _OF for how in _AGGREGATES),
    *("DISTINCT_PRODUCTS", "DISTINCT_SHOPS", "DISTINCT_DAYS"),
    *TIMES,
    *INTERVALS,
)
OF_TOUCHES = ("COUNT", "DISTINCT_DAYS", *TIMES, *INTERVALS)
OF_EVENTS = (*OF_TOUCHES, *_AGGREGATES)
MAX_STEPS = 5
_TESTED = {
    "points": NUMBER,
    "joined_at": DATE,
    "valid_from": DATE,
    "valid_to": DATE,
    "amount": NOT_NEGATIVE,
    "discount": NOT_NEGATIVE,
    "refunded": NOT_NEGATIVE,
    "quantity": NOT_NEGATIVE,
    "age_days": NUMBER,
    "age_months": NUMBER,
    "age_years": NUMBER,
}


@dataclass(frozen=True)
class Bounds:
    """What conditions are checked against. forbidden: attributes that the caller may not ask about."""

    vocabulary: Vocabulary
    clock: Clock
    forbidden: frozenset[str] = field(default_factory=frozenset)


def check_where(path: Path, where: Part, bounds: Bounds) -> Found:
    """What is wrong with what a fact should be like: every field by what it is of, and `not` likewise."""
    for name in where.said():
        said, here = getattr(where, name), (*path, outside(name))
        if name == "not_":
            if not said.said():
                yield Wrong(here, "EMPTY_TEST", "not needs something that is not so")
            yield from check_where(here, said, bounds)
        elif name == "attributes":
            yield from _attributes(here, where, said, bounds)
        elif isinstance(said, Test):
            yield from check_test(here, said, _TESTED[name])
        else:
            yield from check_list(path, where, name)
            yield from _names(here, name, said, bounds)


def _names(path: Path, name: str, said: Iterable[str], bounds: Bounds) -> Found:
    values, known = tuple(said), bounds.vocabulary
    for place, one in enumerate(values):
        here = item(path, place, values)
        kinds = known.declared.kinds
        if name == "kind" and kinds is not None and one not in kinds:
            yield unknown(here, "UNKNOWN_KIND", "kind of dependents", one, kinds)
        elif name == "tag" and one not in known.tags:
            yield unknown(here, "UNKNOWN_TAG", "tag", one, known.tags)


def _attributes(path: Path, where: Any, tests: Iterable[Named], bounds: Bounds) -> Found:
    kinds = bounds.vocabulary.declared.kinds
    chosen = [kind for kind in where.kind or () if kind in (kinds or {})] or list(kinds or ())
    known: Mapping[str, str] = {
        name: type_ for kind in reversed(chosen) for name, type_ in (kinds or {})[kind].items()
    }
    for place, one in enumerate(tests):
        here = (*path, str(place))
        if kinds is not None and one.name not in known:
            yield unknown((*here, "name"), "UNKNOWN_FIELD", "attribute of these dependents", one.name, known)
        yield from check_test((*here, "is"), one.is_, DECLARED.get(known.get(one.name, "any"), ANY))


def _measured(path: Path, body: Any, measures: tuple[str, ...], test_of: Callable[[str], Tested]) -> Found:
    measure = body.measure
    if measure not in measures:
        message = f"{measure!r} is not measured of these"
        yield Wrong((*path, "measure"), "TYPE_MISMATCH", message, measures, closest(measure, measures))
    elif body.is_ is None and measure != "COUNT":
        yield Wrong((*path, "is"), "EMPTY_TEST", f"{measure} needs a test")
    elif body.is_ is not None:
        yield from check_test((*path, "is"), body.is_, test_of(measure))


def _test_of(measure: str) -> Tested:
    if measure in ("FIRST_AT", "LAST_AT"):
        return DATE
    counted = measure == "COUNT" or measure.startswith("DISTINCT") or measure.endswith(_OF)
    return NOT_NEGATIVE if counted else NUMBER


def order(path: Path, body: OrderCondition, bounds: Bounds) -> Found:
    yield from _order_step(path, body, bounds)
    yield from _measured(path, body, OF_ORDERS, _test_of)
    several = len(set(body.where.currency or ())) > 1
    if several and body.measure.endswith(("_AMOUNT", "_DISCOUNT", "_REFUND")):
        message = "money of several currencies does not add up: one is needed"
        yield Wrong((*path, "where", "currency"), "TYPE_MISMATCH", message)
    if isinstance(body.pick, int) and body.pick < 1:
        yield Wrong((*path, "pick"), "OUT_OF_RANGE", "the first is 1", ("FIRST", "LAST", "1", "2"))


def _order_step(path: Path, body: OrderStep, bounds: Bounds) -> Found:
    yield from check_where((*path, "where"), body.where, bounds)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def touch(path: Path, body: TouchCondition, bounds: Bounds) -> Found:
    yield from _touch_step(path, body, bounds)
    yield from _measured(path, body, OF_TOUCHES, _test_of)


def _touch_step(path: Path, body: TouchStep, bounds: Bounds) -> Found:
    yield from check_where((*path, "where"), body.where, bounds)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def event(path: Path, body: EventCondition, bounds: Bounds) -> Found:
    yield from _event_step(path, body, bounds)
    yield from _measured(path, body, OF_EVENTS, _test_of)
    if body.measure in _AGGREGATES and not body.property:
        yield Wrong((*path, "property"), "EMPTY_TEST", f"{body.measure} needs the name of a property")


def _event_step(path: Path, body: EventStep, bounds: Bounds) -> Found:
    for place, one in enumerate(body.where or ()):
        yield from check_test((*path, "where", str(place), "is"), one.is_, ANY)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def sequence(path: Path, body: SequenceCondition, bounds: Bounds) -> Found:
    here, steps = (*path, "steps"), body.steps
    if len(steps) < 2:
        yield Wrong(here, "OUT_OF_RANGE", f"2 to {MAX_STEPS} steps are needed, there are {len(steps)}")
    if len(steps) > MAX_STEPS:
        yield Wrong((*here, str(MAX_STEPS)), "TOO_COMPLEX", f"at most {MAX_STEPS} steps are taken")
    for place, step in enumerate(steps):
        at = (*here, str(place), step.key)
        if step.not_ is None:
            yield from _step(at, step, bounds)
            continue
        if place != len(steps) - 1:
            yield Wrong(at, "OUT_OF_RANGE", "only the last step can be one that does not happen")
        yield from _step((*at, step.not_.key), step.not_, bounds)
    yield from check_length((*path, "within"), body.within, "hdw")


def _step(path: Path, step: NotStep, bounds: Bounds) -> Iterator[Wrong]:
    if step.event:
        return _event_step(path, step.event, bounds)
    if step.order:
        return _order_step(path, step.order, bounds)
    assert step.touch is not None  # noqa: S101 - a step has exactly one key
    return _touch_step(path, step.touch, bounds)
