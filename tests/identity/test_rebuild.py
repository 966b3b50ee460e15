"""What can be rebuilt is rebuilt equal, what is known already writes nothing."""

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.identity.live.recompute import recompute, verify
from app.identity.live.register import Cause, now
from tests.identity import many, worlds
from tests.identity.dump import dump
from tests.identity.live import Player, emptied
from tests.identity.promises import broken
from tests.identity.register import identifier, seen

Json = dict[str, Any]

DERIVED = (
    "MATCH (:Identifier)-[r:IDENTIFIES]->() DELETE r",
    """MATCH (i:Identifier)
    SET i.shared = null, i.expired = null, i.blocked = null, i.contested = null, i.pending = null,
      i.factsFrom = null""",
    "MATCH ()-[l:LINKED]->() SET l.state = null, l.reason = null",
)
"""What drops layer 4 of identity."""

MARKS = ("shared", "expired", "blocked", "contested")


async def played(graph: Graph, document: Json, batches: Random | None = None) -> Player:
    """The document on the emptied graph."""
    await emptied(graph)
    player = await Player.under(graph, document["policy"])
    await player.play(document, batches)
    return player


async def run(graph: Graph, *statements: str) -> None:
    """Changes the graph behind the service's back."""
    async with graph.session(WRITE_ACCESS) as session:
        for statement in statements:
            await (await session.run(statement)).consume()


async def everything(graph: Graph) -> list[str]:
    """The graph without its feed, which tells of the rebuild, and without the day that somebody joined."""
    return await dump(graph, without={"since"}, labels={"Change"})


@many.live(25)
@given(document=worlds.any_features())
async def test_what_is_derived_is_rebuilt_equal(graph: Graph, document: Json) -> None:
    player = await played(graph, document)
    before = await everything(graph)
    await run(graph, *DERIVED)
    report = await recompute(player.identity, Cause("RECOMPUTE", now()))
    assert bool(report.differences) == bool(report.identifiers)
    assert await everything(graph) == before
    assert (await verify(player.identity)).differences == []


@many.live(25)
@given(document=worlds.any_features())
async def test_an_idle_recompute_writes_nothing(graph: Graph, document: Json) -> None:
    player = await played(graph, document)
    before = await dump(graph)
    report = await recompute(player.identity, Cause("RECOMPUTE", now()))
    assert report.differences == []
    assert await dump(graph) == before


@many.live(25)
@given(
    document=worlds.any_features(),
    batches=st.none() | st.randoms(use_true_random=False),
    order=st.randoms(use_true_random=False),
)
async def test_everything_delivered_again_changes_nothing(
    graph: Graph, document: Json, batches: Random | None, order: Random
) -> None:
    """In any order, one by one or together; also after an unlink, an erasure, an expiry.

    Consent that came back lets in what was refused before: then the delivery after that changes nothing.
    """
    player = await played(graph, document, batches)
    rows = list(document["observations"])
    if any(operation["op"] == "restore" for operation in document["operations"]):
        await player.identity.observe(rows)
    before = await dump(graph)
    order.shuffle(rows)
    size = order.randint(1, len(rows))
    for start in range(0, len(rows), size):
        observed = await player.identity.observe(rows[start : start + size])
        assert observed.written.rows == 0
    assert await dump(graph) == before


# -- by hand: one of each


KINDS: Json = {
    "member": {"layer": "person", "priority": 1, "limit": 1},
    "phone": {"layer": "contact", "priority": 10, "shared_after": 2},
    "email": {"layer": "contact", "priority": 12, "normalise": "email", "hashes": ["md5"], "pii": True},
    "cookie": {"layer": "session", "priority": 90, "ttl": "30d"},
}


@pytest.fixture
def family() -> Json:
    """A conflict, a shared phone, a hash and its plain value, expired and blocked identifiers, a claim."""
    return {
        "policy": {"kinds": KINDS, "sources": {"form": {"verified": False}}},
        "observations": [
            seen(1, "member:m1", "email:a@x.cn", "cookie:c1", source="crm", brand="A", id="e1"),
            seen(2, "member:m2", "email:a@x.cn", "cookie:c2", id="e2"),
            seen(3, "member:m3", "phone:p1", id="e3"),
            seen(4, "member:m4", "phone:p1", id="e4"),
            seen(5, "member:m5", "phone:p1", "cookie:c3", id="e5"),
            seen(6, "member:m6", "phone:p6", source="form", id="e6"),
            seen(7, "member:m7", "cookie:c7", id="e7"),
            seen(8, "member:m8", "phone:p8", id="e8"),
            seen(9, "member:m9", "phone:p9", id="e9"),
            seen(20, "member:m10", "phone:p10", id="e10"),
        ],
        "operations": [
            {"after": "e9", "op": "unlink", "a": identifier("member:m8"), "b": identifier("phone:p8")},
            {"after": "e9", "op": "block", "kind": "phone", "value": "p9"},
            {"after": "e9", "op": "expire", "at": "2026-02-02T12:00:00Z"},
            {"after": "e9", "op": "link", "a": identifier("member:m7"), "b": identifier("phone:p6")},
            {"after": "e10", "op": "erase", "identifier": identifier("phone:p10")},
        ],
    }


async def test_one_of_each_is_rebuilt_equal(graph: Graph, family: Json) -> None:
    player = await played(graph, family)
    assert player.warnings == set()
    before = await everything(graph)
    text = "\n".join(before)
    for mark in MARKS:
        assert f"{mark}: True" in text, f"the scene has nothing that is {mark}"
    await run(graph, *DERIVED)
    assert await everything(graph) != before
    await recompute(player.identity, Cause("RECOMPUTE", now()))
    assert await everything(graph) == before
    assert await broken(graph) == []


@pytest.mark.parametrize("statement", DERIVED)
async def test_each_part_that_is_lost_is_seen(graph: Graph, family: Json, statement: str) -> None:
    """Whatever verify does not see, recompute does not repair."""
    player = await played(graph, family)
    before = await everything(graph)
    await run(graph, statement)
    assert (await verify(player.identity)).differences != []
    await recompute(player.identity, Cause("RECOMPUTE", now()))
    assert await everything(graph) == before


@pytest.mark.parametrize("mark", MARKS)
async def test_each_mark_that_is_lost_or_wrong_is_seen(graph: Graph, family: Json, mark: str) -> None:
    player = await played(graph, family)
    before = await everything(graph)
    for value in ("null", "true"):
        await run(graph, f"MATCH (i:Identifier) SET i.{mark} = {value}")
        report = await verify(player.identity)
        assert mark in " ".join(difference.detail for difference in report.differences)
        await recompute(player.identity, Cause("RECOMPUTE", now()))
        assert await everything(graph) == before


async def test_verify_writes_nothing(graph: Graph, family: Json) -> None:
    player = await played(graph, family)
    await run(graph, *DERIVED)
    before = await dump(graph)
    assert (await verify(player.identity)).differences
    assert await dump(graph) == before


async def test_a_recompute_stopped_in_the_middle_goes_on(
    graph: Graph, family: Json, monkeypatch: Any
) -> None:
    """Each unit stands alone: what was repaired stays, what was not is found the next time."""
    monkeypatch.setattr("app.identity.live.recompute.CHUNK", 1)
    player = await played(graph, family)
    before = await everything(graph)
    await run(graph, *DERIVED)

    def stop(done: int, of: int) -> None:
        if done >= of // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await recompute(player.identity, Cause("RECOMPUTE", now()), stop)
    assert await everything(graph) != before
    await recompute(player.identity, Cause("RECOMPUTE", now()))
    assert await everything(graph) == before


async def test_delivered_again_between_two_unlinks(graph: Graph) -> None:
    """A sighting stays with the unlink that took it; a second one with an earlier time takes nothing."""
    pair = {"a": identifier("member:m1"), "b": identifier("phone:p1")}
    document: Json = {
        "policy": {"kinds": KINDS},
        "observations": [seen(2, "member:m1", "phone:p1", id="e1")],
        "operations": [
            {"after": "e1", "op": "unlink", **pair, "at": "2026-01-10T00:00:00Z"},
            {"after": "e1", "op": "unlink", **pair, "at": "2026-01-05T00:00:00Z"},
        ],
    }
    player = await played(graph, document)
    before = await dump(graph)
    await player.identity.observe(document["observations"])
    assert await dump(graph) == before


FORGETTING: Sequence[Mapping[str, Any]] = (
    {"op": "unlink", "identifier": identifier("email:a@x.cn")},
    {"op": "erase", "identifier": identifier("email:a@x.cn")},
    {"op": "erase", "person": identifier("member:m1")},
    {"op": "block", "kind": "email", "value": "a@x.cn"},
    {"op": "block", "kind": "email", "pattern": "^a"},
    {"op": "neverLink", "a": identifier("member:m1"), "b": identifier("email:a@x.cn")},
    {"op": "expire", "at": "2026-03-01T00:00:00Z"},
)


@pytest.mark.parametrize("operation", FORGETTING, ids=json.dumps)
async def test_what_was_taken_apart_stays_apart(graph: Graph, operation: Json) -> None:
    """Every file of the past may be imported again after any decision."""
    md5 = "email:" + worlds.digest("md5", "a@x.cn")
    rows = [
        seen(1, "member:m1", "email:a@x.cn", "cookie:c1", id="e1"),
        seen(2, "member:m1", md5, id="e2"),
        seen(3, md5, "cookie:c1", id="e3"),
    ]
    document = {"policy": {"kinds": KINDS}, "observations": rows, "operations": [operation | {"after": "e3"}]}
    player = await played(graph, document)
    before, said = await dump(graph), await player.answer()
    for again in (rows, rows[::-1], [rows[1]], [rows[2], rows[2]]):
        await player.identity.observe(again)
        assert await dump(graph) == before
    assert (await player.answer())["components"] == said["components"]
    assert (await verify(player.identity)).differences == []
