"""What is wrong with each condition of a rule: what it names is there, what it asks can be asked."""

from collections.abc import Callable
from typing import Any

from app.rules.check_facts import Bounds, check_where, event, order, sequence, touch
from app.rules.check_values import (
    ANY,
    DATE,
    DECLARED,
    NOT_NEGATIVE,
    NUMBER,
    SCORE,
    TEXT,
    Found,
    Wrong,
    check_length,
    check_list,
    check_test,
    unknown,
)
from app.rules.conditions import (
    AnniversaryCondition,
    AttributeCondition,
    IdentifierCondition,
    KeyCondition,
    LifecycleCondition,
    RfmCondition,
    TagCondition,
)
from app.rules.model import Path
from app.rules.name_tests import unusable
from app.rules.parts import Test, outside
from app.rules.vocabulary import item

ATTRIBUTES = {"gender": TEXT, "city": TEXT, "name": TEXT, "birthday": DATE, "ageYears": NUMBER}


def check_leaf(path: Path, key: str, body: Any, bounds: Bounds) -> Found:
    """What is wrong with a condition that is no group; `path` is that of its key."""
    return _LEAVES[key](path, body, bounds)


def _attribute(path: Path, body: AttributeCondition, bounds: Bounds) -> Found:
    declared = bounds.vocabulary.declared.attributes
    known = ATTRIBUTES | {name: DECLARED.get(type_, ANY) for name, type_ in (declared or {}).items()}
    if body.name in bounds.forbidden:
        yield Wrong(
            (*path, "name"), "FORBIDDEN_FIELD", f"{body.name} is personal: the scope pii:read is needed"
        )
    elif declared is not None and body.name not in known:
        yield unknown((*path, "name"), "UNKNOWN_FIELD", "attribute", body.name, known)
    wrong = list(check_test((*path, "is"), body.is_, known.get(body.name, ANY)))
    yield from wrong
    if body.name == "name" and not wrong:
        yield from _findable((*path, "is"), body.is_)


def _findable(path: Path, test: Test) -> Found:
    """Names are stored sealed: somebody is found by letters and digits of theirs."""
    for how in unusable(test):
        message = "names are stored sealed, and nobody can be found by so little of one"
        suggestion = "more letters or digits of the name; or eq and in, with whole names"
        yield Wrong((*path, outside(how)), "TOO_COMPLEX", message, suggestion=suggestion)


def _identifier(path: Path, body: IdentifierCondition, bounds: Bounds) -> Found:
    kinds = bounds.vocabulary.declared.identifiers
    if kinds is not None and body.kind not in kinds:
        yield unknown((*path, "kind"), "UNKNOWN_KIND", "kind of identifier", body.kind, kinds)


def _quantified(path: Path, body: Any, bounds: Bounds) -> Found:
    yield from check_where((*path, "where"), body.where, bounds)
    here = (*path, "count")
    if body.quantifier == "COUNT" and body.count is None:
        yield Wrong(here, "EMPTY_TEST", "COUNT needs a test of the number")
    elif body.quantifier != "COUNT" and body.count is not None:
        yield Wrong(here, "TYPE_MISMATCH", "count goes with the quantifier COUNT alone")
    elif body.count is not None:
        yield from check_test(here, body.count, NOT_NEGATIVE)


def _tag(path: Path, body: TagCondition, bounds: Bounds) -> Found:
    tags = bounds.vocabulary.tags
    if body.key not in tags:
        yield unknown((*path, "key"), "UNKNOWN_TAG", "tag", body.key, tags)
    if body.value is not None:
        type_ = tags[body.key].value_type if body.key in tags else None
        yield from check_test((*path, "value"), body.value, DECLARED.get((type_ or "").lower(), ANY))
    if body.since is not None:
        yield from check_test((*path, "since"), body.since, DATE)


def _anniversary(path: Path, body: AnniversaryCondition, bounds: Bounds) -> Found:
    if body.where is not None:
        if body.of != "dependentBirthday":
            yield Wrong((*path, "where"), "TYPE_MISMATCH", "where goes with dependentBirthday alone")
        yield from check_where((*path, "where"), body.where, bounds)
    yield from check_length((*path, "next"), body.next, "dwmy")


def _lifecycle(path: Path, body: LifecycleCondition, bounds: Bounds) -> Found:
    yield from check_list(path, body, "stage")
    stages = bounds.vocabulary.stages
    for place, one in enumerate(body.stage):
        if one not in stages:
            yield unknown(item((*path, "stage"), place, body.stage), "UNKNOWN_STAGE", "stage", one, stages)


def _rfm(path: Path, body: RfmCondition, bounds: Bounds) -> Found:
    tests = [(name, getattr(body, name)) for name in ("recency", "frequency", "monetary")]
    if not any(test for _, test in tests):
        yield Wrong(path, "EMPTY_TEST", "a test of recency, frequency or monetary is needed")
    for name, test in tests:
        if test is not None:
            yield from check_test((*path, name), test, SCORE)


def _list(path: Path, body: KeyCondition, bounds: Bounds) -> Found:
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
    "order": order,
    "dependent": _quantified,
    "tag": _tag,
    "touch": touch,
    "consent": _nothing,
    "event": event,
    "sequence": sequence,
    "anniversary": _anniversary,
    "lifecycle": _lifecycle,
    "rfm": _rfm,
    "list": _list,
}
