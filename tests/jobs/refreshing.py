"""A process of its own that runs a slot of refresh-relationships: for tests with two of them.

python -m tests.jobs.refreshing SLOT waits for a line, then prints what became of three attempts.
"""

import asyncio
import sys
from datetime import datetime

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.run import run
from app.settings import settings


async def main(slot: datetime) -> None:
    """Runs the slot when it is told to."""
    own = settings()
    async with await Graph.open(own) as graph:
        identity = await Identity.open(graph, Keyring(own.secret()), own.policy)
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        for _ in range(3):
            print(type(await run(identity, job_named("refresh-relationships"), slot)).__name__, flush=True)


if __name__ == "__main__":
    asyncio.run(main(datetime.fromisoformat(sys.argv[1])))
