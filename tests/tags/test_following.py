"""Tags when people merge and split, when definitions change, when somebody says the contrary of a rule."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from app.identity.steering.undoing import undo_operation
from app.jobs.catalogue import job_named
from app.jobs.derivations import STEPS, Derivation
from app.jobs.refresh import refresh_dirty
from app.jobs.refresh_tags import refresh_tags
from app.jobs.run import Ran, run
from app.tags.assigning import Said, Sought, assign, remove
from app.tags.defining import retire
from app.tags.refresh import again, refresh
from tests.tags.world import NOON, Cypher, baby, carried, day, defined, folded, order, person, told

SPENT = {"order": {"measure": "SUM_AMOUNT", "is": {"gt": 1000}}}
MOTHER = {"dependent": {"where": {"kind": "BABY"}}}
BY_HAND = (
    "MATCH (p:Person)<-[:IDENTIFIES]-(i:Identifier) CALL (p, i) { MATCH (i)-[a:ASSERTED]->(t:Tag) "
    "WHERE a.removed IS NULL RETURN t.key AS tag } RETURN p.oneId AS one_id, tag ORDER BY one_id, tag"
)


def _seen(*cookies: str) -> dict[str, Any]:
    named = [{"kind": "cookie", "value": value} for value in cookies]
    return {"id": "o", "at": "2026-01-01T00:00:00Z", "source": "test", "identifiers": named}


async def _one_ids(cypher: Cypher) -> dict[str, str]:
    rows = await cypher(
        "MATCH (i:Identifier)-[:IDENTIFIES]->(p:Person) RETURN i.value AS value, p.oneId AS one_id"
    )
    return {row["value"]: row["one_id"] for row in rows}


async def _everything(identity: Identity, cypher: Cypher) -> None:
    """Everybody, also who was merged, and what the lines say is what is carried."""
    rows = await cypher("MATCH (p:Person) RETURN p.oneId AS one_id")
    await refresh(identity, [row["one_id"] for row in rows], NOON)
    held: dict[str, set[str]] = {row["one_id"]: set(await carried(cypher, row["one_id"])) for row in rows}
    for row in await cypher(BY_HAND):
        held[row["one_id"]].add(row["tag"])
    lines = await folded(cypher)
    assert {one: tags for one, tags in held.items() if tags} == {
        one: tags for one, tags in lines.items() if tags
    }


async def test_merge_and_split(identity: Identity, cypher: Cypher) -> None:
    """Together they spent enough, and have what was said of either; apart again, each its own."""
    await defined(identity, "spent", SPENT)
    await defined(identity, "mother", MOTHER)
    await defined(identity, "vip")
    await identity.observe([_seen("c-1"), _seen("c-2")])
    await order(cypher, "cookie|*|c-1", "o-1", day(1), 600)
    await order(cypher, "cookie|*|c-2", "o-2", day(2), 600)
    await baby(cypher, "cookie|*|c-2", "mumu|b-1", "2025-09-14")
    before = await _one_ids(cypher)
    said = Said("ann", "gala", NOON)
    await assign(identity, "vip", [(Sought(one_id=before["c-1"]), None)], said)
    await _everything(identity, cypher)
    assert await folded(cypher) == {before["c-1"]: {"vip"}, before["c-2"]: {"mother"}}
    ends = {"a": {"kind": "cookie", "value": "c-1"}, "b": {"kind": "cookie", "value": "c-2"}}
    linked = await run_operation(identity, "link", ends, "ann", "one person")
    survivor = (await _one_ids(cypher))["c-1"]
    await _everything(identity, cypher)
    assert await carried(cypher, survivor) == ["mother", "spent"]
    assert {one: tags for one, tags in (await folded(cypher)).items() if tags} == {
        survivor: {"vip", "mother", "spent"}
    }
    assert await cypher("MATCH (t:Tag) RETURN t.key AS key, t.size AS size ORDER BY key") == [
        {"key": "mother", "size": 1},
        {"key": "spent", "size": 1},
        {"key": "vip", "size": 1},
    ]
    await undo_operation(identity, linked.operation or "", "ann", "a mistake")
    assert await _one_ids(cypher) == before
    await _everything(identity, cypher)
    assert {one: tags for one, tags in (await folded(cypher)).items() if tags} == {
        before["c-1"]: {"vip"},
        before["c-2"]: {"mother"},
    }


async def test_a_rule_never_touches_what_was_set_by_hand(identity: Identity, cypher: Cypher) -> None:
    await defined(identity, "mid", SPENT, group="value", rank=1)
    await defined(identity, "high", {"order": {"is": {"gte": 1}}}, group="value", rank=2)
    await person(cypher, "P1", "c-1")
    await order(cypher, "c-1", "o-1", day(1), 1500)
    await refresh(identity, ["P1"], NOON)
    assert await carried(cypher, "P1") == ["high"]
    # Somebody knows better: the hand decides for the whole group, and the rule's tag goes.
    await assign(identity, "mid", [(Sought(one_id="P1"), None)], Said("ann", "knows her", NOON))
    assert await carried(cypher, "P1") == []
    for hours in range(3):
        assert await refresh(identity, ["P1"], NOON + timedelta(hours=hours)) == Counter()
    assert await folded(cypher) == {"P1": {"mid"}}
    await cypher("MATCH (o:Order) DETACH DELETE o")
    assert await refresh(identity, ["P1"], NOON) == Counter()
    assert await folded(cypher) == {"P1": {"mid"}}
    await remove(identity, "mid", [Sought(one_id="P1")], Said("ann", "no more", day(20)))
    assert (await told(cypher))[-1] == ("TAG_REMOVED", "P1", "mid", "MANUAL")
    assert await folded(cypher) == {"P1": set()}


async def test_a_new_definition_takes_everybody_through_it(
    identity: Identity, cypher: Cypher, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.jobs.refresh_tags.STEP", 2)
    for number in range(5):
        await person(cypher, f"P{number}", f"c-{number}")
        await order(cypher, f"c-{number}", f"o-{number}", day(1), 500 * number)
    await defined(identity, "spent", SPENT)
    await defined(identity, "poor", {"not": {"tag": {"key": "spent"}}})
    # The process ends after the first step; the next run goes on where it was.
    calls = 0

    async def dying(*given: Any, **more: Any) -> Counter[str]:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return await refresh(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr("app.jobs.refresh_tags.refresh", dying)
        with suppress(KeyboardInterrupt):
            await refresh_tags(identity, NOON)
    assert await cypher("MATCH (t:Tag {key: 'spent'}) RETURN t.cursor AS cursor") == [{"cursor": "P1"}]
    assert (await refresh_tags(identity, NOON)).counts["people"] == 3
    assert {one: tags for one, tags in (await folded(cypher)).items() if tags} == {
        **{f"P{number}": {"poor"} for number in range(3)},
        **{f"P{number}": {"spent"} for number in (3, 4)},
    }
    assert (await refresh_tags(identity, NOON)).counts == Counter()
    await defined(identity, "spent", {"order": {"measure": "SUM_AMOUNT", "is": {"gt": 400}}})
    ran = await run(identity, job_named("refresh-tags"), NOON)
    assert isinstance(ran, Ran)
    assert ran.counts == {"people": 5, "tags_added": 2, "tags_removed": 2}
    assert {cause for *_, cause in await told(cypher)} == {"DEFINITION"}
    assert (await retire(identity, "poor", "tests", "over")).problems == ()
    await refresh_tags(identity, NOON)
    assert ("TAG_REMOVED", "P0", "poor", "RETIRED") in await told(cypher)
    sizes = await cypher("MATCH (t:Tag) RETURN t.key AS key, t.size AS size ORDER BY key")
    assert sizes == [{"key": "poor", "size": 0}, {"key": "spent", "size": 4}]


async def test_reconcile_repairs_what_was_written_past_it(identity: Identity, cypher: Cypher) -> None:
    """Tags that somebody deleted, set, or counted wrongly in the graph itself."""
    await defined(identity, "spent", SPENT)
    await defined(identity, "vip")
    await identity.observe([_seen("c-1"), _seen("c-2")])
    found = await _one_ids(cypher)
    await order(cypher, "cookie|*|c-1", "o-1", day(1), 1600)
    await assign(identity, "vip", [(Sought(one_id=found["c-2"]), None)], Said("ann", "gala", NOON))
    first = await run(identity, job_named("reconcile"), NOON)
    assert isinstance(first, Ran)
    assert (first.status, first.counts["people"], first.counts["tags_added"]) == ("DONE", 2, 1)
    again = await run(identity, job_named("reconcile"), NOON + timedelta(hours=1))
    assert isinstance(again, Ran)
    assert {name: count for name, count in again.counts.items() if count} == {"people": 2}
    await cypher(
        "MATCH (p:Person)-[r:TAGGED]->(t:Tag {key: 'spent'}), (other:Person {oneId: $other}) DELETE r "
        "CREATE (other)-[:TAGGED {source: 'RULE', since: datetime()}]->(t) SET t.size = 7",
        other=found["c-2"],
    )
    repaired = await run(identity, job_named("reconcile"), NOON + timedelta(hours=2))
    assert isinstance(repaired, Ran)
    names = ("tags_added", "tags_removed", "tag_sizes")
    assert [repaired.counts.get(name) for name in names] == [1, 1, 1]
    assert await carried(cypher, found["c-1"]) == ["spent"]
    sizes = await cypher("MATCH (t:Tag) RETURN t.key AS key, t.size AS size ORDER BY key")
    assert sizes == [{"key": "spent", "size": 1}, {"key": "vip", "size": 1}]


async def test_tags_that_ask_for_a_stage_follow_it(identity: Identity, cypher: Cypher) -> None:
    """Stages are derived after tags, and tags that ask for them once more after stages."""
    await defined(identity, "asleep", {"not": {"lifecycle": {"stage": ["NOWHERE"]}}})
    await defined(identity, "gold", {"rfm": {"monetary": {"gte": 4}}})
    await person(cypher, "P1", "c-1")

    async def staged(own: Identity, one_ids: Any, as_of: Any) -> Counter[str]:
        await cypher("MATCH (p:Person {oneId: 'P1'}) SET p.monetary = 5")
        return Counter()

    steps = [one if one.name != "lifecycle" else Derivation("lifecycle", staged) for one in STEPS]
    await cypher("MATCH (p:Person) SET p.dirtyAt = $at", at=NOON)
    await refresh_dirty(identity, NOON, steps)
    assert await carried(cypher, "P1") == ["asleep", "gold"]
    await refresh_tags(identity, NOON)
    await cypher("MATCH (p:Person) SET p.monetary = 1")
    await again(identity)
    assert (await refresh_tags(identity, NOON)).counts["tags_removed"] == 1
    assert ("TAG_REMOVED", "P1", "gold", "RULE") in await told(cypher)
