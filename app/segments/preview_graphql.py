"""A rule before it is saved, as callers ask about it."""

from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, answered, stored
from app.identity.graphql import UserError
from app.profile.graphql import PersonConnection
from app.rules.check import Wrong
from app.rules.choice import choice_of
from app.rules.graphql import SegmentLimit, SegmentRule
from app.rules.model import parse
from app.segments.inputs import shapes
from app.segments.preview import Count as Counted
from app.segments.preview import Evaluation
from app.settings import settings

_PAGE = 20


@strawberry.enum(description="Whether a count is the whole.")
class Precision(Enum):
    EXACT = strawberry.enum_value("EXACT", description="So many, no more.")
    AT_LEAST = strawberry.enum_value("AT_LEAST", description="So many and more: counting took too long.")


@strawberry.type(description="How many.")
class Count:
    value: int = strawberry.field(description="The number.")
    precision: Precision = strawberry.field(description="Whether it is the whole.")


@strawberry.type(description="How many people match one condition of a rule by itself.")
class ConditionCount:
    field: list[str] = strawberry.field(description="The condition's path in the rule: all, 1, order.")
    count: Count = strawberry.field(description="How many match it.")


def _page(first: int | None = _PAGE, after: str | None = strawberry.UNSET) -> Any: ...


async def _members(context: Context, arguments: Mapping[str, Any]) -> Found:
    """The page's OneIDs; one more than asked says that there is a next page."""
    evaluation, first, after = (arguments.get(name) for name in ("evaluation", "first", "after"))
    assert isinstance(evaluation, Evaluation)  # noqa: S101 - it comes from `segment_preview`
    first = _PAGE if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    start = None if after is None else context.open_cursor("SegmentPreview.members", after)
    found = [] if evaluation.wrong else await evaluation.page(first + 1, start[0] if start else None)
    return Found({"oneIds": found, "first": first, "after": start})


@strawberry.type(description="Who a rule means now: nothing is written.")
class SegmentPreview:
    count: Count = strawberry.field(
        description="How many match, or are taken of them; 0 of a rule that is refused."
    )
    members: Any = stored(
        "Who matches, or is taken of them, by OneID.",
        of=PersonConnection,
        arguments=_page,
        search=_members,
        scope="profile:read",
    )
    conditions: list[ConditionCount] = strawberry.field(
        description="How many match each condition by itself, share and limit apart: which one empties it."
    )
    warnings: list[UserError] = strawberry.field(
        description="Products, shops, channels, campaigns and types of event that were never seen; segments "
        "in the rule that take a part of those who match."
    )
    user_errors: list[UserError] = strawberry.field(description="Everything that is wrong with the rule.")


class Previewed:
    """What `segmentPreview` answers from: each field is worked out when it is asked for."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self.given = {"evaluation": evaluation}

    @property
    def count(self) -> Awaitable[Count]:
        """Counted now."""
        return self._counted()

    @property
    def conditions(self) -> Awaitable[list[ConditionCount]]:
        """Counted now."""
        return self._conditions()

    @cached_property
    def warnings(self) -> list[UserError]:
        """As GraphQL tells them."""
        return told(() if self._evaluation.wrong else self._evaluation.warnings())

    @cached_property
    def user_errors(self) -> list[UserError]:
        """As GraphQL tells them."""
        return told(self._evaluation.wrong)

    async def _counted(self) -> Count:
        return count_of(Counted(0) if self._evaluation.wrong else await self._evaluation.count())

    async def _conditions(self) -> list[ConditionCount]:
        found = [] if self._evaluation.wrong else await self._evaluation.conditions()
        return [ConditionCount(field=list(path), count=count_of(count)) for path, count in found]


def count_of(count: Counted) -> Count:
    """A count as GraphQL tells it."""
    return Count(value=count.value, precision=Precision[count.precision])


def told(wrong: Sequence[Wrong]) -> list[UserError]:
    """What is wrong as GraphQL tells it."""
    return [
        UserError(
            field=list(one.field),
            code=one.code,
            message=one.message,
            allowed=None if one.allowed is None else list(one.allowed),
            suggestion=one.suggestion,
        )
        for one in wrong
    ]


def _preview(
    rule: SegmentRule,
    as_of: datetime | None = strawberry.UNSET,
    time_zone: str | None = strawberry.UNSET,
    share: float | None = strawberry.UNSET,
    limit: SegmentLimit | None = strawberry.UNSET,
    key: strawberry.ID | None = strawberry.UNSET,
) -> Any: ...


async def evaluation_of(
    context: Context, rule: Any, as_of: datetime | None, zone: str | None, **more: Any
) -> Evaluation:
    """A rule that a caller gave, for that caller, with whom of them `share` and `limit` take; `key` is that
    of the segment that it may become. Raises RuleMalformed.
    """
    made = shapes({"rule": rule, "limit": more.get("limit")}, parse)
    key = more.get("key") or ""
    choice = choice_of(more.get("share"), made.get("limit"), key)
    return await Evaluation.of(
        context.reader(),
        context.policy,
        made["rule"],
        own=key or None,
        choice=choice,
        **_given(context, as_of, zone),
    )


async def segment_of(
    context: Context, key: str, as_of: datetime | None = None, zone: str | None = None
) -> Evaluation:
    """The people of a saved segment, for that caller: its rule now, its share and its limit."""
    return await Evaluation.of_segment(context.reader(), context.policy, key, **_given(context, as_of, zone))


def _given(context: Context, as_of: datetime | None, zone: str | None) -> dict[str, Any]:
    brands = context.caller.brands
    return {
        "keyring": context.keyring,
        "as_of": as_of or context.as_of,
        "zone": zone or settings().time_zone,
        "brands": None if brands is None else sorted(brands),
        "forbidden": frozenset() if context.may("pii:read") else frozenset({"name"}),
    }


_CHOICE = ("share", "limit")


def one_meant(given: Mapping[str, Any]) -> None:
    """Whether it is said who is meant. Raises BadInput."""
    if (given.get("segment") is None) == (given.get("rule") is None):
        raise BadInput("say `segment` or `rule`, one of the two", field=("segment",))
    extra = [name for name in _CHOICE if given.get(name) is not None]
    if extra and given.get("rule") is None:
        raise BadInput(
            f"a saved segment has its own {' and '.join(extra)}",
            field=(extra[0],),
            suggestion='as a rule it means all who match: {"segment": {"key": …}}',
        )


async def meant(context: Context, given: Mapping[str, Any]) -> Evaluation:
    """The saved `segment`, or the `rule` with `share` and `limit`, that the arguments of a field mean. Raises
    BadInput.
    """
    one_meant(given)
    when = given.get("asOf"), given.get("timeZone")
    if given.get("rule") is None:
        return await segment_of(context, given["segment"], *when)
    said = {name: given.get(name) for name in _CHOICE}
    return await evaluation_of(context, given["rule"], *when, **said)


async def _answer(context: Context, *, rule: Any, **given: Any) -> Previewed:
    return Previewed(
        await evaluation_of(context, rule, given.pop("asOf", None), given.pop("timeZone", None), **given)
    )


@strawberry.type
class PreviewQueries:
    segment_preview: Any = answered(
        _answer,
        "Who a rule means: how many, who, and how many match each condition; with `share` and `limit` those "
        "who are taken, with `key` as the segment of that key would take them. Writes nothing. Without them, "
        "the moment is now and the time zone the deployment's.",
        of=SegmentPreview,
        arguments=_preview,
        scope="segment:read",
    )
