"""`explain`: why somebody is in a segment, or not, as callers ask. The facts are read like anywhere."""

from collections.abc import Mapping, Sequence
from typing import Any

import strawberry

from app.commerce.graphql import Order
from app.context import Context
from app.dependents.graphql import Dependent
from app.graph.planner_fields import Found, answered, nullable, stored
from app.graph.queries import read_query
from app.identity.graphql import Identifier, PersonBy, UserError
from app.profile import service
from app.profile.graphql import Card, Member, Person
from app.rules.graphql import SegmentLimit, SegmentRule
from app.segments.explain_choice import explain, outcome
from app.segments.explaining import Explained
from app.segments.preview_graphql import meant, told
from app.tags.graphql import Tag
from app.touches.graphql import Consent, Event, Touch

_PERSON = read_query("segments/person_of")


@strawberry.type(description="One condition of a rule, for one person. At most 20 facts, the newest first.")
class ExplainedCondition:
    field: list[str] = stored("The condition's path in the rule: all, 1, order; on into saved segments.")
    holds: bool = stored("Whether it is true of the person.")
    sentence: str = stored("What was found, and what is wanted.")
    count: int = stored("How many facts it found, also those not shown.")
    measured: str | None = stored("What is measured of them, where that is not how many: a sum, a day.")
    orders: list[Order] = stored("The orders that it looks at.")
    touches: list[Touch] = stored("The messages that it looks at; of a sequence those of one chain.")
    events: list[Event] = stored("The behaviours that it looks at; of a sequence those of one chain.")
    consents: list[Consent] = stored("What was said last.")
    dependents: list[Dependent] = stored("The dependents that are like that.")
    members: list[Member] = stored("The accounts that are like that.")
    cards: list[Card] = stored("The cards that are like that.")
    identifiers: list[Identifier] = stored("The identifiers of that kind, or on that list.")
    tags: list[Tag] = stored("The tag, where it is carried as the condition says.")


def _given(name: str) -> Any:
    """What the answer brings along."""

    def look_up(_: Context, arguments: Mapping[str, Any]) -> Found:
        return Found({name: arguments[name]})

    return look_up


@strawberry.type(description="Why somebody is in a segment, or not.")
class Explanation:
    holds: bool = strawberry.field(description="Whether the rule is true of the person now.")
    taken: bool = strawberry.field(
        description="Whether the person is in: the rule holds, and share and limit take the person."
    )
    sentence: str = strawberry.field(
        description="The same in words: matches the rule, but is not among the first 10,000."
    )
    person: Person | None = stored("The person.", look_up=_given("oneId"))
    conditions: list[ExplainedCondition] = stored(
        "Every condition from the top, with the facts that made it so; then the share and the limit, if any.",
        look_up=_given("conditions"),
    )
    user_errors: list[UserError] = strawberry.field(description="Everything that is wrong with the rule.")
    given: strawberry.Private[Mapping[str, Any]]


async def _one_id(context: Context, by: Mapping[str, Any]) -> str | None:
    """The living person that is meant. Raises BadInput."""
    found = await service.person(context, by)
    if found.variant is None:
        return None
    keys = found.params.get("keys") or [found.params.get("key")]
    asked = {
        "oneId": found.params.get("oneId"),
        "keys": [key for key in keys if key is not None],
        "brands": context.shared()["brands"],
    }
    row = await context.reader().row(_PERSON, p=asked)
    return None if row is None else row["one_id"]


async def _explain(context: Context, *, person: Mapping[str, Any], **given: Any) -> Explanation | None:
    evaluation = await meant(context, given)
    if evaluation.wrong:
        return _explanation([], told(evaluation.wrong), None)
    one_id = await _one_id(context, person)
    found = await explain(evaluation, one_id) if one_id is not None else []
    return _explanation(found, [], one_id) if found else None


def _explanation(found: Sequence[Explained], wrong: list[UserError], one_id: str | None) -> Explanation:
    taken, words = outcome(found)
    rows = [{**one.row(), "place": place} for place, one in enumerate(found)]
    return Explanation(
        holds=bool(found) and found[0].holds,
        taken=taken,
        sentence=words,
        person=None,
        conditions=[],
        user_errors=wrong,
        given={"oneId": one_id, "conditions": rows},
    )


def _asked(
    person: PersonBy,
    segment: strawberry.ID | None = strawberry.UNSET,
    rule: SegmentRule | None = strawberry.UNSET,
    share: float | None = strawberry.UNSET,
    limit: SegmentLimit | None = strawberry.UNSET,
) -> Any: ...


def _own_asked(person: PersonBy) -> Any: ...


OWN_EXPLANATION = answered(
    _explain,
    "Why a person is in it by its definition now, or is not: as `explain` says it.",
    of=nullable(Explanation),
    arguments=_own_asked,
    scope="profile:read",
    own="segment",
)
"""The same below a saved segment."""


@strawberry.type
class ExplainQueries:
    explain: Any = answered(
        _explain,
        "Why a person is in a saved segment, or matches a rule, or does not: each condition, and the facts "
        "that made it so. Null where nobody has it.",
        of=nullable(Explanation),
        arguments=_asked,
        scope="profile:read",
    )
