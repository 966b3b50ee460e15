"""A process of its own that delivers to webhooks until it is killed: python -m tests.feed.delivering LEASE"""

import asyncio
import sys

from app.access.sealing import Keyring
from app.feed.sending import Sending
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.deliverer import Deliverer
from app.settings import settings


async def main(milliseconds: int) -> None:
    """Ticks without an end; the lease lasts so long."""
    async with await Graph.open(settings()) as graph:
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        deliverer = Deliverer(identity, Sending(loopback=True), milliseconds=milliseconds)
        print("ready", flush=True)
        while True:
            await deliverer.tick()
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
