"""Saved segments: defined, used by each other, refreshed as a whole and for some people alone."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.refresh import refresh_dirty, refresh_due
from app.jobs.refresh_segments import refresh_segments
from app.jobs.run import run
from app.rules.model import parse
from app.rules.windows import Clock
from app.segments import saving
from app.segments.refresh import refresh
from app.segments.saved import Saved
from app.segments.saving import Done
from app.segments.scheduling import due, schedule_problem
from app.segments.whole import refresh_whole
from tests.tags.world import NOON, Cypher, baby, day, order, person
from tests.tags.world import defined as tag_defined

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


async def test_dirty_people_alone_are_looked_at(identity: Identity, cypher: Cypher) -> None:
    await made(identity, "buyers", BUYS)
    await made(identity, "draft", JUST, status="DRAFT")
    for place in (1, 2, 3):
        await person(cypher, f"P{place}", f"c-{place}")
    await refresh_segments(identity, NOON)
    await order(cypher, "c-1", "o-1", day(13), 10)
    await order(cypher, "c-2", "o-2", day(13), 10)
    await cypher("MATCH (p:Person {oneId: 'P1'}) SET p.dirtyAt = $at", at=NOON)
    done = await refresh_dirty(identity, NOON + timedelta(minutes=5))
    assert done.counts["segments_entered"] == 1
    assert await inside(cypher, "buyers") == ["P1"]  # nothing said that anything was about P2
    stored = await cypher("MATCH (s:Segment {key: 'buyers'}) RETURN s.size AS size, s.entered AS entered")
    assert stored == [{"size": 1, "entered": 1}]
    await refresh_segments(identity, NOON + timedelta(days=1))  # the size of a new day
    assert await sizes(cypher, "buyers") == [(0, 0, 0), (1, 1, 0)]
    await cypher("MATCH (p:Person {oneId: 'P1'}) SET p.status = 'MERGED', p.dirtyAt = $at", at=NOON)
    await refresh_dirty(identity, NOON + timedelta(minutes=10))
    assert await inside(cypher, "buyers") == await inside(cypher, "draft") == []
    assert await told(cypher) == [
        ("SEGMENT_ENTERED", "P1", "buyers", "RULE"),
        ("SEGMENT_EXITED", "P1", "buyers", "MERGED"),
    ]


async def test_who_was_looked_at_meanwhile_is_left_alone(identity: Identity, cypher: Cypher) -> None:
    """A whole refresh that began before does not take back what is known better since."""
    await made(identity, "buyers", BUYS)
    await person(cypher, "P1", "c-1")
    await cypher("MATCH (p:Person {oneId: 'P1'}) SET p.segmentsAt = datetime() + duration('PT1M')")
    await order(cypher, "c-1", "o-1", day(13), 10)
    assert (await refresh_whole(identity, "buyers", NOON)).entered == 0
    assert (await refresh(identity, ["P1"], NOON))["entered"] == 1


async def test_the_calendar_moves_people_out(identity: Identity, cypher: Cypher) -> None:
    """Nothing happens to anybody but that days pass."""
    await made(identity, "half-year", {"dependent": {"where": {"kind": "BABY", "ageMonths": {"eq": 6}}}})
    await person(cypher, "P1", "c-1")
    await person(cypher, "P2", "c-2")
    await baby(cypher, "c-1", "mumu|b-1", "2025-09-14")
    await baby(cypher, "c-2", "mumu|b-2", "2025-09-15")
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "half-year") == ["P1"]
    for later, expected in ((1, ["P1", "P2"]), (30, ["P1", "P2"]), (31, ["P2"]), (32, [])):
        await refresh_due(identity, NOON + timedelta(days=later))
        assert await inside(cypher, "half-year") == expected, later
    causes = {line[3] for line in (await told(cypher))[1:]}
    assert causes == {"CALENDAR"}


async def test_cycles_and_use(identity: Identity, cypher: Cypher) -> None:
    assert (await made(identity, "a", JUST)).problems == ()
    assert (await made(identity, "b", {"segment": {"key": "a"}})).problems == ()
    assert (await made(identity, "c", {"not": {"segment": {"key": "b"}}})).problems == ()
    [own] = (await made(identity, "d", {"any": [{"segment": {"key": "d"}}, JUST]})).problems
    assert (own.field, own.code) == (("rule", "any", "0", "segment", "key"), "SEGMENT_CYCLE")
    [no] = (await changed(identity, "a", rule=parse({"all": [{"segment": {"key": "c"}}]}))).problems
    assert (no.code, no.message.rpartition(": ")[2]) == ("SEGMENT_CYCLE", "a → c → b → a")
    await tag_defined(identity, "t", {"segment": {"key": "a"}})
    [circle] = (await changed(identity, "a", rule=parse({"tag": {"key": "t"}}))).problems
    assert (circle.field, circle.code) == (("rule",), "TAG_CYCLE")
    [used] = (await saving.delete(identity, "a", "tests", "over")).problems
    assert (used.code, used.message) == ("SEGMENT_IN_USE", "rules use it: segment b, tag t")
    wrong = await made(identity, "a", {"segment": {"key": "none"}}, schedule="often", share=2.0, status="ON")
    assert [(one.field, one.code) for one in wrong.problems] == [
        (("status",), "MALFORMED_VALUE"),
        (("share",), "OUT_OF_RANGE"),
        (("schedule",), "INVALID_SCHEDULE"),
        (("key",), "KEY_TAKEN"),
    ]


async def test_what_uses_a_segment_follows_it_and_who_is_in_a_deleted_one_leaves(
    identity: Identity, cypher: Cypher
) -> None:
    await person(cypher, "P1", "c-1")
    await made(identity, "a", JUST)
    await made(identity, "b", {"segment": {"key": "a"}})
    await tag_defined(identity, "t", {"segment": {"key": "b"}})
    await refresh_segments(identity, NOON)
    pending = (
        "MATCH (x) WHERE (x:Segment OR x:Tag) AND x.pending IS NOT NULL RETURN x.key AS key ORDER BY key"
    )
    assert [row["key"] for row in await cypher(pending)] == ["t"]
    await changed(identity, "a", rule=parse({"not": JUST}))
    assert [row["key"] for row in await cypher(pending)] == ["a", "b", "t"]
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "b") == []
    await changed(identity, "a", rule=parse(JUST))
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "b") == ["P1"]
    await changed(identity, "b", rule=parse(JUST))
    deleted = await saving.delete(identity, "a", "tests", "over")
    assert deleted.problems == ()
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "a") == []
    assert ("SEGMENT_EXITED", "P1", "a", "DELETED") in await told(cypher)
    again = await made(identity, "a", JUST)
    assert again.segment is not None
    assert again.segment.version == 5  # the versions of the deleted one are kept
    versions = "MATCH (v:SegmentVersion)-[:VERSION_OF]->(:Segment {key: 'a'}) RETURN count(v) AS n"
    assert await cypher(versions) == [{"n": 5}]


async def test_a_refresh_that_is_killed_is_gone_on_with(
    identity: Identity, cypher: Cypher, environment: dict[str, str]
) -> None:
    """Another process is killed between two of its units; the job's next run does the rest, once."""
    await made(identity, "all", JUST)
    await cypher(
        "MATCH (s:Segment {key: 'all'}) SET s.size = 20 WITH s UNWIND range(1, 40) AS n "
        "CREATE (p:Person {oneId: 'P' + right('0' + n, 2), status: 'ACTIVE'}) "
        "WITH s, n, p WHERE n % 2 = 0 CREATE (gone:Person {oneId: p.oneId + 'X', status: 'MERGED'}) "
        "CREATE (gone)-[:IN_SEGMENT {segment: 'all', member: gone.oneId}]->(s)"
    )
    script = [sys.executable, "-m", "tests.segments.killed", "all", "10", "2"]
    ended = subprocess.run(script, env=environment, capture_output=True, check=False)  # noqa: ASYNC221
    assert ended.returncode == -9, ended.stderr
    half = await inside(cypher, "all")
    assert half == sorted(half)
    assert (sum("X" in one for one in half), len(half)) == (
        14,
        28,
    )  # of 20 units of three steps: 14 in, 6 out
    ran = await run(identity, job_named("refresh-segments"), NOON)
    assert (ran.counts["entered"], ran.counts["exited"]) == (26, 14)  # type: ignore[union-attr]
    assert len(await inside(cypher, "all")) == 40
    lines = await told(cypher)
    assert len(lines) == len({line[1] for line in lines}) == 60
    assert await sizes(cypher, "all") == [(40, 40, 20)]


async def test_a_share_is_the_same_people_every_time(identity: Identity, cypher: Cypher) -> None:
    await made(identity, "some", JUST, share=0.25)
    await made(identity, "others", JUST, share=0.25)
    await cypher("UNWIND range(100, 499) AS n CREATE (:Person {oneId: 'P' + n, status: 'ACTIVE'})")
    await refresh_segments(identity, NOON)
    some, others = await inside(cypher, "some"), await inside(cypher, "others")
    assert 70 < len(some) < 130
    assert some != others
    assert (await refresh(identity, [f"P{n}" for n in range(100, 499)], NOON)).total() == 0
    await changed(identity, "some", share=0.5)
    await refresh_segments(identity, NOON)
    assert set(some) < set(await inside(cypher, "some"))  # who was taken stays


@pytest.mark.parametrize(
    ("text", "last", "now", "expected"),
    [
        ("6h", "2026-03-01T00:00", "2026-03-01T05:59", False),
        ("6h", "2026-03-01T00:00", "2026-03-01T06:00", True),
        ("1m", "2026-01-31T12:00", "2026-02-27T23:59", False),
        ("1m", "2026-01-31T12:00", "2026-02-28T23:59", True),
        ("0 6 * * *", "2026-03-01T06:00", "2026-03-02T05:59", False),
        ("0 6 * * *", "2026-03-01T06:00", "2026-03-02T06:00", True),
        ("0 6 * * 0", "2026-03-02T00:00", "2026-03-07T23:00", False),  # Sunday is the 8th
        ("0 6 * * 7", "2026-03-02T00:00", "2026-03-08T06:00", True),
        ("0 6 * * fri-mon", "2026-03-03T07:00", "2026-03-06T06:00", True),
        ("0 6 * * 1-5", "2026-03-06T06:00", "2026-03-08T23:00", False),
    ],
)
def test_schedules(text: str, last: str, now: str, expected: bool) -> None:
    zone = Clock(NOON, ZoneInfo("Asia/Shanghai")).zone
    before, moment = (datetime.fromisoformat(one).replace(tzinfo=zone) for one in (last, now))
    assert schedule_problem(text) is None
    assert due(text, before, Clock(moment, zone)) is expected


@pytest.mark.parametrize("text", ["", "0d", "0h", "daily", "* * * *", "61 * * * *", "0 6 1 * 1", "0 6 * * 8"])
def test_schedules_that_are_none(text: str) -> None:
    assert schedule_problem(text)
