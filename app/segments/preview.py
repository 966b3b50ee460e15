"""Who a rule means, and whom a share and a limit take of them, before anybody saves it: how many, who, how
many match each condition. Writes nothing.

A count is exact within its budget of seconds; a rule that takes longer is counted up to a number that is
found in time, and the count says so. What takes longer than an evaluation may is ended in the database
(`TIMEOUT`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from app.access.sealing import Keyring
from app.errors import TimedOut
from app.graph.sessions import Reader
from app.identity.policy import Policy
from app.rules import compiler, compiler_choice
from app.rules.check import Wrong, problems, uses, warnings
from app.rules.check_values import closest
from app.rules.choice import (
    EVERY,
    Choice,
    choice_of,
    limit_problems,
    limit_stored,
    limit_warnings,
    share_problems,
)
from app.rules.compiler import SECONDS, Compiled
from app.rules.compiler_sizes import sized
from app.rules.conditions import KeyCondition
from app.rules.model import Path, Rule, nodes
from app.rules.names import told
from app.rules.statement import Settings
from app.rules.vocabulary import Vocabulary, read_vocabulary
from app.rules.windows import Clock
from app.rules.zones import check_zone
from app.tags.words import declared

BUDGET = 5.0
"""Seconds that an exact count may take."""

LOWER = (10_000, 1_000, 100)
"""How far a rule is counted that cannot be counted to its end, the first that is found in time."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people; exact, or at least so many."""

    value: int
    precision: Literal["EXACT", "AT_LEAST"] = "EXACT"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A rule at one moment in one zone, for a caller of those brands; `wrong` when it cannot be meant.

    choice: which of those who match are taken. partly: of the segments that the rule uses, those that take
    not everybody who matches. personal: whether the caller may read the names that rules ask for.
    """

    reader: Reader
    rule: Rule
    vocabulary: Vocabulary
    settings: Settings
    wrong: Sequence[Wrong] = ()
    choice: Choice = EVERY
    partly: frozenset[str] = frozenset()
    personal: bool = True

    @classmethod
    async def of(
        cls,
        reader: Reader,
        policy: Policy,
        rule: Rule,
        *,
        keyring: Keyring,
        as_of: datetime,
        zone: str,
        brands: Sequence[str] | None = None,
        forbidden: frozenset[str] = frozenset(),
        own: str | None = None,
        choice: Choice | None = EVERY,
    ) -> "Evaluation":
        """The rule with everything that is wrong with it. `own` is the key of the segment that it will be.
        choice: None for that of the segment that is the rule.
        """
        unknown = zone_problem(zone) or await check_zone(reader, zone)
        clock = Clock(as_of, ZoneInfo("UTC" if unknown else zone))
        known = await read_vocabulary(reader, rule, *(choice or EVERY).rules, declared=declared(policy))
        partly = frozenset() if choice is None else known.parts.keys() & uses(rule)
        choice = own_choice(known, rule.body.key) if choice is None else choice
        wrong = [*unknown, *problems(rule, known, clock, own=own, forbidden=forbidden)]
        wrong += choice_problems(choice, known, clock)
        settings = Settings(clock, known.declared.currency, brands, known.segments)
        if not wrong:
            settings, wrong = await told(reader, keyring, [rule], settings)
        settings = settings if wrong else await sized(reader, rule, settings)
        personal = "name" not in forbidden
        return cls(reader, rule, known, settings, wrong, choice, frozenset(partly), personal)

    @classmethod
    async def of_segment(cls, reader: Reader, policy: Policy, key: str, **given: Any) -> "Evaluation":
        """The people of a saved segment by its definition: its rule now, its share and its limit."""
        return await cls.of(reader, policy, Rule(segment=KeyCondition(key=key)), choice=None, **given)

    def warnings(self) -> list[Wrong]:
        """What the graph has never seen, and segments of which the rule takes more than they do."""
        found = warnings(self.rule, self.vocabulary)
        return [*found, *self._partly(), *limit_warnings(self.choice.limit, self.vocabulary)]

    def _partly(self) -> Iterator[Wrong]:
        for path, node in nodes(self.rule):
            if node.key == "segment" and node.body.key in self.partly:
                message = f"{node.body.key} takes a part of those who match; in a rule it means all of them"
                advice = "say share and limit of this segment, too, where they are meant"
                yield Wrong((*path, "key"), "SEGMENT_AS_RULE", message, suggestion=advice)

    async def count(self) -> Count:
        """How many are taken. Raises TimedOut."""
        return await self._counted(self.rule, self.choice)

    async def conditions(self) -> list[tuple[Path, Count]]:
        """How many match each condition of the rule by itself, groups included. Raises TimedOut."""
        every = list(nodes(self.rule))
        try:
            row = (await self._rows(compiler.counts([one for _, one in every], self.settings), BUDGET))[0]
        except TimedOut:
            return [(path, await self._counted(one, EVERY)) for path, one in every]
        return [(path, Count(n)) for (path, _), n in zip(every, row["counts"], strict=True)]

    async def page(self, first: int, after: str | None) -> list[str]:
        """The OneIDs of the next `first` who are taken, in order. Raises TimedOut."""
        asked = compiler_choice.page(self.rule, self.settings, self.choice, first=first, after=after)
        return [row["oneId"] for row in await self._rows(asked, SECONDS)]

    async def _counted(self, rule: Rule, choice: Choice) -> Count:
        try:
            rows = await self._rows(compiler_choice.count(rule, self.settings, choice), BUDGET)
        except TimedOut:
            return await self._at_least(rule, choice)
        return Count(rows[0]["n"])

    async def _at_least(self, rule: Rule, choice: Choice) -> Count:
        left, whole = SECONDS - BUDGET, None if choice.limit is None else choice.limit.n
        for most in LOWER:
            left /= 2
            try:
                asked = compiler_choice.count(rule, self.settings, choice, most=most)
                found = (await self._rows(asked, left))[0]["n"]
            except TimedOut:
                continue
            return Count(found, "AT_LEAST" if found == most and found != whole else "EXACT")
        raise TimedOut(
            f"the rule could not be evaluated in {SECONDS:g} seconds",
            suggestion="add a condition that few people match: a tag, a list, a product, a birthday",
        )

    async def _rows(self, compiled: Compiled, seconds: float) -> list[dict[str, Any]]:
        rows = await self.reader.compiled(compiled.text, compiled.params, timeout=seconds)
        return [dict(row) for row in rows]


def choice_problems(choice: Choice, vocabulary: Vocabulary, clock: Clock) -> Iterator[Wrong]:
    """Everything that is wrong with a share and a limit."""
    yield from share_problems(None if choice.share is None else choice.share.part)
    yield from limit_problems(choice.limit, vocabulary, clock)


def own_choice(vocabulary: Vocabulary, key: str) -> Choice:
    """Whom of those who match a saved segment takes."""
    share, limit = vocabulary.parts.get(key, (None, None))
    return choice_of(share, limit_stored(limit), key)


def zone_problem(zone: str) -> list[Wrong]:
    """INVALID_TIMEZONE, for a name that is none; case counts, since the database is asked by it."""
    names: Callable[[], set[str]] = available_timezones
    if zone in names():
        return []
    message = f"{zone!r} is no time zone; for example Asia/Shanghai"
    return [Wrong(("timeZone",), "INVALID_TIMEZONE", message, None, closest(zone, sorted(names())))]
