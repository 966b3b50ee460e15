"""Which journeys there are: `schema/journeys.yaml`. Pure but for reading it.

A journey is a list of stages in order, each with the rule by which one has entered it. Somebody is at the
last stage whose rule holds now; those before it whose rules hold were reached on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from app.lifecycle.reading import (
    BrandKey,
    Key,
    Part,
    Problems,
    Ruled,
    Words,
    document,
    rule_of,
    text_of,
    twice,
)
from app.rules.model import Rule
from app.settings import settings

_WITHOUT = {"segment": "a stage of a journey cannot ask for a segment; write the segment's rule here"}
_ADVICE = "docs/lifecycle.md shows the file; oneid lifecycle check says whether one is good"


def _moment(value: Any) -> Any:
    """Since when somebody is at a stage: the first contact, or the n-th order."""
    fits = value == "FIRST_CONTACT" or (
        isinstance(value, Mapping)
        and list(value) == ["order"]
        and type(value["order"]) is int
        and 1 <= value["order"] <= 1000
    )
    if not fits:
        raise PydanticCustomError("at", "FIRST_CONTACT is needed, or the number of an order, {order: 1}")
    return 0 if value == "FIRST_CONTACT" else value["order"]


class _Stage(Ruled):
    at: Annotated[Any, BeforeValidator(_moment)] = None


class _Journey(Part):
    key: Key
    name: Words | None = None
    brand: BrandKey | None = None
    exit: Any = None
    stages: Annotated[tuple[_Stage, ...], Field(strict=False, min_length=1)]


class _File(Part):
    version: Literal[1] = 1
    journeys: Annotated[tuple[_Journey, ...], Field(strict=False)] = ()


class JourneyStage(NamedTuple):
    """One stage. `at`: since when somebody is there: 0 the first contact, n the n-th order, None when it
    was seen.
    """

    key: str
    name: str
    place: int
    rule: Rule
    at: int | None


class Journey(NamedTuple):
    """One journey. `brand`: whose facts alone count; None for all. `exit`: the rule by which one has left
    it.
    """

    key: str
    name: str
    brand: str | None
    exit: Rule | None
    stages: tuple[JourneyStage, ...]


def parse(text: str) -> tuple[Journey, ...]:
    """The journeys that a YAML text declares. Raises FileInvalid with every mistake at once."""
    raw, problems = document(text), Problems()
    try:
        _File.model_validate(raw)
    except ValidationError as error:
        problems.shape(error)
    given = raw.get("journeys") if isinstance(raw, Mapping) else None
    some = given if isinstance(given, list) else []
    found = [_journey(one, place, problems) for place, one in enumerate(some) if isinstance(one, Mapping)]
    for key in twice([one.key for one in found]):
        problems.add(["journeys"], f"{key} is there twice")
    problems.refuse(_ADVICE)
    return tuple(found)


def _journey(raw: Mapping[str, Any], number: int, problems: Problems) -> Journey:
    path = ("journeys", number)
    given = raw.get("stages")
    stages = []
    for place, one in enumerate(given if isinstance(given, list) else []):
        if not isinstance(one, Mapping) or "rule" not in one:
            continue
        rule = rule_of(one["rule"], [*path, "stages", place, "rule"], problems, {}, _WITHOUT)
        if rule is not None:
            stages.append(_stage(one, place, rule))
    some = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    for key in twice([str(one.get("key")) for one in some]):
        problems.add([*path, "stages"], f"{key} is there twice")
    left = raw.get("exit")
    leave = None if left is None else rule_of(left, [*path, "exit"], problems, {}, _WITHOUT)
    key = str(raw.get("key"))
    return Journey(key, str(raw.get("name") or key), raw.get("brand"), leave, tuple(stages))


def _stage(raw: Mapping[str, Any], place: int, rule: Rule) -> JourneyStage:
    at = raw.get("at")
    moment = None if at is None else at.get("order") if isinstance(at, Mapping) else 0
    key = str(raw.get("key"))
    return JourneyStage(key, str(raw.get("name") or key), place, rule, moment)


def journeys() -> tuple[Journey, ...]:
    """The deployment's journeys, read once. Raises Misconfigured."""
    return _read(settings().journeys)


@cache
def _read(path: Path) -> tuple[Journey, ...]:
    return parse(text_of(path, "ONEID_JOURNEYS"))
