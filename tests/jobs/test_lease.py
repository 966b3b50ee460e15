"""A lease: one holder, by the database's clock, and a token that stops the holder of yesterday."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from neo4j import WRITE_ACCESS

from app.graph.queries import write_query
from app.graph.sessions import Graph, Writer
from app.identity.service import Identity
from app.jobs.lease import Fenced, Held, Lease, LeaseLost, claim, kept, release
from tests.jobs.conftest import Cypher

_CLAIM = write_query("jobs/lease_claim")
_REGISTER = write_query("jobs/register")  # some write, to see whether it happened

HOUR = 3_600_000
EXPIRED = 0  # milliseconds: a lease that has run out as soon as it is given


async def _claimed(graph: Graph, milliseconds: int = HOUR) -> Lease:
    lease = await claim(graph, "work", milliseconds=milliseconds)
    assert isinstance(lease, Lease)
    return lease


async def _write(writer: Writer) -> None:
    await writer.rows(_REGISTER, jobs=[{"name": "written", "about": "", "schedule": ""}])


async def _written(cypher: Cypher) -> bool:
    return bool(await cypher("MATCH (job:Job {name: 'written'}) RETURN job.name"))


async def test_one_holder_at_a_time(identity: Identity, replica: Identity) -> None:
    first = await _claimed(identity.graph)
    refused = await claim(replica.graph, "work", milliseconds=HOUR)
    assert isinstance(refused, Held)
    assert refused.holder
    await release(identity.graph, first)
    second = await _claimed(replica.graph)
    assert second.token > first.token


async def test_many_claim_at_once_and_one_gets_it(identity: Identity, replica: Identity) -> None:
    graphs = [identity.graph, replica.graph] * 10
    claimed = await asyncio.gather(*(claim(graph, "work", milliseconds=HOUR) for graph in graphs))
    assert sum(isinstance(one, Lease) for one in claimed) == 1


async def test_what_is_given_back_late_stays_with_its_new_holder(
    identity: Identity, replica: Identity
) -> None:
    first = await _claimed(identity.graph, EXPIRED)
    await _claimed(replica.graph)
    await release(identity.graph, first)
    assert isinstance(await claim(identity.graph, "work", milliseconds=HOUR), Held)


@pytest.mark.parametrize("skew", [timedelta(minutes=10), timedelta(minutes=-10)])
async def test_the_clock_of_the_process_says_nothing(identity: Identity, skew: timedelta) -> None:
    held = await _claimed(identity.graph, 60_000)
    with time_machine.travel(datetime.now(UTC) + skew):
        assert isinstance(await claim(identity.graph, "work", milliseconds=60_000), Held)
        await release(identity.graph, held)
        lease = await _claimed(identity.graph, EXPIRED)
    assert (await _claimed(identity.graph)).token > lease.token


async def _while_first_claims(graph: Graph, meanwhile: Awaitable[object]) -> asyncio.Future[object]:
    """What is begun after `first` has claimed the lease and before that is committed; it waits for it."""
    params = {"name": "work", "holder": "first", "milliseconds": HOUR}
    async with graph.session(WRITE_ACCESS) as session:
        claiming = await session.begin_transaction()
        assert (await (await claiming.run(_CLAIM.text, params)).single(strict=True))["claimed"]
        other = asyncio.ensure_future(meanwhile)
        done, _ = await asyncio.wait([other], timeout=0.5)
        assert not done
        await claiming.commit()
    await asyncio.wait([other])
    return other


@pytest.mark.parametrize("known", [False, True])
async def test_who_claims_meanwhile_reads_what_was_written(
    identity: Identity, replica: Identity, known: bool
) -> None:
    if known:
        await _claimed(identity.graph, EXPIRED)
    meanwhile = claim(replica.graph, "work", milliseconds=HOUR)
    assert (await _while_first_claims(identity.graph, meanwhile)).result() == Held("first")


async def test_who_writes_meanwhile_is_fenced_out(
    identity: Identity, replica: Identity, cypher: Cypher
) -> None:
    old = await _claimed(replica.graph, EXPIRED)
    writing = await _while_first_claims(identity.graph, Fenced(replica.graph, old).unit(_write))
    assert isinstance(writing.exception(), LeaseLost)
    assert not await _written(cypher)


async def test_the_holder_of_yesterday_writes_nothing(
    identity: Identity, replica: Identity, cypher: Cypher
) -> None:
    old = await _claimed(identity.graph, EXPIRED)
    new = await _claimed(replica.graph)
    with pytest.raises(LeaseLost):
        await Fenced(identity.graph, old).unit(_write)
    assert not await _written(cypher)
    await Fenced(replica.graph, new).unit(_write)
    assert await _written(cypher)


async def test_what_was_done_before_the_token_is_looked_at_is_rolled_back(
    identity: Identity, replica: Identity, cypher: Cypher
) -> None:
    old = await _claimed(identity.graph, EXPIRED)
    await _claimed(replica.graph)

    async def work(writer: Writer) -> None:
        await _write(writer)
        await old.check(writer)

    with pytest.raises(LeaseLost):
        await identity.graph.unit(work)
    assert not await _written(cypher)


async def test_late_but_not_overtaken_is_still_the_holder(identity: Identity, cypher: Cypher) -> None:
    lease = await _claimed(identity.graph, EXPIRED)
    await Fenced(identity.graph, lease).unit(_write)
    assert await _written(cypher)


async def test_nobody_overtakes_in_the_middle_of_a_unit(identity: Identity, replica: Identity) -> None:
    lease, begun, go_on = await _claimed(identity.graph, EXPIRED), asyncio.Event(), asyncio.Event()

    async def work(writer: Writer) -> None:
        begun.set()
        await go_on.wait()
        await _write(writer)

    writing = asyncio.create_task(Fenced(identity.graph, lease).unit(work))
    await begun.wait()
    claiming = asyncio.create_task(claim(replica.graph, "work", milliseconds=HOUR))
    done, _ = await asyncio.wait([claiming], timeout=0.5)
    assert not done
    go_on.set()
    await writing
    assert isinstance(await claiming, Lease)  # its time was over since its claim
    with pytest.raises(LeaseLost):
        await Fenced(identity.graph, lease).unit(_write)


async def test_a_kept_lease_is_put_off_and_given_back(identity: Identity, cypher: Cypher) -> None:
    ends = "MATCH (lease:Lease {name: 'work'}) RETURN lease.until AS until, lease.holder AS holder"
    lease = await _claimed(identity.graph, 3000)
    (before,) = await cypher(ends)
    async with asyncio.timeout(60), kept(identity.graph, lease):
        while (await cypher(ends))[0]["until"] <= before["until"]:  # noqa: ASYNC110 - the graph tells
            await asyncio.sleep(0.1)
    assert (await cypher(ends))[0]["holder"] is None
    assert (await _claimed(identity.graph)).token > lease.token
