"""Which kinds of dependents there are, and what is known of each: `schema/dependents.yaml`. Pure.

Every mistake of a file is told at once, each with its path, as a `Misconfigured`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from app.dependents.model import OWN, Attribute, Kinds
from app.errors import Misconfigured
from app.identity.policy import PolicyInvalid, read_yaml
from app.settings import settings


def parse(text: str) -> Kinds:
    """The kinds that a YAML text declares. Raises Misconfigured with every mistake at once."""
    try:
        return Kinds.model_validate(read_yaml(text))
    except PolicyInvalid as error:
        raise Misconfigured("; ".join(message for _, message in error.problems)) from None
    except ValidationError as error:
        told = [
            f"{'.'.join(map(str, one['loc']))}: {_words(one)}".removeprefix(": ") for one in error.errors()
        ]
        raise Misconfigured("; ".join(told), suggestion="docs/dependents.md shows the file") from None


def _words(one: Any) -> str:
    known = {"extra_forbidden": "unknown field", "missing": "is missing"}
    return known.get(one["type"]) or str(one["msg"])


def declared() -> Kinds:
    """The deployment's kinds, read once. Raises Misconfigured."""
    return _read(settings().dependents)


@cache
def _read(path: Path) -> Kinds:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"ONEID_DEPENDENTS: {path} cannot be read: {error.strerror}") from None
    return parse(text)


# -- what observations say ---


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a dependent of an observation. `refused`: it cannot be taken like that."""

    code: Literal["UNKNOWN_KIND", "TYPE_MISMATCH", "MISSING_ATTRIBUTE"]
    message: str
    field: tuple[str, ...]
    refused: bool


def problems(dependent: Mapping[str, Any], kinds: Kinds) -> list[Problem]:
    """Everything that is wrong with a `DependentInput`, paths relative to it; no value is ever quoted.

    An unknown kind and a value of the wrong type are refused; what a kind requires may come with a later
    message, so a missing one is a warning. Attributes that the kind does not declare are taken as they are.
    """
    kind = kinds.kinds.get(dependent["kind"].strip().upper())
    if kind is None:
        close = get_close_matches(str(dependent["kind"]).upper(), kinds.kinds, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(kinds.kinds)}"
        return [Problem("UNKNOWN_KIND", f"no such kind of dependent is declared: {hint}", ("kind",), True)]
    said = dependent.get("attributes") or {}
    wrong = [
        Problem("TYPE_MISMATCH", f"{name} is {_NEEDED[one.type]}{_listed(one)}", ("attributes", name), True)
        for name, one in kind.attributes.items()
        if said.get(name) is not None and not _fits(said[name], one)
    ]
    missing = [
        Problem("MISSING_ATTRIBUTE", f"{name} is not said", _path(name), False)
        for name in kind.required
        if (dependent if name in OWN else said).get(name) in (None, "")
    ]
    return wrong + missing


def _path(name: str) -> tuple[str, ...]:
    return (name,) if name in OWN else ("attributes", name)


_NEEDED = {
    "text": "a text",
    "number": "a number",
    "date": "a date, like 2026-11-20",
    "choice": "one of ",
    "list": "a list of texts, or a text with commas between them",
}


def _listed(one: Attribute) -> str:
    return ", ".join(one.choices)


def _fits(value: Any, one: Attribute) -> bool:
    match one.type:
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date":
            return day_of(value) is not None
        case "choice":
            return value in one.choices
        case "list":
            return isinstance(value, str) or (
                isinstance(value, list) and all(isinstance(item, str) for item in value)
            )
        case _:
            return isinstance(value, str | int | float)


def day_of(value: Any) -> date | None:
    """The day that a stored or said value is; None for what is no day."""
    if hasattr(value, "to_native"):
        value = value.to_native()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
