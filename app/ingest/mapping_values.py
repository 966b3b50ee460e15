"""What a mapping says of one value: which columns or constant it comes from, and how its text is read.

A bare text is the name of a column: `name: 姓名` is short for `name: {column: 姓名}`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic import model_validator as validated
from pydantic_core import PydanticCustomError

_NAMED_FORMATS = ("iso", "epoch", "epoch_ms", "excel")


class Part(BaseModel):
    """A part of a mapping: nothing else than what it declares."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


def near(name: str, known: Any) -> str:
    """`, is it …?` with the known name that looks like it, or nothing."""
    close = get_close_matches(name.casefold(), {str(one).casefold(): one for one in known}, 1, 0.5)
    exact = next((one for one in known if close and str(one).casefold() == close[0]), None)
    return f", is it {exact}?" if exact is not None else ""


def _known(name: str, info: ValidationInfo) -> str:
    columns = (info.context or {}).get("columns")
    if columns is not None and name not in columns:
        hint = near(name, columns) or f"; there are {', '.join(columns)}"
        raise PydanticCustomError("column", "no column is called {name}{hint}", {"name": name, "hint": hint})
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise PydanticCustomError("zone", "no time zone, for example Asia/Shanghai") from None
    return name


def _format(text: str) -> str:
    if text in _NAMED_FORMATS:
        return text
    try:
        told = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC).strftime(text)
        datetime.strptime(told, text)
    except ValueError:
        told = text
    if told == text:
        raise PydanticCustomError(
            "format", "no format of a time: like %Y-%m-%d %H:%M, or one of iso, epoch, epoch_ms, excel"
        )
    return text


Column = Annotated[str, Field(min_length=1), AfterValidator(_known)]
Zone = Annotated[str, AfterValidator(_zone)]
Format = Annotated[str, AfterValidator(_format)]
Constant = str | int | float | bool


class Value(Part):
    """A text. Of several columns the first that says something, or with `join` all of them."""

    column: Column | None = None
    columns: list[Column] = []
    constant: Constant | None = None
    join: str | None = None
    prefix: str = ""
    values: dict[str, Constant] = {}
    """What a cell says -> what it means; `*` for every other one."""

    @validated(mode="before")
    @classmethod
    def _of_column(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"column": given}
        if isinstance(given, Mapping) and isinstance(given.get("constant"), date):
            return {**given, "constant": given["constant"].isoformat()}
        if not isinstance(given, Mapping):
            raise PydanticCustomError("value", "a column's name is needed, or {column: …}, {constant: …}")
        return given

    @validated(mode="after")
    def _of_something(self) -> "Value":
        said = (self.column is not None, bool(self.columns), self.constant is not None)
        if sum(said) != 1:
            raise PydanticCustomError("value", "one of column, columns and constant is needed")
        return self

    @property
    def read(self) -> list[str]:
        """The columns that it comes from."""
        return [self.column] if self.column is not None else self.columns


class Whole(Value):
    """A whole number."""


class Money(Value):
    """An amount."""


class YesNo(Value):
    """Yes or no, in the usual words."""


class Day(Value):
    """A date, in one of the formats; without any: ISO and what is usual in China."""

    formats: list[Format] = []


class Time(Day):
    """A time. One without an offset is in `zone`, else in the mapping's time zone."""

    zone: Zone | None = None


class Attribute(Value):
    """A declared attribute: a text, unless it says otherwise."""

    type: Literal["text", "number", "yes_no"] = "text"


def _named_kind(given: Any) -> Any:
    return {"constant": given} if isinstance(given, str) else given


def _declared(kind: Value, info: ValidationInfo) -> Value:
    kinds = (info.context or {}).get("kinds")
    if kinds is not None and kind.constant is not None and kind.constant not in kinds:
        hint = near(str(kind.constant), kinds)
        raise PydanticCustomError(
            "kind", "the policy has no kind {kind}{hint}", {"kind": kind.constant, "hint": hint}
        )
    return kind


class Identifiers(Part):
    """Identifiers of one kind: one for each of the columns, and for each part that `split` cuts a cell into.

    `kind` is a kind of the policy, or `{column: …}`. `split` lists the characters that separate.
    """

    kind: Annotated[Value, BeforeValidator(_named_kind), AfterValidator(_declared)]
    column: Column | None = None
    columns: list[Column] = []
    constant: str | None = None
    scope: Value | None = None
    split: Annotated[str, Field(min_length=1)] | None = None
    prefix: str = ""

    @validated(mode="after")
    def _of_something(self) -> "Identifiers":
        said = (self.column is not None, bool(self.columns), self.constant is not None)
        if sum(said) != 1:
            raise PydanticCustomError("value", "one of column, columns and constant is needed")
        return self

    @property
    def read(self) -> list[str]:
        """The columns that it comes from."""
        return [self.column] if self.column is not None else self.columns
