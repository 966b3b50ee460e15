"""Where a person stands: the fields of Person that lead to stages, scores, journeys and repurchase."""

from typing import Annotated, Any

import strawberry

from app.graph.planner_fields import elsewhere, list_elsewhere, stored

_LIFECYCLE = "app.lifecycle.graphql"

Brand = Annotated[
    strawberry.ID | None, strawberry.argument(description="As this brand's customer; else as the group's.")
]
Category = Annotated[str | None, strawberry.argument(description="Of products; else whatever was bought.")]


def _of_brand(brand: Brand = strawberry.UNSET) -> Any: ...


def _of_category(category: Category = strawberry.UNSET, brand: Brand = strawberry.UNSET) -> Any: ...


@strawberry.type
class Standing:
    """What is derived of the facts of every brand is for callers of all; of a brand, for who may see it."""

    lifecycle: Any = stored(
        "The stage that the person is in; null of a brand that it has not bought from.",
        of=elsewhere("LifecycleStage", _LIFECYCLE),
        arguments=_of_brand,
    )
    rfm: Any = stored(
        "How lately, how often and for how much; null of who has not bought, or not been scored yet.",
        of=elsewhere("Rfm", _LIFECYCLE),
        arguments=_of_brand,
    )
    journeys: Any = stored(
        "Where the person is on each journey that it is on.", of=list_elsewhere("JourneyPlace", _LIFECYCLE)
    )
    repurchase: Any = stored(
        "How long the person takes to buy again, and when it is expected next, worked out now.",
        of=elsewhere("RepurchaseCycle", _LIFECYCLE),
        arguments=_of_category,
    )
    repurchase_by_category: Any = stored(
        "The same for each category of products that the person has bought, by name.",
        of=list_elsewhere("RepurchaseCycle", _LIFECYCLE),
        arguments=_of_brand,
    )
    segments: Any = stored(
        "The saved segments that the person is in, by key.",
        of=list_elsewhere("SegmentMembership", "app.segments.graphql"),
        scope="segment:read",
    )
