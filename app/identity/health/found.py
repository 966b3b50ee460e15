"""What a measurement of health finds, as data. No text here names an identifier: keys and OneIDs do."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

OK, NOTICE, ATTENTION = "OK", "NOTICE", "ATTENTION"
_LEVELS = (OK, NOTICE, ATTENTION)

KEPT = 100
"""Findings that are kept of each check: the largest."""
EXAMPLES = 10
"""People and identifiers that one finding is about, at most."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Told):
    """One thing that was found.

    In `command`, A and B are its identifiers, in their order; KIND and VALUE are those of the first.
    """

    says: str
    size: int
    people: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    command: str | None = None


class Check(_Told):
    """One check: how it came out, of how many things, and what to do next."""

    name: str
    level: str
    total: int
    says: str
    next: str
    command: str | None = None
    findings: tuple[Finding, ...] = ()


class Rate(_Told):
    """How much evidence of a kind, or from a source, loses: suppressed / (active + suppressed)."""

    of: str
    name: str
    active: int
    suppressed: int
    share: float
    level: str
    reasons: tuple[str, ...]


def worst(levels: Iterable[str]) -> str:
    """The worst of some levels; OK of none."""
    return max(levels, key=_LEVELS.index, default=OK)
