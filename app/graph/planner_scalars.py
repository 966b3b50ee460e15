"""The scalars of the schema. Stored times are text by the time they are answered, and go out as they are."""

from datetime import date, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Value = NewType("Value", object)
"""A scalar of the graph's declared attributes: string, number or boolean."""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _datetime(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("a time is a text, as 2026-05-01T10:00:00+08:00")
    return datetime.fromisoformat(value)


def _date(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("a date is a text, as 2026-05-01")
    return date.fromisoformat(value)


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
