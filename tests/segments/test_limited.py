"""Segments that take a share, or the first n by a measure: who is in them, when they move, and the same
people wherever anybody asks.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.errors import BadInput
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.jobs.refresh_segments import refresh_segments
from app.rules.choice import parse_limit
from app.rules.model import parse
from app.segments import exporting, saving
from app.segments.export_columns import About, columns
from app.segments.preview import Evaluation
from app.segments.refresh import refresh
from app.segments.saved import Saved
from app.segments.whole import refresh_whole
from tests.segments.asking import Asked
from tests.segments.test_saved import changed, inside, sizes, told
from tests.tags.world import NOON, Cypher, day, order, person

PAID = {"n": 2, "by": {"order": {"measure": "SUM_AMOUNT", "within": {"last": "90d"}}}}


async def made(identity: Identity, key: str, limit: Any, rule: Any = None, **more: Any) -> None:
    """An active segment of those who match that takes so many."""
    given = Saved(key, parse(rule or {"everyone": True}), status="ACTIVE", limit=parse_limit(limit))
    given = replace(given, **more)
    check = await saving.checking(identity, given.rule, frozenset(), given.limit)
    done = await saving.create(identity, given, "tests", "because", check)
    assert done.problems == ()


async def buyers(cypher: Cypher, *amounts: int) -> None:
    """P1, P2 …: each paid so much; nothing: no order."""
    for place, amount in enumerate(amounts, start=1):
        await person(cypher, f"P{place}", f"c-{place}")
        if amount:
            await order(cypher, f"c-{place}", f"o-{place}", day(1), amount)


async def stale(cypher: Cypher, key: str) -> bool:
    """Whether the next run looks at everybody."""
    [row] = await cypher("MATCH (s:Segment {key: $key}) RETURN s.stale IS NOT NULL AS stale", key=key)
    return bool(row["stale"])


async def test_the_first_n_move_with_what_happens_near_the_edge(identity: Identity, cypher: Cypher) -> None:
    await buyers(cypher, 50, 40, 30, 30, 0)
    await made(identity, "top", PAID)
    await made(identity, "ten", PAID | {"n": 10})
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "top") == ["P1", "P2"]
    assert await inside(cypher, "ten") == ["P1", "P2", "P3", "P4"]  # who has no value is never taken
    moves = [("P4", 5, False), ("P1", 1, False), ("P2", 9, False), ("P3", 9, False), ("P3", 2, True)]
    for place, (one_id, amount, expected) in enumerate(moves):
        await order(cypher, one_id.replace("P", "c-"), f"m-{place}", day(2), amount)
        assert (await refresh(identity, [one_id], NOON)).total() == 0
        assert await stale(cypher, "top") is expected, place  # the edge is P2's 40, whatever he has now
    assert (await refresh_segments(identity, NOON + timedelta(minutes=1))).counts["entered"] == 0
    await order(cypher, "c-3", "m-9", day(2), 10)
    await refresh(identity, ["P3"], NOON)
    later = NOON + timedelta(minutes=2)
    assert (await refresh_segments(identity, later)).counts == {"segments": 1, "entered": 1, "exited": 1}
    assert await inside(cypher, "top") == ["P1", "P3"]
    await cypher("MATCH (p:Person {oneId: 'P1'}) SET p.status = 'MERGED'")
    await refresh(identity, ["P1"], NOON)
    assert await inside(cypher, "top") == ["P3"]
    await refresh_segments(identity, NOON + timedelta(minutes=3))
    assert await inside(cypher, "top") == ["P2", "P3"]
    lines = [line for line in await told(cypher) if line[2] == "top" and line[3] != "DEFINITION"]
    assert sorted(lines) == [
        ("SEGMENT_ENTERED", "P2", "top", "RULE"),
        ("SEGMENT_ENTERED", "P3", "top", "RULE"),
        ("SEGMENT_EXITED", "P1", "top", "MERGED"),
        ("SEGMENT_EXITED", "P2", "top", "RULE"),
    ]
    assert [size for size, _, _ in await sizes(cypher, "top")] == [2, 2, 2, 2]


async def test_a_day_that_passes_moves_the_first_n(identity: Identity, cypher: Cypher) -> None:
    """Nothing happens but that an order slides out of the window of the measure."""
    await buyers(cypher, 50, 40, 30)
    await made(identity, "top", PAID)
    await refresh_segments(identity, NOON)
    await cypher("MATCH (o:Order {number: 'o-2'}) SET o.at = $at", at=day(2))
    due = await cypher("MATCH (p:Person {oneId: 'P1'}) RETURN toString(p.nextDue) AS due")
    assert due == [{"due": "2026-05-31"}]
    await refresh(identity, ["P1"], NOON + timedelta(days=78))
    assert await stale(cypher, "top")
    await refresh_segments(identity, NOON + timedelta(days=78))
    assert await inside(cypher, "top") == ["P2"]


async def test_of_two_who_rank_at_once_the_last_to_begin_writes(
    identity: Identity, cypher: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what happens to somebody while everybody is looked at is looked at again."""
    await buyers(cypher, 50, 40, 30)
    await made(identity, "top", PAID)
    unit, overtaken = identity.graph.unit, False

    async def slow(work: Callable[[Writer], Awaitable[Any]], **more: Any) -> Any:
        nonlocal overtaken
        began = bool(await cypher("MATCH (s:Segment {key: 'top'}) WHERE s.ranking IS NOT NULL RETURN 1 AS n"))
        if began and not overtaken:
            overtaken = True
            await order(cypher, "c-3", "m-1", day(2), 90)
            await refresh(identity, ["P3"], NOON)
            assert await stale(cypher, "top")
            await refresh_whole(identity, "top", NOON)
        return await unit(work, **more)

    monkeypatch.setattr(identity.graph, "unit", slow)
    with pytest.raises(BadInput) as refused:
        await refresh_whole(identity, "top", NOON)
    assert refused.value.code == "SEGMENT_CHANGED"
    assert overtaken
    assert await inside(cypher, "top") == ["P1", "P3"]
    assert not await stale(cypher, "top")
    assert len(await told(cypher)) == 2


SAME = """query($key: ID!, $rule: SegmentRule!, $limit: SegmentLimit) {
  segmentPreview(rule: $rule, share: 0.6, limit: $limit, key: $key) {
    count { value } members(first: 2) { edges { node { oneId } } } userErrors { code } }
  segmentProfile(segment: $key, by: [GENDER]) { size rows { count } }
  segmentOverlap(segments: [$key, "all"]) { sizes { count } every }
  segmentCompare(a: $key, b: "all", by: [GENDER]) { aSize bSize both }
  segment(key: $key) {
    limit share profile(by: [GENDER], base: "all") { size baseSize }
    overlap(with: ["all"]) { every } compare(with: "all", by: [GENDER]) { both }
    explain(person: {oneId: "P1"}) { holds taken conditions { field holds orders { number } } } }
}"""


async def test_the_same_people_are_meant_everywhere(identity: Identity, cypher: Cypher) -> None:
    amounts = [10, 10, 0, 70, 30, 30, 30, 20, 60]
    await buyers(cypher, *amounts)
    limit = {"n": 3, "by": {"order": {"measure": "SUM_AMOUNT"}}, "lowest": True}
    await made(identity, "some", limit, share=0.6)
    await made(identity, "all", {"n": 100, "by": {"order": {}}})
    saved = Saved("some", parse({"everyone": True}), share=0.6)
    ranked = sorted((amount, f"P{n}") for n, amount in enumerate(amounts, start=1) if amount)
    expected = sorted([one for _, one in ranked if saved.takes(one)][:3])
    asked = Asked(identity, {})
    data = await asked.ask(SAME, key="some", rule={"everyone": True}, limit=limit)
    preview, segment = data["segmentPreview"], data["segment"]
    assert preview["count"]["value"] == len(expected) == 3
    assert [edge["node"]["oneId"] for edge in preview["members"]["edges"]] == expected[:2]
    assert (data["segmentProfile"]["size"], data["segmentProfile"]["rows"]) == (3, [{"count": 3}])
    assert data["segmentOverlap"] == {"sizes": [{"count": 3}, {"count": 9}], "every": 3}
    assert data["segmentCompare"] == {"aSize": 3, "bSize": 9, "both": 3}
    assert segment["profile"] == {"size": 3, "baseSize": 9}
    assert (segment["overlap"]["every"], segment["compare"]["both"]) == (3, 3)
    assert (segment["limit"], segment["share"]) == (limit, 0.6)
    told_of = segment["explain"]
    assert (told_of["holds"], told_of["taken"]) == (True, "P1" in expected)
    assert [one["field"] for one in told_of["conditions"][-2:]] == [["share"], ["limit", "by", "order"]]
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "some") == expected
    assert await exported(identity, "some") == expected


async def exported(identity: Identity, key: str) -> list[str]:
    """The OneIDs of a file of that segment."""
    reader, policy = identity.graph.reader(), identity.state.policy
    when: dict[str, Any] = {"keyring": identity.keyring, "as_of": datetime.now(UTC), "zone": "Asia/Shanghai"}
    one = await Evaluation.of_segment(reader, policy, key, **when)
    chosen = columns(["oneId"], policy, None)
    about = About(identity.keyring, True, "CNY")
    asked = exporting.Asked(one.rule, one.settings, chosen, about, choice=one.choice)
    assert await exporting.size(reader, asked) == 3
    return [row[0] async for rows in exporting.pages(reader, asked) for row in rows]


async def test_why_somebody_who_matches_is_not_in_it(identity: Identity, cypher: Cypher) -> None:
    await buyers(cypher, 50, 40, 30, 0)
    await made(identity, "top", PAID | {"by": {"order": {"measure": "SUM_AMOUNT"}}})
    await made(identity, "part", PAID, share=0.000001)
    asked, text = Asked(identity, {}), "query($p: ID!, $s: ID!) { explain(person: {oneId: $p}, segment: $s) {"
    text += " holds taken sentence conditions { field holds measured count } } }"
    found = {n: (await asked.ask(text, p=f"P{n}", s="top"))["explain"] for n in (2, 3, 4)}
    assert [(one["holds"], one["taken"]) for one in found.values()] == [
        (True, True),
        (True, False),
        (True, False),
    ]
    assert found[3]["sentence"] == (
        "matches the rule, but is not among the first: 1 order paid, their sum amount is 30.00, "
        "place 3 of those who match; the first 2 from the most are taken"
    )
    last = {"field": ["limit", "by", "order"], "holds": False, "measured": "30.00", "count": 1}
    assert found[3]["conditions"][-1] == last
    assert "no place, without a value" in found[4]["sentence"]
    other = (await asked.ask(text, p="P1", s="part"))["explain"]
    assert other["sentence"].startswith(
        "matches the rule, but is not in the share: not in the share of 1e-06"
    )


async def test_everything_that_is_wrong_comes_at_once(identity: Identity, cypher: Cypher) -> None:
    await made(identity, "top", PAID)
    asked = Asked(identity, {})
    create = 'mutation($s: SegmentInput!) { segmentCreate(segment: $s, reason: " ") {'
    create += " userErrors { field code } } }"
    limit = {"n": 0, "by": {"order": {"measure": "SUM_AMONT"}}}
    said = {"key": "", "rule": {"order": {"is": {}}}, "share": 2, "schedule": "often", "limit": limit}
    wrong = (await asked.ask(create, s=said))["segmentCreate"]["userErrors"]
    assert [(".".join(one["field"]), one["code"]) for one in wrong] == [
        ("reason", "REASON_REQUIRED"),
        ("segment.key", "MALFORMED_VALUE"),
        ("segment.share", "OUT_OF_RANGE"),
        ("segment.schedule", "INVALID_SCHEDULE"),
        ("segment.rule.order.is", "EMPTY_TEST"),
        ("segment.limit.n", "OUT_OF_RANGE"),
        ("segment.limit.by.order.measure", "TYPE_MISMATCH"),
    ]
    preview = "query($r: SegmentRule!, $l: SegmentLimit) { segmentPreview(rule: $r, limit: $l, share: 3) {"
    preview += " count { value } userErrors { field code } warnings { field code } } }"
    found = (await asked.ask(preview, r={"segment": {"key": "top"}}, l=limit))["segmentPreview"]
    assert [".".join(one["field"]) for one in found["userErrors"]] == [
        "share",
        "limit.n",
        "limit.by.order.measure",
    ]
    unseen = {"n": 1, "by": {"order": {"where": {"product": "nothing"}}}}
    query = preview.replace(", share: 3", "")
    found = (await asked.ask(query, r={"segment": {"key": "top"}}, l=unseen))["segmentPreview"]
    assert [(".".join(one["field"]), one["code"]) for one in found["warnings"]] == [
        ("segment.key", "SEGMENT_AS_RULE"),
        ("limit.by.order.where.product", "UNKNOWN_PRODUCT"),
    ]
    export = 'mutation { segmentExport(segment: "top", share: 0.5, columns: ["nme"]) { export { id } } }'
    answer = await asked.answer(export)
    assert "its own share" in answer["errors"][0]["message"]
    assert "nme" in answer["errors"][0]["message"]
    profile = 'query { segmentProfile(segment: "top", rule: {everyone: true}, by: [], top: 0) { size } }'
    message = (await asked.answer(profile))["errors"][0]["message"]
    assert [word in message for word in ("`by`", "`top`", "`segment` or `rule`")] == [True] * 3
    wrong = await changed(identity, "top", limit=parse_limit(limit))
    assert [one.code for one in wrong.problems] == ["OUT_OF_RANGE", "TYPE_MISMATCH"]
