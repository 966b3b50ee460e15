"""The values in an observation, one form for each: times in UTC, dates, exact money, bounded attributes.

Pure, and shared by lines of JSON (where a time is a text) and by callers that have read it already.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError, to_json

MAX_TEXT = 1024
MAX_ATTRIBUTES, MAX_ATTRIBUTE_BYTES, MAX_ATTRIBUTE_NAME = 64, 16_384, 128
_EXACT = 2**53  # whole numbers up to here are the same as int and as float
_INT64 = 2**63


def _instant(value: object) -> datetime:
    """A time in UTC; one without an offset is UTC."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)  # type: ignore[arg-type]
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise PydanticCustomError("instant", "a time is needed, like 2026-11-20T08:30:00+08:00") from None


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value) == len("2026-11-20"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "a date is needed, like 2026-11-20")


def name_of(value: object) -> object:
    """An id or key: what GraphQL takes for an ID, a text or a whole number."""
    return str(value) if type(value) is int else value


def _money(value: object) -> object:
    """Never rounded: a number in JSON is exact to fifteen digits, more are sent as a text."""
    if not isinstance(value, float):
        return value
    if isfinite(value) and len(Decimal(repr(value)).normalize().as_tuple().digits) <= 15:
        return repr(value)
    raise PydanticCustomError("money", "more than a number in JSON holds exactly: send it as a text")


def attributes(given: object) -> dict[str, Any]:
    """Declared attributes: null is not given, and a whole number has one form, so that equal is equal."""
    if not isinstance(given, Mapping):
        raise PydanticCustomError("attributes", "an object is needed")
    said = {name: value for name, value in given.items() if value is not None}
    wrong = [why for name, value in said.items() if (why := _unfit(name, value))]
    if len(said) > MAX_ATTRIBUTES:
        wrong.append(f"at most {MAX_ATTRIBUTES} names are taken, there are {len(said)}")
    if not wrong and len(to_json(said)) > MAX_ATTRIBUTE_BYTES:
        wrong.append(f"at most {MAX_ATTRIBUTE_BYTES:,} bytes are taken")
    if wrong:
        raise PydanticCustomError("attributes", "{wrong}", {"wrong": "; ".join(wrong)})
    return {name: _one_form(value) for name, value in said.items()}


def _unfit(name: object, value: object) -> str | None:
    if not isinstance(name, str) or not 0 < len(name) <= MAX_ATTRIBUTE_NAME or not is_text(name):
        return f"a name is a text of 1 to {MAX_ATTRIBUTE_NAME} characters"
    if isinstance(value, str):
        return None if is_text(value) else f"{name}: a text is needed that can be written as UTF-8"
    if isinstance(value, int):
        return None if -_INT64 <= value < _INT64 else f"{name}: beyond 64 bits, send it as a text"
    fits = isinstance(value, float) and isfinite(value)
    return None if fits else f"{name}: a text, number or boolean is needed"


def is_text(text: str) -> bool:
    """Whether it has no half of a surrogate pair."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _one_form(value: Any) -> Any:
    return int(value) if isinstance(value, float) and abs(value) < _EXACT and value.is_integer() else value


Text = Annotated[str, Field(strict=True, max_length=MAX_TEXT)]
Key = Annotated[str, BeforeValidator(name_of), Field(min_length=1, max_length=MAX_TEXT)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, Field(strict=True, ge=-(2**31), lt=2**31)]
Money = Annotated[Decimal, BeforeValidator(_money), Field(ge=0, max_digits=20, decimal_places=6)]
Attributes = Annotated[dict[str, Any], BeforeValidator(attributes)]
ShopKey = Annotated[str, BeforeValidator(name_of), Field(max_length=MAX_TEXT)]
"""Of a shop that becomes a scope, identity says whether it can be one."""
