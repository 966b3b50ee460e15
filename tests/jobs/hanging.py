"""A process of its own that begins the slot of a job and never finishes it: for tests that kill it.

python -m tests.jobs.hanging SLOT MILLISECONDS
"""

import asyncio
import sys
from datetime import datetime, timedelta

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.model import Job, Outcome
from app.jobs.run import run
from app.settings import settings


async def _hang(_: Identity, __: datetime) -> Outcome:
    print("begun", flush=True)
    await asyncio.Event().wait()
    return Outcome()


async def main(slot: datetime, milliseconds: int) -> None:
    """Runs the job `work`."""
    own = settings()
    async with await Graph.open(own) as graph:
        identity = await Identity.open(graph, Keyring(own.secret()), own.policy)
        job = Job("work", "", "", lambda zone: None, timedelta(), _hang)
        await run(identity, job, slot, milliseconds=milliseconds)


if __name__ == "__main__":
    asyncio.run(main(datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])))
