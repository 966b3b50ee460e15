"""Clusters over `max_cluster`: what is written waits, and the job brings what a larger limit gives."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.live import maintenance
from app.identity.live.recompute import recompute, verify
from app.identity.live.register import Cause, now
from app.identity.policies import versions as policies
from app.identity.service import Identity
from app.identity.simulate import simulate
from app.identity.steering.decisions import run_operation
from tests.identity import many, worlds
from tests.identity.dump import dump
from tests.identity.live import Player, emptied, simulated
from tests.identity.promises import broken
from tests.identity.register import identifier, living, seen

Json = dict[str, Any]


@many.live(30)
@given(
    document=worlds.any_features(),
    most=st.sampled_from((1, 2, 3, 5)),
    batches=st.none() | st.randoms(use_true_random=False),
)
async def test_the_limit_never_changes_a_result(
    graph: Graph, document: Json, most: int, batches: Random | None
) -> None:
    await emptied(graph)
    player = await Player.under(graph, document["policy"] | {"max_cluster": most})
    await player.play(document, batches)
    await maintenance.replay_pending(player.identity)
    assert await player.answer() == simulated(simulate(document))
    assert (await verify(player.identity)).differences == []
    assert await broken(graph) == []
    assert await maintenance.replay_pending(player.identity) == 0


# -- by hand


POLICY: Json = {
    "max_cluster": 5,
    "kinds": {
        "member": {"layer": "person", "priority": 1, "limit": 2},
        "phone": {"layer": "contact", "priority": 10},
    },
}
CHAIN = [seen(n, f"member:m{n}", f"phone:p{n}", f"phone:p{n + 1}") for n in range(1, 6)]
"""Five members in a row, of whom two at a time may be one: one cluster of eleven."""
WAITING = """
MATCH (a)-[l:LINKED]->(b) WHERE l.state = 'pending' RETURN count(l) AS pairs
UNION ALL
MATCH (i:Identifier) WHERE i.pending RETURN count(i) AS pairs
"""


@pytest.fixture
async def identity(graph: Graph) -> Identity:
    """The chain, of which the last links are too much."""
    player = await Player.under(graph, POLICY)
    for number, row in enumerate(CHAIN):
        observed = await player.identity.observe([row])
        assert observed.rejected == {}
        assert observed.written.pending == (number >= 2), f"after {number + 1}"
    return player.identity


async def waiting(graph: Graph) -> tuple[int, ...]:
    """How many pairs and identifiers wait."""
    return tuple(row["pairs"] for row in await graph.reader().compiled(WAITING, {}))


async def people_of(graph: Graph) -> list[tuple[str, ...]]:
    return sorted((await living(graph)).values())


async def expected(graph: Graph) -> list[list[str]]:
    """Who the people of the chain are, as `simulate` says, by key."""
    found = simulate({"policy": POLICY | {"max_cluster": 5000}, "observations": CHAIN})
    return sorted([name.replace(":", "|*|", 1) for name in component] for component in found["components"])


async def test_a_write_into_a_large_cluster_waits(graph: Graph, identity: Identity) -> None:
    pairs, identifiers = await waiting(graph)
    assert pairs > 0
    assert identifiers > 0
    assert await people_of(graph) != await expected(graph)
    assert (await verify(identity)).differences != []


async def test_the_job_decides_what_waits(graph: Graph, identity: Identity) -> None:
    assert await maintenance.replay_pending(identity) > 0
    assert await waiting(graph) == (0, 0)
    assert [list(keys) for keys in await people_of(graph)] == await expected(graph)
    assert (await verify(identity)).differences == []
    assert await broken(graph) == []
    before = await dump(graph)
    assert await maintenance.replay_pending(identity) == 0
    assert await dump(graph) == before


async def test_so_does_a_recompute(graph: Graph, identity: Identity) -> None:
    await recompute(identity, Cause("RECOMPUTE", now()))
    assert await waiting(graph) == (0, 0)
    assert [list(keys) for keys in await people_of(graph)] == await expected(graph)


async def test_so_does_a_larger_limit(graph: Graph, identity: Identity) -> None:
    await policies.apply(identity, json.dumps(POLICY | {"max_cluster": 50}), "test", "room")
    assert await waiting(graph) == (0, 0)
    assert [list(keys) for keys in await people_of(graph)] == await expected(graph)


async def test_everything_delivered_again_while_it_waits_changes_nothing(
    graph: Graph, identity: Identity
) -> None:
    before = await dump(graph)
    await identity.observe(CHAIN)
    for row in CHAIN:
        await identity.observe([row])
    assert await dump(graph) == before


async def test_what_is_far_away_does_not_wait(graph: Graph, identity: Identity) -> None:
    before = await waiting(graph)
    observed = await identity.observe([seen(9, "member:m9", "phone:p9")])
    assert not observed.written.pending
    assert ("member|*|m9", "phone|*|p9") in await people_of(graph)
    assert await waiting(graph) == before


async def test_an_operation_in_a_large_cluster_waits_too(graph: Graph, identity: Identity) -> None:
    await maintenance.replay_pending(identity)
    apart = {"a": identifier("member:m3"), "b": identifier("phone:p3")}
    done = await run_operation(identity, "unlink", apart, "test", "apart")
    assert done.written.pending
    await maintenance.replay_pending(identity)
    assert (await verify(identity)).differences == []
    assert await broken(graph) == []


async def test_a_cluster_that_shrinks_below_the_limit_is_decided_at_once(
    graph: Graph, identity: Identity
) -> None:
    await maintenance.replay_pending(identity)
    for phone in ("phone:p2", "phone:p3", "phone:p4", "phone:p5"):
        await run_operation(identity, "erase", {"identifier": identifier(phone)}, "test", "asked for it")
    await maintenance.replay_pending(identity)
    observed = await identity.observe([seen(20, "member:m1", "phone:p1")])
    assert not observed.written.pending
    assert (await verify(identity)).differences == []
