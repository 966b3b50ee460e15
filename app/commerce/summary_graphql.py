"""What a person has bought, as figures: worked out from the orders, or stored for rules to look at."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from app.commerce.graphql import Brand, money
from app.graph.planner_fields import elsewhere, stored
from app.identity.graphql import Node

_PERSON = elsewhere("Person", "app.profile.graphql")


@strawberry.type(
    description="What a person has bought, over orders that are PAID, SHIPPED or COMPLETED now, of one "
    "currency, worked out from the orders as they are. Days are those of the deployment's time zone."
)
class PurchaseSummary:
    orders: int = stored("How many orders.")
    pieces: int = stored("How many pieces, over their lines.")
    paid: Decimal = stored("What they cost, after discount.", show=money)
    discount: Decimal = stored("What was taken off.", show=money)
    refunded: Decimal = stored(
        "What was paid back of them; an order that was refunded as a whole counts nowhere.", show=money
    )
    net: Decimal = stored("What they cost less what was paid back.", show=money)
    currency: str = stored("The currency of the money, ISO 4217.")
    first_at: datetime | None = stored("When the first of them was paid.")
    last_at: datetime | None = stored("When the last of them was paid.")
    average_interval_days: float | None = stored(
        "Days from one purchase to the next, on average; orders of one day are one purchase. Null before the "
        "second."
    )
    longest_interval_days: int | None = stored("The most days from one purchase to the next.")


@strawberry.type(
    description="A person as the customer of one brand, as the last refresh stored it: what rules and "
    "segments look at. `summary(brand)` says what is true at this moment."
)
class BrandProfile(Node):
    brand: Brand | None = stored("The brand.")
    person: Any = stored("The person.", of=_PERSON)
    orders: int = stored("How many orders that are PAID, SHIPPED or COMPLETED.")
    pieces: int = stored("How many pieces.")
    paid: Decimal = stored("What they cost, in the deployment's currency.", show=money)
    discount: Decimal = stored("What was taken off.", show=money)
    refunded: Decimal = stored("What was paid back of them.", show=money)
    net: Decimal = stored("What they cost less what was paid back.", show=money)
    first_order_at: datetime | None = stored("When the first of them was paid.")
    last_order_at: datetime | None = stored("When the last of them was paid.")
    refreshed_at: datetime = stored("When this was worked out.")
