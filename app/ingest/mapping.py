"""A mapping: how the rows of a table are observations. YAML, read safely, with every problem at once.

The sections of facts (member, card, order and so on) have the fields of `ObservationInput`: they are made
from `app/ingest/model.py`, so that what a line of JSON can say, a column can say.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import Field, ValidationError, create_model
from pydantic_core import ErrorDetails
from typing_extensions import is_typeddict

from app.errors import BadInput
from app.identity.policy import PolicyInvalid, read_yaml
from app.ingest import mapping_values as values
from app.ingest.encodings import NAMES
from app.ingest.model import Observation
from app.ingest.records import Layout

_OWN = ("id", "at", "source", "brand", "identifiers")
_LEAVES: dict[Any, type[values.Value]] = {
    datetime: values.Time,
    date: values.Day,
    int: values.Whole,
    Decimal: values.Money,
    bool: values.YesNo,
}
EMPTY = ("NULL", "null", "\\N", "N/A", "#N/A", "-", "--")
"""Cells that say nothing, unless the mapping lists others. An empty cell always says nothing."""


class MappingInvalid(BadInput):
    """The mapping cannot be used. `problems` lists each one as (path, message)."""

    code = "MAPPING_INVALID"

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        told = [f"{path or 'mapping'}: {message}" for path, message in problems]
        super().__init__("\n  ".join(told) if len(told) == 1 else "\n  ".join(["", *told]))


class FileOptions(values.Part):
    """How the file is read; what is left out is found out."""

    encoding: Literal[tuple(NAMES)] | None = None  # type: ignore[valid-type]
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    header: Annotated[int, Field(ge=0)] | None = None

    def layout(self) -> Layout:
        """The same for the reader of tables."""
        return Layout(self.encoding, self.separator, self.sheet, self.header)


class Mapping(values.Part):
    """A mapping, without the sections of facts that `SHAPE` adds."""

    version: Literal[1] = 1
    file: FileOptions = FileOptions()
    time_zone: values.Zone | None = None
    empty: tuple[str, ...] = Field(default=EMPTY, strict=False)
    id: values.Value | None = None
    at: values.Time
    source: values.Value
    brand: values.Value | None = None
    identifiers: Annotated[list[values.Identifiers], Field(min_length=1)]

    @property
    def facts(self) -> dict[str, Any]:
        """The sections of facts that are there."""
        own = Mapping.model_fields
        return {name: part for name, part in self if name not in own and part is not None}

    @property
    def digest(self) -> str:
        """SHA-256 of what it says."""
        told = self.model_dump(mode="json", exclude_defaults=True)
        return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _part(name: str, shape: Any) -> Any:
    """The model of a section: a value for each field of the TypedDict."""
    hints, required = get_type_hints(shape), shape.__required_keys__
    fields: dict[str, Any] = {
        field: (_of(field, hint), ...) if field in required else (_of(field, hint) | None, None)
        for field, hint in hints.items()
    }
    return create_model(name, __base__=values.Part, **fields)


def _of(name: str, hint: Any) -> Any:
    """The model of a field with this type."""
    hint = next((one for one in get_args(hint) if one is not type(None)), hint) if _optional(hint) else hint
    if is_typeddict(hint):
        return _part(name, hint)
    if get_origin(hint) is list:
        return list[_of(name, get_args(hint)[0])]  # type: ignore[misc]
    if get_origin(hint) is dict:
        return dict[str, values.Attribute]
    return _LEAVES.get(hint, values.Value)


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


_SECTIONS: dict[str, Any] = {
    name: (_of(name, hint) | None, None)
    for name, hint in get_type_hints(Observation).items()
    if name not in _OWN
}
SHAPE: type[Mapping] = create_model("SHAPE", __base__=Mapping, **_SECTIONS)


@dataclass(frozen=True, slots=True)
class Known:
    """What a mapping is checked against; None: not checked."""

    columns: tuple[str, ...] | None = None
    kinds: Iterable[str] | None = None


NOTHING = Known()


def load_mapping(text: str, known: Known = NOTHING) -> Mapping:
    """The mapping that a YAML text says. Raises MappingInvalid with everything that is wrong with it."""
    return _validated(_document(text), known)


def layout_of(text: str) -> Layout:
    """How a mapping's file is read, whatever else is wrong with the mapping. Raises MappingInvalid."""
    try:
        return FileOptions.model_validate(_document(text).get("file", {})).layout()
    except ValidationError:
        return Layout()  # said again, with all that is wrong, when the columns are known


def _document(text: str) -> dict[str, Any]:
    try:
        document = read_yaml(text)
    except PolicyInvalid as error:
        raise MappingInvalid(error.problems) from None
    if not isinstance(document, dict):
        raise MappingInvalid([("", "at, source and identifiers are needed: oneid mapping init proposes one")])
    return document


def check(mapping: Mapping, known: Known) -> None:
    """Check a mapping against what is known. Raises MappingInvalid."""
    _validated(mapping.model_dump(exclude_unset=True), known)


def _validated(document: Any, known: Known) -> Mapping:
    try:
        return SHAPE.model_validate(document, context={"columns": known.columns, "kinds": known.kinds})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise MappingInvalid([(_path(one), _words(one)) for one in found]) from None


def read_mapping(path: Path) -> str:
    """The text of a mapping's file. Raises BadInput."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}", field=("--mapping",)) from None


def _path(detail: ErrorDetails) -> str:
    return ".".join(str(part) for part in detail["loc"])


def _words(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is missing"
    if detail["type"] == "extra_forbidden":
        return "unknown" + values.near(str(detail["loc"][-1]), sorted(_fields(SHAPE)))
    return detail["msg"][:1].lower() + detail["msg"][1:]


def _fields(model: Any) -> set[str]:
    """Every name that a mapping can say anywhere."""
    if not hasattr(model, "model_fields"):
        return {name for part in get_args(model) for name in _fields(part)}
    return {name for field, info in model.model_fields.items() for name in (field, *_fields(info.annotation))}
