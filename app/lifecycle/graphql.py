"""Where people stand as callers read it: stages, scores, journeys, and how long they take to buy again.

What is derived from the facts of every brand is for callers of all brands; of a brand, for those who see it.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry

from app.context import Context
from app.graph.planner_fields import stored
from app.lifecycle.declared import GROUP, declared
from app.money import money_text


def _called(name: str, field: Any) -> Any:
    """The field under a name that is a word of Python's own."""
    field.graphql_name = name
    return field


def _money(_: Context, cell: list[Any]) -> str:
    return money_text(*cell)


def _moneys(_: Context, cell: list[Any]) -> list[str]:
    amounts, currency = cell
    return [money_text(one, currency) for one in amounts]


def _segment_name(_: Context, cell: list[Any]) -> str | None:
    brand, key = cell
    of = declared().rfm_of(brand).segments
    return next((one.name or one.key for one in of if one.key == key), key)


def _brand(_: Context, cell: str) -> str | None:
    return None if cell == GROUP else cell


@strawberry.type(description="The stage that a person is in, as a brand's customer or as the group's.")
class LifecycleStage:
    stage: str = stored("Its key: NEW, ACTIVE, AT_RISK, LAPSED, LOST, PROSPECT, or as declared.")
    name: str = stored("What it is called.")
    brand: strawberry.ID | None = stored("The brand; null for the group.", show=_brand)
    since: datetime = stored("The moment that the refresh which saw it was for.")
    from_: str | None = _called("from", stored("The stage before; null at first."))
    days: int = stored("Calendar days in it, in the deployment's time zone.")


@strawberry.type(description="How many people are in a stage.")
class StageSize:
    stage: str = stored("Its key.")
    name: str = stored("What it is called.")
    place: int = stored("Its place in the declared order, from 0.")
    people: int = stored("How many are in it.")


@strawberry.type(
    description="How lately, how often and for how much somebody bought, each as a score from 1 to 5: as "
    "they were scored last, by the bounds that `rfmBase` tells."
)
class Rfm:
    recency: int = stored("5: among those who bought last.")
    frequency: int = stored("5: among those who bought most often.")
    monetary: int = stored("5: among those who paid most.")
    segment: str | None = stored("The key of what these scores are called: CHAMPIONS, LOYAL …")
    segment_name: str | None = stored("What they are called.", show=_segment_name)
    brand: strawberry.ID | None = stored("The brand; null for the group.", show=_brand)
    last_order_at: datetime = stored("When the last order was paid.")
    days_since_last: int = stored("Calendar days from then to now, in the deployment's time zone.")
    orders: int = stored("The orders that count: PAID, SHIPPED or COMPLETED, in the deployment's currency.")
    net: Decimal = stored("What they cost less what was paid back.", show=_money)


@strawberry.type(description="How many people have scores that are called so.")
class RfmSegmentSize:
    key: strawberry.ID = stored("Its key.")
    name: str = stored("What it is called.")
    people: int = stored("How many there were when the bounds were worked out.")


@strawberry.type(
    description="What scores mean: four bounds each, the last value of a score, so that equal values have "
    "equal scores. Worked out by the daily job over everybody who has bought."
)
class RfmBase:
    brand: strawberry.ID | None = stored("The brand; null for the group.", show=_brand)
    by: str = stored("`quantiles` of the whole base, or `bounds` as declared.")
    as_of: datetime = stored("The moment that they were worked out for.")
    people: int = stored("Everybody who is scored.")
    within: str | None = stored("How far back orders count; null: all of them.")
    recency: list[int] = stored("Days since the last order: up to the first is 5, beyond the last is 1.")
    frequency: list[int] = stored("Orders: up to the first is 1, beyond the last is 5.")
    monetary: list[Decimal] = stored("Money: up to the first is 1, beyond the last is 5.", show=_moneys)
    currency: str = stored("The currency of the money, ISO 4217.")
    segments: list[RfmSegmentSize] = stored("How many are called what, in the declared order.")


@strawberry.enum(description="Whose intervals say when somebody is expected again.")
class CycleBasis(Enum):
    PERSON = strawberry.enum_value("PERSON", description="The person's own.")
    BASE = strawberry.enum_value("BASE", description="Everybody's: the person has bought once.")


@strawberry.type(
    description="How long a person takes to buy again. Orders of one day are one purchase, intervals are "
    "calendar days in the deployment's time zone."
)
class RepurchaseCycle:
    category: str | None = stored("The category of products; null: whatever was bought.")
    purchases: int = stored("Days on which something was bought.")
    first_on: date | None = stored("The first of them.")
    last_on: date | None = stored("The last of them.")
    mean_days: float | None = stored("From one purchase to the next, on average, to 6 decimals.")
    median_days: float | None = stored("The one in the middle; of an even number the mean of two.")
    next_expected: date | None = stored(
        "The last purchase and the median, halves rounded up: the person's own, else everybody's."
    )
    basis: CycleBasis | None = stored("Whose median that is.")
    due_in_days: int | None = stored("From today to the day expected; negative when it is over.")


@strawberry.type(
    description="How long people take to buy again, over everybody, as the daily job worked it out."
)
class RepurchaseFigures:
    category: str | None = stored("The category of products; null: whatever was bought.", show=_brand)
    brand: strawberry.ID | None = stored("The brand; null for the group.", show=_brand)
    as_of: datetime = stored("The moment that it was worked out for.")
    buyers: int = stored("People who bought.")
    repeaters: int = stored("People who bought on two days or more.")
    purchases: int = stored("Days on which somebody bought, over all of them.")
    intervals: int = stored("From one purchase of a person to its next: how many there are.")
    mean_days: float | None = stored("Their mean, to 6 decimals.")
    median_days: float | None = stored("Their median.")
    lower_quartile_days: float | None = stored("A quarter are at most so long, linear between two.")
    upper_quartile_days: float | None = stored("Three quarters are at most so long, linear between two.")


@strawberry.type(description="Where a person is on a journey.")
class JourneyPlace:
    journey: strawberry.ID = stored("The key of the journey.")
    journey_name: str = stored("What the journey is called.")
    stage: str = stored("The key of the stage: the last one whose rule holds.")
    name: str = stored("What the stage is called.")
    brand: strawberry.ID | None = stored("The brand whose facts it is about; null: all.")
    since: datetime = stored("Since when, by the stage's own account, else since the refresh that saw it.")
    from_: str | None = _called("from", stored("The stage before; null at first."))
    days: int = stored("Calendar days there, in the deployment's time zone.")


@strawberry.type(description="One stage of a journey, and how many go on from it.")
class JourneyStage:
    stage: str = stored("Its key.")
    name: str = stored("What it is called.")
    place: int = stored("Its place, from 0.")
    people: int = stored("How many are there now.")
    reached: int = stored("How many have reached it, also those who went on.")
    converted: int = stored("How many of these have reached the next stage, not before this one.")
    conversion: float | None = stored("converted / reached, to 6 decimals; null at the last stage.")
    median_days: float | None = stored("Calendar days from this stage to the next, in the middle of those.")


@strawberry.type(description="A declared way that people take, stage by stage.")
class Journey:
    key: strawberry.ID = stored("Its key.")
    name: str = stored("What it is called.")
    brand: strawberry.ID | None = stored("The brand whose facts it is about; null: all.")
    stages: list[JourneyStage] = stored("Its stages in order, counted now.")


Brand = Annotated[
    strawberry.ID | None, strawberry.argument(description="As this brand's customers; else as the group's.")
]


def _of_brand(brand: Brand = strawberry.UNSET) -> Any: ...


def _of_category(
    category: Annotated[
        str | None, strawberry.argument(description="Of products; else whatever was bought.")
    ] = strawberry.UNSET,
    brand: Brand = strawberry.UNSET,
) -> Any: ...


def _named(key: strawberry.ID) -> Any: ...


@strawberry.type
class LifecycleQueries:
    lifecycle: list[StageSize] = stored(
        "How many people are in which stage, in the declared order.",
        arguments=_of_brand,
        scope="profile:read",
    )
    rfm_base: RfmBase | None = stored(
        "What RFM scores mean now; null before the daily job has run.",
        arguments=_of_brand,
        scope="profile:read",
    )
    repurchase: RepurchaseFigures | None = stored(
        "How long people take to buy again; null of what nobody has bought when it was worked out.",
        arguments=_of_category,
        scope="profile:read",
    )
    journeys: list[Journey] = stored("The declared journeys, by key.", scope="profile:read")
    journey: Journey | None = stored(
        "One journey, with the conversion between its stages.", arguments=_named, scope="profile:read"
    )
