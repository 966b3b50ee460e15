"""What `why` and `whyNot` found as rows that a statement takes: identifiers by their keys, times as times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.identity.explain.answers import Blocker, Decided, NextStep, Step
from app.identity.sighting import moment

_KINDS = {"link": "LINK", "unlink": "UNLINK", "neverLink": "NEVER_LINK"}


def step_row(place: int, step: Step) -> dict[str, Any]:
    """One pair."""
    return {
        "place": place,
        "a": step.a.key,
        "b": step.b.key,
        "state": step.state,
        "reason": step.reason,
        "firstSeen": _time(step.first),
        "lastSeen": _time(step.last),
        "sources": list(step.sources),
        "brands": list(step.brands),
        "method": step.method,
        "confidence": step.confidence,
        "verified": step.verified,
        "link": None if step.link is None else decision_row(step.link),
    }


def decision_row(one: Decided) -> dict[str, Any]:
    """What somebody decided."""
    return {
        "kind": _KINDS[one.what],
        "at": _time(one.at),
        "operation": one.operation or None,
        "by": one.by,
        "reason": one.reason,
        "a": one.a.key,
        "b": one.b.key,
    }


def blocker_row(place: int, one: Blocker) -> dict[str, Any]:
    """What keeps the two apart."""
    limit = one.limit
    return {
        "place": place,
        "reason": one.reason,
        "pair": None if one.pair is None else step_row(0, one.pair),
        "blockedBy": [named.key for named in one.blocked_by],
        "limit": None
        if limit is None
        else {"kinds": list(limit.kinds), "scope": limit.scope, "most": limit.most, "held": limit.held},
        "attribute": one.attribute,
        "ties": one.ties,
        "decisions": [decision_row(decided) for decided in one.decisions],
        "further": one.further,
    }


def next_step_row(place: int, step: NextStep) -> dict[str, Any]:
    """What one could do."""
    return {
        "place": place,
        "operation": step.operation,
        "identifiers": [named.key for named in step.identifiers],
        "undoes": step.undoes,
        "blocker": step.blocker,
        "text": step.text,
    }


def _time(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
