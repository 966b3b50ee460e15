"""Through the window everything can be read and nothing be written, whatever the client says of its mode."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS, AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import Neo4jError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.graph.child import HOST, free_port
from app.graph.packed import Malformed, reading
from app.graph.sessions import Graph
from app.graph.window import open_window
from app.settings import Settings

BROWSER = "http://localhost:7474"


@pytest_asyncio.fixture(scope="session")
async def window(settings: Settings) -> AsyncIterator[str]:
    """The address of an open window."""
    port = free_port()
    opened = asyncio.create_task(open_window(settings.neo4j_uri, HOST, port, [BROWSER]))
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            break
    yield f"ws://{HOST}:{port}"
    opened.cancel()
    with suppress(asyncio.CancelledError):
        await opened


@pytest_asyncio.fixture(scope="session")
async def driver(window: str, settings: Settings) -> AsyncIterator[AsyncDriver]:
    """A driver whose Bolt goes through the window in WebSocket frames, as Browser's does."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with connect(window, origin=BROWSER, compression=None) as socket:  # type: ignore[arg-type]

            async def back() -> None:
                async for frame in socket:
                    writer.write(frame if isinstance(frame, bytes) else b"")
                writer.close()

            answers = asyncio.create_task(back())
            while data := await reader.read(random.choice((1, 7, 65536))):  # messages cut anywhere
                await socket.send(data)
            await socket.close()
            await answers

    async with await asyncio.start_server(carry, HOST, 0) as server:
        uri = f"bolt://{HOST}:{server.sockets[0].getsockname()[1]}"
        auth = (settings.neo4j_user, settings.password())
        async with AsyncGraphDatabase.driver(uri, auth=auth, telemetry_disabled=True) as through:
            yield through


async def test_what_is_there_can_be_read(graph: Graph, driver: AsyncDriver) -> None:
    await graph.unit(
        lambda writer: writer.run("CREATE (:Brand {key: 'a', name: $name})", {"name": "熊" * 30000})
    )
    async with driver.session(default_access_mode=WRITE_ACCESS) as session:
        found = await (await session.run("MATCH (n:Brand {key: $key}) RETURN n.name", {"key": "a"})).single()
    assert found is not None
    assert found[0] == "熊" * 30000


WRITES = [
    "CREATE (:Brand {key: 'b'})",
    "MATCH (n:Brand) SET n.name = $name",
    "MATCH (n) DETACH DELETE n",
    "CREATE INDEX test_index FOR (n:Brand) ON (n.test)",
    "DROP CONSTRAINT brand_key",
    "CALL db.createLabel('Anything')",
    "UNWIND range(1, 3) AS x CALL (x) { CREATE (:Brand {key: toString(x)}) } IN TRANSACTIONS",
]
ADMINISTRATION = [
    "CREATE USER eve SET PASSWORD 'a long password' CHANGE NOT REQUIRED",
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'another password'",
    "DROP USER neo4j",
    "ALTER DATABASE neo4j SET ACCESS READ ONLY",
]


@pytest.mark.parametrize(
    ("statement", "database"),
    [*((write, "neo4j") for write in WRITES), *((order, "system") for order in ADMINISTRATION)],
)
async def test_no_statement_writes(
    graph: Graph, driver: AsyncDriver, settings: Settings, statement: str, database: str
) -> None:
    await graph.unit(lambda writer: writer.run("CREATE (:Brand {key: 'a'})", {}))
    name = settings.neo4j_database if database == "neo4j" else database
    async with driver.session(database=name, default_access_mode=WRITE_ACCESS) as session:
        with pytest.raises(Neo4jError, match=r"(?i)read"):
            await (await session.run(statement, {"name": "x"})).consume()
        with pytest.raises(Neo4jError, match=r"(?i)read|explicit|implicit"):
            async with await session.begin_transaction() as transaction:
                await (await transaction.run(statement, {"name": "x"})).consume()
    rows = await graph.reader().compiled("MATCH (n:Brand) RETURN n.key AS key, n.name AS name", {})
    assert [tuple(row.values()) for row in rows] == [("a", None)]


@pytest.mark.parametrize("origin", ["https://example.org", None])
async def test_pages_of_other_sites_are_turned_away(window: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        await connect(window, origin=origin)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "nonsense", [b"GET / HTTP/1.1\r\n\r\n" + bytes(20), b"\x60\x60\xb0\x17" + b"\xff" * 600_000]
)
async def test_nonsense_is_hung_up_on(window: str, nonsense: bytes) -> None:
    async with asyncio.timeout(10), connect(window, origin=BROWSER) as socket:  # type: ignore[arg-type]
        with suppress(ConnectionClosed):
            await socket.send(nonsense)
            await socket.send(nonsense)
            async for _ in socket:
                pass
        assert socket.close_code is not None


def test_the_mode_is_read_however_it_is_written() -> None:
    def run(extra: bytes) -> bytes:
        return b"\xb3\x10" + b"\x88RETURN 1" + b"\xa1\x81x\x93\x01\xa0\xc1" + bytes(8) + extra

    read = b"\x84mode\x81r"
    assert reading(run(b"\xa0")) == run(b"\xd9\x00\x01" + read)
    assert reading(run(b"\xa1\x84mode\x81w")) == run(b"\xd9\x00\x01" + read)
    assert reading(run(b"\xd8\x02\xd0\x04mode\x81w\x82db\x85neo4j")) == run(
        b"\xd9\x00\x02\x82db\x85neo4j" + read
    )
    assert reading(b"\xb1\x11\xa2\x84mode\x81w\xd1\x00\x04mode\x81w") == b"\xb1\x11\xd9\x00\x01" + read


@pytest.mark.parametrize(
    "message",
    [b"", b"\xb1", b"\xb1\x7e\xa0", b"\xb3\x10\x88RET", b"\xb1\x11\xa1\x84mode", b"\xdc\x01\x11\xa0"],
)
def test_what_is_no_message_is_refused(message: bytes) -> None:
    with pytest.raises(Malformed):
        reading(message)


def test_deep_nesting_is_only_long() -> None:
    assert reading(b"\xb3\x10\x81x" + b"\x91" * 1_000_000 + b"\xc0" + b"\xa0").endswith(b"\x84mode\x81r")
