"""What rules are made of below their conditions: plain values, tests, windows. One shape in JSON and GraphQL.

What is null is not given. A list may be given as its only item, as GraphQL coerces it.
"""

from collections.abc import Mapping
from enum import Enum
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AliasGenerator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

MAX_TEXT = 1024  # characters, as in observations
MAX_DIGITS = 300  # of a whole number; more is no number that anything could have


def outside(name: str) -> str:
    """The name of a field as callers write it: `not_` is `not`, `points_to` is `pointsTo`."""
    return to_camel(name.rstrip("_"))


def _word(said: Any) -> Any:
    """What a caller wrote, where GraphQL has made an enum of it."""
    if isinstance(said, list):
        return [one.value if isinstance(one, Enum) else one for one in said]
    return said.value if isinstance(said, Enum) else said


class Part(BaseModel):
    """A part of a rule: nothing unknown in it, never changed, equal by value."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        alias_generator=AliasGenerator(alias=outside),
        populate_by_name=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _null_is_not_given(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {name: _word(said) for name, said in value.items() if said is not None}

    def said(self) -> list[str]:
        """The names of the fields that are given, as in Python, in the order of the class."""
        return [name for name in type(self).model_fields if getattr(self, name) is not None]


class OneOf(Part):
    """A part that has exactly one of its keys: an input with @oneOf in GraphQL."""

    @model_validator(mode="before")
    @classmethod
    def _exactly_one(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and (len(value) != 1 or None in value.values()):
            names = ", ".join(outside(name) for name in cls.model_fields)
            given = ", ".join(map(str, value)) or "none"
            raise PydanticCustomError(
                "one_of",
                "exactly one key is needed, of {names}; given: {given}",
                {"names": names, "given": given},
            )
        return value

    @property
    def key(self) -> str:
        """The one key, as callers write it."""
        return outside(self.said()[0])

    @property
    def body(self) -> Any:
        """What the one key holds."""
        return getattr(self, self.said()[0])


def text(value: Any) -> Any:
    """A text that can be written as UTF-8: no half of a surrogate pair."""
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise PydanticCustomError("text", "a text is needed that can be written as UTF-8")
    return value


def plain(value: Any) -> Any:
    """A leaf: text, number or boolean."""
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        return text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**MAX_DIGITS:
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    raise PydanticCustomError("value", "a text, a number or a boolean is needed")


def listed(value: Any) -> Any:
    """A list, or its only item."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def whole(value: Any) -> Any:
    """A whole number, however JSON wrote it: 2.0 is 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def true(value: Any) -> Any:
    """Nothing but true: what it would mean to say false, another condition says."""
    if value is not True:
        raise PydanticCustomError("true", "only true can be said here")
    return value


Text = Annotated[str, BeforeValidator(text), Field(max_length=MAX_TEXT)]
Value = Annotated[Any, BeforeValidator(plain)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Values = Annotated[tuple[Value, ...], BeforeValidator(listed)]
TrueOnly = Annotated[bool, BeforeValidator(true)]


class Test(Part):
    """What is asked of a value: all that is given must hold."""

    eq: Value | None = Field(None, description="It equals this.")
    ne: Value | None = Field(None, description="It is anything else, or missing.")
    in_: Values | None = Field(None, description="It equals one of these.")
    not_in: Values | None = Field(None, description="It equals none of these, or is missing.")
    gt: Value | None = Field(None, description="It is greater, or later.")
    gte: Value | None = Field(None, description="It is greater or equal, not before.")
    lt: Value | None = Field(None, description="It is less, or earlier.")
    lte: Value | None = Field(None, description="It is less or equal, not after.")
    contains: Value | None = Field(None, description="The text has this in it; capitals count.")
    starts_with: Value | None = Field(None, description="The text begins like this.")
    ends_with: Value | None = Field(None, description="The text ends like this.")
    exists: bool | None = Field(None, description="There is a value (true), or none (false).")
    last: Text | None = Field(
        None, description="Of a date: it lies in the days up to today, as 30d, 2w, 3m or 1y."
    )
    next: Text | None = Field(None, description="Of a date: it lies in the days from today on, as 30d.")


class Window(OneOf):
    """When a fact happened."""

    last: Text | None = Field(
        None,
        description="From local midnight so long ago to now: 90d, 2w, 3m, 1y; or exactly so many hours: 48h.",
    )
    between: Texts | None = Field(None, description="From one date or time to another, both included.")
    from_: Text | None = Field(None, description="From this date or time on.")
    until: Text | None = Field(None, description="Up to this date or time.")
    ago: Texts | None = Field(
        None, description='From the first to before the second: ["14d", "7d"] is the week before last.'
    )
    ever: TrueOnly | None = Field(None, description="At any time.")


Quantifier = Literal["SOME", "EVERY", "NONE", "COUNT"]
OrderStatus = Literal["CREATED", "PAID", "SHIPPED", "COMPLETED", "CANCELLED", "REFUNDED"]
TimeOf = Literal["PAID", "ORDERED", "SHIPPED", "COMPLETED", "REFUNDED"]
AnniversaryOf = Literal["birthday", "joinedAt", "dependentBirthday"]
Statuses = Annotated[tuple[OrderStatus, ...], BeforeValidator(listed)]


def pick(value: Any) -> Any:
    """FIRST, LAST, or a whole number."""
    if isinstance(value, bool) or not (isinstance(whole(value), int) or value in ("FIRST", "LAST")):
        raise PydanticCustomError("pick", "FIRST, LAST or a whole number is needed")
    return whole(value)


def test_or_value(value: Any) -> Any:
    """A test; a plain value means equal to it, a list equal to any of its values."""
    if isinstance(value, Mapping | Test):
        return value
    return {"in": value} if isinstance(value, list | tuple) else {"eq": plain(value)}


class Named(Part):
    """A test of a declared attribute or property."""

    name: Text = Field(description="The name of the attribute or property.")
    is_: Test = Field(description="What its value must pass.")


Tests = Annotated[tuple[Named, ...], BeforeValidator(listed)]


Pick = Annotated[Any, BeforeValidator(pick)]


TestOrValue = Annotated[Test, BeforeValidator(test_or_value)]
