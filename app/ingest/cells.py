"""The text of a cell as what a mapping says it is: a number, an amount, yes or no, a date, a time."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from app.ingest import mapping_values as values

YES = frozenset(("true", "yes", "y", "t", "1", "是", "有", "对", "√", "✓"))
NO = frozenset(("false", "no", "n", "f", "0", "否", "无", "不", "没有", "×", "x"))
_MONEY = str.maketrans("", "", ",，¥￥$€ ")
_USUAL = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
    r"(?:[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.(?P<fraction>\d{1,6}))?)?[分秒]?)?"
)
"""Dates as they are written in China and in ISO, each also with a time of day."""
_EXCEL_EPOCH = datetime(1899, 12, 30)


class NotMeant(Exception):
    """A cell that cannot be read as what it is to be; says what is needed."""


def whole(text: str) -> int:
    """A whole number, whatever separates its thousands. Raises NotMeant."""
    try:
        number = Decimal(text.translate(_MONEY))
        if number == number.to_integral_value():
            return int(number)
    except (InvalidOperation, OverflowError, ValueError):
        pass
    raise NotMeant("a whole number is needed")


def money(text: str) -> str:
    """An amount, exactly as it is written, without sign of the currency. Raises NotMeant."""
    plain = text.translate(_MONEY)
    try:
        if Decimal(plain).is_finite():
            return plain
    except InvalidOperation:
        pass
    raise NotMeant("an amount is needed")


def yes_no(text: str) -> bool:
    """Yes or no, in the usual words. Raises NotMeant."""
    if text.casefold() in YES or text.casefold() in NO:
        return text.casefold() in YES
    raise NotMeant("yes or no is needed")


def attribute(spec: values.Attribute, text: str) -> Any:
    """A declared attribute of its type. Raises NotMeant."""
    if spec.type == "text":
        return text
    if spec.type == "yes_no":
        return yes_no(text)
    try:
        number = Decimal(text.translate(_MONEY))
        return int(number) if number == number.to_integral_value() else float(number)
    except (InvalidOperation, OverflowError, ValueError):
        raise NotMeant("a number is needed") from None


def day(spec: values.Day, text: str) -> str:
    """A date in ISO; of a time its day. Raises NotMeant."""
    found = moment(spec.formats, text)
    if found is None:
        raise NotMeant("a date is needed, like 2026-11-20; others as formats in the mapping")
    return found.date().isoformat()


def moment(formats: Sequence[str], text: str) -> datetime | None:
    """The time that a text says in the first format that fits; formats left out: ISO, and what is usual."""
    if not formats:
        return _usual(text)
    for form in formats:
        try:
            return _NAMED[form](text) if form in _NAMED else datetime.strptime(text, form)
        except (ValueError, OverflowError):
            continue
    return None


def _usual(text: str) -> datetime | None:
    """A time that needs no format: one pattern, since a million rows ask it a few times each."""
    try:
        if found := _USUAL.fullmatch(text):
            fraction = (found["fraction"] or "0").ljust(6, "0")
            year, month, day, *rest = [int(part) for part in found.groups()[:-1] if part is not None]
            hour, minute, second = [*rest, 0, 0, 0][:3]
            return datetime(year, month, day, hour, minute, second, int(fraction))
        return _iso(text)
    except ValueError:
        return None


def _iso(text: str) -> datetime:
    """ISO with its hyphens: eight bare digits are a usual date, and a phone number is none."""
    if text[4:5] != "-":
        raise ValueError
    return datetime.fromisoformat(text)


_NAMED: dict[str, Callable[[str], datetime]] = {
    "iso": _iso,
    "epoch": lambda text: datetime.fromtimestamp(float(text), UTC),
    "epoch_ms": lambda text: datetime.fromtimestamp(float(text) / 1000, UTC),
    "excel": lambda text: _EXCEL_EPOCH + timedelta(days=float(text)),
}
