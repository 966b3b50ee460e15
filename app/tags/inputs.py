"""A definition as callers write it, in GraphQL or JSON of the same shape; problems as they read them."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from app.identity.graphql import UserError
from app.rules.graphql import SegmentRule
from app.rules.model import parse
from app.tags.graphql import TagSetBy, TagValueType
from app.tags.model import PERSON, Definition, Problem


def _left_out(description: str, default: Any = strawberry.UNSET) -> Any:
    return strawberry.field(default=default, description=description)


@strawberry.input(description="A tag as it is to be. What is left out is what it says by itself.")
class TagDefinitionInput:
    key: strawberry.ID = strawberry.field(description="Its key, as rules and observations name it.")
    name: str | None = _left_out("What people call it; else its key.")
    category: list[str] | None = _left_out("The categories that it is filed under, from the root down.")
    subject: str | None = _left_out("What carries it: PERSON (if left out), or a kind of dependent.")
    value_type: TagValueType | None = _left_out("What its value is; FLAG if left out.")
    set_by: TagSetBy | None = _left_out("How it is set; with a rule by RULE, else MANUAL, if left out.")
    choices: list[str] | None = _left_out("The values of a CHOICE.")
    rule: SegmentRule | None = _left_out("Who carries it; of a COMPUTED one, the measure that is its value.")
    group: str | None = _left_out("Its tiers: of those that match, the highest rank is carried.")
    rank: int | None = _left_out("Its rank among the tiers; the greatest wins.")
    valid_for: str | None = _left_out("How long it lasts when set by hand or a source: 90d, 2w, 6m, 1y.")
    owner: str | None = _left_out("Who answers for it.")


def errors(problems: Iterable[Problem]) -> list[UserError]:
    """Problems as callers read them."""
    return [
        UserError(
            field=list(no.field),
            code=no.code,
            message=no.message,
            allowed=None if no.allowed is None else list(no.allowed),
            suggestion=no.suggestion,
        )
        for no in problems
    ]


def definition_of(given: Mapping[str, Any]) -> Definition:
    """The definition that an input, or JSON of the same shape, says. Raises RuleMalformed."""
    said = {name: value for name, value in given.items() if value is not None}
    rule = parse(said["rule"]) if "rule" in said else None
    return Definition(
        key=str(said["key"]),
        name=said.get("name", ""),
        category=tuple(said.get("category", ())),
        subject=said.get("subject", PERSON),
        value_type=_plain(said.get("valueType", "FLAG")),
        set_by=_plain(said.get("setBy", "MANUAL" if rule is None else "RULE")),
        choices=tuple(said.get("choices", ())),
        rule=rule,
        group=said.get("group"),
        rank=said.get("rank"),
        valid_for=said.get("validFor"),
        owner=said.get("owner"),
    )


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))
