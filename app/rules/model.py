"""The shape of a rule: `SegmentRule` of the design page on rules, the same in JSON and as a GraphQL input.

`parse` reads one, or says everything that is wrong with its shape; `canonical` writes it down again. What a
rule means, and whether what it names is there, is for `check`. Conditions stand in the order of the page's
table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from app.errors import BadInput
from app.rules.conditions import (
    AnniversaryCondition,
    AttributeCondition,
    CardCondition,
    ConsentCondition,
    DependentCondition,
    IdentifierCondition,
    KeyCondition,
    LifecycleCondition,
    MemberCondition,
    RfmCondition,
    TagCondition,
)
from app.rules.conditions_facts import EventCondition, OrderCondition, SequenceCondition, TouchCondition
from app.rules.parts import (
    OneOf,
    OrderStatus,
    Test,
    TrueOnly,
    Window,
    listed,
)

__all__ = ["OrderStatus", "Rule", "RuleMalformed", "Test", "Window", "canonical", "parse"]


class Problem(NamedTuple):
    """What is wrong with the shape, and where in the rule."""

    field: tuple[str, ...]
    message: str


class RuleMalformed(BadInput):
    """The rule has not the shape of one; `problems` are all of them, each with its path in the rule."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        said = "; ".join(f"{'.'.join(one.field) or 'rule'}: {one.message}" for one in problems)
        super().__init__(said, field=problems[0].field, suggestion="docs/rules.md has every condition")


class Rule(OneOf):
    """Who: one condition, or several put together. Exactly one key."""

    all_: Rules | None = Field(None, description="Matches every one of these.")
    any_: Rules | None = Field(None, description="Matches at least one of these.")
    not_: Rule | None = Field(None, description="Does not match this.")
    everyone: TrueOnly | None = Field(None, description="Is active.")
    attribute: AttributeCondition | None = Field(None, description="Has the attribute pass the test.")
    identifier: IdentifierCondition | None = Field(None, description="Holds, or lacks, an identifier.")
    member: MemberCondition | None = Field(None, description="Has member accounts like that.")
    card: CardCondition | None = Field(None, description="Has cards like that.")
    order: OrderCondition | None = Field(None, description="Has that measure over the orders selected.")
    dependent: DependentCondition | None = Field(None, description="Has babies, pets, appliances like that.")
    tag: TagCondition | None = Field(None, description="Carries the tag.")
    touch: TouchCondition | None = Field(None, description="Was contacted.")
    consent: ConsentCondition | None = Field(None, description="Said so last.")
    event: EventCondition | None = Field(None, description="Behaved like that.")
    sequence: SequenceCondition | None = Field(None, description="Did the steps in time order.")
    anniversary: AnniversaryCondition | None = Field(None, description="Has the day in the coming days.")
    lifecycle: LifecycleCondition | None = Field(None, description="Is in the stage.")
    rfm: RfmCondition | None = Field(None, description="Has the scores.")
    segment: KeyCondition | None = Field(None, description="Matches that saved segment's rule now.")
    list_: KeyCondition | None = Field(None, description="Is on that uploaded list.")


Rules = Annotated[tuple[Rule, ...], BeforeValidator(listed)]
Rule.model_rebuild()

Path = tuple[str, ...]


def parse(value: Any) -> Rule:
    """The rule that a value (of JSON, or a coerced GraphQL input) says. Raises RuleMalformed."""
    try:
        return Rule.model_validate(value)
    except ValidationError as error:
        raise RuleMalformed(problems_of(error)) from None


def parse_json(text: str) -> Rule:
    """The rule that a text of JSON says. Raises RuleMalformed."""
    try:
        return Rule.model_validate_json(text)
    except ValidationError as error:
        raise RuleMalformed(problems_of(error)) from None


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic says of a shape."""
    return [Problem(tuple(map(str, one["loc"])), one["msg"]) for one in error.errors(include_url=False)]


def canonical(rule: Rule) -> dict[str, Any]:
    """The rule as JSON: what was given, nulls left out, keys in the order of the model, lists as lists."""
    return rule.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)


def nodes(rule: Rule, path: Path = ()) -> Iterator[tuple[Path, Rule]]:
    """Every node of the rule from the top, each with the path of its one key; segments are not expanded."""
    here = (*path, rule.key)
    yield here, rule
    if rule.key == "not":
        yield from nodes(rule.body, here)
    elif rule.key in ("all", "any"):
        for place, one in enumerate(rule.body):
            yield from nodes(one, (*here, str(place)))


Group = Literal["all", "any"]
