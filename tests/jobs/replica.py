"""A process of its own that runs a schedule, as a replica of the service does: for tests with several.

python -m tests.jobs.replica SKEW LEASE: its clock is off by so many seconds. The job is due every second and
takes longer than that. It prints a line when a run begins and when it ends: the slot, and a clock that is the
same for every process of the machine.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import time_machine
from apscheduler.triggers.cron import CronTrigger

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs import schedule
from app.jobs.model import Job, Outcome
from app.jobs.run import run
from app.settings import settings

TAKES = 1.3


def _said(what: str, slot: datetime) -> None:
    print(what, slot.isoformat(), time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)


async def _work(_: Identity, as_of: datetime) -> Outcome:
    _said("begin", as_of)
    await asyncio.sleep(TAKES)
    _said("end", as_of)
    return Outcome()


async def main(lease: int) -> None:
    """Runs until it is killed."""
    schedule.run = partial(run, milliseconds=lease)  # type: ignore[assignment]
    own = settings()
    job = Job(
        "work", "", "", lambda zone: CronTrigger(second="*", timezone=zone), timedelta(seconds=1), _work
    )
    async with await Graph.open(own) as graph:
        identity = await Identity.open(graph, Keyring(own.secret()), own.policy)
        await schedule.start(identity, ZoneInfo("UTC"), [job])
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=float(sys.argv[1])), tick=True):
        asyncio.run(main(int(sys.argv[2])))
