"""What one request may ask for, decided before the database hears of it. Each limit has a code of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import BadInput

MAX_BODY = 1_500_000  # bytes
MAX_TEXT = 100_000  # characters of a document
MAX_TOKENS = 6_000
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_FIELDS = 5_000
MAX_COST = 100_000
MAX_PAGE = 1_000
MAX_LIST = 1_000
MAX_VALUES = 100_000
MAX_NESTING = 20
MAX_CONDITIONS = 100  # of rules, in the filters of one request together
EVALUATION = 500
"""How many objects a rule that is evaluated below another object counts as."""
LIST_SIZE = 10
"""How many rows a list counts as that says no size; a person has about that many identifiers."""


class OverLimit(BadInput):
    """More than one request may ask for."""


def check_variables(variables: Mapping[str, Any]) -> None:
    """Raises OverLimit for variables with too long a list, too many values or too deep a nesting."""
    seen, level, inside = 0, [list(variables.values())], False
    for _ in range(MAX_NESTING):
        below: list[list[Any]] = []
        for values in level:
            seen += len(values)
            for value in values:
                if isinstance(value, list):
                    check_list(value, dict, inside=inside)
                    below.append(value)
                elif isinstance(value, dict):
                    below.append(list(value.values()))
        if seen > MAX_VALUES:
            raise over("VARIABLES_TOO_LARGE", f"the variables hold more than {MAX_VALUES} values")
        if not below:
            return
        level, inside = below, True
    raise over("VARIABLES_TOO_LARGE", f"the variables are nested more than {MAX_NESTING} deep")


def check_list(values: Sequence[Any], objects: type, *, inside: bool) -> None:
    """Raises OverLimit for a list that is too long. One of plain values inside of something is told by that:
    a rule says how many values it may hold.
    """
    plain = inside and not any(isinstance(value, objects) for value in values)
    if len(values) > MAX_LIST and not plain:
        raise over("LIST_TOO_LONG", f"a list of {len(values)} values; {MAX_LIST} is the most")


def too_expensive(cost: int) -> OverLimit:
    """For an answer that may hold so many objects."""
    return over("TOO_EXPENSIVE", f"this may answer {cost} objects; {MAX_COST} is the most")


def over(code: str, message: str) -> OverLimit:
    """For any other limit."""
    return OverLimit(message, code=code, suggestion="ask for less at once, or page through it")
