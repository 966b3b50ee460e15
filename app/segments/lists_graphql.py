"""Uploaded lists as callers read and write them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, answered, nullable, stored
from app.identity.graphql import UserError
from app.rules.check import Wrong
from app.segments import lists
from app.segments.mutations import all_brands
from app.segments.preview_graphql import told


@strawberry.enum(description="What becomes of what is on a list already.")
class ListMode(Enum):
    ADD = strawberry.enum_value("ADD", description="It stays.")
    REPLACE = strawberry.enum_value("REPLACE", description="It comes off, unless it is uploaded again.")


@strawberry.type(
    description="A list of identifiers that somebody uploaded: for the condition `list` of rules."
)
class UploadedList:
    key: strawberry.ID = stored("Its key, as rules name it.")
    name: str = stored("What people call it.")
    size: int | None = stored("How many identifiers are on it; for callers of all brands.")
    people: int | None = stored("How many people are on it, each once; for callers of all brands.")
    uploaded_at: datetime | None = stored("When something was last uploaded.")
    by: str | None = stored("Who did.")


@strawberry.type(description="An identifier of an upload that is nobody's.")
class UnmatchedIdentifier:
    place: int = strawberry.field(description="Its place in the upload, from 0.")
    identifier: str = strawberry.field(description="As it was given.")
    code: str = strawberry.field(description="NOT_FOUND, or what is wrong with it: UNKNOWN_KIND …")
    message: str = strawberry.field(description="What a person reads.")


def _named(_: Context, arguments: Mapping[str, Any]) -> Found:
    return Found({"key": arguments["key"]})


@strawberry.type(description="What became of an upload.")
class ListPayload:
    list: Any = stored(
        "The list as it is now; null when it was refused.", of=nullable(UploadedList), look_up=_named
    )
    received: int = strawberry.field(description="How many identifiers were given.")
    matched: int = strawberry.field(description="How many of them are somebody's, each once.")
    added: int = strawberry.field(description="How many of these are new on the list.")
    removed: int = strawberry.field(description="How many came off, where the list was replaced.")
    duplicates: int = strawberry.field(description="How many came once more, in whatever spelling.")
    unmatched: int = strawberry.field(description="How many are nobody's, and not on the list.")
    unmatched_identifiers: Sequence[UnmatchedIdentifier] = strawberry.field(
        description="The first hundred of these."
    )
    user_errors: Sequence[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")
    given: strawberry.Private[Mapping[str, Any]]


async def list_upload(
    context: Context,
    key: str,
    identifiers: Sequence[str],
    name: str | None = None,
    mode: Any = ListMode.ADD,
) -> ListPayload:
    """Puts identifiers on a list."""
    replace = getattr(mode, "value", mode) == "REPLACE"
    if no := all_brands(context):
        return _answer(lists.Uploaded(), None, [no])
    try:
        done = await lists.upload(
            context.identity, key, identifiers, context.caller.name, name=name, replace=replace
        )
    except BadInput as error:
        return _answer(lists.Uploaded(), None, [Wrong(tuple(error.field), error.code, error.message)])
    return _answer(done, key, [])


def _answer(done: lists.Uploaded, key: str | None, problems: Sequence[Wrong]) -> ListPayload:
    shown = [
        UnmatchedIdentifier(place=one.place, identifier=one.identifier, code=one.code, message=one.message)
        for one in done.shown
    ]
    return ListPayload(
        list=None,
        received=done.received,
        matched=done.matched,
        added=done.added,
        removed=done.removed,
        duplicates=done.duplicates,
        unmatched=done.unmatched,
        unmatched_identifiers=shown,
        user_errors=told(problems),
        given={"key": key},
    )


def _upload(
    key: strawberry.ID,
    identifiers: list[str],
    name: str | None = strawberry.UNSET,
    mode: ListMode = ListMode.ADD,
) -> Any: ...


@strawberry.type
class ListQueries:
    lists: Any = stored("The uploaded lists, by key.", of=list[UploadedList], scope="segment:read")


@strawberry.type
class ListMutations:
    list_upload: ListPayload = answered(
        list_upload,
        "Puts identifiers on a list, each as `kind:value` or `kind:scope:value`; the list is made where "
        "there is none. More than a thousand at once are for the command `oneid list upload`.",
        of=ListPayload,
        arguments=_upload,
        scope="segment:write",
    )
