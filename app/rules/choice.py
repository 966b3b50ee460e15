"""Which of those who match a rule are taken: a stable share of them, and of those the first n by a measure.

    everybody who matches ──> the share ──> the first n, by the measure, then by OneID

`Limit` is the GraphQL input `SegmentLimit` and, in the same shape, JSON. What it ranks by is the body of a
condition without its test, so it is checked, compiled and explained as that condition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from app.rules.check import Wrong, problems
from app.rules.check import warnings as rule_warnings
from app.rules.conditions_facts import EventStep, OrderStep, TouchStep
from app.rules.model import Rule, RuleMalformed, problems_of
from app.rules.parts import OneOf, Part, Pick, Test, Text, TimeOf, whole
from app.rules.shares import Share
from app.rules.vocabulary import Vocabulary
from app.rules.windows import Clock

MOST = 1_000_000
"""How many people a limit may take."""


class OrderMeasure(OrderStep):
    """A measure of a person's orders, as in a condition on orders without its test."""

    measure: Text = Field("COUNT", description="What is measured of them: see docs/rules.md.")
    time_of: TimeOf = Field("PAID", description="The time that the window and the measures of time read.")
    pick: Pick | None = Field(
        None, description="FIRST, LAST or the n-th of the person's bought orders alone."
    )


class EventMeasure(EventStep):
    """A measure of a person's behaviours, as in a condition on events without its test."""

    measure: Text = Field(
        "COUNT", description="What is measured: COUNT, DISTINCT_DAYS, one of time, SUM, AVG, MIN, MAX."
    )
    property: Text | None = Field(None, description="Whose numbers SUM, AVG, MIN and MAX are of.")


class TouchMeasure(TouchStep):
    """A measure of the messages to a person, as in a condition on touches without its test."""

    measure: Text = Field("COUNT", description="What is measured: COUNT, DISTINCT_DAYS or one of time.")


class LimitBy(OneOf):
    """The measure that people are ranked by."""

    order: OrderMeasure | None = Field(None, description="Of orders.")
    event: EventMeasure | None = Field(None, description="Of behaviours.")
    touch: TouchMeasure | None = Field(None, description="Of messages.")


class Limit(Part):
    """The first n by a measure: of equal ones by OneID; who has no value is never taken."""

    n: Annotated[int, BeforeValidator(whole)] = Field(description="How many are taken at most.")
    by: LimitBy = Field(description="What they are ranked by: the body of a condition without its test.")
    lowest: bool = Field(False, description="The least first, rather than the most.")

    @property
    def condition(self) -> Rule:
        """The measure as the condition that there is a value."""
        body = self.by.body
        said = {name: getattr(body, name) for name in body.model_fields_set}
        return Rule.model_validate({self.by.key: {**said, "is_": Test(exists=True)}})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of those who match are taken; all of them without any."""

    share: Share | None = None
    limit: Limit | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The limit's measure as a condition, where there is one: what the limit reads, as rules do."""
        return () if self.limit is None else (self.limit.condition,)


EVERY = Choice()
"""Everybody who matches."""


def choice_of(share: float | None, limit: Limit | None, key: str = "") -> Choice:
    """The choice of a segment, or of a rule that may become one: the share is that of its key."""
    return Choice(None if share is None else Share(key, share), limit)


def parse_limit(said: Any) -> Limit:
    """The limit that a value (of JSON, or a coerced GraphQL input) says. Raises RuleMalformed, its paths
    under `limit`.
    """
    try:
        return Limit.model_validate(said)
    except ValidationError as error:
        found = problems_of(error)
        raise RuleMalformed([one._replace(field=("limit", *one.field)) for one in found]) from None


def limit_stored(text: str | None) -> Limit | None:
    """The limit that `limit_json` wrote."""
    return None if text is None else _stored(text)


@lru_cache(maxsize=2_000)
def _stored(text: str) -> Limit:
    return Limit.model_validate_json(text)


def limit_json(limit: Limit | None) -> str | None:
    """The limit as it is stored; None without one."""
    if limit is None:
        return None
    said = limit.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    return json.dumps(said, ensure_ascii=False)


def share_problems(share: float | None) -> Iterator[Wrong]:
    """A share that is none."""
    if share is not None and not 0 < share < 1:
        yield Wrong(
            ("share",),
            "OUT_OF_RANGE",
            "a share lies between 0 and 1",
            None,
            "0.1 for one in ten; none for all",
        )


def limit_problems(limit: Limit | None, vocabulary: Vocabulary, clock: Clock) -> Iterator[Wrong]:
    """Everything that is wrong with a limit, under `limit`."""
    if limit is None:
        return
    if not 1 <= limit.n <= MOST:
        yield Wrong(
            ("limit", "n"), "OUT_OF_RANGE", f"{limit.n} is out of range: at least 1, at most {MOST:,}"
        )
    for one in problems(limit.condition, vocabulary, clock):
        yield replace(one, field=("limit", "by", *one.field))


def limit_warnings(limit: Limit | None, vocabulary: Vocabulary) -> list[Wrong]:
    """What a limit names that the graph has never seen."""
    found = [] if limit is None else rule_warnings(limit.condition, vocabulary)
    return [replace(one, field=("limit", "by", *one.field)) for one in found]
