"""Why two identifiers are one person, why not, and whose one was: as callers read it.

The words and what was found come with the field; identifiers and people below are read like anywhere, in one
statement for each list of them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.graph.planner_fields import Found, answered, elsewhere, stored
from app.identity.explain import why as reasons
from app.identity.explain.answers import Why as FoundWhy
from app.identity.explain.answers import WhyNot as FoundWhyNot
from app.identity.explain.between import Party
from app.identity.explain.rows import blocker_row, next_step_row, step_row
from app.identity.explain.types import WhyBlocker, WhyNextStep, WhyStep
from app.identity.graphql import Identifier, IdentifierInput
from app.identity.live.lookup import lookup_keys
from app.identity.sighting import moment
from app.settings import settings

_PERSON = elsewhere("Person", "app.profile.graphql")
_SCOPE = "profile:read"


@strawberry.enum(description="How two identifiers stand to each other.")
class WhyCode(Enum):
    JOINED = strawberry.enum_value("JOINED", description="They are one person.")
    SAME = strawberry.enum_value("SAME", description="They are one and the same identifier.")
    APART = strawberry.enum_value("APART", description="They are not, and something keeps them apart.")
    NEVER_SEEN = strawberry.enum_value(
        "NEVER_SEEN", description="They were never seen together, directly or over others."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source has reported one of them.")
    ERASED = strawberry.enum_value("ERASED", description="One of them was erased.")
    PENDING = strawberry.enum_value("PENDING", description="A job has still to decide about them.")


@strawberry.enum(description="Whether an identifier joins anybody.")
class Standing(Enum):
    LIVE = strawberry.enum_value("LIVE", description="It takes part.")
    SHARED = strawberry.enum_value("SHARED", description="Too many hold it.")
    BLOCKED = strawberry.enum_value("BLOCKED", description="Its value identifies nobody.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="It was not seen for too long.")
    ERASED = strawberry.enum_value("ERASED", description="It was erased; nothing is kept of it.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source has reported it.")


@strawberry.type(description="One of the two that are asked about.")
class WhyParty:
    kind: str = strawberry.field(description="Its kind.")
    scope: str = strawberry.field(description="The brand or app that it belongs to; `*` without one.")
    display: str = strawberry.field(description="Its name, masked where it is personal.")
    standing: Standing = strawberry.field(description="Whether it joins anybody.")
    since: datetime | None = strawberry.field(
        description="When it was erased, else its newest sighting; null for an unknown one."
    )
    one_id: strawberry.ID | None = strawberry.field(description="The person that holds it.")


def _given(name: str) -> Any:
    """A list, or a key, that the answer brings along."""

    def look_up(_: Context, arguments: Mapping[str, Any]) -> Found:
        return Found({name: arguments[name]})

    return look_up


@strawberry.type(description="Why two identifiers are one person.")
class Why:
    joined: bool = strawberry.field(description="Whether they are one person.")
    code: WhyCode = strawberry.field(description="How they stand to each other.")
    text: str = strawberry.field(description="The whole answer in words.")
    sentences: list[str] = strawberry.field(description="The same, sentence by sentence.")
    parties: list[WhyParty] = strawberry.field(description="The two that were asked about.")
    hidden: int = strawberry.field(
        description="Steps that rest on evidence of brands the caller does not see."
    )
    a: Identifier | None = stored("The first of the two; null when it is not there.", look_up=_given("a"))
    b: Identifier | None = stored("The second one.", look_up=_given("b"))
    person: Any = stored("The person that they are.", of=_PERSON, look_up=_given("oneId"))
    steps: list[WhyStep] = stored(
        "The strongest path of active evidence from the first to the second: its weakest step is strongest.",
        look_up=_given("steps"),
    )
    given: strawberry.Private[Mapping[str, Any]]


@strawberry.type(description="Why two identifiers are not one person.")
class WhyNot:
    joined: bool = strawberry.field(description="Whether they are one person after all.")
    code: WhyCode = strawberry.field(description="How they stand to each other.")
    text: str = strawberry.field(description="The whole answer in words.")
    sentences: list[str] = strawberry.field(description="The same, sentence by sentence.")
    parties: list[WhyParty] = strawberry.field(description="The two that were asked about.")
    hidden: int = strawberry.field(
        description="What is left out since it is of brands the caller does not see."
    )
    a: Identifier | None = stored("The first of the two; null when it is not there.", look_up=_given("a"))
    b: Identifier | None = stored("The second one.", look_up=_given("b"))
    evidence: list[WhyStep] = stored(
        "What would have joined the two people directly, the strongest first, at most twenty.",
        look_up=_given("evidence"),
    )
    blockers: list[WhyBlocker] = stored(
        "What keeps them apart, directly or over others: without it, the rule joins them.",
        look_up=_given("blockers"),
    )
    next_steps: list[WhyNextStep] = stored("What one could do.", look_up=_given("nextSteps"))
    given: strawberry.Private[Mapping[str, Any]]


def zone() -> ZoneInfo:
    """The time zone that days are told in."""
    return ZoneInfo(settings().time_zone)


def _party(party: Party) -> WhyParty:
    return WhyParty(
        kind=party.kind,
        scope=party.scope,
        display=party.display,
        standing=Standing(party.standing),
        since=None if party.since is None else moment(party.since),
        one_id=None if party.one_id is None else strawberry.ID(party.one_id),
    )


def _common(found: FoundWhy | FoundWhyNot) -> dict[str, Any]:
    return {
        "joined": found.joined,
        "code": WhyCode(found.code),
        "text": " ".join(found.sentences),
        "sentences": list(found.sentences),
        "parties": [_party(found.a), _party(found.b)],
        "hidden": found.hidden,
        "a": None,
        "b": None,
    }


async def _why(context: Context, a: dict[str, Any], b: dict[str, Any]) -> Why:
    found = await reasons.why(context.identity, a, b, zone=zone(), brands=context.caller.brands)
    given = {
        "a": found.a.key,
        "b": found.b.key,
        "oneId": found.a.one_id if found.joined else None,
        "steps": [step_row(place, step) for place, step in enumerate(found.steps)],
    }
    return Why(**_common(found), person=None, steps=[], given=given)


async def _why_not(context: Context, a: dict[str, Any], b: dict[str, Any]) -> WhyNot:
    found = await reasons.why_not(context.identity, a, b, zone=zone(), brands=context.caller.brands)
    given = {
        "a": found.a.key,
        "b": found.b.key,
        "evidence": [step_row(place, step) for place, step in enumerate(found.evidence)],
        "blockers": [blocker_row(place, one) for place, one in enumerate(found.blockers)],
        "nextSteps": [next_step_row(place, step) for place, step in enumerate(found.next_steps)],
    }
    return WhyNot(**_common(found), evidence=[], blockers=[], next_steps=[], given=given)


def _two(a: IdentifierInput, b: IdentifierInput) -> Any: ...


def _owner(identifier: IdentifierInput, at: datetime) -> Any: ...


def _look_up_owner(context: Context, arguments: Mapping[str, Any]) -> Found:
    named, at = arguments["identifier"], arguments["at"]
    scope = named.get("scope") or "*"
    keys = lookup_keys(context.policy, context.keyring, named["kind"], scope, named["value"])
    return Found({"keys": keys, "at": (at if at.tzinfo else at.replace(tzinfo=zone())).astimezone(UTC)})


@strawberry.type
class WhyQueries:
    why: Why = answered(
        _why,
        "Why two identifiers are one person: the strongest evidence between them, in words as well.",
        of=Why,
        arguments=_two,
        scope=_SCOPE,
    )
    why_not: WhyNot = answered(
        _why_not,
        "Why two identifiers are not one person: what keeps them apart, and what one could do.",
        of=WhyNot,
        arguments=_two,
        scope=_SCOPE,
    )
    owner_of: Any = stored(
        "Whose an identifier was at a time: the person as it was known then, also one that was merged since; "
        "null before it was first seen, while it was nobody's, and once it is erased.",
        of=_PERSON,
        arguments=_owner,
        look_up=_look_up_owner,
        scope=_SCOPE,
    )
