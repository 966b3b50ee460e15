"""Several replicas at once, as processes: one clock that is ten minutes off, one that is killed with kill -9,
and a job that takes longer than its interval.
"""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from app.identity.service import Identity
from app.jobs.history import runs
from app.settings import ROOT

LEASE = 2_000  # milliseconds


@dataclass(slots=True)
class Seen:
    """What the replicas said: (replica, begin or end, slot, time), as it was read."""

    said: list[tuple[int, str, str, float]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self, replica: int, process: Process) -> None:
        """Reads what a replica says until its end."""
        assert process.stdout is not None
        async for text in process.stdout:
            what, slot, clock = text.decode().split()
            self.said.append((replica, what, slot, float(clock)))
            self.news.set()

    async def until(self, what: str, count: int) -> tuple[int, str, str, float]:
        """The last of so many of these lines."""
        while len(found := [one for one in self.said if one[1] == what]) < count:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)
        return found[-1]


@asynccontextmanager
async def _replica(environment: dict[str, str], skew: int) -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.jobs.replica", str(skew), str(LEASE)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_each_slot_once_and_one_run_at_a_time(identity: Identity, environment: dict[str, str]) -> None:
    seen = Seen()
    async with AsyncExitStack() as stack, asyncio.timeout(200):
        skews = (0, 0, 600)
        starting = (stack.enter_async_context(_replica(environment, skew)) for skew in skews)
        replicas = await asyncio.gather(*starting)
        following = [asyncio.create_task(seen.follow(n, one)) for n, one in enumerate(replicas)]
        await seen.until("end", 3)
        begun = len([one for one in seen.said if one[1] == "begin"])
        holder, _, slot, _ = await seen.until("begin", begun + 1)
        killed = time.clock_gettime(time.CLOCK_MONOTONIC)
        replicas[holder].kill()
        _, _, _, taken = await seen.until("begin", begun + 2)
        await seen.until("end", begun + 2)
    await asyncio.gather(*following, return_exceptions=True)

    said = sorted(seen.said, key=lambda one: one[3])
    ended = Counter(slot for _, what, slot, _ in said if what == "end")
    assert set(ended.values()) == {1}
    # Whoever is ten minutes ahead waits for the lease's end as everybody does: by the database's clock.
    assert taken - killed > LEASE / 1000 / 2
    others = [one[:3] for one in said if (one[0], one[2]) != (holder, slot)]
    for begin, end in zip(others[::2], others[1::2], strict=False):
        assert (begin[1], end[1]) == ("begin", "end")
        assert (begin[0], begin[2]) == (end[0], end[2])
    kept = await runs(identity.graph.reader(), ["work"], 100)
    done = {run.slot.isoformat() for run in kept if run.status == "DONE"}
    assert len(set(ended) - done) <= 1  # the last was killed before it said so
    left = [run for run in kept if run.slot.isoformat() == slot]
    assert [run.status for run in left] in (["FAILED"], ["DONE"], ["RUNNING"])
