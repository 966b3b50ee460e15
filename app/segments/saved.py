"""A saved segment as it is defined, read from the graph and written to it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.rules.check import Wrong
from app.rules.choice import Choice, Limit, choice_of, limit_json, limit_stored, share_problems
from app.rules.model import Rule, canonical, parse_json
from app.segments.scheduling import schedule_problem

DRAFT, ACTIVE = "DRAFT", "ACTIVE"
STATUSES = (DRAFT, ACTIVE)
MAX_KEY = 128


@dataclass(frozen=True, slots=True)
class Saved:
    """A segment. A draft has no stored members; `schedule` is a length (6h, 1d) or a cron expression.

    share: of those who match, the stable part that is taken, above 0 and below 1; None for all. limit: of
    those the first n by a measure; None for all.
    """

    key: str
    rule: Rule
    name: str = ""
    status: str = DRAFT
    schedule: str | None = None
    owner: str | None = None
    share: float | None = None
    limit: Limit | None = None
    version: int = 0
    refreshed: datetime | None = None
    pending: int | None = None
    """The version that people are still to be taken through."""
    cursor: str | None = None
    """How far people have been asked for the day on which the calendar moves them."""
    stale: bool = False
    """Whether something happened since the last whole refresh that may change who the first n are."""
    ranking: datetime | None = None
    """When a whole refresh of the first n began that has not ended."""

    @property
    def choice(self) -> Choice:
        """Which of those who match are taken."""
        return choice_of(self.share, self.limit, self.key)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What is read of people: the rule, and what they are ranked by."""
        return self.rule, *self.choice.rules

    def takes(self, one_id: str) -> bool:
        """Whether somebody is of the share that is taken."""
        share = self.choice.share
        return share is None or share.takes(one_id)

    def row(self) -> dict[str, Any]:
        """What is defined, as it is stored."""
        return {
            "key": self.key,
            "name": self.name or self.key,
            "rule": json.dumps(canonical(self.rule), ensure_ascii=False),
            "status": self.status,
            "schedule": self.schedule,
            "owner": self.owner,
            "share": self.share,
            "limit": limit_json(self.limit),
            "version": self.version,
        }


def stored(row: Mapping[str, Any]) -> Saved:
    """The segment that a node says."""
    refreshed = row.get("refreshedAt")
    return Saved(
        key=row["key"],
        rule=_parsed(row["rule"]),
        name=row.get("name") or row["key"],
        status=row.get("status") or DRAFT,
        schedule=row.get("schedule"),
        owner=row.get("owner"),
        share=row.get("share"),
        limit=limit_stored(row.get("limit")),
        version=row.get("version") or 0,
        refreshed=None if refreshed is None else refreshed.to_native(),
        pending=row.get("pending"),
        cursor=row.get("cursor"),
        stale=row.get("stale") is not None,
        ranking=None if row.get("ranking") is None else row["ranking"].to_native(),
    )


@lru_cache(maxsize=2_000)
def _parsed(text: str) -> Rule:
    return parse_json(text)


def differs(one: Saved, other: Saved) -> bool:
    """Whether anything that is defined is different, whatever their versions."""
    return one.row() | {"version": 0} != other.row() | {"version": 0}


def decided_anew(before: Saved | None, after: Saved) -> bool:
    """Whether who is in it may be others now: its name, owner and schedule alone decide nobody."""
    if before is None:
        return after.status == ACTIVE
    same = replace(before, name=after.name, owner=after.owner, schedule=after.schedule)
    return differs(same, after) and ACTIVE in (before.status, after.status)


def problems(one: Saved) -> Iterator[Wrong]:
    """Everything that is wrong with a definition but for its rule, all at once."""
    if not one.key.strip() or len(one.key) > MAX_KEY or not one.key.isprintable():
        yield Wrong(("key",), "MALFORMED_VALUE", f"a key is a text of 1 to {MAX_KEY} characters")
    if one.status not in STATUSES:
        yield Wrong(("status",), "MALFORMED_VALUE", f"{one.status!r} is no status", STATUSES)
    yield from share_problems(one.share)
    if one.schedule is not None and (why := schedule_problem(one.schedule)):
        example = "a length like 6h or 1d, or five fields of cron like 0 6 * * mon-fri"
        yield Wrong(("schedule",), "INVALID_SCHEDULE", why, suggestion=example)
