"""Whether messages led to orders, as one figure for a campaign or a channel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.graph.planner_uses import plain
from app.rules.windows import length


@strawberry.type(
    description="How many of the people who were sent messages bought something within a time after one. "
    "Orders count that are PAID, SHIPPED or COMPLETED now, by when they were paid."
)
class TouchConversion:
    touched: int = stored("How many people were sent one at least.")
    converted: int = stored("How many of them bought within the time after one.")
    rate: float | None = stored("Their share, 0 to 1; null where nobody was sent any.")
    median_days: float | None = stored(
        "Days from the message to the order, the median: of each buyer from the first message that an order "
        "followed in time to the first such order."
    )


def _conversion(
    within: Annotated[
        str, strawberry.argument(description="How long after a message: 7d (of 24 hours each), 2w, 48h.")
    ] = "7d",
    campaign: str | None = strawberry.UNSET,
    channel: str | None = strawberry.UNSET,
    outcome: Annotated[
        list[str] | None,
        strawberry.argument(description="Only messages of which this became; without it failed ones count."),
    ] = strawberry.UNSET,
    from_: Annotated[
        datetime | None,
        strawberry.argument(name="from", description="Messages from this time on; without it all."),
    ] = strawberry.UNSET,
    to: Annotated[
        datetime | None, strawberry.argument(description="Messages before this time; without it up to now.")
    ] = strawberry.UNSET,
    brand: Annotated[
        strawberry.ID | None, strawberry.argument(description="Only messages and orders of the brand.")
    ] = strawberry.UNSET,
) -> Any: ...


def _look_up(_: Context, arguments: Mapping[str, Any]) -> Found:
    given = {name: plain(arguments.get(name)) for name in ("campaign", "channel", "outcome", "from", "to")}
    if given["campaign"] is None and given["channel"] is None:
        raise BadInput("say a campaign or a channel", field=("campaign",))
    found = length(arguments["within"])
    if found is None or found.months:
        raise BadInput(
            "`within` is a length in hours, days or weeks", field=("within",), suggestion="7d, 2w, 48h"
        )
    seconds = round(found.exact.total_seconds())
    params = given | {"seconds": seconds, "brand": arguments.get("brand")}
    return Found(params, variant="channel" if given["campaign"] is None else "campaign")


@strawberry.type
class TouchQueries:
    touch_conversion: Any = stored(
        "Whether messages of a campaign or on a channel led to orders within a time after them.",
        of=TouchConversion,
        arguments=_conversion,
        look_up=_look_up,
        scope="profile:read",
    )
