"""Who a rule means, before anybody saves it: how many, who, how many match each condition. Writes nothing.

A count is exact within its budget of seconds; a rule that takes longer is counted up to a number that is
found in time, and the count says so. What takes longer than an evaluation may is ended in the database
(`TIMEOUT`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from app.access.sealing import Keyring
from app.errors import TimedOut
from app.graph.sessions import Reader
from app.identity.policy import Policy
from app.rules import compiler
from app.rules.check import Wrong, problems, warnings
from app.rules.check_values import closest
from app.rules.compiler import SECONDS, Compiled
from app.rules.compiler_sizes import sized
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

    personal: whether the caller may read the names that rules ask for.
    """

    reader: Reader
    rule: Rule
    vocabulary: Vocabulary
    settings: Settings
    wrong: Sequence[Wrong] = ()
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
    ) -> "Evaluation":
        """The rule with everything that is wrong with it. `own` is the key of the segment that it will be."""
        unknown = zone_problem(zone) or await check_zone(reader, zone)
        clock = Clock(as_of, ZoneInfo("UTC" if unknown else zone))
        known = await read_vocabulary(reader, rule, declared=declared(policy))
        wrong = [*unknown, *problems(rule, known, clock, own=own, forbidden=forbidden)]
        settings = Settings(clock, known.declared.currency, brands, known.segments)
        if not wrong:
            settings, wrong = await told(reader, keyring, [rule], settings)
        settings = settings if wrong else await sized(reader, rule, settings)
        return cls(reader, rule, known, settings, wrong, "name" not in forbidden)

    def warnings(self) -> list[Wrong]:
        """What the graph has never seen."""
        return list(warnings(self.rule, self.vocabulary))

    async def count(self) -> Count:
        """How many match. Raises TimedOut."""
        return await self._counted(self.rule)

    async def conditions(self) -> list[tuple[Path, Count]]:
        """How many match each condition of the rule by itself, groups included. Raises TimedOut."""
        every = list(nodes(self.rule))
        try:
            row = (await self._rows(compiler.counts([one for _, one in every], self.settings), BUDGET))[0]
        except TimedOut:
            return [(path, await self._counted(one)) for path, one in every]
        return [(path, Count(n)) for (path, _), n in zip(every, row["counts"], strict=True)]

    async def page(self, first: int, after: str | None) -> list[str]:
        """The OneIDs of the next `first` who match, in order. Raises TimedOut."""
        asked = compiler.page(self.rule, self.settings, first=first, after=after)
        return [row["oneId"] for row in await self._rows(asked, SECONDS)]

    async def _counted(self, rule: Rule) -> Count:
        try:
            rows = await self._rows(compiler.count(rule, self.settings), BUDGET)
        except TimedOut:
            return await self._at_least(rule)
        return Count(rows[0]["n"])

    async def _at_least(self, rule: Rule) -> Count:
        left = SECONDS - BUDGET
        for most in LOWER:
            left /= 2
            try:
                rows = await self._rows(compiler.count_at_most(rule, self.settings, most), left)
            except TimedOut:
                continue
            found = rows[0]["n"]
            return Count(found, "AT_LEAST" if found == most else "EXACT")
        raise TimedOut(
            f"the rule could not be evaluated in {SECONDS:g} seconds",
            suggestion="add a condition that few people match: a tag, a list, a product, a birthday",
        )

    async def _rows(self, compiled: Compiled, seconds: float) -> list[dict[str, Any]]:
        rows = await self.reader.compiled(compiled.text, compiled.params, timeout=seconds)
        return [dict(row) for row in rows]


def zone_problem(zone: str) -> list[Wrong]:
    """INVALID_TIMEZONE, for a name that is none; case counts, since the database is asked by it."""
    names: Callable[[], set[str]] = available_timezones
    if zone in names():
        return []
    message = f"{zone!r} is no time zone; for example Asia/Shanghai"
    return [Wrong(("timeZone",), "INVALID_TIMEZONE", message, None, closest(zone, sorted(names())))]
