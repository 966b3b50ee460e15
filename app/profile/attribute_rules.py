"""Which attributes a person has, and by which rule one value is chosen: `schema/attributes.yaml`. Pure.

Every mistake of a file is told at once, each with its path, as a `Misconfigured`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.errors import Misconfigured
from app.identity.policy import PolicyInvalid, read_yaml
from app.settings import settings

Rule = Literal["most_recent", "most_frequent", "longest", "trusted"]
Type = Literal["text", "number", "date", "boolean", "choice"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True)]

BUILT_IN: dict[str, Type] = {"name": "text", "gender": "text", "birthday": "date", "city": "text"}
"""What every account may say; always resolved, by the newest word where the file does not say how."""


class Part(BaseModel):
    """A part of a file of a deployment's own: nothing in it is guessed at, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Attribute(Part):
    """How one attribute is resolved. `type` is given for those that sources declare, and only for them."""

    rule: Rule = "most_recent"
    sources: tuple[Word, ...] = Field(default=(), strict=False)
    type: Type | None = None
    choices: tuple[Word, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _fits_together(self) -> Attribute:
        wrong = []
        if (self.rule == "trusted") != bool(self.sources):
            wrong.append("`sources` goes with the rule trusted, and trusted with `sources`")
        if (self.type == "choice") != bool(self.choices):
            wrong.append("`choices` goes with the type choice, and choice with `choices`")
        if self.rule == "longest" and self.type not in (None, "text"):
            wrong.append("the rule longest is for texts")
        if wrong:
            raise PydanticCustomError("attribute", "{wrong}", {"wrong": "; ".join(wrong)})
        return self


class Declared(Part):
    """All attributes that are resolved, in the order in which they are shown."""

    version: Literal[1] = 1
    attributes: dict[Name, Attribute] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _typed(self) -> Declared:
        wrong = [
            f"attributes.{name}: a declared attribute needs a type: text, number, date, boolean or choice"
            for name, one in self.attributes.items()
            if name not in BUILT_IN and one.type is None
        ]
        wrong += [
            f"attributes.{name}: it is built in, and has its type already"
            for name, one in self.attributes.items()
            if name in BUILT_IN and one.type is not None
        ]
        wrong += [
            f"attributes.{name}: the rule longest is for texts"
            for name, one in self.attributes.items()
            if name == "birthday" and one.rule == "longest"
        ]
        if wrong:
            raise PydanticCustomError("attributes", "{wrong}", {"wrong": "; ".join(wrong)})
        return self

    @property
    def rules(self) -> dict[str, Attribute]:
        """Every attribute with its rule: the built-in ones first where the file leaves them out."""
        left = {name: Attribute() for name in BUILT_IN if name not in self.attributes}
        return {**left, **self.attributes}

    def type_of(self, name: str) -> Type:
        """The type of an attribute that is resolved."""
        return BUILT_IN.get(name) or self.attributes[name].type or "text"


def field_of(name: str) -> str:
    """The property that accounts say an attribute in, and that the person has it in."""
    return name if name in BUILT_IN else f"a_{name}"


def parse(text: str) -> Declared:
    """The declarations that a YAML text makes. Raises Misconfigured with every mistake at once."""
    try:
        return Declared.model_validate(read_yaml(text) or {})
    except PolicyInvalid as error:
        raise Misconfigured("; ".join(message for _, message in error.problems)) from None
    except ValidationError as error:
        raise Misconfigured("; ".join(told(error)), suggestion="docs/attributes.md shows the file") from None


def told(error: ValidationError) -> list[str]:
    """Every mistake with its path."""
    return [f"{'.'.join(map(str, one['loc']))}: {_words(one)}".removeprefix(": ") for one in error.errors()]


def _words(one: Any) -> str:
    known = {"extra_forbidden": "unknown field", "missing": "is missing"}
    return known.get(one["type"]) or str(one["msg"])


def declared() -> Declared:
    """The deployment's declarations, read once. Raises Misconfigured."""
    return _read(settings().attributes)


@cache
def _read(path: Path) -> Declared:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"ONEID_ATTRIBUTES: {path} cannot be read: {error.strerror}") from None
    return parse(text)
