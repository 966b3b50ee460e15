"""Identity as callers read it: identifiers, the evidence between them, and the changes of OneIDs."""

from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.graph.planner_fields import elsewhere, stored
from app.graph.planner_pages import Connection
from app.identity.explain.answers import Named
from app.identity.explain.history_words import change
from app.identity.explain.words import called
from app.settings import settings

_PERSON = elsewhere("Person", "app.profile.graphql")


@strawberry.enum(description="Whether evidence joins people now.")
class EvidenceState(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="It joins.")
    SUPPRESSED = strawberry.enum_value("SUPPRESSED", description="It lost a conflict; `reason` says which.")
    INACTIVE = strawberry.enum_value(
        "INACTIVE", description="It is set aside: claimed, expired, blocked or unlinked."
    )
    PROPOSED = strawberry.enum_value(
        "PROPOSED", description="A match rule proposes it; it influences nothing until it is approved."
    )
    PENDING = strawberry.enum_value("PENDING", description="Its cluster waits to be replayed by a job.")


@strawberry.enum(description="What changed about a person: the OneID, or what is known under it.")
class ChangeType(Enum):
    CREATED = strawberry.enum_value("CREATED", description="A OneID was minted.")
    MERGED = strawberry.enum_value("MERGED", description="A OneID was merged into another one.")
    SPLIT = strawberry.enum_value("SPLIT", description="A OneID came out of another one.")
    RETURNED = strawberry.enum_value("RETURNED", description="A OneID that had been merged lives again.")
    OWNER_CHANGED = strawberry.enum_value("OWNER_CHANGED", description="Its best identifier is another one.")
    IDENTIFIERS_CHANGED = strawberry.enum_value(
        "IDENTIFIERS_CHANGED", description="It gained or lost identifiers."
    )
    ERASED = strawberry.enum_value("ERASED", description="The person was erased.")
    TAG_ADDED = strawberry.enum_value(
        "TAG_ADDED",
        description="The person, or a dependent, carries a tag, or carries it with another value.",
    )
    TAG_REMOVED = strawberry.enum_value("TAG_REMOVED", description="A tag came off.")
    STAGE_CHANGED = strawberry.enum_value(
        "STAGE_CHANGED", description="Another stage of the lifecycle, for the group or as a brand's customer."
    )
    JOURNEY_ENTERED = strawberry.enum_value(
        "JOURNEY_ENTERED", description="A stage of a journey was entered."
    )
    JOURNEY_LEFT = strawberry.enum_value("JOURNEY_LEFT", description="A stage of a journey was left.")
    SEGMENT_ENTERED = strawberry.enum_value("SEGMENT_ENTERED", description="A saved segment has the person.")
    SEGMENT_EXITED = strawberry.enum_value(
        "SEGMENT_EXITED", description="A saved segment has the person no more."
    )
    ATTRIBUTE_CORRECTED = strawberry.enum_value(
        "ATTRIBUTE_CORRECTED", description="An attribute was corrected by hand."
    )


@strawberry.input(
    description="An identifier as a caller knows it; the value may be a hash, `md5=…` or `sha256=…`."
)
class IdentifierInput:
    kind: str = strawberry.field(description="A kind that the policy declares: phone, openid, member …")
    value: str = strawberry.field(description="The value, in any spelling that its kind normalises.")
    scope: str | None = strawberry.field(
        default="*", description="The brand or app that the value belongs to, for kinds that have scopes."
    )


@strawberry.input(one_of=True, description="One way to name a person.")
class PersonBy:
    one_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="A OneID; one that was merged leads to the survivor."
    )
    identifier: IdentifierInput | None = strawberry.field(
        default=strawberry.UNSET, description="An identifier that the person holds."
    )
    order: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The number of an order that the person placed; with its brand, `mumu|20260301`, where "
        "several brands have that number.",
    )


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = stored("The global id, for `node`.")


def _unsealed(context: Context, cell: bytes | str) -> str:
    text: str = cell if isinstance(cell, str) else context.keyring.unseal(cell)
    return text


@strawberry.type(description="Two identifiers that were seen together, from the one that was asked.")
class Evidence:
    other: "Identifier" = stored("The identifier at the other end.")
    state: EvidenceState = stored("Whether it joins people now.")
    reason: str | None = stored("Why it does not: SHARED, LIMIT_EXCEEDED, NEVER_LINKED, EXPIRED …")
    first_seen: datetime = stored("The earliest sighting.")
    last_seen: datetime = stored("The newest sighting.")
    sources: list[str] = stored("Who reported it, at most sixteen.")
    brands: list[str] = stored("The brands that reported it.")
    method: str | None = stored("How it is known: observed, inferred or by hand.")
    confidence: float | None = stored("How sure the source is, 0 to 1, where it says so.")
    verified: bool | None = stored("Whether a verified source reported it.")


def _seen_with(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    states: list[EvidenceState] | None = strawberry.UNSET,
) -> Any: ...


@strawberry.type(description="One identity value: a kind, a scope and a normalised value.")
class Identifier(Node):
    kind: str = stored("Its kind: phone, openid, member …")
    scope: str = stored("The brand or app that it belongs to; `*` for kinds without scopes.")
    value: str | None = stored(
        "The normalised value; of a personal kind only for callers with the scope pii:read.", show=_unsealed
    )
    display: str = stored("What a person would call it, masked where it is personal.")
    first_seen: datetime = stored("The earliest sighting.")
    last_seen: datetime = stored("The newest sighting.")
    person: Any = stored("The living person that holds it.", of=_PERSON)
    evidence: list[Evidence] = stored(
        "What it was seen together with, also what joins nobody: active first, then the newest sighting. "
        "A shared identifier has thousands of it: `seenWith` pages through them."
    )
    seen_with: Any = stored(
        "The same evidence in pages, of some states or of all.", of=Connection[Evidence], arguments=_seen_with
    )


def _told(context: Context, cell: list[Any]) -> str:
    type_, at, cause, one_id, others, gained, lost, moved, by, reason = cell
    names = [sorted((Named(*one) for one in ones), key=called) for ones in (gained, lost)]
    # What other brands reported is left out of a sentence, and is no less there.
    gone = moved - len(gained) - len(lost) if context.caller.brands is None else 0
    zone = ZoneInfo(settings().time_zone)
    return change(type_, at, cause, one_id, others or [], names[0], names[1], gone, by, reason, zone)


@strawberry.type(description="Something that happened to a person's OneID.")
class IdentityChange:
    text: str = stored("What happened, in words.", show=_told)
    type: ChangeType = stored("What happened.")
    at: datetime = stored("When it was written.")
    cause: str | None = stored("What brought it about: an observation, an operation, an expiry …")
    one_id: strawberry.ID = stored(
        "The OneID that it is about: this person's, or one that was merged into it."
    )
    other_one_ids: list[strawberry.ID] = stored("The other OneIDs of a merge or a split.")
    gained: list[Identifier] = stored("The identifiers that it gained, of those that are still there.")
    lost: list[Identifier] = stored("The identifiers that it lost, of those that are still there.")
    by: str | None = stored("Who did it, for an operation by hand.")
    reason: str | None = stored("Why, in their words.")
    operation: strawberry.ID | None = stored("The operation that brought it about, for `undo`.")


def _called(name: str, field: Any) -> Any:
    """The field under a name that is a word of Python's own."""
    field.graphql_name = name
    return field


@strawberry.type(
    description="A line of the change feed: a change of a person's OneID, or of what is known under it, "
    "numbered without gaps."
)
class Change(Node):
    number: int | None = stored("Its place in the feed; null in the moment before it is numbered.")
    type: ChangeType = stored("What happened.")
    at: datetime = stored("When it was written.")
    cause: str | None = stored("What brought it about: an observation, an operation, an expiry …")
    one_id: strawberry.ID = stored("The OneID that it is about.")
    other_one_ids: list[strawberry.ID] = stored("The other OneIDs of a merge or a split.")
    person: Any = stored("That OneID's person as it is now.", of=_PERSON)
    gained: list[Identifier] = stored("The identifiers that it gained, of those that are still there.")
    lost: list[Identifier] = stored("The identifiers that it lost, of those that are still there.")
    by: str | None = stored("Who did it, for an operation by hand.")
    reason: str | None = stored("Why, in their words.")
    brand: strawberry.ID | None = stored("The brand whose customer changed; null for the group.")
    tag: strawberry.ID | None = stored("The key of the tag that came or went.")
    segment: strawberry.ID | None = stored("The key of the segment that was entered or left.")
    stage: str | None = stored("The stage of a lifecycle or a journey that was entered or left.")
    journey: str | None = stored("The journey that was entered or left.")
    dependent: strawberry.ID | None = stored("The key of the dependent whose tag came or went.")
    from_: str | None = _called("from", stored("What it was before: a value, a stage."))
    to: str | None = stored("What it is now: a value, a stage.")


def _changes(
    after: str | None = strawberry.UNSET,
    first: int | None = 100,
    types: list[ChangeType] | None = strawberry.UNSET,
    brand: strawberry.ID | None = strawberry.UNSET,
    tag: strawberry.ID | None = strawberry.UNSET,
    segment: strawberry.ID | None = strawberry.UNSET,
    stage: str | None = strawberry.UNSET,
    journey: str | None = strawberry.UNSET,
) -> Any: ...


@strawberry.type
class IdentityQueries:
    changes: Any = stored(
        "The change feed in the order of its commits, from its beginning or after a cursor. A consumer keeps "
        "`endCursor` and comes back; the filters may differ. `brand` gives what a caller of it would see.",
        of=Connection[Change],
        arguments=_changes,
        scope="profile:read",
    )


@strawberry.type(description="A problem of an input that the caller can mend.")
class UserError:
    field: list[str] = strawberry.field(description="The path of the input that it is about.")
    code: str = strawberry.field(description="What a program compares, in UPPER_CASE.")
    message: str = strawberry.field(description="What a person reads.")
    allowed: list[str] | None = strawberry.field(default=None, description="What would be allowed.")
    suggestion: str | None = strawberry.field(default=None, description="What to do about it.")
