"""Runs: each slot once, one at a time, with a history that tells how it ended, whoever dies over it."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from app.errors import Unavailable
from app.graph.queries import write_query
from app.identity.live.state import store_policy
from app.identity.service import Identity
from app.jobs.catalogue import JOBS, job_named
from app.jobs.history import runs
from app.jobs.lease import Held, Lease, claim
from app.jobs.model import Job, Outcome, Work
from app.jobs.run import Ran, run
from app.settings import ROOT
from tests.jobs.conftest import Cypher

_REGISTER = write_query("jobs/register")  # some write, to see whether it happened

SLOT = datetime(2025, 1, 1, 16, 15, tzinfo=UTC)
PHONE = "+8613912345678"


def _job(work: Work) -> Job:
    return Job("work", "does something", "daily", lambda zone: None, timedelta(days=1), work)


async def _counted(identity: Identity, as_of: datetime) -> Outcome:
    return Outcome({"things": 3})


async def _history(identity: Identity) -> list[tuple[str, int]]:
    return [(one.status, one.attempts) for one in await runs(identity.graph.reader(), ["work"], 100)]


async def test_what_a_run_was_is_kept(identity: Identity, cypher: Cypher) -> None:
    ran = await run(identity, _job(_counted), SLOT)
    assert ran == Ran("work", SLOT, "DONE", {"things": 3}, (), None)
    (kept,) = await runs(identity.graph.reader(), ["work"], 100)
    assert (kept.slot, kept.status, kept.counts, kept.error) == (SLOT, "DONE", {"things": 3}, None)
    assert kept.finished is not None
    assert kept.started <= kept.finished
    walked = "MATCH (r:JobRun)-[:RUN_OF]->(j:Job) RETURN r.name AS name, j.name AS job, r.n_things AS n"
    assert await cypher(walked) == [{"name": "work 2025-01-01T16:15:00Z", "job": "work", "n": 3}]


async def test_two_replicas_and_one_slot(identity: Identity, replica: Identity) -> None:
    times: list[datetime] = []

    async def work(_: Identity, as_of: datetime) -> Outcome:
        times.append(as_of)
        await asyncio.sleep(0)
        return Outcome()

    job = _job(work)
    ended = await asyncio.gather(*(run(one, job, SLOT) for one in [identity, replica] * 5))
    assert sum(isinstance(one, Ran) for one in ended) == 1
    assert times == [SLOT]
    assert await run(replica, job, SLOT) is None
    assert isinstance(await run(replica, job, SLOT + timedelta(days=1)), Ran)
    assert await _history(identity) == [("DONE", 1), ("DONE", 1)]


async def test_the_moment_of_a_run_is_written_as_it_was_given(identity: Identity, cypher: Cypher) -> None:
    async def work(_: Identity, as_of: datetime) -> Outcome:
        ((told,),) = [row.values() for row in await cypher("RETURN toString($at) AS told", at=as_of)]
        assert told == "2025-01-01T16:15:00Z", "no browser reads …Z[UTC]"
        return Outcome()

    ran = await run(identity, _job(work), SLOT)
    assert isinstance(ran, Ran)
    assert (ran.status, ran.error) == ("DONE", None)


async def test_one_failing_person_does_not_stop_a_run(identity: Identity) -> None:
    async def work(_: Identity, __: datetime) -> Outcome:
        return Outcome({"people": 9}, ("P-7K2M",))

    ran = await run(identity, _job(work), SLOT)
    assert isinstance(ran, Ran)
    assert ran.status == "PARTIAL"
    (kept,) = await runs(identity.graph.reader(), ["work"], 1)
    assert (kept.status, kept.failures, kept.counts) == ("PARTIAL", ("P-7K2M",), {"people": 9})


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("the database went away"), "UNAVAILABLE: the database went away"),
        (ValueError(f"no such phone: {PHONE}"), "ValueError at app/jobs/run.py:"),
    ],
)
async def test_a_failure_is_told_without_what_it_was_about(
    identity: Identity, error: Exception, told: str
) -> None:
    async def work(_: Identity, __: datetime) -> Outcome:
        raise error

    ran = await run(identity, _job(work), SLOT)
    assert isinstance(ran, Ran)
    assert ran.status == "FAILED"
    (kept,) = await runs(identity.graph.reader(), ["work"], 1)
    assert kept.status == "FAILED"
    assert kept.error is not None
    assert kept.error.startswith(told)
    assert PHONE not in kept.error
    assert isinstance(await claim(identity.graph, "work", milliseconds=0), Lease)


async def test_a_run_longer_than_its_interval_is_let_finish(identity: Identity, replica: Identity) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(_: Identity, __: datetime) -> Outcome:
        begun.set()
        await go_on.wait()
        return Outcome()

    long = asyncio.create_task(run(identity, _job(work), SLOT))
    await begun.wait()
    assert isinstance(await run(replica, _job(_counted), SLOT + timedelta(minutes=1)), Held)
    go_on.set()
    assert isinstance(await long, Ran)
    assert await _history(identity) == [("DONE", 1)]


async def test_who_was_overtaken_writes_nothing_more(
    identity: Identity, replica: Identity, cypher: Cypher
) -> None:
    async def work(own: Identity, _: datetime) -> Outcome:
        # This process stands still for so long that its lease is over, and another one takes the job.
        await cypher("MATCH (lease:Lease {name: 'work'}) SET lease.until = datetime() - duration('PT1S')")
        ran = await run(replica, _job(_counted), SLOT)
        assert isinstance(ran, Ran)
        row = {"name": "written", "about": "", "schedule": ""}
        await own.graph.unit(lambda writer: writer.rows(_REGISTER, jobs=[row]))
        return Outcome()

    assert await run(identity, _job(work), SLOT) is None
    assert not await cypher("MATCH (job:Job {name: 'written'}) RETURN job.name")
    (kept,) = await runs(identity.graph.reader(), ["work"], 1)
    assert (kept.status, kept.attempts, kept.counts) == ("DONE", 2, {"things": 3})


async def test_the_slot_of_a_killed_process_is_run_again(
    identity: Identity, environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "tests.jobs.hanging", SLOT.isoformat(), "2000"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"begun\n"
    finally:
        process.kill()
        await process.wait()
    assert await _history(identity) == [("RUNNING", 1)]
    async with asyncio.timeout(60):
        while isinstance(ran := await run(identity, _job(_counted), SLOT), Held):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert isinstance(ran, Ran)
    assert await _history(identity) == [("DONE", 2)]


async def test_what_nobody_will_finish_is_said_to_have_failed(identity: Identity, cypher: Cypher) -> None:
    async def work(_: Identity, __: datetime) -> Outcome:
        raise asyncio.CancelledError  # as when the process is told to end

    with pytest.raises(asyncio.CancelledError):
        await run(identity, _job(work), SLOT)
    assert await _history(identity) == [("RUNNING", 1)]
    assert isinstance(await run(identity, _job(_counted), SLOT + timedelta(days=1)), Ran)
    latest, left = await runs(identity.graph.reader(), ["work"], 2)
    assert (latest.status, latest.error) == ("DONE", None)
    assert (left.status, left.error) == ("FAILED", "ABANDONED: its process ended")


async def test_without_a_slot_it_runs_now(identity: Identity) -> None:
    assert isinstance(await run(identity, _job(_counted)), Ran)
    assert isinstance(await run(identity, _job(_counted)), Ran)
    assert await _history(identity) == [("DONE", 1), ("DONE", 1)]


# -- the jobs there are --


async def _done(identity: Identity, name: str, slot: datetime) -> dict[str, int]:
    ran = await run(identity, job_named(name), slot)
    assert isinstance(ran, Ran)
    assert (ran.status, ran.error) == ("DONE", None)
    return dict(ran.counts)


def _seen(at: str, *identifiers: tuple[str, str]) -> dict[str, Any]:
    named = [{"kind": kind, "value": value} for kind, value in identifiers]
    return {"id": "o", "at": at, "source": "test", "identifiers": named}


async def test_expire_evidence(identity: Identity, cypher: Cypher) -> None:
    await identity.observe([_seen("2024-01-01T00:00:00Z", ("cookie", "c-1"), ("phone", PHONE))])
    assert await _done(identity, "expire-evidence", datetime(2024, 6, 1, tzinfo=UTC)) == {"expired": 0}
    assert await _done(identity, "expire-evidence", datetime(2024, 7, 1, tzinfo=UTC)) == {"expired": 1}
    assert await cypher("MATCH (i:Identifier) WHERE i.expired RETURN i.kind AS kind") == [{"kind": "cookie"}]


async def test_replay_pending(identity: Identity, cypher: Cypher) -> None:
    policy = identity.state.policy.model_copy(update={"max_cluster": 2})
    text = yaml.safe_dump(policy.model_dump(mode="json", exclude_none=True))
    await store_policy(identity.graph, text, "test", "test", SLOT)
    await identity.refresh()
    for account in ("a-1", "a-2"):
        await identity.observe([_seen("2024-01-01T00:00:00Z", ("unionid", account), ("phone", PHONE))])
    waits = "MATCH (i:Identifier) WHERE i.pending RETURN i.key"
    assert await cypher(waits)
    assert (await _done(identity, "replay-pending", SLOT))["replayed"] > 0
    assert not await cypher(waits)


async def test_prune(identity: Identity, cypher: Cypher) -> None:
    for _ in range(3):
        await run(identity, _job(_counted))
    await cypher("MATCH (r:JobRun) WITH r LIMIT 2 SET r.started = datetime() - duration('P31D')")
    assert await _done(identity, "prune", datetime.now(UTC)) == {"runs": 2}
    assert await _history(identity) == [("DONE", 1)]


async def test_sequence_changes_keeps_no_history(identity: Identity, cypher: Cypher) -> None:
    await identity.observe([_seen("2024-01-01T00:00:00Z", ("cookie", "c-1"))])
    assert await _done(identity, "sequence-changes", SLOT) == {"complete": 1}
    assert not await cypher("MATCH (r:JobRun) RETURN r")


def test_what_jobs_are_called() -> None:
    assert [job.name for job in JOBS] == [
        "sequence-changes",
        "deliver-webhooks",
        "export-people",
        "replay-pending",
        "refresh-relationships",
        "refresh-due",
        "refresh-tags",
        "refresh-segments",
        "refresh-lifecycle",
        "expire-evidence",
        "match-accounts",
        "measure-health",
        "reconcile",
        "prune",
    ]
