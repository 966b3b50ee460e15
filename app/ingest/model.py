"""The shape of an observation: `ObservationInput` of design page "api", in a line of a file or a mutation.

The values of identifiers stay what they are: whether they can be meant is said by identity, with codes of its
own. Everything else is checked here, all of it at once, and comes out with times in UTC and exact money.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter, ValidationError, with_config
from pydantic_core import from_json
from typing_extensions import TypedDict

from app.ingest.problems import Malformed, problems
from app.ingest.values import (
    MAX_TEXT,
    Attributes,
    Day,
    Instant,
    Key,
    Money,
    ShopKey,
    Text,
    Whole,
    is_text,
    name_of,
)


class IdentifierInput(TypedDict):
    """An identifier; identity says whether its value and scope can be meant."""

    kind: Text
    value: Any
    scope: NotRequired[Any]


class ShopInput(TypedDict):
    """The shop or app where it was observed."""

    key: ShopKey
    name: NotRequired[Text | None]
    platform: NotRequired[Text | None]
    brand: NotRequired[Text | None]


class MemberInput(TypedDict):
    """What is known of a member account."""

    name: NotRequired[Text | None]
    gender: NotRequired[Text | None]
    birthday: NotRequired[Day | None]
    city: NotRequired[Text | None]
    level: NotRequired[Text | None]
    points: NotRequired[Whole | None]
    joinedAt: NotRequired[Instant | None]
    attributes: NotRequired[Attributes | None]


class CardInput(TypedDict):
    """What is known of a card."""

    level: NotRequired[Text | None]
    points: NotRequired[Whole | None]
    validFrom: NotRequired[Day | None]
    validTo: NotRequired[Day | None]
    status: NotRequired[Text | None]


class OrderLineInput(TypedDict):
    """One product of an order."""

    product: Key
    name: NotRequired[Text | None]
    category: NotRequired[Text | None]
    quantity: NotRequired[Whole | None]
    amount: Money
    refunded: NotRequired[Money | None]


class RecipientInput(TypedDict):
    """Who receives an order."""

    name: NotRequired[Text | None]
    phone: NotRequired[Text | None]
    address: NotRequired[Text | None]


class OrderInput(TypedDict):
    """An order as it stands."""

    key: Key
    status: Literal["CREATED", "PAID", "SHIPPED", "COMPLETED", "CANCELLED", "REFUNDED"]
    orderedAt: NotRequired[Instant | None]
    paidAt: NotRequired[Instant | None]
    shippedAt: NotRequired[Instant | None]
    completedAt: NotRequired[Instant | None]
    refundedAt: NotRequired[Instant | None]
    amount: Money
    discount: NotRequired[Money | None]
    refunded: NotRequired[Money | None]
    currency: NotRequired[Text | None]
    lines: NotRequired[list[OrderLineInput] | None]
    recipient: NotRequired[RecipientInput | None]


class DependentInput(TypedDict):
    """A baby, a pet, an appliance."""

    key: Key
    kind: Text
    name: NotRequired[Text | None]
    gender: NotRequired[Text | None]
    birthday: NotRequired[Day | None]
    relation: NotRequired[Text | None]
    attributes: NotRequired[Attributes | None]


class TouchInput(TypedDict):
    """A message that was sent."""

    key: Key
    channel: Text
    campaign: NotRequired[Text | None]
    outcome: NotRequired[Text | None]


class EventInput(TypedDict):
    """A behaviour."""

    key: Key
    type: Text
    properties: NotRequired[Attributes | None]
    dependent: NotRequired[Key | None]
    product: NotRequired[Key | None]


class TagInput(TypedDict):
    """A tag that a source set."""

    key: Key
    value: NotRequired[Text | None]
    dependent: NotRequired[Key | None]


class ConsentInput(TypedDict):
    """A yes or no."""

    channel: Text
    purpose: Text
    granted: Annotated[bool, Field(strict=True)]


@with_config(extra="forbid")
class Observation(TypedDict):
    """Identifiers that one source saw together at one time, with the facts it carried."""

    id: Key
    at: Instant
    source: Text
    brand: NotRequired[Text | None]
    shop: NotRequired[ShopInput | None]
    identifiers: list[IdentifierInput]
    member: NotRequired[MemberInput | None]
    card: NotRequired[CardInput | None]
    order: NotRequired[OrderInput | None]
    touch: NotRequired[TouchInput | None]
    event: NotRequired[EventInput | None]
    dependents: NotRequired[list[DependentInput] | None]
    tags: NotRequired[list[TagInput] | None]
    consents: NotRequired[list[ConsentInput] | None]


_SHAPE: TypeAdapter[Observation] = TypeAdapter(Observation)


def from_line(line: bytes) -> Observation:
    """The observation that a line of JSON says. Raises Malformed with everything that is wrong with it."""
    try:
        return _SHAPE.validate_json(line)
    except ValidationError as error:
        raise Malformed(_id_of(line), problems(error, Observation)) from None


def from_input(given: Mapping[str, Any]) -> Observation:
    """The observation that a caller says. Raises Malformed with everything that is wrong with it."""
    try:
        return _SHAPE.validate_python(given)
    except ValidationError as error:
        raise Malformed(_named(given), problems(error, Observation)) from None


def _id_of(line: bytes) -> str | None:
    try:
        return _named(from_json(line))
    except ValueError:
        return None


def _named(given: object) -> str | None:
    name = name_of(given.get("id")) if isinstance(given, Mapping) else None
    return name if isinstance(name, str) and len(name) <= MAX_TEXT and is_text(name) else None
