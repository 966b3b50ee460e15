"""Numbers for the change feed, without a gap: by commit from batch to batch, by id within one.

Writers of changes leave `seq` out, since a counter would be a lock that they all hold. Whoever has the lease
numbers what has been committed, five times a second. A number once given never changes.
"""

import asyncio
from time import monotonic

from app.errors import Unavailable
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Writer
from app.jobs.lease import Held, Lease, claim, release

NAME = "sequence-changes"
BATCH = 5000  # changes a transaction; about a tenth of a second
LEASE = 10_000  # milliseconds: how long the feed stands still when its sequencer is killed
_PATIENCE = 120.0  # seconds that a command waits for another process to number what it has to
_LAST_ID = "~"  # after every id

_FEED = read_query("jobs/feed")
_NEWEST = read_query("jobs/feed_newest")
_SEQUENCE = write_query("jobs/sequence")


class Sequencer:
    """The numbering part of one process. It keeps the lease from one tick to the next while it has work."""

    def __init__(self, graph: Graph, *, batch: int = BATCH, milliseconds: int = LEASE) -> None:
        self._graph, self._batch, self._milliseconds = graph, batch, milliseconds
        self._lease: Lease | None = None

    async def tick(self) -> int:
        """Numbers what has been committed, and returns how many; 0 when another process is at it.

        One read when there is nothing to do.
        """
        (feed,) = await self._graph.reader().rows(_FEED, until=_LAST_ID)
        if not feed["waiting"] and feed["complete"] == feed["last"]:
            return 0
        total = 0
        # The round that numbers nothing says that the rounds before it are complete.
        while numbered := await self._numbered():
            total += numbered
        return total

    async def close(self) -> None:
        """Gives the lease back."""
        lease, self._lease = self._lease, None
        if lease is not None:
            await release(self._graph, lease)

    async def _numbered(self) -> int:
        """Numbers a batch; 0 without the lease."""
        if self._lease is None:
            claimed = await claim(self._graph, NAME, milliseconds=self._milliseconds)
            if isinstance(claimed, Held):
                return 0
            self._lease = claimed
        lease = self._lease

        async def work(writer: Writer) -> int | None:
            row = await writer.row(_SEQUENCE, **lease.params(), limit=self._batch)
            return None if row is None else int(row["numbered"])

        numbered = await self._graph.unit(work)
        if numbered is None:
            self._lease = None  # another process went on from the number where this one was
        return numbered or 0


async def settled(graph: Graph) -> int:
    """Waits until everything committed before this call is numbered, by this process or by another one.

    Returns the number up to which the feed is complete. Raises Unavailable after two minutes.
    """
    newest = await graph.reader().row(_NEWEST)
    until = "" if newest is None else newest["id"]
    sequencer, deadline, goal = Sequencer(graph), monotonic() + _PATIENCE, None
    try:
        while monotonic() < deadline:
            await sequencer.tick()
            (feed,) = await graph.reader().rows(_FEED, until=until)
            if goal is None and not feed["waiting"]:
                goal = feed["last"]
            if goal is not None and feed["complete"] >= goal:
                return int(feed["complete"])
            await asyncio.sleep(0.1)
    finally:
        await sequencer.close()
    raise Unavailable(
        f"changes still wait for their number after {_PATIENCE:g} s",
        suggestion="`oneid jobs list` shows who holds sequence-changes",
    )
