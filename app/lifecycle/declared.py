"""Which stages there are, and how RFM is scored: `schema/lifecycle.yaml`. Pure but for reading it.

A stage is a rule, and of the declared stages the first whose rule holds is the one that somebody is in. The
rules of a brand look at that brand's facts alone, those of the group at all; the windows that they name,
`$active`, may be a brand's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from app.lifecycle.reading import (
    BrandKey,
    Key,
    Part,
    Problems,
    Ruled,
    document,
    rule_of,
    text_of,
    twice,
)
from app.lifecycle.rfm_declared import Rfm, nameless, over
from app.rules.model import Rule
from app.rules.windows import length
from app.settings import settings

GROUP = "*"
"""The brand under which the figures of the whole group are kept."""
_WITHOUT = {
    "lifecycle": "the rule of a stage cannot ask for a stage",
    "rfm": "the rule of a stage cannot ask for scores, which are worked out after it",
    "segment": "the rule of a stage cannot ask for a segment, which may ask for a stage",
}
_ADVICE = "docs/lifecycle.md shows the file; oneid lifecycle check says whether one is good"


class Stage(NamedTuple):
    """One stage. `place` counts from 0 in the declared order."""

    key: str
    name: str
    place: int
    rule: Rule


class _Brand(Part):
    """What a brand has of its own; what it leaves out is the file's."""

    windows: dict[Key, str] = Field(default_factory=dict)
    stages: Annotated[tuple[Ruled, ...] | None, Field(strict=False)] = None
    rfm: dict[str, Any] = Field(default_factory=dict)


class _File(Part):
    """The file."""

    version: Literal[1] = 1
    windows: dict[Key, str] = Field(default_factory=dict)
    stages: Annotated[tuple[Ruled, ...], Field(strict=False)]
    rfm: dict[str, Any] = Field(default_factory=dict)
    brands: dict[BrandKey, _Brand] = Field(default_factory=dict)


@dataclass(frozen=True)
class Lifecycle:
    """What is declared: of the group and of brands that the file does not name under `*`, else by brand."""

    stages: Mapping[str, tuple[Stage, ...]]
    rfm: Mapping[str, Rfm]

    def stages_of(self, brand: str) -> tuple[Stage, ...]:
        """The stages of a brand, or of the group (`*`)."""
        return self.stages.get(brand) or self.stages[GROUP]

    def rfm_of(self, brand: str) -> Rfm:
        """How RFM is scored for a brand, or for the group (`*`)."""
        return self.rfm.get(brand) or self.rfm[GROUP]


def parse(text: str) -> Lifecycle:
    """What a YAML text declares. Raises FileInvalid with every mistake at once, each with its path."""
    raw, problems = document(text), Problems()
    try:
        _File.model_validate(raw)
    except ValidationError as error:
        problems.shape(error)
    raw = raw if isinstance(raw, Mapping) else {}
    brands = raw["brands"] if isinstance(raw.get("brands"), Mapping) else {}
    named = {str(brand): one for brand, one in brands.items() if isinstance(one, Mapping)}
    stages = {GROUP: _stages(raw, (), _windows(raw, (), problems), problems)}
    rfm = {GROUP: _rfm(_mapping(raw, "rfm"), ("rfm",), problems)}
    for brand, one in named.items():
        path = ("brands", brand)
        windows = {**_mapping(raw, "windows"), **_windows(one, path, problems)}
        own = one if one.get("stages") is not None else raw
        stages[brand] = _stages(own, path if own is one else (), windows, problems)
        if _mapping(one, "rfm"):
            rfm[brand] = _rfm(over(_mapping(raw, "rfm"), _mapping(one, "rfm")), (*path, "rfm"), problems)
    problems.refuse(_ADVICE)
    return Lifecycle(stages, {brand: found for brand, found in rfm.items() if found is not None})


def _mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}


def _windows(raw: Mapping[str, Any], path: Sequence[str], problems: Problems) -> dict[str, str]:
    windows = {str(name): value for name, value in _mapping(raw, "windows").items()}
    for name, value in windows.items():
        if not isinstance(value, str) or length(value) is None:
            problems.add(
                [*path, "windows", name], "a length of time is needed, such as 90d, 2w, 3m, 1y or 48h"
            )
    return {name: value if isinstance(value, str) else "0d" for name, value in windows.items()}


def _stages(
    raw: Mapping[str, Any], path: Sequence[str], windows: Mapping[str, str], problems: Problems
) -> tuple[Stage, ...]:
    given = raw.get("stages")
    if not isinstance(given, list) or not given:
        problems.add([*path, "stages"], "a list of stages is needed, each with a key and a rule")
        return ()
    found = []
    for place, one in enumerate(given):
        if not isinstance(one, Mapping) or "rule" not in one:
            continue
        rule = rule_of(one["rule"], [*path, "stages", place, "rule"], problems, windows, _WITHOUT)
        if rule is not None and isinstance(one.get("key"), str):
            found.append(Stage(one["key"], str(one.get("name") or one["key"]), place, rule))
    for key in twice([str(one.get("key")) for one in given if isinstance(one, Mapping)]):
        problems.add([*path, "stages"], f"{key} is there twice")
    last = given[-1]
    if not isinstance(last, Mapping) or last.get("rule") != {"everyone": True}:
        message = "the rule of the last stage is {everyone: true}, so that everybody is in one"
        problems.add([*path, "stages", len(given) - 1, "rule"], message)
    return tuple(found)


def _rfm(raw: Mapping[str, Any], path: Sequence[str], problems: Problems) -> Rfm | None:
    try:
        found = _RFM.validate_python(raw)
    except ValidationError as error:
        problems.shape(error, path)
        return None
    lost = nameless(found.segments)
    if found.segments and lost is not None:
        said = "recency {}, frequency {}, monetary {}".format(*lost)
        problems.add(
            [*path, "segments"], f"no segment has {said}; a last one without scores has all that are left"
        )
    return found


_RFM = TypeAdapter(Rfm)


def declared() -> Lifecycle:
    """The deployment's declarations, read once. Raises Misconfigured."""
    return _read(settings().lifecycle)


@cache
def _read(path: Path) -> Lifecycle:
    return parse(text_of(path, "ONEID_LIFECYCLE"))
