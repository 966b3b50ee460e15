"""Undo: each operation alone, what cannot be undone, and everything taken back in any order."""

import asyncio
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.live.recompute import recompute, verify
from app.identity.live.register import Cause, now
from app.identity.operations import Refused
from app.identity.simulate import simulate
from app.identity.steering import trail
from app.identity.steering.decisions import run_operation
from app.identity.steering.undoing import undo_operation
from tests.identity import many, worlds
from tests.identity.dump import dump
from tests.identity.live import Player, emptied
from tests.identity.promises import broken
from tests.identity.register import identifier, living, people, seen

Json = dict[str, Any]

UNDOABLE = ("link", "link", "unlink", "neverLink", "block", "restore")
TRAIL = ("Operation", "AuditTrail", "Change", "Block", "IdentityState", "Sequence")
"""Labels of what an undo leaves behind: what happened, not what holds."""


async def player(graph: Graph, *observations: Json, policy: Json | None = None) -> Player:
    """The observations on the graph, under a policy with one member a person."""
    kinds = {
        "member": {"layer": "person", "priority": 1, "limit": 1},
        "phone": {"layer": "contact", "priority": 10, "hashes": ["md5"]},
        "cookie": {"layer": "session", "priority": 90},
    }
    found = await Player.under(graph, policy or {"kinds": kinds})
    await found.play({"observations": list(observations)})
    return found


async def run(found: Player, op: str, **fields: Any) -> str:
    """Runs an operation on identifiers written `kind:value`. Returns its id."""
    given = {
        name: identifier(value) if name in ("a", "b", "identifier", "person") else value
        for name, value in fields.items()
    }
    return (await run_operation(found.identity, op, given, "ann", "a test")).operation


async def undone(found: Player, operation: str) -> str:
    return (await undo_operation(found.identity, operation, "ben", "a mistake")).operation


WORLD = (
    seen(1, "member:m1", "phone:p1", id="e1"),
    seen(2, "phone:p1", "cookie:c1", id="e2"),
    seen(3, "member:m2", "cookie:c2", id="e3"),
    seen(4, "phone:p3", id="e4"),
)
ALONE: tuple[tuple[str, Json], ...] = (
    ("link", {"a": "phone:p3", "b": "cookie:c2"}),
    ("unlink", {"a": "member:m1", "b": "phone:p1"}),
    ("unlink", {"identifier": "phone:p1"}),
    ("neverLink", {"a": "member:m1", "b": "cookie:c1"}),
    ("neverLink", {"a": "member:m1", "b": "cookie:c9"}),
    ("block", {"kind": "phone", "value": "p1"}),
    ("block", {"kind": "*", "pattern": "1$"}),
)


@pytest.mark.parametrize(("op", "fields"), ALONE, ids=map(str, ALONE))
async def test_each_alone_comes_back_exactly(graph: Graph, op: str, fields: Json) -> None:
    found = await player(graph, *WORLD)
    before, lines = await dump(graph, labels=TRAIL, without=("since",)), await living(graph)
    operation = await run(found, op, **fields)
    await undone(found, operation)
    assert await living(graph) == lines
    after = await dump(graph, labels=("Person", *TRAIL), without=("since",))
    assert [line for line in after if "ABOUT" not in line] == [
        line for line in before if ":Person" not in line
    ]
    for row in WORLD:
        await found.identity.observe([row])
    assert (await verify(found.identity)).differences == []
    assert await living(graph) == lines
    assert await broken(graph) == []


async def test_a_restore_taken_back_erases_what_has_come_since(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    await run(found, "erase", identifier="phone:p1")
    before = await living(graph)
    restored = await run(found, "restore", identifier="phone:p1")
    later = seen(5, "member:m1", "phone:p1") | {"at": now().isoformat()}
    await found.identity.observe([later])
    assert any("phone|*|p1" in keys for keys in (await living(graph)).values())
    await undone(found, restored)
    assert await living(graph) == before
    await found.identity.observe([later])
    assert await living(graph) == before
    assert (await trail.check(graph, found.identity.keyring)).problems == []
    with pytest.raises(Refused) as refused:
        await undone(found, restored)
    assert refused.value.code == "ALREADY_UNDONE"


async def test_a_restored_hash_whose_plain_value_came_is_erased_again(graph: Graph) -> None:
    md5 = worlds.digest("md5", "p1")
    found = await player(graph, *WORLD)
    await run(found, "erase", identifier=f"phone:{md5}")
    restored = await run(found, "restore", identifier=f"phone:{md5}")
    await found.identity.observe([seen(5, "member:m1", "phone:p1") | {"at": now().isoformat()}])
    await undone(found, restored)
    assert not any("phone|*|p1" in keys for keys in (await living(graph)).values())
    assert await broken(graph) == []


async def refusal(found: Player, operation: str) -> str:
    before = await dump(found.graph)
    with pytest.raises(Refused) as refused:
        await undone(found, operation)
    assert await dump(found.graph) == before
    return refused.value.code


async def test_what_cannot_be_undone(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    assert await refusal(found, "no such operation") == "NOT_FOUND"
    for op, fields in (ALONE[0], ALONE[3], ALONE[5]):
        operation = await run(found, op, **fields)
        undo = await undone(found, operation)
        assert await refusal(found, operation) == "ALREADY_UNDONE"
        assert await refusal(found, undo) == "NOT_UNDOABLE"
    erased = await run(found, "erase", identifier="phone:p3")
    assert await refusal(found, erased) == "NOT_UNDOABLE"
    linked = await run(found, "link", a="phone:p1", b="cookie:c1")
    await run(found, "erase", identifier="phone:p1")
    assert await refusal(found, linked) == "NOTHING_LEFT"


async def test_a_link_taken_back_twice_at_once_is_taken_back_once(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    operation = await run(found, "link", a="phone:p3", b="cookie:c2")
    both = await asyncio.gather(*(undone(found, operation) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in both].count(Refused) == 1
    assert (await trail.check(graph, found.identity.keyring)).problems == []


async def test_what_an_undone_link_merged_comes_back_under_its_name(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    before = await people(graph)
    operation = await run(found, "link", a="phone:p3", b="cookie:c2")
    merged = {name for name, line in (await people(graph)).items() if line.status == "MERGED"}
    assert len(merged) == 1
    await recompute(found.identity, Cause("RECOMPUTE", now()))
    await undone(found, operation)
    assert await people(graph) == before


SUPERSEDED: tuple[tuple[str, Json], ...] = (
    ("unlink", {"a": "member:m1", "b": "phone:p2"}),
    ("neverLink", {"a": "member:m1", "b": "phone:p2"}),
    ("block", {"kind": "phone", "value": "p2"}),
)


@pytest.mark.parametrize(("op", "fields"), SUPERSEDED, ids=map(str, SUPERSEDED))
async def test_the_merged_one_id_returns_although_a_new_one_lives(
    graph: Graph, op: str, fields: Json
) -> None:
    """The phone p1 leaves its cookie for the member, which merges its OneID and gives the cookie a new one.

    When both are back together, the new one lives and the old one is merged; it is the old one that counts.
    """
    kinds = {
        "member": {"layer": "person", "priority": 1},
        "phone": {"layer": "contact", "priority": 10, "limit": 1},
        "cookie": {"layer": "session", "priority": 90, "limit": 1},
    }
    rows = (
        seen(3, "phone:p1", "cookie:c1", id="e1"),
        seen(4, "member:m1", "phone:p1", id="e2"),
        seen(5, "member:m1", "phone:p2", id="e3"),
        seen(6, "member:m1", "cookie:c2", id="e4"),
    )
    found = await player(graph, *rows, policy={"kinds": kinds})
    before = await living(graph)
    assert set(before.values()) >= {("cookie|*|c1", "phone|*|p1")}
    operation = await run(found, op, **fields)
    between = await living(graph)
    assert ("cookie|*|c1",) in between.values()
    await undone(found, operation)
    assert await living(graph) == before
    assert (await verify(found.identity)).differences == []
    assert await broken(graph) == []


@many.live(25)
@given(data=st.data())
async def test_everything_taken_back_in_any_order(graph: Graph, data: Any) -> None:
    """Components and OneIDs are exactly those of before; observations in between are known already."""
    document = data.draw(worlds.any_features())
    dice = data.draw(st.randoms(use_true_random=False))
    found, operations, before = await baseline(graph, document)
    done = await decide(found, dice, operations)
    dice.shuffle(done)
    if dice.random() < 0.3:
        await recompute(found.identity, Cause("RECOMPUTE", now()))
    for operation in done:
        await taken_back(found, operation, operations)
    assert await living(graph) == before
    assert (await verify(found.identity)).differences == []
    assert await broken(graph) == []
    assert (await trail.check(graph, found.identity.keyring)).problems == []
    await found.identity.observe(document["observations"])
    if "restore" not in {row["op"] for row in operations}:
        assert await living(graph) == before


async def baseline(graph: Graph, document: Json) -> tuple[Player, list[Json], Json]:
    """The document with its erasures alone; the operations that can be undone, and everybody living."""
    operations = [row for row in document["operations"] if row["op"] in UNDOABLE]
    erasures = [row for row in document["operations"] if row["op"] == "erase"]
    await emptied(graph)
    found = await Player.under(graph, document["policy"])
    await found.play(document | {"operations": erasures})
    return found, operations, dict(await living(graph))


async def decide(found: Player, dice: Random, operations: list[Json]) -> list[str]:
    """Runs the operations, and takes some back at once. Returns those that still stand."""
    done: list[str] = []
    for row in operations:
        try:
            done.append((await run_operation(found.identity, row["op"], row, "ann", "a test")).operation)
        except Refused:
            continue
        if dice.random() < 0.2:
            await taken_back(found, done.pop(dice.randrange(len(done))), operations)
    return done


async def taken_back(found: Player, operation: str, operations: list[Json]) -> None:
    """Undoes an operation; a restore that was taken back before it may have left nothing of it."""
    try:
        await undone(found, operation)
    except Refused as no:
        left = "restore" in {row["op"] for row in operations} and no.code == "NOTHING_LEFT"
        if not left:
            raise


@many.pure(200)
@given(worlds.any_features(), st.randoms(use_true_random=False))
def test_everything_taken_back_in_memory(document: Json, dice: Random) -> None:
    """Also with observations in between, where nothing was dropped for a block or an erasure."""
    document["operations"] = [
        {key: value for key, value in row.items() if key != "at"}
        for row in document["operations"]
        if row["op"] in ("link", "unlink", "neverLink")
    ]
    plain = deepcopy(document) | {"operations": []}
    places = list(range(len(document["operations"])))
    dice.shuffle(places)
    last = document["observations"][-1]["id"]
    document["operations"] += [{"after": last, "op": "undo", "operation": place} for place in places]
    if sum(row["id"] == last for row in document["observations"]) == 1:
        taken, never = simulate(document), simulate(plain)
        assert (taken["components"], taken["suppressed"]) == (never["components"], never["suppressed"])


@pytest.mark.parametrize(("taken_back", "together"), [((1,), 1), ((0,), 0), ((1, 0), 1), ((0, 1), 1)])
def test_of_two_unlinks_of_one_pair_the_one_that_is_named(taken_back: tuple[int, ...], together: int) -> None:
    """The pair was seen again between the two: without the newer one that sighting counts."""
    ends = {name: identifier(f"member:m{n}") for n, name in enumerate("ab")}
    document: Json = {
        "policy": {"kinds": {"member": {"layer": "person", "priority": 1}}},
        "observations": [seen(day, "member:m0", "member:m1", id=f"e{day}") for day in (1, 3)],
        "operations": [
            *({"after": f"e{day}", "op": "unlink", **ends} for day in (1, 3)),
            *({"after": "e3", "op": "undo", "operation": place} for place in taken_back),
        ],
    }
    found = simulate(document)
    assert found["warnings"] == []
    assert (len(found["components"]) == 1) == bool(together)


def test_undo_in_a_simulated_document() -> None:
    document: Json = {
        "policy": {"kinds": {"member": {"layer": "person", "priority": 1}}},
        "observations": [seen(1, "member:m1", "member:m2", id="e1")],
        "operations": [
            {"after": "e1", "op": "unlink", "identifier": identifier("member:m1")},
            {"after": "e1", "op": "undo", "operation": 0},
            {"after": "e1", "op": "undo", "operation": 0},
            {"after": "e1", "op": "undo", "operation": 7},
        ],
    }
    found = simulate(document)
    assert found["components"] == [["member:m1", "member:m2"]]
    assert [row["code"] for row in found["warnings"]] == ["ALREADY_UNDONE", "NOT_FOUND"]
