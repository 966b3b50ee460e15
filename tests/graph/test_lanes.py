"""Reads over kept connections: as many as asked, and none is left broken by a read that went wrong."""

import asyncio

import pytest
from neo4j.exceptions import Neo4jError

from app.errors import TimedOut
from app.graph.lanes import MOST
from app.graph.sessions import Graph

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a + b) AS n"


async def _read(graph: Graph, value: int) -> int:
    (found,) = await graph.reader().cells("RETURN $p.value AS value", {"p": {"value": value}}, timeout=10)
    return int(found)


async def test_reads_at_once_answer_each_its_own(graph: Graph) -> None:
    wanted = list(range(2 * MOST))
    assert await asyncio.gather(*(_read(graph, value) for value in wanted)) == wanted
    assert graph.calls == 2 * MOST


async def test_columns_come_in_their_order(graph: Graph) -> None:
    cells = await graph.reader().cells("RETURN 1 AS b, [2, null] AS a", {"p": {}}, timeout=10)
    assert list(cells) == [1, [2, None]]


async def test_a_statement_that_fails_spoils_no_later_read(graph: Graph) -> None:
    with pytest.raises(Neo4jError):
        await graph.reader().cells("RETURN 1 / $p.zero", {"p": {"zero": 0}}, timeout=10)
    assert await _read(graph, 7) == 7


async def test_a_statement_that_takes_too_long_is_ended(graph: Graph) -> None:
    with pytest.raises(TimedOut):
        await graph.reader().cells(SLOW, {"p": {}}, timeout=0.2)
    assert await _read(graph, 8) == 8


async def test_a_read_that_is_given_up_is_never_answered_to_another(graph: Graph) -> None:
    task = asyncio.create_task(graph.reader().cells(SLOW, {"p": {}}, timeout=1.0))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.gather(*(_read(graph, value) for value in range(5))) == list(range(5))


async def test_a_connection_that_died_while_nobody_read_is_replaced(graph: Graph) -> None:
    assert await _read(graph, 1) == 1
    assert graph.lanes is not None
    for lane in graph.lanes._idle:
        lane.connection.socket.close()
    assert await asyncio.gather(*(_read(graph, value) for value in range(5))) == list(range(5))


async def test_nothing_is_written(graph: Graph) -> None:
    with pytest.raises(Neo4jError):
        await graph.reader().cells("CREATE (n:Thing) RETURN n.x", {"p": {}}, timeout=10)
