"""A process of its own that numbers changes as fast as it can: for tests with two of them.

python -m tests.jobs.numbering MILLISECONDS BATCH numbers until a line comes in, then prints how many it did.
"""

import asyncio
import sys

from app.graph.sessions import Graph
from app.jobs.sequencer import Sequencer
from app.settings import settings


async def main(milliseconds: int, batch: int) -> None:
    """Ticks until there is something to read, or its end."""
    told = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    async with await Graph.open(settings()) as graph:
        sequencer, total = Sequencer(graph, milliseconds=milliseconds, batch=batch), 0
        print("ready", flush=True)
        while not told.done():
            total += await sequencer.tick()
            await asyncio.sleep(0)
        print(total, flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
