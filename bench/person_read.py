"""`person` by identifier over HTTP against the bare driver with the same statement.

    NEO4J_URI=… python -m bench.person_read [--concurrency 16] [--seconds 3] [--rounds 5]

The graph is one that is already filled. The service runs in a process of its own, as it is served; both sides
are asked by this process, in turn, for the same people. Medians of the rounds are printed, and their ratio.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import uvloop
from neo4j import READ_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import load_policy
from app.settings import Settings

QUERY = """
query Person($by: PersonBy!) {
  person(by: $by) { oneId status since identifiers { kind scope display firstSeen lastSeen } }
}
"""
_SAMPLE = """
MATCH (i:Identifier)-[:IDENTIFIES]->(:Person)
WHERE i.value IS NOT NULL AND i.kind IN ['openid', 'unionid', 'member', 'cookie']
RETURN i.kind AS kind, i.scope AS scope, i.value AS value LIMIT 20000
"""

Ask = Callable[[dict[str, str]], Awaitable[None]]


@dataclass
class Side:
    """One of the two that are compared: how it is asked, and what each round came to."""

    name: str
    ask: Ask
    process: int
    cpus: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    p50s: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)

    async def round(self, sample: list[dict[str, str]], concurrency: int, seconds: float) -> None:
        """Asks as fast as answers come, by so many tasks, for so long."""
        took: list[float] = []
        cpu = _cpu(self.process)
        end = monotonic() + seconds

        async def one() -> None:
            while (start := monotonic()) < end:
                await self.ask(random.choice(sample))
                took.append(monotonic() - start)

        await asyncio.gather(*(one() for _ in range(concurrency)))
        took.sort()
        self.cpus.append((_cpu(self.process) - cpu) / len(took) * 1e3)
        self.rates.append(len(took) / seconds)
        self.p50s.append(took[len(took) // 2] * 1e3)
        self.p99s.append(took[int(len(took) * 0.99)] * 1e3)

    def told(self) -> str:
        rate, p50, p99 = median(self.rates), median(self.p50s), median(self.p99s)
        cpu = median(self.cpus)
        return (
            f"{self.name:<14} {rate:8.0f} a second   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   CPU {cpu:.2f} ms"
        )


async def compare(settings: Settings, concurrency: int, seconds: float, rounds: int) -> list[Side]:
    """The bare driver and the service, each with what its rounds came to.

    Raises LookupError when the graph holds nobody who could be asked for.
    """
    async with await Graph.open(settings) as graph:
        async with graph.session(READ_ACCESS) as session:
            sample = [dict(row) async for row in await session.run(_SAMPLE)]
        if not sample:
            raise LookupError("this graph holds nobody; fill it first")
        async with _service(settings) as (port, process):
            clients = [await Http.open(port) for _ in range(concurrency)]
            sides = [
                Side("bare driver", await _bare(graph, settings, sample[0]), os.getpid()),
                Side("GraphQL, HTTP", _http(clients), process),
            ]
            for side in sides:
                await side.round(sample, concurrency, 2)  # warms up
                side.rates, side.p50s, side.p99s, side.cpus = [], [], [], []
            for _ in range(rounds):
                for side in sides:
                    await side.round(sample, concurrency, seconds)
            for client in clients:
                await client.close()
    return sides


async def main() -> None:
    """Runs the comparison on the graph of NEO4J_URI, and prints it."""
    options = _options()
    sides = await compare(Settings(), options.concurrency, options.seconds, options.rounds)
    print(f"person by identifier, with identifiers; concurrency {options.concurrency}")
    print(f"medians of {options.rounds} interleaved rounds of {options.seconds:g} s")
    for side in sides:
        print(side.told())
    print(f"ratio          {median(sides[1].rates) / median(sides[0].rates):8.2f} of the bare driver")


async def _bare(graph: Graph, settings: Settings, one: dict[str, str]) -> Ask:
    """The driver alone: the statement and parameters that the service sends, its row taken."""
    text, params = await _statement(graph, settings, one)
    name = next(name for name in params if name.startswith("key_"))

    async def ask(by: dict[str, str]) -> None:
        params_now = params | {name: f"{by['kind']}|{by['scope']}|{by['value']}"}
        async with graph.driver.session(database=graph.database, default_access_mode=READ_ACCESS) as session:
            row = await (await session.run(text, params_now)).single()
        assert row is not None
        assert row[0] is not None

    return ask


class _Recorder:
    """Stands where statements are sent, to see what is sent."""

    def __init__(self) -> None:
        self.text, self.params = "", dict[str, Any]()

    async def compiled(self, text: str, params: dict[str, Any], *, timeout: float) -> list[list[None]]:
        self.text, self.params = text, params
        return [[None]]


async def _statement(graph: Graph, settings: Settings, one: dict[str, str]) -> tuple[str, dict[str, Any]]:
    recorder = _Recorder()

    class Recorded(Context):
        def reader(self) -> Any:
            return recorder

    policy = load_policy(settings.policy.read_text(encoding="utf-8"))
    context = Recorded(DEVELOPER, graph, Keyring(settings.secret()), policy)
    await Requests(GRAPHQL).answer(QUERY, {"by": {"identifier": one}}, None, context)
    return recorder.text, recorder.params


def _cpu(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _http(clients: list["Http"]) -> Ask:
    free = list(clients)

    async def ask(by: dict[str, str]) -> None:
        client = free.pop()
        answer = await client.post(
            json.dumps({"query": QUERY, "variables": {"by": {"identifier": by}}}).encode()
        )
        free.append(client)
        assert answer.startswith(b'{"data":{"person":{'), answer

    return ask


@dataclass
class Http:
    """A kept connection that posts: as little client as there can be, since it shares the machine."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int) -> "Http":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, body: bytes) -> bytes:
        head = (
            b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
            b"content-length: %d\r\n\r\n" % len(body)
        )
        self.writer.write(head + body)
        headers = await self.reader.readuntil(b"\r\n\r\n")
        at = headers.lower().index(b"content-length:") + 15
        return await self.reader.readexactly(int(headers[at : headers.index(b"\r\n", at)]))

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


@asynccontextmanager
async def _service(settings: Settings) -> AsyncIterator[tuple[int, int]]:
    """The service in a process of its own, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.password(),
        "NEO4J_DATABASE": settings.neo4j_database,
        "ONEID_SECRET_KEY": settings.secret(),
    }
    arguments = (
        "-m",
        "uvicorn",
        "app.main:app",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--no-access-log",
    )
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=environment)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            await asyncio.sleep(0.1)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    uvloop.run(main())  # as the service does
