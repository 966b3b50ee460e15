"""What a person bought, was told, said and did: the fields of Person that lead to facts."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry.types.lazy_type import LazyType

from app.graph.planner_fields import list_elsewhere, stored
from app.profile.contacts_graphql import Contacts
from app.profile.timeline_graphql import TimelineConnection, TimelineType

_COMMERCE = "app.commerce.graphql"
_TOUCHES = "app.touches.graphql"

From = Annotated[
    datetime | None,
    strawberry.argument(
        name="from",
        description="The earliest time, included; without offset in the deployment's time zone.",
    ),
]
To = Annotated[
    datetime | None,
    strawberry.argument(
        name="to", description="The time before which; without offset in the deployment's time zone."
    ),
]
Statuses = Annotated[
    list[Annotated["OrderStatus", strawberry.lazy(_COMMERCE)]] | None,  # type: ignore[name-defined]  # noqa: F821
    strawberry.argument(description="Only orders that have come so far."),
]
Brand = Annotated[strawberry.ID | None, strawberry.argument(description="Only of the brand with this key.")]
Shop = Annotated[strawberry.ID | None, strawberry.argument(description="Only of the shop with this key.")]


def _orders(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    from_: From = strawberry.UNSET,
    to: To = strawberry.UNSET,
    status: Statuses = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
    shop: Shop = strawberry.UNSET,
) -> Any: ...


def _summary(
    brand: Brand = strawberry.UNSET,
    shop: Shop = strawberry.UNSET,
    currency: Annotated[
        str | None, strawberry.argument(description="ISO 4217; without it the deployment's.")
    ] = strawberry.UNSET,
) -> Any: ...


def _touches(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    from_: From = strawberry.UNSET,
    to: To = strawberry.UNSET,
    channel: str | None = strawberry.UNSET,
    campaign: str | None = strawberry.UNSET,
    outcome: list[str] | None = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
) -> Any: ...


def _events(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    from_: From = strawberry.UNSET,
    to: To = strawberry.UNSET,
    type: list[str] | None = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
) -> Any: ...


def _consents(
    channel: str | None = strawberry.UNSET,
    purpose: str | None = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
) -> Any: ...


def _consent_history(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    from_: From = strawberry.UNSET,
    to: To = strawberry.UNSET,
    channel: str | None = strawberry.UNSET,
    purpose: str | None = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
) -> Any: ...


def _timeline(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    types: list[TimelineType] | None = strawberry.UNSET,
) -> Any: ...


def _one(name: str, module: str) -> Any:
    return LazyType(name, module)


@strawberry.type
class Behaviour(Contacts):
    """Facts hang on identifiers, so all of these move with them when people merge or split; through a
    contested identifier (a recycled number) only those count since this person holds it.
    """

    orders: Any = stored(
        "Orders, the newest first: by when they were paid, else placed.",
        of=_one("OrderConnection", _COMMERCE),
        arguments=_orders,
    )
    summary: Any = stored(
        "What the person has bought, worked out now, of the brands that the caller may see.",
        of=_one("PurchaseSummary", "app.commerce.summary_graphql"),
        arguments=_summary,
    )
    brand_profiles: Any = stored(
        "The person as the customer of each brand that they bought from, as the last refresh stored it.",
        of=list_elsewhere("BrandProfile", "app.commerce.summary_graphql"),
    )
    touches: Any = stored(
        "Messages that the person was sent, the newest first.",
        of=_one("TouchConnection", _TOUCHES),
        arguments=_touches,
    )
    events: Any = stored(
        "What the person did, the newest first.", of=_one("EventConnection", _TOUCHES), arguments=_events
    )
    consents: Any = stored(
        "What holds now of being contacted: the latest word for each channel and purpose; of one instant the "
        "refusal. A pair that is missing was never asked about.",
        of=list_elsewhere("Consent", _TOUCHES),
        arguments=_consents,
    )
    consent_history: Any = stored(
        "All that the person said about being contacted, the newest first.",
        of=_one("ConsentConnection", _TOUCHES),
        arguments=_consent_history,
    )
    timeline: Any = stored(
        "What the person did, was told and became, of all kinds or of some, the newest first.",
        of=TimelineConnection,
        arguments=_timeline,
    )
