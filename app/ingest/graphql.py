"""Observations as callers send them, and what became of them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON

from app.commerce.graphql import OrderStatus
from app.context import Context
from app.graph.planner_fields import Found, answered, list_elsewhere, nullable, stored
from app.identity.graphql import IdentifierInput, UserError
from app.ingest import service


def _given(description: str, default: Any = strawberry.UNSET) -> Any:
    """An input field that may be left out."""
    return strawberry.field(default=default, description=description)


def _needed(description: str) -> Any:
    """An input field that may not."""
    return strawberry.field(description=description)


@strawberry.input(description="The shop or app where something was observed.")
class ShopInput:
    key: strawberry.ID = _needed("The shop's key.")
    name: str | None = _given("What people call it.")
    platform: str | None = _given("Where it is: tmall, jd, douyin, wechat-mini-program, offline …")
    brand: str | None = _given("The brand that it belongs to.")


@strawberry.input(description="What is known of a member account. Needs exactly one `member` identifier.")
class MemberInput:
    name: str | None = _given("The member's name; it is sealed.")
    gender: str | None = _given("As the source says it.")
    birthday: date | None = _given("The day of birth.")
    city: str | None = _given("Where the member lives.")
    level: str | None = _given("The programme's level.")
    points: int | None = _given("Points on the account.")
    joined_at: datetime | None = _given("When the account was opened.")
    attributes: JSON | None = _given("Declared attributes by name: strings, numbers or booleans.")


@strawberry.input(description="What is known of a membership card. Needs exactly one `card` identifier.")
class CardInput:
    level: str | None = _given("The card's level.")
    points: int | None = _given("Points on the card.")
    valid_from: date | None = _given("The first day that it is valid.")
    valid_to: date | None = _given("The last day that it is valid.")
    status: str | None = _given("As the source says it.")


@strawberry.input(description="One product of an order.")
class OrderLineInput:
    product: strawberry.ID = _needed("The product's key.")
    name: str | None = _given("What it is called.")
    category: str | None = _given("What kind of product it is.")
    quantity: int | None = _given("How many.", 1)
    amount: Decimal = _needed("What was paid for the line, in the order's currency.")
    refunded: Decimal | None = _given("What was paid back for the line.")


@strawberry.input(description="Who receives an order: sealed, and never evidence of who anybody is.")
class RecipientInput:
    name: str | None = _given("The recipient's name.")
    phone: str | None = _given("The recipient's phone.")
    address: str | None = _given("Where it goes.")


@strawberry.input(description="An order as it stands.")
class OrderInput:
    key: strawberry.ID = _needed("The order's number.")
    status: OrderStatus = _needed("How far it has come.")
    ordered_at: datetime | None = _given("When it was placed.")
    paid_at: datetime | None = _given("When it was paid.")
    shipped_at: datetime | None = _given("When it was sent.")
    completed_at: datetime | None = _given("When it was received.")
    refunded_at: datetime | None = _given("When it was paid back.")
    amount: Decimal = _needed("What it cost after discount, in its currency.")
    discount: Decimal | None = _given("What was taken off.")
    refunded: Decimal | None = _given("What was paid back, its lines' refunds included.")
    currency: str | None = _given("ISO 4217.", "CNY")
    lines: list[OrderLineInput] | None = _given("Its products; they replace those of an older version.")
    recipient: RecipientInput | None = _given("Who receives it.")


@strawberry.input(description="A subordinate profile: a baby, a pet, an appliance …")
class DependentInput:
    key: strawberry.ID = _needed("Its key at the source.")
    kind: str = _needed("What it is: baby, pet, appliance, or a kind that the deployment declares.")
    name: str | None = _given("What it is called.")
    gender: str | None = _given("As the source says it.")
    birthday: date | None = _given("The day of birth, or the day that it is due.")
    relation: str | None = _given("What it is to the person.")
    attributes: JSON | None = _given("Declared attributes by name: strings, numbers or booleans.")


@strawberry.input(description="A message that was sent.")
class TouchInput:
    key: strawberry.ID = _needed("The message's key.")
    channel: str = _needed("How it was sent: SMS, EMAIL, WECHAT …")
    campaign: str | None = _given("What it was part of.")
    outcome: str | None = _given("What became of it.")


@strawberry.input(description="A behaviour.")
class EventInput:
    key: strawberry.ID = _needed("The event's key.")
    type: str = _needed("What happened.")
    properties: JSON | None = _given("Its properties by name: strings, numbers or booleans.")
    dependent: strawberry.ID | None = _given("The dependent that it was about.")
    product: strawberry.ID | None = _given("The product that it was about.")


@strawberry.input(description="A tag that a source set.")
class TagInput:
    key: strawberry.ID = _needed("The tag's key.")
    value: str | None = _given("Its value, for a tag that has values.")
    dependent: strawberry.ID | None = _given("The dependent that carries it, instead of the person.")


@strawberry.input(description="A yes or no to being contacted.")
class ConsentInput:
    channel: str = _needed("How: SMS, EMAIL, WECHAT …")
    purpose: str = _needed("What for.")
    granted: bool = _needed("Yes or no.")


@strawberry.input(
    description="Identifiers that one source saw together at one time, with what it knew of them."
)
class ObservationInput:
    id: strawberry.ID = _needed("Names it in answers; sending it again changes nothing, whatever its id.")
    at: datetime = _needed("When it was observed.")
    source: str = _needed("Who observed it.")
    brand: str | None = _given("The brand that it belongs to.")
    shop: ShopInput | None = _given("Where it was observed.")
    identifiers: list[IdentifierInput] = _needed("The identifiers seen together.")
    member: MemberInput | None = _given("What is known of the member account among them.")
    card: CardInput | None = _given("What is known of the card among them.")
    order: OrderInput | None = _given("An order that they placed.")
    touch: TouchInput | None = _given("A message that was sent to them.")
    event: EventInput | None = _given("Something that they did.")
    dependents: list[DependentInput] | None = _given("Who or what belongs to them.")
    tags: list[TagInput] | None = _given("Tags that the source sets.")
    consents: list[ConsentInput] | None = _given("What they agreed to, or refused.")


@strawberry.type(description="An observation that was rejected, or taken with a warning.")
class Rejection:
    index: int = strawberry.field(description="Its place in the list, from 0.")
    id: strawberry.ID | None = strawberry.field(description="Its id.")
    code: str = strawberry.field(description="Why, in UPPER_CASE.")
    message: str = strawberry.field(description="Why, for people.")
    field: list[str] | None = strawberry.field(description="The path inside the observation.")


def _people(context: Context, arguments: Mapping[str, Any]) -> Found:
    if not context.may("profile:read"):
        return Found({}, variant=None)
    return Found({"oneIds": list(arguments["one_ids"])})


@strawberry.type(description="What became of some observations.")
class IngestPayload:
    accepted: int = strawberry.field(description="How many were taken.")
    rejected: list[Rejection] = strawberry.field(description="Those that were not, each with its reason.")
    warnings: list[Rejection] = strawberry.field(description="What was dropped from those that were taken.")
    pending: bool = strawberry.field(
        description="Whether a cluster was too large to be decided at once; a job does."
    )
    people: Any = stored(
        "The people that they are about now; null without the scope profile:read.",
        of=nullable(list_elsewhere("Person", "app.profile.graphql")),
        look_up=_people,
    )
    user_errors: list[UserError] = strawberry.field(description="Problems of the request as a whole.")
    given: strawberry.Private[Mapping[str, Any]]


def _observations(observations: list[ObservationInput]) -> Any: ...


async def ingest(context: Context, observations: list[dict[str, Any]]) -> IngestPayload:
    """Takes the observations in, each on its own. Their shape has been checked, their meaning not yet."""
    result = await service.ingest(context, [_plain(one) for one in observations])
    return IngestPayload(
        accepted=result.accepted,
        rejected=[_rejection(one) for one in result.rejected],
        warnings=[_rejection(one) for one in result.warnings],
        pending=result.pending,
        people=None,
        user_errors=[],
        given={"one_ids": result.one_ids},
    )


def _rejection(one: service.Rejection) -> Rejection:
    field = list(one.field) if one.field else None
    one_id = None if one.id is None else strawberry.ID(one.id)
    return Rejection(index=one.index, id=one_id, code=one.code, message=one.message, field=field)


def _plain(value: Any) -> Any:
    """The input as a line of JSON would say it, but for times, dates and decimals, which are already read."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


@strawberry.type
class IngestMutations:
    ingest: IngestPayload = answered(
        ingest,
        "Takes at most a thousand observations in; each is accepted or rejected on its own.",
        of=IngestPayload,
        arguments=_observations,
        scope="ingest",
    )
