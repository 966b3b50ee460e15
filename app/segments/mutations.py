"""What people do with saved segments, as mutations. A refusal stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, answered, nullable, stored
from app.identity.graphql import UserError
from app.rules.check import Wrong
from app.rules.graphql import SegmentLimit, SegmentRule
from app.segments import saving
from app.segments.graphql import Segment, SegmentStatus
from app.segments.inputs import changes_of, segment_of
from app.segments.preview_graphql import told
from app.segments.saving import Done
from app.segments.whole import refresh_whole

_SCOPE = "segment:write"
_OWN = ("reason", "version", "key")


def _left_out(description: str) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=description)


@strawberry.input(description="A saved segment as it is to be.")
class SegmentInput:
    key: strawberry.ID = strawberry.field(description="Its key, as rules name it.")
    rule: SegmentRule = strawberry.field(description="Who is in it.")
    name: str | None = _left_out("What people call it; else its key.")
    status: SegmentStatus | None = _left_out("DRAFT if left out; ACTIVE keeps it filled.")
    schedule: str | None = _left_out(
        "When it is refreshed as a whole: a length (6h, 1d), or five fields of cron in the deployment's zone."
    )
    share: float | None = _left_out("The part of those who match that is taken, the same ones every time.")
    limit: SegmentLimit | None = _left_out("Of those the first n by a measure.")
    owner: str | None = _left_out("Who answers for it.")


@strawberry.input(description="What is to be otherwise with a saved segment; what is left out stays.")
class SegmentChanges:
    rule: SegmentRule | None = _left_out("Who is in it.")
    name: str | None = _left_out("What people call it.")
    status: SegmentStatus | None = _left_out("As a DRAFT nobody is kept in it.")
    schedule: str | None = _left_out("When it is refreshed as a whole; null: not by itself.")
    share: float | None = _left_out("The part of those who match that is taken; null: all.")
    limit: SegmentLimit | None = _left_out("Of those the first n by a measure; null: all.")
    owner: str | None = _left_out("Who answers for it; null: nobody.")


def _named(_: Context, arguments: Mapping[str, Any]) -> Found:
    return Found({"key": arguments["key"]})


@strawberry.type(description="What became of a saved segment.")
class SegmentPayload:
    segment: Any = stored(
        "The segment as it is now; null when it was refused, or is deleted.",
        of=nullable(Segment),
        look_up=_named,
    )
    pending: bool = strawberry.field(
        description="Whether people are still to be taken through it: the job refresh-segments does."
    )
    entered: int | None = strawberry.field(description="Of a refresh, how many came in.")
    exited: int | None = strawberry.field(description="Of a refresh, how many left.")
    user_errors: list[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")
    given: strawberry.Private[Mapping[str, Any]]


async def segment_create(context: Context, segment: Mapping[str, Any], reason: str) -> SegmentPayload:
    """Saves a new segment."""
    if no := all_brands(context):
        return _refused([no])
    given = segment_of(segment)
    check = await saving.checking(context.identity, given.rule, _forbidden(context), given.limit)
    done = await saving.create(context.identity, given, context.caller.name, reason, check)
    return _done(done, given.key, "segment")


async def segment_update(
    context: Context, key: str, changes: Mapping[str, Any], reason: str, version: int | None = None
) -> SegmentPayload:
    """Changes a segment."""
    if no := all_brands(context):
        return _refused([no])
    said = changes_of(changes)
    check = await saving.checking(context.identity, said.get("rule"), _forbidden(context), said.get("limit"))
    done = await saving.update(
        context.identity, key, said, context.caller.name, reason, check, version=version
    )
    return _done(done, key, "changes")


async def segment_delete(context: Context, key: str, reason: str) -> SegmentPayload:
    """Deletes a segment."""
    if no := all_brands(context):
        return _refused([no])
    return _done(await saving.delete(context.identity, key, context.caller.name, reason), key)


async def segment_refresh(context: Context, key: str) -> SegmentPayload:
    """Refreshes a segment as a whole."""
    if no := all_brands(context):
        return _refused([no])
    try:
        ran = await refresh_whole(context.identity, key, datetime.now(UTC))
    except BadInput as error:
        return _refused([Wrong(("key",), error.code, error.message, suggestion=error.suggestion)])
    return SegmentPayload(
        segment=None,
        pending=ran.pending,
        entered=ran.entered,
        exited=ran.exited,
        user_errors=[],
        given={"key": key},
    )


def all_brands(context: Context) -> Wrong | None:
    """Why a caller of some brands may not."""
    if context.caller.brands is None:
        return None
    return Wrong((), "FORBIDDEN", "segments and lists are kept for all brands together")


def _forbidden(context: Context) -> frozenset[str]:
    return frozenset() if context.may("pii:read") else frozenset({"name"})


def _done(done: Done, key: str, at: str | None = None) -> SegmentPayload:
    if done.problems:
        return _refused([one if at is None else _placed(one, at) for one in done.problems])
    return SegmentPayload(
        segment=None, pending=done.pending, entered=None, exited=None, user_errors=[], given={"key": key}
    )


def _placed(one: Wrong, at: str) -> Wrong:
    """What is wrong, where the caller said it: the key of a new segment is in the input."""
    own = _OWN if at == "changes" else _OWN[:2]
    return one if one.field[:1] and one.field[0] in own else replace(one, field=(at, *one.field))


def _refused(problems: Sequence[Wrong]) -> SegmentPayload:
    found = told(problems)
    return SegmentPayload(
        segment=None, pending=False, entered=None, exited=None, user_errors=found, given={"key": None}
    )


def _create(segment: SegmentInput, reason: str) -> Any: ...


def _update(
    key: strawberry.ID, changes: SegmentChanges, reason: str, version: int | None = strawberry.UNSET
) -> Any: ...


def _delete(key: strawberry.ID, reason: str) -> Any: ...


def _refresh(key: strawberry.ID) -> Any: ...


@strawberry.type
class SegmentMutations:
    segment_create: SegmentPayload = answered(
        segment_create,
        "Saves a segment under a key. As an ACTIVE one it is filled by the job refresh-segments, within a "
        "minute; segmentRefresh does so at once.",
        of=SegmentPayload,
        arguments=_create,
        scope=_SCOPE,
    )
    segment_update: SegmentPayload = answered(
        segment_update,
        "Changes a segment: every version is kept. With `version`, only if that one is in force.",
        of=SegmentPayload,
        arguments=_update,
        scope=_SCOPE,
    )
    segment_delete: SegmentPayload = answered(
        segment_delete,
        "Deletes a segment; whoever is in it leaves. Refused while a rule uses it.",
        of=SegmentPayload,
        arguments=_delete,
        scope=_SCOPE,
    )
    segment_refresh: SegmentPayload = answered(
        segment_refresh,
        "Brings a segment to what its rule says of everybody now, and notes its size.",
        of=SegmentPayload,
        arguments=_refresh,
        scope=_SCOPE,
    )
