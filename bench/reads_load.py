"""Asking as fast as answers come: the load, which shares the machine and so does as little as it can.

Requests are put together before the clock starts. A connection is a protocol that sends the next request out
of the callback that saw the end of the last answer: no tasks and no futures in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median
from time import perf_counter
from typing import Protocol, cast

from bench.reads_processes import cpu

_HEAD = (
    b"POST /graphql HTTP/1.1\r\nhost: localhost\r\n"
    b"content-type: application/json\r\ncontent-length: %d\r\n\r\n"
)


class Load(Protocol):
    """A way to ask one query of one side, with so many requests under way at once, for so many seconds."""

    async def __call__(self, concurrency: int, seconds: float) -> list[float]:
        """Seconds that each answer took."""


@dataclass
class Round:
    """What a round came to: answers a second, and milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float
    database: float
    load: float


@dataclass
class Side:
    """One of those that are compared: how it is asked, and which processes work for it.

    process: of the server; None for the bare driver, which is in the process of the load.
    """

    name: str
    load: Load
    process: int | None
    database: int | None
    rounds: list[Round] = field(default_factory=list)

    async def round(self, concurrency: int, seconds: float) -> Round:
        """One round."""
        watched = (self.process, self.database, "self")
        before = [cpu(process) for process in watched]
        start = perf_counter()
        took = await self.load(concurrency, seconds)
        elapsed = perf_counter() - start
        used = [(cpu(process) - was) * 1e3 / len(took) for process, was in zip(watched, before, strict=True)]
        took.sort()
        p50, p99 = (took[int(len(took) * part)] * 1e3 for part in (0.5, 0.99))
        return Round(len(took) / elapsed, p50, p99, *used)

    def middle(self, name: str) -> float:
        """The median of one measure over the rounds."""
        values: list[float] = [getattr(round_, name) for round_ in self.rounds]
        return median(values)

    def told(self) -> str:
        """Its line of the comparison: rates and times, then CPU a request of server, database and load."""
        shown = {name: self.middle(name) for name in ("rate", "p50", "p99", "cpu", "database", "load")}
        server = "    -" if self.process is None else f"{shown['cpu']:5.2f}"
        return (
            f"{self.name:<12} {shown['rate']:7.0f} a second   p50 {shown['p50']:7.2f} ms   "
            f"p99 {shown['p99']:7.2f} ms   CPU ms a request: server {server}  "
            f"database {shown['database']:5.2f}  load {shown['load']:5.2f}"
        )


async def warmed(sides: Sequence[Side], seconds: float) -> None:
    """Asks each side for so long: compilers on both ends take thousands of answers to come to rest."""
    for side in sides:
        await side.round(16, seconds)


async def interleaved(sides: Sequence[Side], concurrency: int, seconds: float, rounds: int) -> None:
    """All sides in turn, so many times; the order changes from round to round."""
    for side in sides:
        side.rounds.clear()
    for number in range(rounds):
        for place in range(len(sides)):
            side = sides[(place + number) % len(sides)]
            side.rounds.append(await side.round(concurrency, seconds))


def request(body: bytes) -> bytes:
    """An HTTP request with that body."""
    return _HEAD % len(body) + body


@dataclass
class Http:
    """A side that is asked over HTTP, by connections that are kept."""

    port: int
    requests: Sequence[bytes]

    async def __call__(self, concurrency: int, seconds: float) -> list[float]:
        took: list[float] = []
        source = cycle(self.requests)
        loop = asyncio.get_running_loop()
        end = perf_counter() + seconds
        made = [
            (await loop.create_connection(lambda: Connection(source, took, end), "127.0.0.1", self.port))[1]
            for _ in range(concurrency)
        ]
        await asyncio.gather(*(connection.done for connection in made))
        return took

    async def once(self, number: int) -> bytes:
        """The body that answers one of the requests."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.requests[number])
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        writer.close()
        return body


class Connection(asyncio.Protocol):
    """Asks, one request after the other, until the time is over."""

    def __init__(self, source: Iterator[bytes], took: list[float], end: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._source, self._took, self._end = source, took, end
        self._got = bytearray()
        self._whole = 0
        self._start = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._whole:
            head = self._got.find(b"\r\n\r\n")
            if head < 0:
                return
            self._whole = head + 4 + _length(self._got[:head])
        if len(self._got) >= self._whole:
            self._answered()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def _answered(self) -> None:
        now = perf_counter()
        self._took.append(now - self._start)
        if b" 200 " not in self._got[:16] or b'"errors"' in self._got:
            self.done.set_exception(AssertionError(bytes(self._got[:500])))
        elif now >= self._end:
            self.done.set_result(None)
        else:
            return self._next()
        return self._transport.close()

    def _next(self) -> None:
        self._got.clear()
        self._whole = 0
        self._start = perf_counter()
        self._transport.write(next(self._source))


def _length(head: bytes | bytearray) -> int:
    at = head.lower().index(b"content-length:") + 15
    end = head.find(b"\r", at)
    return int(head[at : end if end > 0 else None])


@dataclass
class Tasks:
    """A side that is asked by awaiting, from so many tasks of this process."""

    ask: Callable[[int], Awaitable[None]]

    async def __call__(self, concurrency: int, seconds: float) -> list[float]:
        took: list[float] = []
        numbers = iter(range(1_000_000_000))
        end = perf_counter() + seconds

        async def one() -> None:
            while (start := perf_counter()) < end:
                await self.ask(next(numbers))
                took.append(perf_counter() - start)

        await asyncio.gather(*(one() for _ in range(concurrency)))
        return took
