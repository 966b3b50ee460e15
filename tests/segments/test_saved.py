"""Saved segments: defined, used by each other, refreshed as a whole and for some people alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.identity.service import Identity
from app.jobs.refresh_segments import refresh_segments
from app.rules.model import parse
from app.segments import saving
from app.segments.saved import Saved
from app.segments.saving import Done
from app.segments.whole import refresh_whole
from tests.tags.world import NOON, Cypher, day, order, person

BUYS = {"order": {"is": {"gte": 1}, "within": {"last": "30d"}}}
JUST = {"everyone": True}


async def made(identity: Identity, key: str, rule: dict[str, Any], **more: Any) -> Done:
    """A segment of this rule, active unless it is said otherwise."""
    given = replace(Saved(key, parse(rule), status="ACTIVE"), **more)
    return await saving.create(
        identity, given, "tests", "because", await saving.checking(identity, given.rule, frozenset())
    )


async def changed(identity: Identity, key: str, **changes: Any) -> Done:
    """The segment with other words."""
    check = await saving.checking(identity, changes.get("rule"), frozenset())
    return await saving.update(identity, key, changes, "tests", "because", check)


async def inside(cypher: Cypher, key: str) -> list[str]:
    """Who is in a segment."""
    found = "MATCH (p)-[:IN_SEGMENT]->(:Segment {key: $key}) RETURN p.oneId AS p ORDER BY p"
    return [row["p"] for row in await cypher(found, key=key)]


async def told(cypher: Cypher) -> list[tuple[str, ...]]:
    """The feed's lines about segments, in the order written."""
    rows = await cypher(
        "MATCH (c:Change) WHERE c.type STARTS WITH 'SEGMENT' "
        "RETURN [c.type, c.oneId, c.segment, c.cause] AS line ORDER BY c.id"
    )
    return [tuple(row["line"]) for row in rows]


async def sizes(cypher: Cypher, key: str) -> list[tuple[int, int, int]]:
    """How the size went: size, entered, exited."""
    rows = await cypher(
        "MATCH (h:SegmentSize)-[:SIZE_OF]->(:Segment {key: $key}) "
        "RETURN [h.size, h.entered, h.exited] AS row ORDER BY h.at",
        key=key,
    )
    return [tuple(row["row"]) for row in rows]


async def test_a_whole_refresh_writes_the_difference_alone(identity: Identity, cypher: Cypher) -> None:
    await made(identity, "buyers", BUYS)
    for place in range(1, 5):
        await person(cypher, f"P{place}", f"c-{place}")
    await order(cypher, "c-1", "o-1", day(1), 10)
    await order(cypher, "c-2", "o-2", day(10), 10)
    run = await refresh_segments(identity, NOON)
    assert (run.counts["entered"], run.failures) == (2, [])
    assert await inside(cypher, "buyers") == ["P1", "P2"]
    stored = "MATCH (s:Segment {key: 'buyers'}) RETURN s.size AS size, s.pending AS pending"
    assert await cypher(stored) == [{"size": 2, "pending": None}]
    due = await cypher("MATCH (p:Person) WHERE p.nextDue IS NOT NULL RETURN p.oneId AS p, p.nextDue AS due")
    assert sorted((row["p"], row["due"].iso_format()) for row in due) == [
        ("P1", "2026-04-01"),
        ("P2", "2026-04-10"),
    ]
    assert (await refresh_segments(identity, NOON)).counts == {}  # nothing is due
    await order(cypher, "c-3", "o-3", day(13), 10)
    await cypher("MATCH (o:Order {number: 'o-1'}) SET o.status = 'REFUNDED'")
    kept = "MATCH (:Person {oneId: 'P2'})-[r:IN_SEGMENT]->() RETURN elementId(r) AS id, r.since AS since"
    before = await cypher(kept)
    ran = await refresh_whole(identity, "buyers", NOON + timedelta(hours=1))
    assert (ran.entered, ran.exited, ran.size) == (1, 1, 2)
    assert await cypher(kept) == before
    again = await refresh_whole(identity, "buyers", NOON + timedelta(hours=2))
    assert (again.entered, again.exited, again.size) == (0, 0, 2)
    assert await told(cypher) == [
        ("SEGMENT_ENTERED", "P1", "buyers", "DEFINITION"),
        ("SEGMENT_ENTERED", "P2", "buyers", "DEFINITION"),
        ("SEGMENT_ENTERED", "P3", "buyers", "RULE"),
        ("SEGMENT_EXITED", "P1", "buyers", "RULE"),
    ]
    assert await sizes(cypher, "buyers") == [(2, 2, 0), (2, 1, 1), (2, 0, 0)]
