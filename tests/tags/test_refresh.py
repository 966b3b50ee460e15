"""Tags that rules set: added and taken off by themselves, one line each, and nothing by hand is touched."""

from collections import Counter
from datetime import timedelta

from app.identity.service import Identity
from app.tags.refresh import refresh
from tests.tags.world import NOON, Cypher, baby, carried, day, defined, folded, order, person, told

PAID_90_DAYS = {"order": {"measure": "SUM_AMOUNT", "is": {"gt": 1000}, "within": {"last": "90d"}}}
SIX_MONTHS = {"dependent": {"where": {"kind": "BABY", "ageMonths": {"eq": 6}}}}


async def test_a_rule_adds_and_takes_off_with_one_line_each(identity: Identity, cypher: Cypher) -> None:
    await defined(identity, "spender", PAID_90_DAYS)
    await person(cypher, "P1", "c-1", "c-2")
    await order(cypher, "c-2", "o-1", day(1), 1200)
    assert await refresh(identity, ["P1"], NOON) == Counter(added=1)
    assert await refresh(identity, ["P1"], NOON) == Counter()
    assert await carried(cypher, "P1") == ["spender"]
    assert await refresh(identity, ["P1"], NOON + timedelta(days=90)) == Counter(removed=1)
    assert await carried(cypher, "P1") == []
    assert await told(cypher) == [
        ("TAG_ADDED", "P1", "spender", "RULE"),
        ("TAG_REMOVED", "P1", "spender", "RULE"),
    ]
    assert await cypher("MATCH (t:Tag) RETURN t.size AS size") == [{"size": 0}]


async def test_tiers_override_each_other(identity: Identity, cypher: Cypher) -> None:
    more = {"order": {"measure": "SUM_AMOUNT", "is": {"gt": 2000}, "within": {"last": "90d"}}}
    await defined(identity, "mid", PAID_90_DAYS, group="value", rank=1)
    await defined(identity, "high", more, group="value", rank=2)
    await person(cypher, "P1", "c-1")
    await order(cypher, "c-1", "o-1", day(1), 1500)
    await refresh(identity, ["P1"], NOON)
    assert await carried(cypher, "P1") == ["mid"]
    await order(cypher, "c-1", "o-2", day(10), 700)
    await refresh(identity, ["P1"], NOON)
    assert await carried(cypher, "P1") == ["high"]
    assert sorted(await told(cypher)) == [
        ("TAG_ADDED", "P1", "high", "RULE"),
        ("TAG_ADDED", "P1", "mid", "RULE"),
        ("TAG_REMOVED", "P1", "mid", "TIER"),
    ]


async def test_computed_tags_carry_what_is_measured(identity: Identity, cypher: Cypher) -> None:
    last = {"last": "90d"}
    for key, measure, more in (
        ("orders", "COUNT", {"within": last}),
        ("paid", "SUM_AMOUNT", {"within": last}),
        ("average", "AVG_AMOUNT", {"is": {"gt": 1000}}),
        ("newest", "LAST_AT", {}),
    ):
        kind = "DATE" if measure == "LAST_AT" else "NUMBER"
        rule = {"order": {"measure": measure, **more}}
        await defined(identity, key, rule, set_by="COMPUTED", value_type=kind)
    await person(cypher, "P1", "c-1")
    await person(cypher, "P2", "c-2")
    await order(cypher, "c-1", "o-1", day(1), 1200)
    await order(cypher, "c-1", "o-2", day(10, hour=20), 301)
    await refresh(identity, ["P1", "P2"], NOON)
    values = (
        "MATCH (p)-[r:TAGGED {source: 'COMPUTED'}]->(t:Tag) "
        "RETURN p.oneId AS p, t.key AS key, r.value AS value"
    )
    found = {(row["p"], row["key"]): row["value"] for row in await cypher(values)}
    assert found == {("P1", "orders"): 2, ("P1", "paid"): 1501, ("P1", "newest"): "2026-03-11"}
    await order(cypher, "c-1", "o-3", day(12), 3000)
    await refresh(identity, ["P1", "P2"], NOON)
    found = {(row["p"], row["key"]): row["value"] for row in await cypher(values)}
    assert found[("P1", "orders")] == 3
    assert found[("P1", "average")] == round(4501 / 3, 6)
    lines = await cypher(
        "MATCH (c:Change {tag: 'orders'}) RETURN c.from AS before, c.to AS after ORDER BY after"
    )
    assert lines == [{"before": None, "after": "2"}, {"before": "2", "after": "3"}]
    assert await cypher("MATCH (t:Tag {key: 'orders'}) RETURN t.size AS size") == [{"size": 1}]


async def test_a_dependents_tag_is_the_dependents(identity: Identity, cypher: Cypher) -> None:
    await defined(identity, "half-a-year", {"dependent": {"where": {"ageMonths": {"eq": 6}}}}, subject="BABY")
    await defined(identity, "has-half", {"tag": {"key": "half-a-year", "includeSubordinate": True}})
    await person(cypher, "P1", "c-1")
    await baby(cypher, "c-1", "mumu|b-1", "2025-09-14")
    await baby(cypher, "c-1", "mumu|b-2", "2025-11-01")
    await refresh(identity, ["P1"], NOON)
    assert await cypher("MATCH (d:Dependent)-[:TAGGED]->(t) RETURN d.key AS d, t.key AS t") == [
        {"d": "mumu|b-1", "t": "half-a-year"}
    ]
    assert await carried(cypher, "P1") == ["has-half"]
    assert await told(cypher) == [
        ("TAG_ADDED", "P1", "half-a-year", "RULE", "mumu|b-1"),
        ("TAG_ADDED", "P1", "has-half", "RULE"),
    ]
    await refresh(identity, ["P1"], day(14, 4))
    assert (await folded(cypher))["P1"] == set()
