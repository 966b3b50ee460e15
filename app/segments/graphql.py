"""Saved segments as callers read them: the definition, who is in it, how its size went, who uses it."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.graph.planner_pages import Connection
from app.profile.graphql import PersonConnection
from app.rules.check import uses
from app.rules.model import parse_json
from app.rules.name_tests import nameless
from app.segments.explain_graphql import OWN_EXPLANATION
from app.segments.insight_graphql import OWN_COMPARISON, OWN_OVERLAP, OWN_PROFILE

_PAGE = 20


@strawberry.enum(description="Whether a saved segment is kept filled.")
class SegmentStatus(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="A rule with a name: nobody is kept in it.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="People come and go as the rule says.")


@strawberry.enum(description="What may use a segment in its rule.")
class SegmentUserType(Enum):
    SEGMENT = strawberry.enum_value("SEGMENT", description="Another saved segment.")
    TAG = strawberry.enum_value("TAG", description="A tag that a rule sets.")


def _json(context: Context, cell: str) -> Any:
    said = json.loads(cell)
    return said if context.may("pii:read") else nameless(said)


@strawberry.type(description="A definition that a segment has had.")
class SegmentVersion:
    version: int = stored("Its number, from 1.")
    at: datetime = stored("When it was defined.")
    by: str = stored("Who defined it.")
    reason: str = stored("Why, in their words.")
    definition: JSON = stored("The definition, as JSON.", show=_json)


@strawberry.type(description="How many were in a segment after it was refreshed as a whole.")
class SegmentSize:
    at: datetime = stored("The moment that it was refreshed for.")
    size: int = stored("How many were in it.")
    entered: int = stored("How many came in since the size before.")
    exited: int = stored("How many went since the size before.")


@strawberry.type(description="What uses a segment in its rule.")
class SegmentUser:
    type: SegmentUserType = stored("What it is.")
    key: strawberry.ID = stored("Its key.")


def _users(_: Context, cell: Any) -> list[Mapping[str, Any]]:
    """Those among all rules with a segment in them that use this one, itself."""
    found = ((kind, name) for key, kind, name, rule in cell if key in uses(parse_json(rule)))
    return [{"type": kind, "key": name} for kind, name in sorted(found)]


def _newest(last: int | None = 100) -> Any: ...


def _members(first: int | None = _PAGE, after: str | None = strawberry.UNSET) -> Any: ...


@strawberry.type(description="A saved segment: a rule that has a name, and the people who match it.")
class Segment:
    """What is derived of the facts of every brand, members and sizes, is for callers of all."""

    key: strawberry.ID = stored("Its key, as rules name it.")
    name: str = stored("What people call it.")
    status: SegmentStatus = stored("Whether people are kept in it.")
    rule: JSON = stored("Who is in it, as JSON: a SegmentRule.", show=_json)
    schedule: str | None = stored("When it is refreshed as a whole: a length (1d), or a cron expression.")
    share: float | None = stored("The part of those who match that is taken, always the same; null: all.")
    limit: JSON | None = stored("Of those the first n by a measure, as JSON: a SegmentLimit.", show=_json)
    owner: str | None = stored("Who answers for it.")
    version: int = stored("The version in force.")
    versions: list[SegmentVersion] = stored("Its definitions, the newest first.")
    pending: bool = stored("Whether people are still to be taken through what was defined last.")
    size: int | None = stored("How many are in it; for callers of all brands.")
    refreshed_at: datetime | None = stored("The moment that it was last refreshed for as a whole.")
    members: Any = stored(
        "Who is in it as of its last refresh, by OneID.",
        of=PersonConnection,
        arguments=_members,
        scope="profile:read",
    )
    size_history: Any = stored(
        "Its size after every whole refresh, the newest first.", of=list[SegmentSize], arguments=_newest
    )
    profile: Any = OWN_PROFILE
    overlap: Any = OWN_OVERLAP
    compare: Any = OWN_COMPARISON
    explain: Any = OWN_EXPLANATION
    used_by: Any = stored("The segments and tags whose rules use it.", of=list[SegmentUser], make=_users)


@strawberry.type(description="A segment that a person is in.")
class SegmentMembership:
    segment: Segment = stored("The segment.")
    since: datetime = stored("Since when.")


def _segment(key: strawberry.ID) -> Any: ...


def _segments(
    first: int | None = _PAGE,
    after: str | None = strawberry.UNSET,
    status: SegmentStatus | None = strawberry.UNSET,
) -> Any: ...


def _page(context: Context, arguments: Mapping[str, Any]) -> Found:
    first, after, status = (arguments.get(name) for name in ("first", "after", "status"))
    first = _PAGE if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    start = None if after is None else context.open_cursor("Query.segments", after)
    return Found({"first": first, "after": start, "status": getattr(status, "value", status)})


@strawberry.type
class SegmentQueries:
    segment: Any = stored(
        "A saved segment; null where there is none of that key.",
        of=Segment | None,
        arguments=_segment,
        scope="segment:read",
    )
    segments: Any = stored(
        "The saved segments by key: the active ones, the drafts, or all.",
        of=Connection[Segment],
        arguments=_segments,
        look_up=_page,
        scope="segment:read",
    )
