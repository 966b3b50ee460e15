"""The saved segments that there are, and what their rules are evaluated with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules.check import uses
from app.rules.model import Rule
from app.rules.statement import Settings
from app.rules.windows import Clock
from app.segments.saved import ACTIVE, Saved, stored
from app.settings import settings

_DEFINITIONS = read_query("segments/definitions")


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every saved segment by its key. `gone`: the version of those that were deleted; `moved`: the day of
    the last noted size, of those that somebody came into or left since.
    """

    saved: Mapping[str, Saved] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    """The deleted ones that people may still be in."""
    moved: Mapping[str, date | None] = field(default_factory=dict)

    @property
    def rules(self) -> dict[str, Rule]:
        """The rule of each: what a rule that uses them is expanded by."""
        return {key: one.rule for key, one in self.saved.items()}

    def active(self) -> list[Saved]:
        """Those that are kept filled, by key."""
        return [one for one in self.saved.values() if one.status == ACTIVE]

    def evaluation(self, as_of: datetime) -> Settings:
        """What rules are told beside themselves: the moment, the zone, the currency, segments."""
        own = settings()
        return Settings(Clock(as_of, ZoneInfo(own.time_zone)), own.currency, None, self.rules)

    def users(self, key: str) -> list[str]:
        """The segments whose rules use that one themselves."""
        return [one.key for one in self.saved.values() if one.key != key and key in uses(one.rule)]

    def above(self, key: str) -> set[str]:
        """The segments whose rules use that one, also through others."""
        found, waiting = set[str](), [key]
        while waiting:
            more = set(self.users(waiting.pop())) - found
            found |= more
            waiting += more
        return found


async def read(reader: Reader) -> Definitions:
    """The definitions as they are stored now."""
    row = await reader.row(_DEFINITIONS)
    return of_rows(row["segments"] if row else [])


def of_rows(rows: list[Mapping[str, Any]]) -> Definitions:
    """The definitions of the rows of segments/definitions."""
    there = [row for row in rows if row.get("rule")]
    gone = [row for row in rows if not row.get("rule")]
    moved = [row for row in there if row.get("entered") or row.get("exited")]
    return Definitions(
        {row["key"]: stored(row) for row in there},
        {row["key"]: row.get("version") or 0 for row in gone},
        frozenset(row["key"] for row in gone if row.get("pending") is not None),
        {row["key"]: row["notedAt"].to_native().date() if row.get("notedAt") else None for row in moved},
    )
