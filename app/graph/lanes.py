"""Connections kept at hand for the reads of requests, one read at a time over each.

A driver session is made for much more than an auto-commit read: it takes a connection from the pool and gives
it back, asks for bookmarks, buffers, describes its result; and every few bytes are waited for by a task of
their own, so that they can time out. All that is more work than the read itself. So a lane keeps a session's
connection, sends the driver's own two messages, RUN and PULL, over it, and waits once for the whole answer.
Whatever goes wrong goes back to the session, which knows how to give a failed connection back.
"""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from neo4j import READ_ACCESS, AsyncSession
from neo4j.exceptions import SessionExpired

MOST = 32
"""Lanes that are kept when nobody reads, of the hundred connections that a driver opens at most."""

SILENCE = 30.0
"""Seconds after which a server that has not even ended the statement by its own timeout is given up."""


class Lane(NamedTuple):
    """A session with its connection, and the seconds that the driver would wait for its next bytes."""

    session: AsyncSession
    connection: Any
    timeout: float | None

    async def give_back(self) -> None:
        """The connection goes back to the pool as it came."""
        self.connection.socket.set_read_timeout(self.timeout)
        await self.session.close()


class Lanes:
    """The lanes to one database that is no cluster: in a cluster a read needs the session's bookmarks."""

    def __init__(self, database: str, session: Callable[[], AsyncSession]) -> None:
        self._database = database
        self._session = session
        self._idle: list[Lane] = []

    async def rows(self, text: str, params: dict[str, Any], timeout: float) -> list[list[Any]]:
        """All rows of a statement that reads, each a list of its columns. Raises what the driver raises.

        timeout: seconds after which the database ends it.
        """
        lane = await self._taken()
        try:
            async with asyncio.timeout(timeout + SILENCE):
                rows = await self._read(lane.connection, _Statement(text), _Unlogged(params), timeout)
        except TimeoutError:
            lane.session.cancel()
            raise SessionExpired("the database does not answer") from None
        except asyncio.CancelledError:
            lane.session.cancel()
            raise
        except BaseException:
            await lane.give_back()
            raise
        if len(self._idle) < MOST:
            self._idle.append(lane)
        else:
            await lane.give_back()
        return rows

    async def close(self) -> None:
        """Gives the connections back that nobody reads over."""
        while self._idle:
            await self._idle.pop().give_back()

    async def _taken(self) -> Lane:
        while self._idle:
            lane = self._idle.pop()
            connection = lane.connection
            if not (connection.closed() or connection.defunct() or connection.stale()):
                return lane
            await lane.give_back()
        session = self._session()
        connect: Any = session._connect
        try:
            await connect(READ_ACCESS)
        except BaseException:
            session.cancel()
            raise
        connection = session._connection
        assert connection is not None  # noqa: S101 - `_connect` has made one, or raised
        lane = Lane(session, connection, connection.socket.get_read_timeout())
        connection.socket.set_read_timeout(None)
        return lane

    async def _read(
        self, connection: Any, text: str, params: dict[str, Any], timeout: float
    ) -> list[list[Any]]:
        rows: list[list[Any]] = []
        hooks = connection.new_hydration_scope().hydration_hooks
        connection.run(
            text,
            parameters=params,
            mode="r",
            db=self._database,
            timeout=timeout,
            notifications_min_severity="OFF",
            hydration_hooks=hooks,
        )
        connection.pull(on_records=rows.extend, hydration_hooks=hooks)
        await connection.send_all()
        await connection.fetch_all()
        return rows


class _Unlogged(dict[str, Any]):
    """Parameters that the driver does not put into words for its debug log, which it does for nobody too."""

    def __repr__(self) -> str:
        return "{…}"


class _Statement(str):
    """A statement that the driver does not put into words for its debug log."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "…"
