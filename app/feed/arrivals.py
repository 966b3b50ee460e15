"""Whether the change feed has more: looked up once for everybody in this process who waits for it.

Subscribers come and go by the hundred, and each asks the graph for its own lines, since each asks something
else of them. But that there is something to ask for, they learn from one statement five times a second; while
nobody waits, there is none.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import structlog

from app.errors import OneIdError
from app.graph.queries import read_query
from app.graph.sessions import Reader

EVERY = 0.2  # seconds, as often as the sequencer numbers
_AFTER_FAILURE = 2.0

_ARRIVED = read_query("feed/arrived")

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Waiter:
    number: int
    types: frozenset[str] | None
    arrived: asyncio.Future[int]


class Arrivals:
    """The feed as one process sees it grow. reader: where it is looked up. every: seconds between looks."""

    def __init__(self, reader: Callable[[], Reader], every: float = EVERY) -> None:
        self._reader = reader
        self._every = every
        self._waiting: set[_Waiter] = set()
        self._watching: asyncio.Task[None] | None = None
        self._seen = 0
        self._looked = 0.0

    async def beyond(self, number: int | None, types: frozenset[str] | None) -> int:
        """Waits until the feed has lines after a number, of these types where some are given.

        Returns the number that the feed is complete to by then; without a number, that of now.
        """
        if number is None:
            return (await self._look(0))[0]
        waiter = _Waiter(number, types, asyncio.get_running_loop().create_future())
        self._waiting.add(waiter)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            return await waiter.arrived
        finally:
            self._waiting.discard(waiter)

    async def close(self) -> None:
        """Looks no more."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    async def _watch(self) -> None:
        await asyncio.sleep(max(0.0, self._looked + self._every - monotonic()))
        while self._waiting:
            wait = self._every
            try:
                before = self._seen
                complete, types = await self._look(before)
                self._tell(before, complete, types)
            except OneIdError as error:  # those who wait go on waiting
                log.warning("feed_not_seen", error=error.code)
                wait = _AFTER_FAILURE
            self._looked = monotonic()
            await asyncio.sleep(wait)

    async def _look(self, before: int) -> tuple[int, frozenset[str] | None]:
        """How far the feed is, and the types of its lines since then; None where they are too many to say."""
        row = await self._reader().row(_ARRIVED, after=before)
        if row is None:
            return 0, frozenset()
        return row["complete"], None if row["types"] is None else frozenset(row["types"])

    def _tell(self, before: int, complete: int, types: frozenset[str] | None) -> None:
        self._seen = complete
        for waiter in self._waiting:
            if waiter.number >= complete or waiter.arrived.done():
                continue
            if waiter.number < before or types is None or waiter.types is None or waiter.types & types:
                waiter.arrived.set_result(complete)
            else:
                waiter.number = complete  # what came is nothing that it waits for
