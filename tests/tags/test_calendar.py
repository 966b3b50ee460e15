"""Tags that nothing but the calendar moves, on their day, by the daily job and its index; one line each."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.run import Ran, run
from tests.tags.world import NOON, Cypher, baby, carried, day, defined, folded, order, person, told

MIDNIGHT = timedelta(hours=16, minutes=5)
"""00:05 of the next day in Shanghai, from the UTC day before."""


async def _daily(identity: Identity, first: datetime, days: int) -> list[int]:
    """Runs the daily job on so many days; how many people each run looked at."""
    looked = []
    for number in range(days):
        slot = first.replace(hour=0) + timedelta(days=number - 1) + MIDNIGHT
        with time_machine.travel(slot, tick=False):
            ran = await run(identity, job_named("refresh-due"), slot)
        assert isinstance(ran, Ran)
        assert ran.status == "DONE", ran.error
        looked.append(ran.counts.get("people", 0))
    return looked


async def _dirty(identity: Identity, cypher: Cypher, at: datetime) -> None:
    await cypher("MATCH (p:Person {status: 'ACTIVE'}) SET p.dirtyAt = $at", at=at)
    with time_machine.travel(at, tick=False):
        ran = await run(identity, job_named("refresh-relationships"), at)
    assert isinstance(ran, Ran)
    assert ran.status == "DONE", ran.error
    assert await cypher("MATCH (p:Person) WHERE p.dirtyAt IS NOT NULL RETURN p") == []


async def _days(cypher: Cypher) -> list[tuple[str, ...]]:
    """The lines about tags with their local day, in place of the OneID: by day, kind, tag."""
    days = await cypher("MATCH (c:Change) WHERE c.type STARTS WITH 'TAG' RETURN c.at AS at ORDER BY at, c.id")
    local = [row["at"].to_native().astimezone(ZoneInfo("Asia/Shanghai")) for row in days]
    lines = zip(local, await told(cypher), strict=True)
    return sorted((f"{at:%m-%d}", kind, *rest) for at, (kind, _, *rest) in lines)


async def test_a_six_month_old_comes_and_goes_on_the_day(identity: Identity, cypher: Cypher) -> None:
    await defined(identity, "six-months", {"dependent": {"where": {"kind": "BABY", "ageMonths": {"eq": 6}}}})
    await defined(identity, "is-six", {"dependent": {"where": {"ageMonths": {"eq": 6}}}}, subject="BABY")
    await person(cypher, "P1", "c-1")
    await baby(cypher, "c-1", "mumu|b-1", "2025-09-16")
    await _dirty(identity, cypher, day(10))
    assert await told(cypher) == []
    looked = await _daily(identity, day(11), 8)
    assert await carried(cypher, "P1") == ["six-months"]
    assert sum(looked[:5]) + sum(looked[6:]) == 0, "nobody is looked at before the day or after it"
    await _daily(identity, day(14, 4), 4)
    assert await _days(cypher) == [
        ("03-16", "TAG_ADDED", "is-six", "CALENDAR", "mumu|b-1"),
        ("03-16", "TAG_ADDED", "six-months", "CALENDAR"),
        ("04-16", "TAG_REMOVED", "is-six", "CALENDAR", "mumu|b-1"),
        ("04-16", "TAG_REMOVED", "six-months", "CALENDAR"),
    ]


async def test_value_tiers_fall_with_their_window(identity: Identity, cypher: Cypher) -> None:
    """Over 1,000 in 90 days is mid, over 2,000 high and then not mid; orders drop out one after the other."""
    for key, over, rank in (("mid", 1000, 1), ("high", 2000, 2)):
        rule = {"order": {"measure": "SUM_AMOUNT", "is": {"gt": over}, "within": {"last": "90d"}}}
        await defined(identity, key, rule, group="value", rank=rank)
    await person(cypher, "P1", "c-1")
    await order(cypher, "c-1", "o-1", day(1), 1200)
    await order(cypher, "c-1", "o-2", day(5), 1100)
    await _dirty(identity, cypher, NOON)
    assert await carried(cypher, "P1") == ["high"]
    await _daily(identity, day(1) + timedelta(days=88), 9)
    assert await _days(cypher) == [
        ("03-14", "TAG_ADDED", "high", "RULE"),
        ("05-31", "TAG_ADDED", "mid", "CALENDAR"),
        ("05-31", "TAG_REMOVED", "high", "CALENDAR"),
        ("06-04", "TAG_REMOVED", "mid", "CALENDAR"),
    ]
    assert await folded(cypher) == {"P1": set()}


@pytest.mark.parametrize("kept", [True, False])
async def test_what_was_set_for_a_time_ends_by_itself(identity: Identity, cypher: Cypher, kept: bool) -> None:
    """A tag by hand with a length; where it is said anew, its time begins anew."""
    await defined(identity, "trial", valid_for="30d")
    await person(cypher, "P1", "c-1")
    text = (
        "MATCH (i:Identifier {key: 'c-1'}), (t:Tag {key: 'trial'}) "
        "CREATE (i)-[:ASSERTED {since: $at, by: 'crm', brand: 'mumu'}]->(t)"
    )
    await cypher(text, at=day(1))
    await _dirty(identity, cypher, NOON)
    if kept:
        await cypher("MATCH ()-[a:ASSERTED]->() SET a.since = $at, a.until = null", at=day(20))
        await _dirty(identity, cypher, day(20))
    await _daily(identity, day(30), 25)
    assert [(line[0], line[1], line[3]) for line in await _days(cypher)] == [
        ("03-14", "TAG_ADDED", "IMPORTED"),
        ("04-20" if kept else "04-01", "TAG_REMOVED", "EXPIRED"),
    ]
    assert await cypher("MATCH (t:Tag {key: 'trial'}) RETURN t.size AS size") == [{"size": 0}]
