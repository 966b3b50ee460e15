"""Scheduled work as callers see it, and a run of it now."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import answered
from app.identity.graphql import UserError
from app.jobs import history
from app.jobs.catalogue import job_named
from app.jobs.lease import Held
from app.jobs.model import Job as Known
from app.jobs.run import Ran, run
from app.settings import settings

PATIENCE = 20.0
"""Seconds that `jobRun` waits for the end; the run goes on without its caller."""
_MOST = 100
_SCOPE = "admin"

_running: set[asyncio.Task[Ran | Held | None]] = set()


@strawberry.enum(description="How far a run of a job has come.")
class JobStatus(Enum):
    RUNNING = strawberry.enum_value("RUNNING", description="Somebody is at it, or died over it.")
    DONE = strawberry.enum_value("DONE", description="Everything is done.")
    PARTIAL = strawberry.enum_value("PARTIAL", description="All is done but for its failures.")
    FAILED = strawberry.enum_value("FAILED", description="It ended early; `error` says why.")


@strawberry.type(description="Something that a run counted.")
class JobCount:
    name: str = strawberry.field(description="What was counted.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="A run of a job.")
class JobRun:
    slot: datetime = strawberry.field(description="The time that it was due, and is for.")
    started: datetime = strawberry.field(description="When it began.")
    finished: datetime | None = strawberry.field(description="When it ended.")
    status: JobStatus = strawberry.field(description="How far it has come.")
    attempts: int = strawberry.field(description="How often it was begun: above 1 when a process died.")
    counts: list[JobCount] = strawberry.field(description="What it came to.")
    failures: list[str] = strawberry.field(description="What it left out because it failed: OneIDs.")
    error: str | None = strawberry.field(description="Why it ended early.")


@strawberry.type(description="Work that is done on schedule.")
class Job:
    name: strawberry.ID = strawberry.field(description="Its name, for `jobRun`.")
    about: str = strawberry.field(description="What it does.")
    schedule: str = strawberry.field(description="When it is due, in the deployment's time zone.")
    next: datetime = strawberry.field(description="When it is due next.")
    holder: str | None = strawberry.field(description="The process that is at it now.")
    last: JobRun | None = strawberry.field(description="Its latest run; null of one without a history.")
    history: list[JobRun] = strawberry.field(description="Its latest runs, the last started first.")


@strawberry.type(description="What became of a run that was asked for.")
class JobRunPayload:
    run: JobRun | None = strawberry.field(
        description="The run; RUNNING when it takes longer than a request may, and goes on."
    )
    user_errors: list[UserError] = strawberry.field(description="Why nothing was run.")


async def jobs(context: Context, runs: int | None = None) -> list[Job]:
    """Every job as it stands, each with so many of its latest runs."""
    count = 1 if runs is None else runs
    if not 1 <= count <= _MOST:
        raise BadInput(f"`runs` is from 1 to {_MOST}", field=("runs",))
    reader, zone = context.reader(), ZoneInfo(settings().time_zone)
    found = await history.standings(reader, datetime.now(UTC), zone)
    kept = await history.runs(reader, [one.job.name for one in found], count)
    return [_job(one, [run for run in kept if run.job == one.job.name]) for one in found]


def _job(one: history.Standing, runs: Iterable[history.JobRun]) -> Job:
    return Job(
        name=strawberry.ID(one.job.name),
        about=one.job.about,
        schedule=one.job.schedule,
        next=one.next,
        holder=one.holder,
        last=_run(one.last) if one.last else None,
        history=[_run(each) for each in runs],
    )


def _run(one: history.JobRun) -> JobRun:
    return JobRun(
        slot=one.slot,
        started=one.started,
        finished=one.finished,
        status=JobStatus[one.status],
        attempts=one.attempts,
        counts=[JobCount(name=name, count=count) for name, count in one.counts.items()],
        failures=list(one.failures),
        error=one.error,
    )


async def job_run(context: Context, name: str) -> JobRunPayload:
    """Runs a job now, whatever its schedule, and waits for its end as long as a request may take."""
    try:
        job = job_named(name)
    except BadInput as no:
        return _refused(no.code, no.message, no.suggestion)
    began = datetime.now(UTC)
    # A task of its own: a caller that goes away does not end the run.
    task = asyncio.ensure_future(run(context.identity, job, began))
    _running.add(task)
    task.add_done_callback(_running.discard)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    ended = task.result() if done else None
    if isinstance(ended, Held):
        return _refused("JOB_RUNNING", f"{name} is running at {ended.holder}", "wait for its end: `jobs`")
    return JobRunPayload(run=await _told(context, job, began, ended), user_errors=[])


async def _told(context: Context, job: Known, began: datetime, ended: Ran | None) -> JobRun | None:
    """The run as the history has it; of a job without one, what it came to."""
    if job.recorded:
        kept = await history.runs(context.reader(), [job.name], _MOST)
        return next((_run(one) for one in kept if one.slot == began), None)
    if ended is None:
        return None
    line = history.JobRun(
        job.name, began, began, datetime.now(UTC), ended.status, 1, dict(ended.counts), (), ended.error
    )
    return _run(line)


def _refused(code: str, message: str, suggestion: str | None) -> JobRunPayload:
    no = UserError(field=["name"], code=code, message=message, suggestion=suggestion)
    return JobRunPayload(run=None, user_errors=[no])


def _jobs(runs: int | None = 1) -> Any: ...


def _name(name: strawberry.ID) -> Any: ...


@strawberry.type
class JobQueries:
    jobs: list[Job] = answered(
        jobs,
        "Scheduled work: when each job is due next, who is at it, and how its latest runs ended.",
        of=list[Job],
        arguments=_jobs,
        scope=_SCOPE,
    )


@strawberry.type
class JobMutations:
    job_run: JobRunPayload = answered(
        job_run,
        "Runs a job now, whatever its schedule; one that takes long goes on when the answer has come.",
        of=JobRunPayload,
        arguments=_name,
        scope=_SCOPE,
    )
