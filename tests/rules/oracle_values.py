"""Tests of values as the page of the rule language says them: what is missing, what is money, what a day."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from unicodedata import normalize

from tests.rules.oracle_time import Clock

Json = dict[str, Any]
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains": operator.contains,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
}


@dataclass(frozen=True)
class Money:
    """A sum in minor units over so many orders: an average is compared as the sum against value x count."""

    total: int
    digits: int = 2
    count: int = 1


def passes(test: Mapping[str, Any], value: Any, clock: Clock) -> bool:
    """Whether all that is given holds of the value; None is a missing value, null is not given."""
    return all(_one(name, said, value, clock) for name, said in test.items() if said is not None)


def _one(name: str, said: Any, value: Any, clock: Clock) -> bool:
    if name == "exists":
        return (value is not None) is said
    if name in ("ne", "notIn"):
        return not _one({"ne": "eq", "notIn": "in"}[name], said, value, clock)
    if value is None:
        return False
    if name == "eq":
        return same(value, said, clock)
    if name == "in":
        return any(same(value, one, clock) for one in said)
    if name in ORDER:
        return _ordered(ORDER[name], value, said, clock)
    if name in TEXT:
        return isinstance(value, str) and TEXT[name](nfc(value), nfc(said))
    return _near(name, said, value, clock)


def same(value: Any, said: Any, clock: Clock) -> bool:
    """Equal, of one kind: true is not 1, and a text is not a number."""
    if isinstance(value, (date, datetime)):
        return isinstance(said, str) and _ordered(operator.eq, value, said, clock)
    if isinstance(value, bool) or isinstance(said, bool):
        return value is said
    if isinstance(value, str) or isinstance(said, str):
        return isinstance(value, str) and isinstance(said, str) and nfc(value) == nfc(said)
    return _ordered(operator.eq, value, said, clock)


def _ordered(compare: Callable[[Any, Any], bool], value: Any, said: Any, clock: Clock) -> bool:
    if isinstance(value, (date, datetime)):
        return compare(*_times(value, clock.literal(said), clock))
    if isinstance(value, (bool, str)):
        return False
    if isinstance(value, Money):
        return compare(value.total, exact(said) * 10**value.digits * value.count)
    return compare(rounded(value), rounded(said))


def _times(value: date, said: date, clock: Clock) -> tuple[date, date]:
    """Both as instants, or both as days: against a date, a time counts as its local day."""
    if isinstance(value, datetime) and isinstance(said, datetime):
        return value, said
    return tuple(clock.day_of(one) if isinstance(one, datetime) else one for one in (value, said))  # type: ignore[return-value]


def _near(name: str, length: str, value: Any, clock: Clock) -> bool:
    """`last` and `next` of a day or a time; today and the last day included, cut at asOf for a time."""
    assert name in ("last", "next"), name
    if not isinstance(value, (date, datetime)):
        return False
    exactly = isinstance(value, datetime)
    day = clock.day_of(value) if isinstance(value, datetime) else value
    if name == "last":
        return clock.back(length) <= day <= clock.today and (not exactly or value <= clock.as_of)
    return clock.today <= day <= clock.onward(length) and (not exactly or value >= clock.as_of)


def nfc(text: str) -> str:
    return normalize("NFC", text)


def exact(number: Any) -> Fraction:
    """A number as it is written: 3.34 is 334/100."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def rounded(number: Any) -> Fraction:
    return Fraction(round(exact(number) * 10**6), 10**6)


def plain(said: Any, value: Any) -> bool:
    """A plain value of a `where`, or a list of them that means any; what is missing is none of them."""
    wanted = said if isinstance(said, list) else [said]
    return value is not None and nfc(value) in {nfc(one) for one in wanted}
