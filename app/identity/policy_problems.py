"""What is wrong with a policy, in words for who mends it, each with its path."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "is missing",
    "string_type": "a text is needed",
    "int_type": "a whole number is needed",
    "bool_type": "true or false is needed",
    "tuple_type": "a list is needed",
    "list_type": "a list is needed",
    "dict_type": "lines of `name: value` are needed",
    "model_type": "lines of `name: value` are needed",
    "greater_than_equal": "{ge} or more is needed",
    "greater_than": "more than {gt} is needed",
    "literal_error": "one of {expected} is needed",
}
_PATTERNS = {
    r"^[1-9][0-9]{0,5}[dhw]$": "a length of time is needed, like 180d, 26w or 12h",
    r"^[A-Za-z][A-Za-z0-9_]*$": "a name is a letter, then letters, digits and _",
}


def problems_of(
    error: ValidationError, whole: type[BaseModel], parts: Mapping[str, type[BaseModel]]
) -> list[tuple[str, str]]:
    """(path, message) of every problem; `parts` are the models of what its lists and maps hold."""
    found = error.errors(include_url=False, include_input=False)
    return [(".".join(map(str, one["loc"])), _words(one, whole, parts)) for one in found]


def _words(one: ErrorDetails, whole: type[BaseModel], parts: Mapping[str, type[BaseModel]]) -> str:
    type_, context = one["type"], one.get("ctx", {})
    if type_ == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    if type_ == "extra_forbidden":
        model = whole if len(one["loc"]) == 1 else parts.get(str(one["loc"][0]))
        near = get_close_matches(str(one["loc"][-1]), model.model_fields if model else (), 1)
        return "there is no such line" + (f", is it {near[0]}?" if near else "")
    return _WORDS[type_].format(**context) if type_ in _WORDS else one["msg"]
