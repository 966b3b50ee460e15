"""Sessions with Neo4j: a Reader that cannot write, and a unit of work that either happens or does not.

A round trip costs about a millisecond, so what this module counts and keeps small is round trips: a read is
one (auto-commit), a unit of work is its statements plus one (BEGIN travels with the first statement, then
COMMIT).
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Self, TypeVar

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncSession, Record
from neo4j.exceptions import ConfigurationError, CypherSyntaxError, DriverError, Neo4jError

from app.errors import Misconfigured
from app.graph.failures import retried, told, unreachable
from app.graph.lanes import Lanes
from app.graph.queries import ReadQuery, WriteQuery
from app.settings import Settings

T = TypeVar("T")

_FIRST = "RETURN datetime({timezone: $zone})"
"""Whether somebody answers, and knows the deployment's zone: Python has names that the database does not."""

PATIENCE = 10.0  # seconds that a transient error is retried for: design of writes


class Reader:
    """Reads, each its own auto-commit transaction; a transient error is retried, since a read can be."""

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph

    async def rows(self, query: ReadQuery, /, **params: Any) -> list[Record]:
        """All rows of the query, in one round trip."""
        return await self._fetched(query.text, query.checked(params))

    async def row(self, query: ReadQuery, /, **params: Any) -> Record | None:
        """The query's first row, or None."""
        return next(iter(await self.rows(query, **params)), None)

    async def compiled(
        self, text: str, params: dict[str, Any], *, timeout: float | None = None
    ) -> list[Record]:
        """All rows of what one of the two compilers made; ended in the database after `timeout` seconds."""
        return await self._fetched(text, params, timeout)

    async def cells(self, text: str, params: dict[str, Any], *, timeout: float) -> Sequence[Any]:
        """The one row of what the planner made, by place; ended in the database after `timeout` seconds."""
        lanes = self._graph.lanes
        if lanes is None:
            return (await self._fetched(text, params, timeout))[0]

        async def once() -> list[list[Any]]:
            self._graph.calls += 1
            return await lanes.rows(text, params, timeout)

        return (await retried(once, PATIENCE, races=False))[0]

    async def stream(self, query: ReadQuery, /, **params: Any) -> AsyncIterator[Record]:
        """The query's rows a thousand at a time, for answers that do not fit in memory; not retried."""
        async for record in self.compiled_stream(query.text, query.checked(params)):
            yield record

    async def compiled_stream(
        self, text: str, params: dict[str, Any], *, timeout: float | None = None
    ) -> AsyncIterator[Record]:
        """The rows of what a compiler made, likewise; ended in the database after `timeout` seconds."""
        self._graph.calls += 1
        statement = neo4j.Query(text, timeout=timeout) if timeout else text
        try:
            async with self._graph.session(READ_ACCESS, fetch_size=1000) as session:
                async for record in await session.run(statement, params):
                    yield record
        except (Neo4jError, DriverError) as error:
            raise told(error) from error

    async def _fetched(self, text: str, params: dict[str, Any], timeout: float | None = None) -> list[Record]:
        statement = neo4j.Query(text, timeout=timeout) if timeout else text

        async def once() -> list[Record]:
            self._graph.calls += 1
            async with self._graph.session(READ_ACCESS) as session:
                return [record async for record in await session.run(statement, params)]

        return await retried(once, PATIENCE, races=False)


class Writer:
    """The statements of one unit of work, in its transaction; it reads, too, under its own locks."""

    def __init__(self, graph: "Graph", transaction: neo4j.AsyncManagedTransaction) -> None:
        self._graph = graph
        self._transaction = transaction
        self.touched: defaultdict[str, set[str]] = defaultdict(set)
        """What the unit touched, by what it is: for whoever goes on from there once it is committed."""

    async def rows(self, query: ReadQuery | WriteQuery, /, **params: Any) -> list[Record]:
        """All rows of the query."""
        return await self.run(query.text, query.checked(params))

    async def row(self, query: ReadQuery | WriteQuery, /, **params: Any) -> Record | None:
        """The query's first row, or None."""
        return next(iter(await self.rows(query, **params)), None)

    async def one(self, query: ReadQuery | WriteQuery, /, **params: Any) -> Record:
        """The one row of a query that always has one."""
        return (await self.rows(query, **params))[0]

    def send(self, query: WriteQuery, /, **params: Any) -> None:
        """Let a query whose rows nobody needs travel with the next one, or with the commit.

        What it fails with is raised there, and ends the unit as it would have here. A round trip less each
        time; the driver itself does so with BEGIN alone, hence its connection.
        """
        self._graph.calls += 1
        connection = self._transaction._connection
        connection.run(query.text, parameters=_sent(query.checked(params)))
        connection.discard(n=-1)

    async def run(self, text: str, params: dict[str, Any]) -> list[Record]:
        """All rows of a statement that is no query file: for migrations alone, whose files are elsewhere."""
        self._graph.calls += 1
        return [record async for record in await self._transaction.run(text, _sent(params))]


def _sent(params: dict[str, Any]) -> dict[str, Any]:
    return {name: _Rows(value) if isinstance(value, dict) else value for name, value in params.items()}


class _Rows(dict[str, Any]):
    """Rows that the driver does not put into words for its debug log.

    It does so whether or not anybody reads the log: half the time of sending them; and they are personal.
    """

    def __repr__(self) -> str:
        return "{…}"


class Graph:
    """One process's way to the database: one driver, opened once, closed at the end.

    `calls` counts the statements sent, for the tests that hold a request to its number.
    """

    def __init__(self, driver: AsyncDriver, database: str) -> None:
        self.driver = driver
        self.database = database
        self.settings: Settings | None = None  # those that it was opened with, for processes beside this one
        self.calls = 0
        # In a cluster a reader must wait for what this process wrote; a single server has nothing to wait
        # for.
        routed = isinstance(driver, neo4j.AsyncNeo4jDriver)
        self._bookmarks = AsyncGraphDatabase.bookmark_manager() if routed else None
        self.lanes = None if routed else Lanes(database, lambda: self.session(READ_ACCESS))

    @classmethod
    async def open(cls, settings: Settings) -> Self:
        """The graph of the settings, reached once before it is handed out.

        Raises Misconfigured when the database refuses user or password, Unavailable when nobody answers.
        """
        password, database = settings.password(), settings.neo4j_database
        try:
            driver = AsyncGraphDatabase.driver(
                settings.neo4j_uri,
                auth=(settings.neo4j_user, password),
                telemetry_disabled=True,
                notifications_min_severity="OFF",
                max_transaction_retry_time=0,  # retries are ours
                user_agent="oneid",
            )
        except (ConfigurationError, ValueError) as error:
            raise Misconfigured(f"NEO4J_URI {settings.neo4j_uri!r} is no address: {error}") from error
        try:
            await driver.execute_query(_FIRST, {"zone": settings.time_zone}, database_=database, routing_="r")
        except CypherSyntaxError as error:  # the only thing that can be wrong with this text
            await driver.close()
            raise Misconfigured(
                f"ONEID_TIME_ZONE: the database knows no zone {settings.time_zone!r}",
                suggestion="the name of a place, as Asia/Shanghai",
            ) from error
        except (Neo4jError, DriverError, OSError) as error:
            await driver.close()
            raise unreachable(settings.neo4j_uri, error) from error
        graph = cls(driver, database)
        graph.settings = settings
        return graph

    async def close(self) -> None:
        """Gives all connections back."""
        if self.lanes is not None:
            await self.lanes.close()
        await self.driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def reader(self) -> Reader:
        """Reads on this graph."""
        return Reader(self)

    async def unit(
        self,
        work: Callable[[Writer], Awaitable[T]],
        *,
        patience: float = PATIENCE,
        retry_races: bool = False,
    ) -> T:
        """One write transaction: everything that `work` writes, or nothing of it.

        `work` may run more than once, so it has no effect outside the graph. Transient errors (a deadlock, a
        lost connection) are retried after 5 to 50 ms for at most `patience` seconds, then raised as
        Unavailable; with `retry_races` also a violated constraint, for work that looks before it creates and
        so finds the other's node the second time. What `work` raises by itself ends the transaction and is
        passed on.
        """

        async def attempt() -> T:
            async with self.session(WRITE_ACCESS) as session:
                # Without this BEGIN is a round trip of its own, a third of a small unit; the driver keeps it
                # for its execute_query, and a test counts round trips in case it ever goes.
                with session._pipelined_begin:
                    return await session.execute_write(lambda tx: work(Writer(self, tx)))

        return await retried(attempt, patience, races=retry_races)

    def session(self, access: str, *, fetch_size: int = -1) -> AsyncSession:
        """A driver session; for this package and for tests: the rest of the program has readers and units."""
        return self.driver.session(
            database=self.database,
            default_access_mode=access,
            fetch_size=fetch_size,
            bookmark_manager=self._bookmarks,
        )
