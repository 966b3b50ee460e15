"""How often somebody was contacted lately."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.rules.windows import Clock, length
from app.settings import settings


@strawberry.type(description="How often a person was sent something on one channel, in the time asked for.")
class ContactCount:
    channel: str = stored("The channel.")
    count: int = stored("How many messages.")
    last_at: datetime = stored("When the last of them was sent.")


def _contacts(
    last: Annotated[
        str,
        strawberry.argument(
            description="How far back: 30d, 4w, 3m, 1y from the start of that day on; 48h exactly."
        ),
    ] = "30d",
    channel: str | None = strawberry.UNSET,
    outcome: Annotated[
        list[str] | None,
        strawberry.argument(description="Only messages of which this became; without it failed ones count."),
    ] = strawberry.UNSET,
    brand: Annotated[
        strawberry.ID | None, strawberry.argument(description="Only of the brand with this key.")
    ] = strawberry.UNSET,
) -> Any: ...


def _look_up(context: Context, arguments: Mapping[str, Any]) -> Found:
    back = length(arguments["last"])
    if back is None:
        raise BadInput("`last` is a length", field=("last",), suggestion="30d, 4w, 3m, 1y, 48h")
    since = Clock(context.as_of, ZoneInfo(settings().time_zone)).back(back)
    return Found({name: arguments.get(name) for name in ("channel", "outcome", "brand")} | {"since": since})


@strawberry.type
class Contacts:
    """Kept beside the other facts of a person."""

    contacts: Any = stored(
        "How often the person was sent something lately, by channel; a channel without any is missing.",
        of=list[ContactCount],
        arguments=_contacts,
        look_up=_look_up,
    )
