"""Stages: the first rule that holds, for the group and each brand, with one line for each transition."""

from datetime import datetime, timedelta
from itertools import pairwise

import time_machine

from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.refresh import refresh_dirty
from app.jobs.refresh_lifecycle import refresh_lifecycle
from app.jobs.run import Ran, run
from tests.ingest.conftest import Send
from tests.ingest.saying import seen
from tests.jobs.conftest import Cypher
from tests.lifecycle.buying import NOON, ago, bought, stages, told
from tests.lifecycle.conftest import Declare, Derive

DURABLE = """
version: 1
windows: {new: 30d, active: 90d, lapsed: 180d}
stages:
  - {key: NEW, rule: {order: {pick: FIRST, within: {last: $new}}}}
  - {key: ACTIVE, rule: {order: {within: {last: $active}}}}
  - {key: LAPSED, rule: {order: {within: {last: $lapsed}}}}
  - {key: LOST, rule: {everyone: true}}
brands:
  washer: {windows: {active: 2y, lapsed: 4y}}
  shop: {stages: [{key: BUYER, rule: {order: {is: {gte: 2}}}}, {key: OTHER, rule: {everyone: true}}]}
"""


async def test_the_calendar_alone_moves_somebody_along(send: Send, cypher: Cypher, derive: Derive) -> None:
    await send(bought("M1", "o-1", NOON))
    expected = {0: "NEW", 30: "NEW", 31: "ACTIVE", 90: "ACTIVE", 91: "AT_RISK", 180: "AT_RISK", 181: "LAPSED"}
    for days, stage in (expected | {365: "LAPSED", 366: "LOST", 4000: "LOST"}).items():
        await derive(NOON + timedelta(days=days))
        assert await stages(cypher) == {("M1", "*"): stage, ("M1", "mumu"): stage}, days
    one_way = ["NEW", "ACTIVE", "AT_RISK", "LAPSED", "LOST"]
    lines = [
        ("STAGE_CHANGED", brand, None, *move)
        for move in pairwise([None, *one_way])
        for brand in (None, "mumu")
    ]
    assert [line for line in await told(cypher) if line[0] == "STAGE_CHANGED"] == lines


async def test_a_new_order_brings_somebody_back(send: Send, cypher: Cypher, derive: Derive) -> None:
    await send(bought("M1", "o-1", ago(400)))
    await derive(NOON)
    assert (await stages(cypher))["M1", "*"] == "LOST"
    await send(bought("M1", "o-2", ago(1)))
    assert await derive(NOON) == {"stages": 2, "places": 2}
    assert await derive(NOON) == {}
    assert await stages(cypher) == {("M1", "*"): "ACTIVE", ("M1", "mumu"): "ACTIVE"}
    since = await cypher(
        "MATCH ()-[s:IN_STAGE]->() RETURN DISTINCT s.since = $at AS at, s.from AS came", at=NOON
    )
    assert since == [{"at": True, "came": "LOST"}]


async def test_a_brand_has_windows_and_stages_of_its_own(
    send: Send, cypher: Cypher, derive: Derive, declare: Declare
) -> None:
    declare(lifecycle=DURABLE)
    link = seen("member:washer:M1", "member:mumu:M1", "member:shop:M1", "phone:13912345678")
    await send(bought("M1", "w-1", ago(500), brand="washer"), bought("M1", "m-1", ago(150)), link)
    await send(bought("M1", "s-1", ago(1000), brand="shop"), bought("M2", "s-1", ago(3), brand="other"))
    await send(seen("member:mumu:M3"))
    await derive(NOON)
    found = await stages(cypher)
    assert {brand: stage for (who, brand), stage in found.items() if who == "M1"} == {
        "*": "LAPSED",
        "washer": "ACTIVE",
        "mumu": "LAPSED",
        "shop": "OTHER",
    }
    assert {key: stage for key, stage in found.items() if key[0] != "M1"} == {
        ("M2", "*"): "NEW",
        ("M2", "other"): "NEW",
        ("M3", "*"): "LOST",
    }


async def test_merged_and_split(send: Send, cypher: Cypher, derive: Derive, identity: Identity) -> None:
    await send(bought("M1", "o-1", ago(400)), bought("M2", "o-2", ago(5), brand="other"))
    await derive(NOON)
    before = await stages(cypher)
    assert before["M1", "*"], before["M2", "*"] == ("LOST", "NEW")
    await send(seen("member:mumu:M1", "phone:13912345678"), seen("member:other:M2", "phone:13912345678"))
    await derive(NOON)
    merged = await stages(cypher)
    assert merged["M1", "*"] == merged["M2", "*"] == "ACTIVE"
    assert (merged["M1", "mumu"], merged["M1", "other"]) == ("LOST", "NEW")
    assert await cypher("MATCH (p {status: 'MERGED'})-[s:IN_STAGE|AT|REACHED]->() RETURN s") == []
    lines = await told(cypher)
    await derive(NOON)
    assert await told(cypher) == lines


async def test_the_job_and_the_refresh_say_the_same(
    identity: Identity, send: Send, cypher: Cypher, derive: Derive
) -> None:
    with time_machine.travel(NOON, tick=False):
        await send(*(bought(f"M{n}", f"o-{n}", ago(n * 40)) for n in range(12)), seen("member:mumu:M99"))
        await refresh_dirty(identity, NOON)
    found, lines = await stages(cypher), await told(cypher)
    assert len(found) == 2 * 12 + 1
    assert found["M99", "*"] == "PROSPECT"
    ran = await run(identity, job_named("refresh-lifecycle"), NOON)
    assert isinstance(ran, Ran)
    assert (ran.status, ran.counts.get("lifecycle_stages")) == ("DONE", None), ran
    assert (await stages(cypher), await told(cypher)) == (found, lines)
    names = await cypher("MATCH (s:Stage {brand: 'mumu'}) RETURN s.stage AS stage ORDER BY s.place")
    assert [row["stage"] for row in names] == ["NEW", "ACTIVE", "AT_RISK", "LAPSED", "LOST", "PROSPECT"]


async def test_a_run_goes_on_where_it_was(identity: Identity, send: Send, cypher: Cypher) -> None:
    await send(*(bought(f"M{n}", f"o-{n}", ago(n)) for n in range(3)))
    people = [row["p"] for row in await cypher("MATCH (p:Person) RETURN p.oneId AS p ORDER BY p")]
    slot = datetime.fromisoformat("2026-03-14T01:00:00+08:00")
    await cypher(
        "CREATE (:Job {name: $job, running: $slot}) "
        "CREATE (:JobRun {job: $job, slot: $slot, status: 'RUNNING', started: $slot, cursor: $p})",
        job="refresh-lifecycle",
        slot=slot,
        p=people[0],
    )
    done = await refresh_lifecycle(identity, NOON)
    assert done.counts["people"] == 2
    stood = await cypher("MATCH (p:Person)-[:IN_STAGE]->() RETURN p.oneId AS p ORDER BY p")
    assert [row["p"] for row in stood] == people[1:]
