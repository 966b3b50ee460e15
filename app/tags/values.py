"""Values of tags, checked by their type: as they are stored, whatever they were given as. Pure."""

from __future__ import annotations

from datetime import date

from app.tags.model import Definition, Value


def value_of(one: Definition, given: object) -> Value | None:
    """A value as it is stored, if it is one of the tag's. Raises ValueError with what would be one."""
    if one.value_type == "FLAG":
        if given not in (None, True, ""):
            raise ValueError("it is a flag, and takes no value")
        return None
    if one.value_type == "CHOICE":
        if given not in one.choices:
            raise ValueError(f"one of {', '.join(one.choices)} is needed")
        return str(given)
    if one.value_type == "DATE":
        try:
            return date.fromisoformat(str(given)).isoformat()
        except ValueError:
            raise ValueError("a date is needed, like 2026-03-01") from None
    return _number(given)


def _number(given: object) -> int | float:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ValueError("a number is needed")
    try:
        number = float(given)
        whole = int(given) if not isinstance(given, float) and "." not in str(given) else None
    except (ValueError, OverflowError):
        raise ValueError("a number is needed") from None
    if number != number or abs(number) >= 2**53:
        raise ValueError("a number of at most fifteen digits is needed")
    return int(number) if whole is not None or number.is_integer() else number
