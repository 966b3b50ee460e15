"""What segments are like and what they have in common, as GraphQL tells it."""

from enum import Enum
from typing import Any

import strawberry

from app.identity.graphql import UserError

_ABOUT = {
    "GENDER": "The resolved gender.",
    "CITY": "The resolved city.",
    "AGE_BAND": "Their age in years: 25-29.",
    "LEVEL": "The level of a member account.",
    "BRAND": "A brand whose customer they are.",
    "LIFECYCLE": "The stage of the lifecycle, of the group.",
    "TAG": "A tag that they carry.",
    "RECENCY": "The score of how lately they bought, 1 to 5.",
    "FREQUENCY": "The score of how often they bought, 1 to 5.",
    "MONETARY": "The score of how much they paid, 1 to 5.",
    "RFM_SEGMENT": "What the three scores together are called.",
    "DEPENDENT_KIND": "A kind of dependent that they have.",
    "DEPENDENT_AGE_BAND": "The age in months of a dependent: 6-11; unborn.",
}


def _enum() -> Any:
    members = {name: strawberry.enum_value(name, description=said) for name, said in _ABOUT.items()}
    made: Any = Enum("ProfileBy", members)  # type: ignore[misc]
    return strawberry.enum(
        made, description="What people are counted by. Who has several values counts with each."
    )


ProfileBy: Any = _enum()


@strawberry.type(description="One value, in a segment and in what it is compared with.")
class ProfileRow:
    by: ProfileBy = strawberry.field(description="What the value is of.")
    value: str | None = strawberry.field(description="The value; null: those who have none.")
    count: int = strawberry.field(description="People of the segment with it.")
    share: float | None = strawberry.field(description="Their part of the segment, 0 to 1.")
    base_count: int = strawberry.field(description="People of the base with it.")
    base_share: float | None = strawberry.field(description="Their part of the base.")
    tgi: float | None = strawberry.field(
        description="share / baseShare x 100; null when nobody of the base has the value."
    )
    low_sample: bool = strawberry.field(description="Fewer than 30 people: the index may be chance.")


@strawberry.type(description="What the people of a segment are like, beside a base.")
class SegmentProfile:
    size: int = strawberry.field(description="How many match the rule now.")
    base_size: int = strawberry.field(description="How many are in the base.")
    rows: list[ProfileRow] = strawberry.field(description="By what was asked, in that order.")
    user_errors: list[UserError] = strawberry.field(description="Everything that is wrong with the rules.")


@strawberry.type(description="One value in two segments.")
class ComparedRow:
    by: ProfileBy = strawberry.field(description="What the value is of.")
    value: str | None = strawberry.field(description="The value; null: those who have none.")
    a: ProfileRow = strawberry.field(description="In the first, beside everybody.")
    b: ProfileRow = strawberry.field(description="In the second, beside everybody.")
    ratio: float | None = strawberry.field(description="Share in the first / share in the second x 100.")


@strawberry.type(description="Two segments side by side.")
class SegmentComparison:
    a_size: int = strawberry.field(description="How many are in the first.")
    b_size: int = strawberry.field(description="How many are in the second.")
    both: int = strawberry.field(description="How many are in both.")
    rows: list[ComparedRow] = strawberry.field(description="By what was asked, in that order.")
    user_errors: list[UserError] = strawberry.field(description="What is wrong with the keys.")


@strawberry.type(description="How many are in one segment of those compared.")
class OverlapSize:
    segment: strawberry.ID = strawberry.field(description="Its key.")
    count: int = strawberry.field(description="How many match its rule now.")


@strawberry.type(description="What two segments have in common.")
class OverlapPair:
    a: strawberry.ID = strawberry.field(description="The first.")
    b: strawberry.ID = strawberry.field(description="The second.")
    both: int = strawberry.field(description="How many are in both.")
    jaccard: float | None = strawberry.field(description="In both / in either; null of two empty ones.")
    a_in_b: float | None = strawberry.field(description="The part of the first that is in the second.")
    b_in_a: float | None = strawberry.field(description="The part of the second that is in the first.")


@strawberry.type(description="People who are in exactly these segments of those compared.")
class OverlapRegion:
    segments: list[strawberry.ID] = strawberry.field(description="The keys of those that they are in.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="What several segments have in common.")
class SegmentOverlap:
    sizes: list[OverlapSize] = strawberry.field(description="Each by itself, as asked.")
    pairs: list[OverlapPair] = strawberry.field(description="Every two.")
    regions: list[OverlapRegion] = strawberry.field(description="Everybody once, by which they are in.")
    every: int = strawberry.field(description="How many are in all of them.")
    some: int = strawberry.field(description="How many are in at least one.")
    jaccard: float | None = strawberry.field(description="In all / in at least one.")
    user_errors: list[UserError] = strawberry.field(description="What is wrong with the keys.")
