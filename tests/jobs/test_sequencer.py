"""The change feed's numbers: without a gap, never twice, never again, whoever gives them and whoever dies."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from neo4j import WRITE_ACCESS
from neo4j.exceptions import ConstraintError

from app.errors import Unavailable
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs import sequencer
from app.jobs.lease import Lease, claim, release
from app.jobs.sequencer import NAME, Sequencer, settled
from app.settings import ROOT
from tests.jobs.conftest import Cypher

Changes = Callable[[int, int], Awaitable[None]]
EXPIRED = 0

_FEED = "MATCH (feed:Sequence {name: 'changes'}) RETURN feed.last AS last, feed.complete AS complete"
_NUMBERS = "MATCH (c:Change) RETURN c.id AS id, c.seq AS seq, c:Unnumbered AS waits ORDER BY c.id"


async def _numbers(cypher: Cypher) -> list[int | None]:
    """The numbers in the order of ids; those who wait have none."""
    rows = await cypher(_NUMBERS)
    assert all((row["seq"] is None) == row["waits"] for row in rows)
    return [row["seq"] for row in rows]


async def test_numbers_follow_ids_and_never_change(graph: Graph, cypher: Cypher, changes: Changes) -> None:
    sequencer = Sequencer(graph, batch=3)
    await changes(11, 20)
    assert await sequencer.tick() == 10
    assert await _numbers(cypher) == list(range(1, 11))
    await changes(1, 2)  # an id from a clock that is behind: a later number
    await changes(21, 21)
    assert await sequencer.tick() == 3
    assert await _numbers(cypher) == [11, 12, *range(1, 11), 13]
    assert await cypher(_FEED) == [{"last": 13, "complete": 13}]


async def test_nothing_to_do_is_one_read(graph: Graph, changes: Changes) -> None:
    sequencer = Sequencer(graph)
    await changes(1, 1)
    await sequencer.tick()
    before = graph.calls
    assert await sequencer.tick() == 0
    assert graph.calls == before + 1


async def test_what_is_not_committed_waits(graph: Graph, cypher: Cypher, changes: Changes) -> None:
    sequencer = Sequencer(graph)
    async with graph.session(WRITE_ACCESS) as session:
        late = await session.begin_transaction()
        await (await late.run("CREATE (:Change:Unnumbered {id: 'c-000001'})")).consume()
        await changes(2, 3)
        assert await sequencer.tick() == 2
        await late.commit()
    assert await sequencer.tick() == 1
    assert await _numbers(cypher) == [3, 1, 2]


async def test_a_number_is_complete_once_the_next_transaction_begins(
    graph: Graph, cypher: Cypher, changes: Changes
) -> None:
    await changes(1, 5)
    lease = await claim(graph, NAME, milliseconds=10_000)
    assert isinstance(lease, Lease)

    async def batch() -> None:
        await graph.unit(lambda writer: writer.rows(sequencer._SEQUENCE, **lease.params(), limit=3))

    await batch()
    assert await cypher(_FEED) == [{"last": 3, "complete": 0}]
    await batch()
    assert await cypher(_FEED) == [{"last": 5, "complete": 3}]
    await release(graph, lease)
    # Who comes after a process that died here says so too, though nothing waits for a number.
    assert await Sequencer(graph).tick() == 0
    assert await cypher(_FEED) == [{"last": 5, "complete": 5}]


async def test_who_was_overtaken_writes_nothing(
    identity: Identity, replica: Identity, cypher: Cypher, changes: Changes
) -> None:
    first, second = Sequencer(identity.graph, milliseconds=EXPIRED), Sequencer(replica.graph)
    await changes(1, 2)
    assert await first.tick() == 2
    await changes(3, 4)
    assert await second.tick() == 2
    await changes(5, 6)
    assert await first.tick() == 0  # its token is an old one
    assert await first.tick() == 0  # and the lease is held
    assert await _numbers(cypher) == [1, 2, 3, 4, None, None]
    assert await second.tick() == 2
    await second.close()
    await changes(7, 7)
    assert await first.tick() == 1
    assert await _numbers(cypher) == list(range(1, 8))


async def test_who_is_overtaken_in_the_middle_of_it_writes_nothing(
    identity: Identity, replica: Identity, cypher: Cypher, changes: Changes
) -> None:
    first = Sequencer(identity.graph, milliseconds=EXPIRED)
    await changes(1, 1)
    await first.tick()
    await changes(2, 2)
    async with replica.graph.session(WRITE_ACCESS) as session:
        claiming = await session.begin_transaction()
        await (
            await claiming.run("MATCH (l:Lease {name: $name}) SET l.token = l.token + 1", name=NAME)
        ).consume()
        ticking = asyncio.create_task(first.tick())
        done, _ = await asyncio.wait([ticking], timeout=0.5)
        assert not done
        await claiming.commit()
    assert await ticking == 0
    assert await _numbers(cypher) == [1, None]


async def test_a_feed_whose_last_number_is_lost_goes_on(
    graph: Graph, cypher: Cypher, changes: Changes
) -> None:
    await changes(1, 4)
    await Sequencer(graph, milliseconds=EXPIRED).tick()
    await cypher("MATCH (feed:Sequence) DELETE feed")
    await changes(5, 6)
    assert await Sequencer(graph).tick() == 2
    assert await _numbers(cypher) == list(range(1, 7))


async def test_real_changes_get_numbers(identity: Identity, cypher: Cypher) -> None:
    for number in range(3):
        await identity.observe([_seen(f"o{number}")])
    assert await settled(identity.graph) == 3
    assert await _numbers(cypher) == [1, 2, 3]


def _seen(openid: str) -> dict[str, Any]:
    identifiers = [{"kind": "openid", "scope": "app", "value": openid}]
    return {"id": openid, "at": "2025-01-01T00:00:00Z", "source": "test", "identifiers": identifiers}


async def test_settled_waits_for_who_has_the_lease(
    identity: Identity, replica: Identity, changes: Changes
) -> None:
    busy = Sequencer(replica.graph)
    await changes(1, 1)
    await busy.tick()
    await changes(2, 3)
    waiting = asyncio.create_task(settled(identity.graph))
    done, _ = await asyncio.wait([waiting], timeout=0.5)
    assert not done
    await busy.tick()
    assert await waiting == 3


async def test_settled_gives_up(
    identity: Identity, replica: Identity, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "_PATIENCE", 0.3)
    busy = Sequencer(replica.graph)
    await changes(1, 1)
    await busy.tick()
    await changes(2, 2)
    with pytest.raises(Unavailable):
        await settled(identity.graph)


@asynccontextmanager
async def _numbering(environment: dict[str, str], milliseconds: int, batch: int) -> AsyncIterator[Process]:
    """A process that numbers changes; killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.jobs.numbering", str(milliseconds), str(batch)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _all_numbered(cypher: Cypher, count: int, given: dict[str, int]) -> None:
    """Waits until there are so many numbers, and sees to it that none of them changes meanwhile."""
    while len(given) < count:
        now = {row["id"]: row["seq"] for row in await cypher(_NUMBERS) if row["seq"]}
        assert given.items() <= now.items()
        given |= now
    assert sorted(given.values()) == list(range(1, count + 1))


async def test_two_processes_never_number_twice(
    graph: Graph, environment: dict[str, str], cypher: Cypher, changes: Changes
) -> None:
    # A lease that is over at once is taken over all the time, and everything depends on the token.
    given: dict[str, int] = {}
    async with (
        asyncio.timeout(100),
        _numbering(environment, EXPIRED, 7) as one,
        _numbering(environment, EXPIRED, 7) as other,
    ):
        for first in range(1, 600, 20):
            await changes(first, first + 19)
        await _all_numbered(cypher, 600, given)
        told = [await process.communicate(b"\n") for process in (one, other)]
    assert sum(int(out) for out, _ in told) == 600
    assert all(int(out) > 0 for out, _ in told)


async def test_another_goes_on_where_one_was_killed(
    graph: Graph, environment: dict[str, str], cypher: Cypher, changes: Changes
) -> None:
    given: dict[str, int] = {}
    async with asyncio.timeout(100), _numbering(environment, 1000, 2) as doomed:
        await changes(1, 3000)
        while not await cypher("MATCH (c:Change) WHERE c.seq > 20 RETURN c.seq LIMIT 1"):  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0)
        doomed.kill()
        await doomed.wait()
        given |= {row["id"]: row["seq"] for row in await cypher(_NUMBERS) if row["seq"]}
        assert len(given) < 3000
        heir = Sequencer(graph)
        while not await heir.tick():  # noqa: ASYNC110 - until the lease of the dead one is over
            await asyncio.sleep(0.05)
        await _all_numbered(cypher, 3000, given)


async def test_the_database_itself_refuses_a_number_twice(cypher: Cypher) -> None:
    await cypher("CREATE (:Change {id: 'a', seq: 1})")
    with pytest.raises(ConstraintError):
        await cypher("CREATE (:Change {id: 'b', seq: 1})")
