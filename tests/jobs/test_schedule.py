"""When jobs are due, and who makes good what nobody did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from app.identity.service import Identity
from app.jobs.catalogue import JOBS, job_named
from app.jobs.history import runs
from app.jobs.model import GRACE, Job, Outcome
from app.jobs.schedule import Schedule, start
from tests.jobs.conftest import Cypher

Changes = Callable[[int, int], Awaitable[None]]

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = datetime(2025, 1, 1, 16, 15, tzinfo=UTC)  # 00:15 on the 2nd in Shanghai
EXPIRE = job_named("expire-evidence")
MINUTE = job_named("replay-pending")


# -- slots --


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (DUE - timedelta(microseconds=1), None),  # yesterday's is 24 hours old
        (DUE, DUE),
        (DUE + timedelta(hours=3), DUE),
        (DUE + GRACE, DUE),
        (DUE + GRACE + timedelta(seconds=1), None),
    ],
)
def test_the_latest_slot_within_its_grace(now: datetime, slot: datetime | None) -> None:
    assert EXPIRE.latest_slot(now, SHANGHAI) == slot


def test_slots_are_in_the_zone_of_the_deployment() -> None:
    assert EXPIRE.next_slot(DUE, ZoneInfo("Europe/Berlin")) == datetime(2025, 1, 1, 23, 15, tzinfo=UTC)
    assert EXPIRE.next_slot(DUE, SHANGHAI) == DUE
    summer = datetime(2025, 7, 1, 12, tzinfo=UTC)
    assert EXPIRE.next_slot(summer, ZoneInfo("Europe/Berlin")) == datetime(2025, 7, 1, 22, 15, tzinfo=UTC)


@given(
    st.sampled_from([job for job in JOBS if job.recorded]),
    st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("UTC")]),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(0), timedelta(hours=3)),
)
def test_processes_started_at_any_time_claim_the_same_slot(
    job: Job, zone: ZoneInfo, now: datetime, later: timedelta
) -> None:
    slot = job.latest_slot(now, zone)
    if slot is None:
        assert job.next_slot(now - GRACE, zone) > now
    else:
        after = job.next_slot(now + timedelta(microseconds=1), zone)
        assert now - GRACE <= slot <= now < after
        if after > now + later and now + later - slot <= GRACE:
            assert job.latest_slot(now + later, zone) == slot


# -- what is made good --


class Work:
    """A job that counts its runs, and waits in each until it may go on."""

    def __init__(self) -> None:
        self.times: list[datetime] = []
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def __call__(self, _: Identity, as_of: datetime) -> Outcome:
        self.times.append(as_of)
        self.begun.set()
        await self.go_on.wait()
        return Outcome()

    def job(self) -> Job:
        """Due when expire-evidence is."""
        return Job("work", "", "daily 00:15", EXPIRE.trigger, EXPIRE.period, self)


@asynccontextmanager
async def _running(identity: Identity, *jobs: Job) -> AsyncIterator[Schedule]:
    schedule = await start(identity, SHANGHAI, jobs)
    try:
        yield schedule
    finally:
        await schedule.stop()


async def _seen_to_since(cypher: Cypher, since: datetime) -> None:
    await cypher("MERGE (job:Job {name: 'work'}) SET job.since = $since", since=since)


async def test_a_slot_that_was_missed_is_made_good_once(
    identity: Identity, replica: Identity, cypher: Cypher
) -> None:
    work = Work()
    await _seen_to_since(cypher, DUE - timedelta(days=3))
    async with _running(identity, work.job()) as one, _running(replica, work.job()) as other:
        now = DUE + timedelta(hours=2)
        await asyncio.gather(one.catch_up(now), other.catch_up(now))
        await one.catch_up(now + timedelta(minutes=1))
        assert work.times == [DUE]
        await other.catch_up(DUE + timedelta(days=1, hours=5))  # too late for yesterday's
        assert work.times == [DUE]


async def test_what_was_due_before_anybody_saw_to_it_was_not_missed(
    identity: Identity, cypher: Cypher
) -> None:
    work = Work()
    await _seen_to_since(cypher, DUE + timedelta(minutes=1))
    async with _running(identity, work.job()) as schedule:
        await schedule.catch_up(DUE + timedelta(hours=2))
        assert not work.times
        await schedule.catch_up(DUE + timedelta(days=1))
        assert work.times == [DUE + timedelta(days=1)]


async def test_a_slot_that_a_process_died_over_is_made_good(identity: Identity, cypher: Cypher) -> None:
    work = Work()
    await _seen_to_since(cypher, DUE + timedelta(days=9))
    await cypher(
        "CREATE (run:JobRun {job: 'work', slot: $slot, asOf: $slot, started: $slot}) "
        "SET run.attempts = 1, run.status = 'RUNNING'",
        slot=DUE,
    )
    async with _running(identity, work.job()) as schedule:
        await schedule.catch_up(DUE + timedelta(hours=2))
    assert work.times == [DUE]


# -- in a process --


async def _fire(schedule: Schedule, name: str) -> None:
    schedule.scheduler.modify_job(name, next_run_time=datetime.now(SHANGHAI))


async def test_every_job_is_scheduled_as_promised(identity: Identity) -> None:
    async with _running(identity, *JOBS) as schedule:
        jobs = {job.id: job for job in schedule.scheduler.get_jobs()}
        assert jobs.keys() == {job.name for job in JOBS} | {"catch-up"}
        for job in jobs.values():
            assert job.coalesce
            assert job.max_instances == 1
            assert job.misfire_grace_time >= 3600
            assert str(job.trigger.timezone) == "Asia/Shanghai"


async def test_a_job_is_run_when_it_is_due_in_the_slot_that_is_its(identity: Identity) -> None:
    work = Work()
    job = Job("work", "", "every minute", MINUTE.trigger, MINUTE.period, work)
    async with asyncio.timeout(60), _running(identity, job) as schedule:
        await _fire(schedule, "work")
        await work.begun.wait()
    (kept,) = await runs(identity.graph.reader(), ["work"], 10)
    assert (kept.slot.second, kept.slot.microsecond) == (0, 0)
    assert kept.slot <= kept.started
    assert kept.status == "DONE"


async def test_stopping_lets_a_run_finish(identity: Identity) -> None:
    work = Work()
    work.go_on.clear()
    job = Job("work", "", "every minute", MINUTE.trigger, MINUTE.period, work)
    schedule = await start(identity, SHANGHAI, [job])
    await _fire(schedule, "work")
    await work.begun.wait()
    stopping = asyncio.create_task(schedule.stop())
    done, _ = await asyncio.wait([stopping], timeout=0.3)
    assert not done
    work.go_on.set()
    await stopping
    assert [one.status for one in await runs(identity.graph.reader(), ["work"], 10)] == ["DONE"]


async def test_stopping_does_not_wait_for_ever(
    identity: Identity, monkeypatch: pytest.MonkeyPatch, cypher: Cypher
) -> None:
    monkeypatch.setattr("app.jobs.schedule.STOPPING", 0.1)
    work = Work()
    work.go_on.clear()
    job = Job("work", "", "every minute", MINUTE.trigger, MINUTE.period, work)
    async with asyncio.timeout(60):
        schedule = await start(identity, SHANGHAI, [job])
        await _fire(schedule, "work")
        await work.begun.wait()
        await schedule.stop()
    # It is left for another process, which need not wait for the lease to run out.
    (kept,) = await runs(identity.graph.reader(), ["work"], 10)
    assert kept.status == "RUNNING"
    assert await cypher("MATCH (l:Lease {name: 'work'}) RETURN l.holder AS holder") == [{"holder": None}]


async def test_changes_are_numbered_while_it_runs_and_the_lease_given_back(
    identity: Identity, cypher: Cypher, changes: Changes
) -> None:
    before = identity.graph.calls
    async with asyncio.timeout(60), _running(identity, *JOBS):
        for first in (1, 11):
            await changes(first, first + 9)
            while await cypher("MATCH (c:Unnumbered) RETURN c LIMIT 1"):  # noqa: ASYNC110 - it tells in no other way
                await asyncio.sleep(0.05)
    assert await cypher("MATCH (l:Lease) RETURN DISTINCT l.holder AS holder") == [{"holder": None}]
    assert not await cypher("MATCH (r:JobRun {job: 'sequence-changes'}) RETURN r")
    assert identity.graph.calls == before  # what requests send is counted apart


async def test_a_failure_is_logged_once_and_the_next_tick_has_its_chance(
    identity: Identity, cypher: Cypher, changes: Changes
) -> None:
    schedule = Schedule(identity, SHANGHAI, JOBS)
    job = job_named("sequence-changes")
    await changes(1, 1)
    await cypher("MERGE (feed:Sequence {name: 'changes'}) SET feed.last = true")
    with capture_logs() as said:
        await schedule._tick(job)
        await schedule._tick(job)
        await cypher("MATCH (feed:Sequence) DELETE feed")
        await schedule._tick(job)
    assert [line["event"] for line in said] == ["job_not_run", "job_runs_again"]
    assert await cypher("MATCH (c:Change) RETURN c.seq AS seq") == [{"seq": 1}]
