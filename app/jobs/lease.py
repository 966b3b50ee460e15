"""The right to do a piece of work alone, across processes: a `Lease` node in Neo4j.

    claim ──> Lease(token 7) ──check──check──check──> release
                                 │
       its end passes, another claims: token 8, and every later check of token 7 raises LeaseLost

Whether a lease has run out is decided by the database's clock alone: clocks of machines differ, and a lease
must not. What keeps two holders apart is not the time but the token: whoever writes under a lease locks its
node and looks at the token in the same transaction, so a holder that was stopped for an hour writes nothing
when it wakes up.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import structlog

from app.errors import OneIdError, Unavailable
from app.graph.queries import write_query
from app.graph.sessions import PATIENCE, Graph, Writer

T = TypeVar("T")

_CLAIM = write_query("jobs/lease_claim")
_CHECK = write_query("jobs/lease_check")
_RELEASE = write_query("jobs/lease_release")

log = structlog.get_logger(__name__)


class LeaseLost(OneIdError):
    """Another process holds the lease by now; what the transaction wrote is rolled back."""

    code = "LEASE_LOST"


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as its holder knows it: `milliseconds` is how long it lasts from each claim or check on."""

    name: str
    token: int
    milliseconds: int

    def params(self) -> dict[str, str | int]:
        """What every statement that writes under the lease takes."""
        return {"name": self.name, "token": self.token, "milliseconds": self.milliseconds}

    async def check(self, writer: Writer) -> None:
        """Holds the lease for the rest of the transaction and puts off its end; raises LeaseLost."""
        if await writer.row(_CHECK, **self.params()) is None:
            raise LeaseLost(f"the lease {self.name} has another holder than that of token {self.token}")


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that was refused: who holds the lease."""

    holder: str


def holder() -> str:
    """A name for one holder, never given twice: a machine may start its process 1 again and again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


async def claim(graph: Graph, name: str, *, milliseconds: int) -> Lease | Held:
    """The lease, if nobody holds it, for so many milliseconds; else who does."""
    # The name is made outside the unit, which may run twice.
    me = holder()

    async def work(writer: Writer) -> Lease | Held:
        (row,) = await writer.rows(_CLAIM, name=name, holder=me, milliseconds=milliseconds)
        return Lease(name, row["token"], milliseconds) if row["claimed"] else Held(row["holder"])

    return await graph.unit(work)


async def release(graph: Graph, lease: Lease) -> None:
    """Gives the lease back, so that nobody has to wait for its end; nothing when it is somebody else's."""
    await graph.unit(lambda writer: writer.rows(_RELEASE, name=lease.name, token=lease.token))


@asynccontextmanager
async def kept(graph: Graph, lease: Lease) -> AsyncIterator[None]:
    """Puts off the lease's end all the while that the body runs, and gives it back at the end."""
    keeping = asyncio.create_task(_keep(graph, lease))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        # Without a database it cannot be given back, and runs out by itself.
        try:
            await release(graph, lease)
        except Unavailable as error:
            log.warning("lease_not_released", lease=lease.name, error=error.code)


async def _keep(graph: Graph, lease: Lease) -> None:
    while True:
        await asyncio.sleep(lease.milliseconds / 3000)
        try:
            await graph.unit(lease.check)
        except LeaseLost:
            return  # the holder finds out at its next write
        except Unavailable as error:
            log.warning("lease_not_renewed", lease=lease.name, error=error.code)


class Fenced(Graph):
    """The same graph for a holder of a lease: every unit of work checks the lease before anything else."""

    def __init__(self, graph: Graph, lease: Lease) -> None:
        super().__init__(graph.driver, graph.database)
        self.settings = graph.settings
        self._bookmarks = graph._bookmarks  # one order of reads and writes with the graph it comes from
        self._lease = lease

    async def unit(
        self,
        work: Callable[[Writer], Awaitable[T]],
        *,
        patience: float = PATIENCE,
        retry_races: bool = False,
    ) -> T:
        """A unit of work as in Graph; raises LeaseLost, with nothing written, once the lease is another's."""

        async def fenced(writer: Writer) -> T:
            await self._lease.check(writer)
            return await work(writer)

        return await super().unit(fenced, patience=patience, retry_races=retry_races)
