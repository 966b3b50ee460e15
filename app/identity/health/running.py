"""Checks of what keeps the graph up to date: the jobs, and the numbering of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from app.identity.health.found import ATTENTION, NOTICE, OK, Check, Finding

OVERDUE = timedelta(days=8)
"""No job is due less often than once a week."""
STUCK = timedelta(hours=2)
WAITING = timedelta(minutes=1)
"""How long a change may wait for a number, which takes a fifth of a second."""


def jobs(rows: Sequence[Mapping[str, Any]], now: datetime) -> Check:
    """Jobs whose latest run failed, left something out, or never ended; and those that nobody runs."""
    found = [Finding(says=f"{row['name']} {says}", size=1) for row in rows if (says := _said(row, now))]
    return Check(
        name="JOBS",
        level=ATTENTION if found else OK if rows else NOTICE,
        total=len(found),
        says=f"{len(found)} of {len(rows)} jobs did not end well" if rows else "no service has run here yet",
        next="see what its runs say, mend it, and run it again",
        command="oneid jobs history",
        findings=tuple(found),
    )


def _said(row: Mapping[str, Any], now: datetime) -> str | None:
    """What is wrong with a job. One without any run keeps no history, or is not due yet."""
    started = _native(row["lastStarted"])
    if started is None:
        return None
    status, ended = row["lastStatus"], row["lastFinished"]
    if ended is None:
        return "has not ended since hours" if now - started > STUCK else None
    if status != "DONE":
        return f"ended {status}: {row['lastError'] or 'some of it failed'}"
    return "has not run for a week" if now - started > OVERDUE else None


def changes(unnumbered: int, waiting_since: Any, now: datetime) -> Check:
    """Changes that wait for a number: consumers of the feed do not see them."""
    since = _native(waiting_since)
    late = since is not None and now - since > WAITING
    return Check(
        name="CHANGES",
        level=ATTENTION if late else OK,
        total=unnumbered,
        says=f"{unnumbered} changes wait for their number in the feed"
        + (f", the first since {since:%Y-%m-%d %H:%M} UTC" if late and since else ""),
        next="a running service numbers them within a second: is one running?",
        command="oneid jobs run sequence-changes",
    )


def _native(moment: Any) -> datetime | None:
    if moment is None:
        return None
    native: datetime = moment.to_native()
    return native.astimezone(UTC)
