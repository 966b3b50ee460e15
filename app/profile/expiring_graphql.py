"""Cards that run out soon, as callers ask for them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.graph.planner_pages import Connection
from app.profile.graphql import Card
from app.rules.windows import Clock, length
from app.settings import settings

_FIELD = "Query.expiringCards"


def _expiring(
    within: Annotated[str, strawberry.argument(description="How far ahead, today included: 30d, 2w, 3m.")],
    brand: Annotated[
        strawberry.ID | None, strawberry.argument(description="Only of the brand with this key.")
    ] = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Any: ...


def _look_up(context: Context, arguments: Mapping[str, Any]) -> Found:
    """From today on, in the deployment's zone; both days included."""
    ahead = length(arguments["within"])
    if ahead is None or ahead.hours is not None:
        raise BadInput(
            "a length of time in days, weeks, months or years is needed",
            code="INVALID_WINDOW",
            field=("within",),
            suggestion='within: "30d"',
        )
    first, after = arguments.get("first"), arguments.get("after")
    first = 20 if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    clock = Clock(context.as_of, ZoneInfo(settings().time_zone))
    opened = None if after is None else context.open_cursor(_FIELD, after)
    days: dict[str, date] = {"since": clock.today, "until": clock.day_ahead(ahead)}
    return Found({**days, "brand": arguments.get("brand"), "first": first, "after": opened})


@strawberry.type
class ExpiringQueries:
    expiring_cards: Any = stored(
        "Cards of living people whose last valid day is today or in the coming days, the soonest first; "
        "without those that were replaced.",
        of=Connection[Card],
        arguments=_expiring,
        look_up=_look_up,
        scope="profile:read",
        size="first",
    )
