"""One run of a job: alone, by a lease; once a slot, by a `JobRun` with what it came to."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from app.errors import OneIdError
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.jobs.lease import Fenced, Held, LeaseLost, claim, kept
from app.jobs.model import Job, Outcome
from app.settings import ROOT

LEASE = 30_000  # milliseconds: how long a job waits after its process was killed

_OWN = str(ROOT / "app")

_OPEN = write_query("jobs/run_open")
_CLOSE = write_query("jobs/run_close")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished run: DONE, PARTIAL (some things failed, the rest is done) or FAILED."""

    job: str
    slot: datetime
    status: str
    counts: Mapping[str, int]
    failures: tuple[str, ...]
    error: str | None


async def run(
    identity: Identity, job: Job, slot: datetime | None = None, *, milliseconds: int = LEASE
) -> Ran | Held | None:
    """Runs the slot of a job; without one, now, as a slot of its own.

    Returns Held when the job runs elsewhere at the moment, and None when the slot is done already, or was
    taken over by another process while this one stood still. A slot whose process died is run again, for the
    same time. A job that keeps no history keeps its own lease, too, and is simply run.
    """
    slot = (slot or datetime.now(UTC)).astimezone(UTC)  # one instant, one key
    if not job.recorded:
        return await _attempt(identity, job, slot, slot)
    lease = await claim(identity.graph, job.name, milliseconds=milliseconds)
    if isinstance(lease, Held):
        return lease
    fenced = Identity(Fenced(identity.graph, lease), identity.keyring, identity.state)
    async with kept(identity.graph, lease):
        try:
            return await _slot(fenced, job, slot, lease.token)
        except LeaseLost:
            log.warning("run_taken_over", job=job.name)
            return None


async def _slot(identity: Identity, job: Job, slot: datetime, token: int) -> Ran | None:
    async def begin(writer: Writer) -> datetime | None:
        row = await writer.row(_OPEN, job=job.name, slot=slot, as_of=slot, token=token)
        # The driver's own UTC is a named zone: what a run writes would be told as …Z[UTC].
        return row["as_of"].to_native().astimezone(UTC) if row else None

    as_of = await identity.graph.unit(begin)
    if as_of is None:
        return None
    ran = await _attempt(identity, job, slot, as_of)
    counts = {f"n_{name}": count for name, count in ran.counts.items()}
    await identity.graph.unit(
        lambda writer: writer.rows(
            _CLOSE,
            job=job.name,
            slot=slot,
            status=ran.status,
            counts=counts,
            failures=list(ran.failures),
            error=ran.error,
        )
    )
    return ran


async def _attempt(identity: Identity, job: Job, slot: datetime, as_of: datetime) -> Ran:
    try:
        outcome, error = await job.work(identity, as_of), None
    except LeaseLost:
        raise
    except Exception as failure:  # whatever it is, the history tells it and the next slot has its chance
        outcome, error = Outcome(), told(failure)
        log.error("job_failed", job=job.name, error=error)
    status = "FAILED" if error else "PARTIAL" if outcome.failures else "DONE"
    return Ran(job.name, slot, status, outcome.counts, outcome.failures, error)


def told(error: Exception) -> str:
    """The error without what it was about: our own texts hold no personal value, others' may, so of those
    only the kind and the place in this program.
    """
    if isinstance(error, OneIdError):
        return f"{error.code}: {error.message}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_OWN)]
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__} at {Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}"
