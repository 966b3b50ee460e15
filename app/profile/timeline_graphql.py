"""A person's timeline: what they did, were told and became, in one list."""

from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.graph.planner_fields import stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Node
from app.profile.timeline_words import sentence
from app.settings import settings


@strawberry.enum(description="What a line of a timeline is about.")
class TimelineType(Enum):
    ORDER = strawberry.enum_value("ORDER", description="An order, at the time that it was paid.")
    TOUCH = strawberry.enum_value("TOUCH", description="A message that the person was sent.")
    EVENT = strawberry.enum_value("EVENT", description="Something that the person did.")
    CONSENT = strawberry.enum_value("CONSENT", description="A yes or no to being contacted.")
    DEPENDENT = strawberry.enum_value("DEPENDENT", description="A baby, a pet … was first told of.")
    IDENTITY = strawberry.enum_value("IDENTITY", description="The OneID, or what it holds, changed.")
    TAG = strawberry.enum_value("TAG", description="A tag came or went.")
    STAGE = strawberry.enum_value("STAGE", description="Another stage of the lifecycle.")
    JOURNEY = strawberry.enum_value("JOURNEY", description="A stage of a journey was entered or left.")
    SEGMENT = strawberry.enum_value("SEGMENT", description="A saved segment was entered or left.")
    ATTRIBUTE = strawberry.enum_value("ATTRIBUTE", description="An attribute was corrected by hand.")


def _told(context: Context, cell: list[Any]) -> str:
    kind, at, told = cell
    everything = context.caller.brands is None
    return sentence(kind, at, told, ZoneInfo(settings().time_zone), everything=everything)


@strawberry.type(description="A line of a timeline.")
class TimelineItem:
    type: TimelineType = stored("What it is about.")
    at: datetime = stored("When it happened.")
    text: str = stored("What happened, in words.", show=_told)
    of: Node | None = stored("The order, message, behaviour, consent, dependent or change itself.")


@strawberry.type(description="A page of a timeline.")
class TimelineConnection(Connection[TimelineItem]):
    pass
