"""The scalars of the schema. Stored times are text by the time they are answered, and go out as they are."""

from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Value = NewType("Value", object)
"""A scalar of the graph's declared attributes: string, number or boolean."""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _datetime(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("a time is a text, as 2026-05-01T10:00:00+08:00") from None
    # In another zone it may be a day earlier or later, and has to be one there, too.
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"a time is of one of the years {MINYEAR + 1} to {MAXYEAR - 1}")
    return moment


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("a date is a text, as 2026-05-01") from None


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | bool):
        return value
    raise ValueError("a value is a string, a number or a boolean")


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A point in time, ISO 8601; answers are in UTC.",
        serialize=_text,
        parse_value=_datetime,
    ),
    date: strawberry.scalar(
        name="Date", description="A calendar day, ISO 8601: 2026-05-01.", serialize=_text, parse_value=_date
    ),
    Value: strawberry.scalar(
        name="Value", description="A string, a number or a boolean.", serialize=_plain, parse_value=_plain
    ),
}
