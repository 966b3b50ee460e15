"""What the jobs did and will do, as the command line and GraphQL show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from neo4j import Record

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.jobs.catalogue import JOBS
from app.jobs.model import Job

_RUNS = read_query("jobs/runs")
_HOLDERS = read_query("jobs/holders")


@dataclass(frozen=True, slots=True)
class JobRun:
    """A line of the history; times in UTC. `attempts` is above 1 when a process died over it."""

    job: str
    slot: datetime
    started: datetime
    finished: datetime | None
    status: str
    attempts: int
    counts: dict[str, int]
    failures: tuple[str, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A job as it stands: when it is due next, who is at it now, and its latest run."""

    job: Job
    next: datetime
    holder: str | None
    last: JobRun | None


async def standings(reader: Reader, now: datetime, zone: ZoneInfo) -> list[Standing]:
    """Every job, in the order of the catalogue."""
    names = [job.name for job in JOBS]
    holders = {row["name"]: row["holder"] for row in await reader.rows(_HOLDERS, names=names)}
    last = {run.job: run for run in await runs(reader, names, 1)}
    return [
        Standing(job, job.next_slot(now, zone), holders.get(job.name), last.get(job.name)) for job in JOBS
    ]


async def runs(reader: Reader, jobs: Iterable[str], limit: int) -> list[JobRun]:
    """The latest runs of each of these jobs, at most so many of each; the last started comes first."""
    found = [_run(row) for row in await reader.rows(_RUNS, jobs=list(jobs), limit=limit)]
    return sorted(found, key=lambda run: run.started, reverse=True)


def _run(row: Record) -> JobRun:
    return JobRun(
        job=row["job"],
        slot=_utc(row["slot"]),
        started=_utc(row["started"]),
        finished=_utc(row["finished"]) if row["finished"] else None,
        status=row["status"],
        attempts=row["attempts"],
        counts=dict(sorted(row["counts"])),
        failures=tuple(row["failures"]),
        error=row["error"],
    )


def _utc(moment: Any) -> datetime:
    native: datetime = moment.to_native()
    return native.astimezone(UTC)
