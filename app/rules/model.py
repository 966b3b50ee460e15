"""The shape of a rule: `SegmentRule` of the design page on rules, the same in JSON and as a GraphQL input.

`parse` reads one, or says everything that is wrong with its shape; `canonical` writes it down again. What a
rule means, and whether what it names is there, is for `check`. Conditions stand in the order of the page's
table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from app.errors import BadInput
from app.rules.parts import (
    AnniversaryOf,
    OneOf,
    OrderStatus,
    Part,
    Quantifier,
    Statuses,
    Test,
    Text,
    Texts,
    TimeOf,
    TrueOnly,
    Window,
    listed,
    plain,
    whole,
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


class AttributeCondition(Named):
    """The resolved attribute of the person passes the test."""


class IdentifierCondition(Part):
    """The person holds an identifier of that kind, or lacks one."""

    kind: Text = Field(description="A kind of the identity policy, such as phone.")
    scope: Text | None = Field(None, description="Of this scope alone, such as an app; else of any.")
    exists: bool = Field(True, description="False: the person has none.")


class MemberLike(Part):
    """What a member account is like."""

    brand: Texts | None = Field(None, description="Of one of these brands.")
    shop: Texts | None = Field(None, description="Issued by one of these shops.")
    level: Texts | None = Field(None, description="At one of these levels.")
    points: Test | None = Field(None, description="Its points pass this.")
    joined_at: Test | None = Field(None, description="The time it was opened passes this.")


class MemberWhere(MemberLike):
    """What a member account is like; all of it."""

    not_: MemberLike | None = Field(None, description="Not all of this is true of it together.")


class MemberCondition(Part):
    """The person has member accounts like that."""

    where: MemberWhere = Field(MemberWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class CardLike(Part):
    """What a card is like."""

    brand: Texts | None = Field(None, description="Of one of these brands.")
    shop: Texts | None = Field(None, description="Issued by one of these shops.")
    level: Texts | None = Field(None, description="At one of these levels.")
    points: Test | None = Field(None, description="Its points pass this.")
    status: Texts | None = Field(None, description="In one of these states.")
    valid_from: Test | None = Field(None, description="Its first day passes this.")
    valid_to: Test | None = Field(None, description='Its last day passes this: {"next": "30d"} expires soon.')


class CardWhere(CardLike):
    """What a card is like; all of it."""

    not_: CardLike | None = Field(None, description="Not all of this is true of it together.")


class CardCondition(Part):
    """The person has membership cards like that."""

    where: CardWhere = Field(CardWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class OrderLike(Part):
    """What an order is like."""

    product: Texts | None = Field(None, description="A line has one of these products.")
    all_products: Texts | None = Field(None, description="It has all of these products.")
    category: Texts | None = Field(None, description="The same line's product is of one of these categories.")
    shop: Texts | None = Field(None, description="Placed at one of these shops.")
    platform: Texts | None = Field(None, description="Its shop is on one of these platforms.")
    brand: Texts | None = Field(None, description="Told of by one of these brands.")
    status: Statuses | None = Field(None, description="In one of these states; else bought.")
    currency: Texts | None = Field(None, description="In one of these currencies; else the deployment's.")
    amount: Test | None = Field(None, description="Paid minus refunded, of the matching lines, passes this.")
    discount: Test | None = Field(None, description="The discount of the matching lines passes this.")
    refunded: Test | None = Field(None, description="What was refunded of the matching lines passes this.")
    quantity: Test | None = Field(None, description="The pieces of the matching lines pass this.")


class OrderWhere(OrderLike):
    """What an order is like; all of it."""

    not_: OrderLike | None = Field(None, description="Not all of this is true of the whole order together.")


class OrderStep(Part):
    """Orders, as a step of a sequence."""

    where: OrderWhere = Field(OrderWhere(), description="What the order is like.")
    within: Window | None = Field(None, description="When it was paid.")


class OrderCondition(OrderStep):
    """A measure of the orders that are selected passes the test."""

    measure: Text = Field("COUNT", description="What is measured of them: see docs/rules.md.")
    is_: Test | None = Field(
        None, description="What the measure must pass; of COUNT, at least 1 if left out."
    )
    time_of: TimeOf = Field("PAID", description="The time that the window and the measures of time read.")
    pick: Pick | None = Field(
        None, description="FIRST, LAST or the n-th of the person's bought orders alone."
    )


class DependentLike(Part):
    """What a baby, a pet, an appliance is like."""

    kind: Texts | None = Field(None, description="Of one of these kinds.")
    gender: Texts | None = Field(None, description="Of one of these.")
    age_days: Test | None = Field(None, description="Its age in days passes this.")
    age_months: Test | None = Field(None, description="Its age in whole months passes this.")
    age_years: Test | None = Field(None, description="Its age in whole years passes this.")
    attributes: Tests | None = Field(None, description="Its declared attributes pass these.")
    tag: Texts | None = Field(None, description="It carries one of these tags.")


class DependentWhere(DependentLike):
    """What a baby, a pet, an appliance is like; all of it."""

    not_: DependentLike | None = Field(None, description="Not all of this is true of it together.")


class DependentCondition(Part):
    """The person has babies, pets, appliances like that."""

    where: DependentWhere = Field(DependentWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class TagCondition(Part):
    """The person carries the tag, or does not."""

    key: Text = Field(description="The tag.")
    value: TestOrValue | None = Field(None, description="Its value passes this; a plain value: equals it.")
    since: Test | None = Field(None, description="The time since when it is carried passes this.")
    has: bool = Field(True, description="False: the person does not carry it.")
    include_subordinate: bool = Field(False, description="A dependent's tag counts, too.")


class TouchLike(Part):
    """What a message was like."""

    channel: Texts | None = Field(None, description="Over one of these channels.")
    campaign: Texts | None = Field(None, description="Of one of these campaigns.")
    outcome: Texts | None = Field(None, description="With one of these outcomes; else with any, also failed.")


class TouchWhere(TouchLike):
    """What a message was like; all of it."""

    not_: TouchLike | None = Field(None, description="Not all of this is true of it together.")


class TouchStep(Part):
    """Messages sent, as a step of a sequence."""

    where: TouchWhere = Field(TouchWhere(), description="What the message was like.")
    within: Window | None = Field(None, description="When it was sent.")


class TouchCondition(TouchStep):
    """The person was contacted."""

    measure: Text = Field("COUNT", description="What is measured: COUNT, DISTINCT_DAYS or one of time.")
    is_: Test | None = Field(
        None, description="What the measure must pass; of COUNT, at least 1 if left out."
    )


class ConsentCondition(Part):
    """The person's latest consent says so."""

    channel: Text = Field(description="The channel.")
    purpose: Text = Field(description="The purpose.")
    granted: bool = Field(True, description="False: it was refused.")


class EventStep(Part):
    """Behaviours, as a step of a sequence."""

    type: Text = Field(description="The type of behaviour.")
    where: Tests | None = Field(None, description="Its properties pass these.")
    within: Window | None = Field(None, description="When it happened.")


class EventCondition(EventStep):
    """The person behaved like that."""

    measure: Text = Field(
        "COUNT", description="What is measured: COUNT, DISTINCT_DAYS, one of time, SUM, AVG, MIN, MAX."
    )
    property: Text | None = Field(None, description="Whose numbers SUM, AVG, MIN and MAX are of.")
    is_: Test | None = Field(
        None, description="What the measure must pass; of COUNT, at least 1 if left out."
    )


class NotStep(OneOf):
    """What must not happen, as the last step of a sequence."""

    event: EventStep | None = Field(None, description="A behaviour.")
    order: OrderStep | None = Field(None, description="An order.")
    touch: TouchStep | None = Field(None, description="A message.")


class Step(NotStep):
    """One step of a sequence."""

    not_: NotStep | None = Field(None, description="No such fact follows; the last step alone.")


class SequenceCondition(Part):
    """The person did the steps in time order."""

    steps: Annotated[tuple[Step, ...], BeforeValidator(listed)] = Field(description="2 to 5 steps.")
    within: Text = Field(description="How long from the first to the last at most: 72h, 7d, 2w.")


class AnniversaryLike(Part):
    """Whose anniversary."""

    kind: Texts | None = Field(None, description="Dependents of one of these kinds.")
    gender: Texts | None = Field(None, description="Dependents of one of these.")


class AnniversaryCondition(Part):
    """A day comes back in the coming days."""

    of: AnniversaryOf = Field(description="Which day.")
    where: AnniversaryLike | None = Field(None, description="With dependentBirthday: whose.")
    next: Text = Field(description="In how many days, today included: 30d.")


class LifecycleCondition(Part):
    """The person is in the stage."""

    stage: Texts = Field(description="The stage, or one of them.")
    brand: Text | None = Field(None, description="As this brand's customer; else as the group's.")


class RfmCondition(Part):
    """The person has the scores, 1 to 5."""

    recency: Test | None = Field(None, description="How lately they bought.")
    frequency: Test | None = Field(None, description="How often they bought.")
    monetary: Test | None = Field(None, description="How much they paid.")
    brand: Text | None = Field(None, description="As this brand's customer; else as the group's.")


class KeyCondition(Part):
    """A saved segment's rule is matched, or the person is on an uploaded list."""

    key: Text = Field(description="Its key.")
    in_: bool = Field(True, description="False: not in it.")


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
        raise RuleMalformed(_problems(error)) from None


def parse_json(text: str) -> Rule:
    """The rule that a text of JSON says. Raises RuleMalformed."""
    try:
        return Rule.model_validate_json(text)
    except ValidationError as error:
        raise RuleMalformed(_problems(error)) from None


def _problems(error: ValidationError) -> list[Problem]:
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
