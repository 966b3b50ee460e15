"""The audit trail as callers read it."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Identifier, IdentifierInput, Node
from app.identity.live.lookup import lookup_keys

_PAGE = 20


@strawberry.enum(description="What somebody decided about identity.")
class OperationType(Enum):
    LINK = strawberry.enum_value("LINK", description="Two identifiers are of one person.")
    UNLINK = strawberry.enum_value("UNLINK", description="What joined them up to then does not count.")
    NEVER_LINK = strawberry.enum_value("NEVER_LINK", description="Two identifiers are never of one person.")
    BLOCK = strawberry.enum_value("BLOCK", description="A value or a pattern identifies nobody.")
    ERASE = strawberry.enum_value("ERASE", description="Identifiers were deleted, and stay away.")
    RESTORE = strawberry.enum_value("RESTORE", description="Consent returned after an erasure.")
    REPLACE_CARD = strawberry.enum_value("REPLACE_CARD", description="A card moved to a new number.")
    ATTRIBUTE_CORRECT = strawberry.enum_value(
        "ATTRIBUTE_CORRECT", description="An attribute of a person is what somebody says."
    )
    ATTRIBUTE_RESTORE = strawberry.enum_value(
        "ATTRIBUTE_RESTORE", description="Corrections of an attribute were taken back."
    )
    DEPENDENT_SEPARATE = strawberry.enum_value(
        "DEPENDENT_SEPARATE", description="Two dependents are never the same one."
    )
    DEPENDENT_JOIN = strawberry.enum_value(
        "DEPENDENT_JOIN", description="What took two dependents apart was taken back."
    )
    UNDO = strawberry.enum_value("UNDO", description="An operation was taken back.")
    FORGET = strawberry.enum_value(
        "FORGET", description="An observation showed another form of what had been erased, which went, too."
    )


@strawberry.type(description="Something that somebody decided about identity: a line of the audit trail.")
class Operation(Node):
    number: int = stored("Its place in the trail, from 1, without gaps.")
    type: OperationType = stored("What was done.")
    at: datetime = stored("When.")
    by: str = stored("Who did it.")
    reason: str | None = stored("Why, in their words; null once what it was about is erased.")
    erased: bool = stored("Whether what it was about is erased, and with it what it was given.")
    identifiers: list[Identifier] = stored("What it is about, of what is still there.")
    undoes: "Operation | None" = stored("What it took back, of an undo.")
    undone_by: "Operation | None" = stored("The undo that took it back.")


def _operations(
    after: str | None = strawberry.UNSET,
    first: int | None = _PAGE,
    by: str | None = strawberry.UNSET,
    types: list[OperationType] | None = strawberry.UNSET,
    identifier: IdentifierInput | None = strawberry.UNSET,
) -> Any: ...


def _look_up(context: Context, arguments: Mapping[str, Any]) -> Found:
    first, after, types = (arguments.get(name) for name in ("first", "after", "types"))
    first = _PAGE if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    return Found(
        {
            "first": first,
            "after": None if after is None else context.open_cursor("Query.operations", after),
            "by": arguments.get("by"),
            "types": None if types is None else [getattr(one, "value", one) for one in types],
            "keys": _keys(context, arguments.get("identifier")),
        }
    )


def _keys(context: Context, identifier: Mapping[str, Any] | None) -> list[str] | None:
    if identifier is None:
        return None
    scope = identifier.get("scope") or "*"
    return lookup_keys(context.policy, context.keyring, identifier["kind"], scope, identifier["value"])


@strawberry.type
class TrailQueries:
    operations: Any = stored(
        "What people decided about identity, the newest first: all of it, of one actor, of some types, or "
        "about an identifier.",
        of=Connection[Operation],
        arguments=_operations,
        look_up=_look_up,
        scope="profile:read",
    )
