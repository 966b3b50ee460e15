"""What callers are told as it happens: the change feed as a subscription."""

from typing import Any

import strawberry

from app.graph.planner_pages import Edge
from app.identity.graphql import Change, ChangeType


def _followed(
    after: str | None = strawberry.UNSET,
    types: list[ChangeType] | None = strawberry.UNSET,
    brand: strawberry.ID | None = strawberry.UNSET,
    tag: strawberry.ID | None = strawberry.UNSET,
    segment: strawberry.ID | None = strawberry.UNSET,
    stage: str | None = strawberry.UNSET,
    journey: str | None = strawberry.UNSET,
) -> Any: ...


_resolver: Any = _followed


@strawberry.type(description="What is told as it happens, over a WebSocket or as server-sent events.")
class Subscription:
    changes: Any = strawberry.field(
        resolver=_resolver,
        graphql_type=Edge[Change],
        description="The lines of the change feed as they are numbered: after a cursor, that of a page of "
        "`Query.changes` too, or without one from now on. None is missed, none comes twice; who was cut off "
        "goes on after the last `cursor` that it got. Needs the scope profile:read.",
    )
