"""What is wrong with each condition of a rule: what it names is there, what it asks can be asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.rules import model
from app.rules.check_values import (
    ANY,
    DATE,
    DECLARED,
    NOT_NEGATIVE,
    NUMBER,
    SCORE,
    TEXT,
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
from app.rules.model import Path
from app.rules.parts import Part, Test, outside
from app.rules.vocabulary import Vocabulary, item
from app.rules.windows import Clock

TIMES = ("FIRST_AT", "LAST_AT", "DAYS_SINCE_FIRST", "DAYS_SINCE_LAST")
INTERVALS = ("AVG_INTERVAL_DAYS", "MIN_INTERVAL_DAYS", "MAX_INTERVAL_DAYS")
_AGGREGATES, _OF = ("SUM", "AVG", "MIN", "MAX"), ("AMOUNT", "DISCOUNT", "REFUND", "QUANTITY")
OF_ORDERS = (
    "COUNT",
    *(f"{how}_{what}" for what in _OF for how in _AGGREGATES),
    *("DISTINCT_PRODUCTS", "DISTINCT_SHOPS", "DISTINCT_DAYS"),
    *TIMES,
    *INTERVALS,
)
OF_TOUCHES = ("COUNT", "DISTINCT_DAYS", *TIMES, *INTERVALS)
OF_EVENTS = (*OF_TOUCHES, *_AGGREGATES)
ATTRIBUTES = {"gender": TEXT, "city": TEXT, "name": TEXT, "birthday": DATE, "ageYears": NUMBER}
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


def check_leaf(path: Path, key: str, body: Any, bounds: Bounds) -> Found:
    """What is wrong with a condition that is no group; `path` is that of its key."""
    return _LEAVES[key](path, body, bounds)


def _attribute(path: Path, body: model.AttributeCondition, bounds: Bounds) -> Found:
    declared = bounds.vocabulary.declared.attributes
    known = ATTRIBUTES | {name: DECLARED.get(type_, ANY) for name, type_ in (declared or {}).items()}
    if body.name in bounds.forbidden:
        yield Wrong(
            (*path, "name"), "FORBIDDEN_FIELD", f"{body.name} is personal: the scope pii:read is needed"
        )
    elif declared is not None and body.name not in known:
        yield unknown((*path, "name"), "UNKNOWN_FIELD", "attribute", body.name, known)
    yield from check_test((*path, "is"), body.is_, known.get(body.name, ANY))


def _identifier(path: Path, body: model.IdentifierCondition, bounds: Bounds) -> Found:
    kinds = bounds.vocabulary.declared.identifiers
    if kinds is not None and body.kind not in kinds:
        yield unknown((*path, "kind"), "UNKNOWN_KIND", "kind of identifier", body.kind, kinds)


def _quantified(path: Path, body: Any, bounds: Bounds) -> Found:
    yield from _where((*path, "where"), body.where, bounds)
    here = (*path, "count")
    if body.quantifier == "COUNT" and body.count is None:
        yield Wrong(here, "EMPTY_TEST", "COUNT needs a test of the number")
    elif body.quantifier != "COUNT" and body.count is not None:
        yield Wrong(here, "TYPE_MISMATCH", "count goes with the quantifier COUNT alone")
    elif body.count is not None:
        yield from check_test(here, body.count, NOT_NEGATIVE)


def _where(path: Path, where: Part, bounds: Bounds) -> Found:
    """What is wrong with what a fact should be like: every field by what it is of, and `not` likewise."""
    for name in where.said():
        said, here = getattr(where, name), (*path, outside(name))
        if name == "not_":
            if not said.said():
                yield Wrong(here, "EMPTY_TEST", "not needs something that is not so")
            yield from _where(here, said, bounds)
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


def _attributes(path: Path, where: Any, tests: Iterable[model.Named], bounds: Bounds) -> Found:
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


def _order(path: Path, body: model.OrderCondition, bounds: Bounds) -> Found:
    yield from _order_step(path, body, bounds)
    yield from _measured(path, body, OF_ORDERS, _test_of)
    several = len(set(body.where.currency or ())) > 1
    if several and body.measure.endswith(("_AMOUNT", "_DISCOUNT", "_REFUND")):
        message = "money of several currencies does not add up: one is needed"
        yield Wrong((*path, "where", "currency"), "TYPE_MISMATCH", message)
    if isinstance(body.pick, int) and body.pick < 1:
        yield Wrong((*path, "pick"), "OUT_OF_RANGE", "the first is 1", ("FIRST", "LAST", "1", "2"))


def _order_step(path: Path, body: model.OrderStep, bounds: Bounds) -> Found:
    yield from _where((*path, "where"), body.where, bounds)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def _touch(path: Path, body: model.TouchCondition, bounds: Bounds) -> Found:
    yield from _touch_step(path, body, bounds)
    yield from _measured(path, body, OF_TOUCHES, _test_of)


def _touch_step(path: Path, body: model.TouchStep, bounds: Bounds) -> Found:
    yield from _where((*path, "where"), body.where, bounds)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def _event(path: Path, body: model.EventCondition, bounds: Bounds) -> Found:
    yield from _event_step(path, body, bounds)
    yield from _measured(path, body, OF_EVENTS, _test_of)
    if body.measure in _AGGREGATES and not body.property:
        yield Wrong((*path, "property"), "EMPTY_TEST", f"{body.measure} needs the name of a property")


def _event_step(path: Path, body: model.EventStep, bounds: Bounds) -> Found:
    for place, one in enumerate(body.where or ()):
        yield from check_test((*path, "where", str(place), "is"), one.is_, ANY)
    yield from check_window((*path, "within"), body.within, bounds.clock)


def _tag(path: Path, body: model.TagCondition, bounds: Bounds) -> Found:
    tags = bounds.vocabulary.tags
    if body.key not in tags:
        yield unknown((*path, "key"), "UNKNOWN_TAG", "tag", body.key, tags)
    if body.value is not None:
        type_ = tags[body.key].value_type if body.key in tags else None
        yield from check_test((*path, "value"), body.value, DECLARED.get((type_ or "").lower(), ANY))
    if body.since is not None:
        yield from check_test((*path, "since"), body.since, DATE)


def _sequence(path: Path, body: model.SequenceCondition, bounds: Bounds) -> Found:
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


def _step(path: Path, step: model.NotStep, bounds: Bounds) -> Iterator[Wrong]:
    if step.event:
        return _event_step(path, step.event, bounds)
    if step.order:
        return _order_step(path, step.order, bounds)
    assert step.touch is not None  # noqa: S101 - a step has exactly one key
    return _touch_step(path, step.touch, bounds)


def _anniversary(path: Path, body: model.AnniversaryCondition, bounds: Bounds) -> Found:
    if body.where is not None:
        if body.of != "dependentBirthday":
            yield Wrong((*path, "where"), "TYPE_MISMATCH", "where goes with dependentBirthday alone")
        yield from _where((*path, "where"), body.where, bounds)
    yield from check_length((*path, "next"), body.next, "dwmy")


def _lifecycle(path: Path, body: model.LifecycleCondition, bounds: Bounds) -> Found:
    yield from check_list(path, body, "stage")
    stages = bounds.vocabulary.stages
    for place, one in enumerate(body.stage):
        if one not in stages:
            yield unknown(item((*path, "stage"), place, body.stage), "UNKNOWN_STAGE", "stage", one, stages)


def _rfm(path: Path, body: model.RfmCondition, bounds: Bounds) -> Found:
    tests = [(name, getattr(body, name)) for name in ("recency", "frequency", "monetary")]
    if not any(test for _, test in tests):
        yield Wrong(path, "EMPTY_TEST", "a test of recency, frequency or monetary is needed")
    for name, test in tests:
        if test is not None:
            yield from check_test((*path, name), test, SCORE)


def _list(path: Path, body: model.KeyCondition, bounds: Bounds) -> Found:
    if body.key not in bounds.vocabulary.lists:
        yield unknown((*path, "key"), "UNKNOWN_LIST", "list", body.key, bounds.vocabulary.lists)


def _nothing(path: Path, body: Any, bounds: Bounds) -> Found:
    return iter(())


_LEAVES: dict[str, Callable[[Path, Any, Bounds], Found]] = {
    "everyone": _nothing,
    "attribute": _attribute,
    "identifier": _identifier,
    "member": _quantified,
    "card": _quantified,
    "order": _order,
    "dependent": _quantified,
    "tag": _tag,
    "touch": _touch,
    "consent": _nothing,
    "event": _event,
    "sequence": _sequence,
    "anniversary": _anniversary,
    "lifecycle": _lifecycle,
    "rfm": _rfm,
    "list": _list,
}
