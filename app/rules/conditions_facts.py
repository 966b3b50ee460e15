"""The shape of conditions on what happened: orders, messages, behaviours, and several in time order."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.rules.parts import (
    OneOf,
    Part,
    Pick,
    Statuses,
    Test,
    Tests,
    Text,
    Texts,
    TimeOf,
    Window,
    listed,
)


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
