"""A process of its own that begins to refresh a segment and is killed on its way.

python -m tests.segments.killed KEY BATCH UNITS
"""

import asyncio
import os
import signal
import sys

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.segments import whole
from app.settings import settings
from tests.tags.world import NOON


async def main(key: str, batch: int, units: int) -> None:
    """Refreshes the segment, so many people a unit; killed when so many units are done."""
    own = settings()
    async with await Graph.open(own) as graph:
        identity = await Identity.open(graph, Keyring(own.secret()), own.policy)
        whole.BATCH, whole.PAGE, unit, done = batch, batch, graph.unit, 0

        async def counted(*given: object, **more: object) -> object:
            nonlocal done
            if done == units:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            return await unit(*given, **more)  # type: ignore[arg-type]

        graph.unit = counted  # type: ignore[method-assign, assignment]
        await whole.refresh_whole(identity, key, NOON)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
