"""Deliveries to webhooks: each webhook by whoever holds its lease, so that a slow one holds up no other.

Every process looks twice a second which webhooks there is something to do for, and begins on those
whose lease it gets. A process that dies holds its webhooks up for as long as its leases last.
"""

import asyncio
from collections import Counter

import structlog

from app.errors import OneIdError
from app.feed.delivery import deliver
from app.feed.sending import Sending
from app.feed.webhooks import lease_name
from app.graph.queries import read_query
from app.identity.service import Identity
from app.jobs.lease import Fenced, Held, LeaseLost, claim, kept

NAME = "deliver-webhooks"
LEASE = 30_000  # milliseconds; more than a delivery may take
MOST = 20
"""Webhooks that one process delivers to at a time."""

_DUE = read_query("feed/webhooks_due")

log = structlog.get_logger(__name__)


class Deliverer:
    """The delivering part of one process."""

    def __init__(self, identity: Identity, sending: Sending, *, milliseconds: int = LEASE) -> None:
        self._identity, self._sending, self._milliseconds = identity, sending, milliseconds
        self._active: dict[str, asyncio.Task[None]] = {}
        self.counts: Counter[str] = Counter()

    async def tick(self) -> int:
        """Begins on what there is to do; returns how many webhooks this process is at by then."""
        rows = await self._identity.graph.reader().rows(_DUE)
        for key in (row["key"] for row in rows):
            if key not in self._active and len(self._active) < MOST:
                self._active[key] = asyncio.create_task(self._one(key))
        return len(self._active)

    async def settled(self) -> Counter[str]:
        """Delivers all that can be delivered now, by this process or by another one; what came of it here."""
        while await self.tick() and not self.counts["broken"]:
            await asyncio.wait(self._active.values())
        return self.counts

    async def close(self) -> None:
        """Breaks off, and gives the leases back. What was being delivered is delivered again."""
        tasks = list(self._active.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, key: str) -> None:
        graph = self._identity.graph
        try:
            lease = await claim(graph, lease_name(key), milliseconds=self._milliseconds)
            if isinstance(lease, Held):
                await asyncio.sleep(0.2)  # another process is at it
                return
            async with kept(graph, lease):
                fenced = Fenced(graph, lease)
                self.counts += await deliver(fenced, self._identity.keyring, key, self._sending)
        except LeaseLost:
            log.warning("webhook_taken_over", webhook=key)
        except OneIdError as error:
            log.warning("webhook_not_delivered", webhook=key, error=error.code)
        except Exception as error:  # whatever it is, the other webhooks go on
            self.counts["broken"] += 1
            log.error("webhook_broken", webhook=key, error=type(error).__name__)
        finally:
            del self._active[key]
