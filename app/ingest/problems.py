"""What is wrong with the shape of an observation, in words for who mends it. No value is ever quoted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import is_typeddict

MAX_SHOWN = 20  # problems of one observation that are put into words

_ON_ONE_LINE = re.compile(r" at line \d+ column ")
_WORDS = {
    "missing": "is missing",
    "string_type": "a text is needed",
    "string_unicode": "a text is needed that can be written as UTF-8",
    "string_too_short": "is empty",
    "dict_type": "an object is needed",
    "list_type": "a list is needed",
    "int_type": "a whole number is needed",
    "bool_type": "true or false is needed",
    "decimal_type": "an amount is needed, as a number or a text",
    "decimal_parsing": "an amount is needed, as a number or a text",
    "finite_number": "an amount is needed, as a number or a text",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, and what."""

    field: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(self.field)}: {self.message}" if self.field else self.message


class Malformed(Exception):
    """Not the shape of an observation: its id where it has one, and everything that is wrong."""

    def __init__(self, id: str | None, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.id = id
        self.problems = problems

    @property
    def field(self) -> tuple[str, ...]:
        """The path of the first problem."""
        return self.problems[0].field


def problems(error: ValidationError, shape: type) -> list[Problem]:
    """All problems of one input, in its order, against the TypedDict that it was to be."""
    found = error.errors(include_url=False, include_context=True, include_input=False)
    told = [Problem(_path(detail), _words(detail, shape)) for detail in found[:MAX_SHOWN]]
    if len(found) > MAX_SHOWN:
        told.append(Problem((), f"and {len(found) - MAX_SHOWN} more"))
    return told


def _path(detail: ErrorDetails) -> tuple[str, ...]:
    return tuple(_shown(part) for part in detail["loc"])


def _shown(part: int | str) -> str:
    """A step of a path; of an unknown field no more than a name is long, and nothing unprintable."""
    text = str(part)[:64]
    return text if text.isprintable() else ascii(text)[1:-1]


def _words(detail: ErrorDetails, shape: type) -> str:
    if detail["type"] == "extra_forbidden":
        return _unknown(detail["loc"], shape)
    if detail["type"] == "json_invalid":
        return f"no JSON: {_ON_ONE_LINE.sub(' at byte ', detail['ctx']['error'])}"
    return _WORDS.get(detail["type"], detail["msg"][:1].lower() + detail["msg"][1:])


def _unknown(path: Sequence[int | str], shape: type) -> str:
    """An unknown field, with the known one that it looks like."""
    for step in path[:-1]:
        if isinstance(step, str):
            shape = _part(shape, step)
    close = get_close_matches(_shown(path[-1]), get_type_hints(shape), 1, 0.6)
    return f"unknown field, is it {close[0]}?" if close else "unknown field"


def _part(shape: type, name: str) -> type:
    """The TypedDict at a field of another one, through lists, options and annotations."""
    return _typed(get_type_hints(shape)[name]) or dict


def _typed(hint: Any) -> type | None:
    if is_typeddict(hint):
        return hint  # type: ignore[no-any-return]
    return next(filter(None, map(_typed, get_args(hint))), None)
