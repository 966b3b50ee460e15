"""Readers and units of work: all or nothing, retried where that can succeed, and counted."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from neo4j import Record
from neo4j.exceptions import ConstraintError, Neo4jError
from pydantic import SecretStr

from app.errors import Misconfigured, ParametersMismatch, TimedOut, Unavailable
from app.graph.queries import WriteQuery, read_query, write_query
from app.graph.sessions import Graph, Writer
from app.settings import Settings
from tests.graph.turns import counted

APPLIED = read_query("graph/migrations")
CLAIM = write_query("graph/migration_claim")
BROKEN = WriteQuery("tests/broken", "CREATE (:Thing {n: 1 / 0})", frozenset(), False)
ALIAS = WriteQuery("tests/alias", "CREATE (:Alias {key: 'x'})", frozenset(), False)


async def _count(graph: Graph, label: str) -> int:
    rows = await graph.reader().compiled(f"MATCH (n:{label}) RETURN count(n) AS n", {})
    return int(rows[0]["n"])


def _create(label: str) -> Callable[[Writer], Awaitable[list[Record]]]:
    return lambda writer: writer.run(f"CREATE (:{label})", {})


async def test_a_unit_commits_what_it_wrote(graph: Graph) -> None:
    await graph.unit(_create("Thing"))
    assert await _count(graph, "Thing") == 1


async def test_a_unit_that_raises_writes_nothing(graph: Graph) -> None:
    async def work(writer: Writer) -> None:
        await writer.run("CREATE (:Thing)", {})
        raise LookupError("the domain says no")

    with pytest.raises(LookupError):
        await graph.unit(work)
    assert await _count(graph, "Thing") == 0


async def test_a_cancelled_unit_writes_nothing(graph: Graph) -> None:
    written = asyncio.Event()

    async def work(writer: Writer) -> None:
        await writer.run("CREATE (:Thing)", {})
        written.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(graph.unit(work))
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _count(graph, "Thing") == 0


async def test_what_is_sent_along_is_written(graph: Graph) -> None:
    """Before a later statement of the unit, and before its commit."""

    async def work(writer: Writer) -> list[Record]:
        writer.send(CLAIM, name="0998_a", checksum="x")
        seen = await writer.rows(APPLIED)
        writer.send(CLAIM, name="0999_b", checksum="y")
        return seen

    try:
        seen = await graph.unit(work)
        assert "0998_a" in {row["name"] for row in seen}
        assert "0999_b" in {row["name"] for row in await graph.reader().rows(APPLIED)}
    finally:
        await graph.unit(lambda w: w.run("MATCH (m:Migration) WHERE m.name >= '0998' DELETE m", {}))


@pytest.mark.parametrize("then", [True, False])
async def test_what_is_sent_along_and_fails_ends_the_unit(graph: Graph, then: bool) -> None:
    """Whether another statement follows it or the commit; nothing is written, and the graph goes on."""

    async def work(writer: Writer) -> None:
        await writer.run("CREATE (:Thing)", {})
        writer.send(BROKEN)
        if then:
            await writer.rows(APPLIED)

    with pytest.raises(Neo4jError, match="zero"):
        await graph.unit(work)
    assert await _count(graph, "Thing") == 0
    await graph.unit(_create("Thing"))
    assert await _count(graph, "Thing") == 1


async def test_a_race_that_is_met_on_the_way_is_retried(graph: Graph) -> None:
    """A violated constraint of a statement that travelled with the commit."""
    tries: list[int] = []

    async def work(writer: Writer) -> None:
        tries.append(1)
        if not (await writer.run("MATCH (n:Alias {key: 'x'}) RETURN n", {})):
            if len(tries) == 1:
                await graph.unit(lambda other: other.run("CREATE (:Alias {key: 'x'})", {}))
            writer.send(ALIAS)

    await graph.unit(work, retry_races=True)
    assert len(tries) == 2
    assert await _count(graph, "Alias") == 1


async def test_undeclared_parameters_are_refused_before_anything_is_sent(graph: Graph) -> None:
    with pytest.raises(ParametersMismatch):
        await graph.reader().rows(APPLIED, name="x")
    with pytest.raises(ParametersMismatch):
        await graph.unit(lambda writer: writer.rows(CLAIM, name="x"))
    assert graph.calls == 0


async def test_a_reader_cannot_write_even_when_the_types_are_ignored(graph: Graph) -> None:
    with pytest.raises(Exception, match="read access mode"):
        await graph.reader().rows(CLAIM, name="x", checksum="y")  # type: ignore[arg-type]


async def test_calls_are_counted(graph: Graph) -> None:
    await graph.reader().rows(APPLIED)
    assert [row async for row in graph.reader().stream(APPLIED)] == await graph.reader().rows(APPLIED)
    assert graph.calls == 3


async def test_two_units_that_deadlock_both_succeed(graph: Graph) -> None:
    await graph.unit(
        lambda writer: writer.run("CREATE (:Thing {key: 'a', n: 0}), (:Thing {key: 'b', n: 0})", {})
    )
    both = asyncio.Barrier(2)
    tries: list[str] = []

    def crossing(first: str, second: str) -> Callable[[Writer], Awaitable[None]]:
        async def work(writer: Writer) -> None:
            tries.append(first)
            await writer.run("MATCH (n:Thing {key: $key}) SET n.n = n.n + 1", {"key": first})
            if len(tries) <= 2:  # the first time, each holds one before it asks for the other
                await both.wait()
            await writer.run("MATCH (n:Thing {key: $key}) SET n.n = n.n + 1", {"key": second})

        return work

    await asyncio.gather(graph.unit(crossing("a", "b")), graph.unit(crossing("b", "a")))
    assert len(tries) > 2
    rows = await graph.reader().compiled("MATCH (n:Thing) RETURN n.n AS n", {})
    assert [row["n"] for row in rows] == [2, 2]


async def _race(graph: Graph, *, retry_races: bool) -> list[object]:
    """Two units that both look for a node, find none, and create it."""
    both = asyncio.Barrier(2)
    tries: list[int] = []

    async def work(writer: Writer) -> bool:
        tries.append(1)
        found = await writer.run("MATCH (n:Alias {key: 'x'}) RETURN n", {})
        if len(tries) <= 2:
            await both.wait()
        if not found:
            await writer.run("CREATE (:Alias {key: 'x'})", {})
        return not found

    units = (graph.unit(work, retry_races=retry_races) for _ in range(2))
    return list(await asyncio.gather(*units, return_exceptions=True))


async def test_a_race_to_create_is_retried_when_asked(graph: Graph) -> None:
    assert sorted(map(str, await _race(graph, retry_races=True))) == ["False", "True"]


async def test_a_race_to_create_is_told_otherwise(graph: Graph) -> None:
    outcomes = await _race(graph, retry_races=False)
    assert [type(outcome) for outcome in outcomes if outcome is not True] == [ConstraintError]


async def test_a_database_that_is_gone_is_retried_and_then_told(graph: Graph, settings: Settings) -> None:
    async with counted(settings.neo4j_uri) as turns:
        through = await Graph.open(settings.model_copy(update={"neo4j_uri": turns.uri}))
        await through.unit(_create("Thing"))
    with pytest.raises(Unavailable, match=r"could not finish this in 0\.3 s"):
        await through.unit(_create("Thing"), patience=0.3)
    assert through.calls > 1
    await through.close()
    assert await _count(graph, "Thing") == 1


async def test_a_statement_over_its_time_is_ended(graph: Graph) -> None:
    with pytest.raises(TimedOut):
        await graph.reader().compiled("UNWIND range(1, $n) AS x RETURN sum(x)", {"n": 10**12}, timeout=0.2)
    left = await graph.reader().compiled("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery", {})
    assert "sum(x)" not in str(left)


async def test_round_trips(graph: Graph, settings: Settings) -> None:
    """A read is one; a unit is its statements and the commit: BEGIN travels with the first statement."""

    async def two(writer: Writer) -> None:
        await writer.run("CREATE (:Thing)", {})
        await writer.run("UNWIND range(1, 5000) AS n RETURN n", {})

    async with counted(settings.neo4j_uri) as turns:
        through = await Graph.open(settings.model_copy(update={"neo4j_uri": turns.uri}))
        actions: list[Callable[[], Awaitable[object]]] = [
            lambda: through.reader().rows(APPLIED),
            lambda: through.reader().compiled("UNWIND range(1, 5000) AS n RETURN n", {}),
            lambda: through.unit(_create("Thing")),
            lambda: through.unit(two),
        ]
        spent = []
        for action in actions:
            before = turns.count
            await action()
            spent.append(turns.count - before)
        await through.close()
    assert spent == [1, 1, 2, 3]


async def test_a_zone_that_the_database_does_not_know_stops_the_start(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="ONEID_TIME_ZONE: the database knows no zone 'EST'"):
        await Graph.open(settings.model_copy(update={"time_zone": "EST"}))


async def test_a_wrong_password_is_told(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="refuses this user and password"):
        await Graph.open(settings.model_copy(update={"neo4j_password": SecretStr("wrong")}))


@pytest.mark.parametrize(
    ("uri", "error", "message"),
    [
        ("bolt://127.0.0.1:1", Unavailable, "no Neo4j answers at bolt://127.0.0.1:1"),
        ("nonsense", Misconfigured, "is no address"),
    ],
)
async def test_a_wrong_address_is_told(
    settings: Settings, uri: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        await Graph.open(settings.model_copy(update={"neo4j_uri": uri}))


async def test_rows_are_in_no_log_of_the_driver(graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    async def work(writer: Writer) -> list[Record]:
        return await writer.run("RETURN $rows.name AS name", {"rows": {"name": "王小明"}})

    with caplog.at_level("DEBUG", logger="neo4j"):
        assert (await graph.unit(work))[0]["name"] == "王小明"
    sent = [line for line in caplog.messages if " C: RUN " in line]
    assert sent
    assert not any("王小明" in line for line in sent)
