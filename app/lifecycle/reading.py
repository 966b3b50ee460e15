"""Files of a deployment's own that hold rules: read as a whole, and every mistake told at once with its
path. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.errors import Misconfigured
from app.identity.policy import PolicyInvalid, read_yaml
from app.rules import check
from app.rules.model import Rule, RuleMalformed, nodes, parse
from app.rules.vocabulary import Vocabulary
from app.rules.windows import Clock

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=64)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True)]
BrandKey = Annotated[str, StringConstraints(pattern=r"^[^|:/*]+$", max_length=128)]


_NO_WORDS = Vocabulary()
_ANY_TIME = Clock(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
_OF_THE_GRAPH = {"UNKNOWN_TAG", "UNKNOWN_LIST", "UNKNOWN_SEGMENT", "UNKNOWN_STAGE"}
"""What only the graph knows: a file is good before there is one."""


class Part(BaseModel):
    """A part of such a file: nothing in it is guessed at, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Ruled(Part):
    """A stage with its rule, as the file has it."""

    key: Key
    name: Words | None = None
    rule: Any = Field()


class FileInvalid(Misconfigured):
    """A file cannot be used; `problems` are all of its mistakes, by path."""

    def __init__(self, problems: Mapping[str, str], suggestion: str) -> None:
        self.problems = problems
        said = "; ".join(f"{path}: {message}" for path, message in problems.items())
        super().__init__(said, suggestion=suggestion)


@dataclass
class Problems:
    """What is wrong with a file, by path. A path is told once, with the first that is wrong there."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, path: Sequence[str | int], message: str) -> None:
        """Note a mistake."""
        self.found.setdefault(".".join(map(str, path)) or "file", message)

    def shape(self, error: ValidationError, before: Sequence[str | int] = ()) -> None:
        """Note the mistakes of the shape."""
        for one in error.errors(include_url=False):
            known = {"extra_forbidden": "unknown field", "missing": "is missing"}
            self.add([*before, *one["loc"]], known.get(one["type"], one["msg"]))

    def refuse(self, suggestion: str) -> None:
        """Raises FileInvalid with all of them, if there are any."""
        if self.found:
            raise FileInvalid(self.found, suggestion)


def document(text: str) -> Any:
    """What a YAML text says; an empty one says nothing. Raises FileInvalid."""
    try:
        return read_yaml(text) or {}
    except PolicyInvalid as error:
        raise FileInvalid({"file": "; ".join(message for _, message in error.problems)}, "") from None


def text_of(path: Path, setting: str) -> str:
    """The text of the file that a setting names. Raises Misconfigured."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"{setting}: {path} cannot be read: {error.strerror}") from None


def rule_of(
    value: Any,
    path: Sequence[str | int],
    problems: Problems,
    windows: Mapping[str, str],
    without: Mapping[str, str],
) -> Rule | None:
    """The rule at a path, with the windows that it names filled in; None where something is wrong with it.

    without: conditions that make no sense there, each with the reason.
    """
    known = len(problems.found)
    filled = _filled(value, path, problems, windows)
    try:
        rule = parse(filled)
    except RuleMalformed as error:
        for found in error.problems:
            problems.add([*path, *found.field], found.message)
        return None
    for where, node in nodes(rule):
        if node.key in without:
            problems.add([*path, *where], without[node.key])
    for one in check.problems(rule, _NO_WORDS, _ANY_TIME):
        if one.code not in _OF_THE_GRAPH:
            problems.add([*path, *one.field], one.message)
    return rule if len(problems.found) == known else None


def _filled(value: Any, path: Sequence[str | int], problems: Problems, windows: Mapping[str, str]) -> Any:
    """The value with `$name` replaced by the window of that name."""
    if isinstance(value, Mapping):
        return {name: _filled(one, [*path, name], problems, windows) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, [*path, place], problems, windows) for place, one in enumerate(value)]
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    if value[1:] not in windows:
        there = ", ".join(sorted(windows)) or "none"
        problems.add(path, f"no window is called {value[1:]}: there are {there}")
        return "0d"
    return windows[value[1:]]


def twice(keys: Sequence[str]) -> list[str]:
    """Keys that are there more than once."""
    return sorted({key for key in keys if keys.count(key) > 1})
