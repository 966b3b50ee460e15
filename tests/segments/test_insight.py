"""What segments are like and have in common, beside what each person says of itself."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.rules.ages import age_months, age_years
from app.segments import overlapping, profiling
from app.segments.overlapping import Region
from app.segments.profiling import Counted
from app.settings import Settings
from tests.segments.asking import Asked, everybody

Json = dict[str, Any]
AS_OF = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = AS_OF.date()
PROFILE = """
query ($by: [ProfileBy!]!, $segment: ID, $rule: SegmentRule, $base: ID, $top: Int) {
  segmentProfile(by: $by, segment: $segment, rule: $rule, base: $base, top: $top) {
    size baseSize rows { by value count share baseCount baseShare tgi lowSample }
    userErrors { field code suggestion }
  }
}
"""
WHO = """
query ($rule: SegmentRule!) {
  segmentPreview(rule: $rule) { members(first: 100) { edges { node { oneId } } } }
}
"""
THEY = """
query ($by: [PersonBy!]!) { people(by: $by) {
  oneId gender city birthday members { level } brandProfiles { brand { key } } lifecycle { stage }
  tags { tag { key } } dependents { kind birthday }
} }
"""
SCORES = "MATCH (p:Person) RETURN p.oneId AS one_id, p.recency AS recency, p.frequency AS frequency, p.monetary AS monetary"  # noqa: E501
COMPARE = """
query ($by: [ProfileBy!]!) { segmentCompare(a: "buyers", b: "others", by: $by) {
  aSize bSize both rows { value a { count share tgi } b { count share tgi } ratio } userErrors { code }
} }
"""
OVERLAP = """
query ($segments: [ID!]!) { segmentOverlap(segments: $segments) {
  sizes { segment count } pairs { a b both jaccard aInB bInA } regions { segments count }
  every some jaccard userErrors { field code suggestion }
} }
"""
# What the cases say nothing of; and two segments of a person or two.
MORE = """
MATCH (p:Person {status: 'ACTIVE'}) WITH p ORDER BY p.oneId WITH collect(p) AS people
UNWIND range(0, size(people) - 1) AS place WITH people[place] AS p, place
SET p.recency = place % 5 + 1, p.frequency = place % 3 + 1, p.monetary = place % 2 + 1
WITH p, place WHERE place % 4 = 0
SET p.birthday = date('2026-11-20') - duration({months: 12 * (10 + place)})
"""


@pytest_asyncio.fixture(scope="module")
async def asked(migrated: Graph, settings: Settings) -> Asked:
    made = await everybody(migrated, settings)
    async with migrated.session(WRITE_ACCESS) as session:
        await (await session.run(MORE)).consume()
    return made


def banded(ends: Iterable[tuple[int, int | None]], age: int) -> str:
    low, high = next(one for one in ends if one[0] <= age and (one[1] is None or age <= one[1]))
    return f"{low}+" if high is None else f"{low}-{high}"


def dependent_band(birthday: str | None) -> str | None:
    if birthday is None:
        return None
    months = age_months(datetime.fromisoformat(birthday).date(), TODAY)
    return "unborn" if months < 0 else banded(profiling.MONTH_BANDS, months)


def said(person: Json) -> dict[str, set[Any]]:
    """What a person counts with, read off the person itself."""
    rfm = person["rfm"]
    birthday = person["birthday"]
    years = None if birthday is None else age_years(datetime.fromisoformat(birthday).date(), TODAY)
    found = {
        "GENDER": {person["gender"]},
        "CITY": {person["city"]},
        "AGE_BAND": {None if years is None else banded(profiling.AGE_BANDS, years)},
        "LEVEL": {one["level"] for one in person["members"] if one["level"] is not None},
        "BRAND": {one["brand"]["key"] for one in person["brandProfiles"]},
        "LIFECYCLE": {(person["lifecycle"] or {}).get("stage")},
        "TAG": {one["tag"]["key"] for one in person["tags"]},
        "DEPENDENT_KIND": {one["kind"] for one in person["dependents"]},
        "DEPENDENT_AGE_BAND": {dependent_band(one["birthday"]) for one in person["dependents"]},
        **{name.upper(): {rfm[name] and str(rfm[name])} for name in ("recency", "frequency", "monetary")},
    }
    return {name: values or {None} for name, values in found.items()}


async def they(asked: Asked, rule: Json) -> list[Json]:
    """Who matches, each as asked for by itself."""
    members = (await asked.ask(WHO, asked.context(as_of=AS_OF), rule=rule))["segmentPreview"]["members"]
    by = [{"oneId": edge["node"]["oneId"]} for edge in members["edges"]]
    found: list[Json] = (await asked.ask(THEY, asked.context(as_of=AS_OF), by=by))["people"]
    rows = await asked.identity.graph.reader().compiled(SCORES, {})
    scores = {row["one_id"]: dict(row) for row in rows}
    return [one | {"rfm": scores[one["oneId"]]} for one in found]


async def test_a_profile_is_what_its_people_say_of_themselves(asked: Asked) -> None:
    rule = {"any": [{"order": {}}, {"dependent": {"where": {"kind": "PET"}}}]}
    by = [name for name in profiling.BY if name != "RFM_SEGMENT"]
    context = asked.context(as_of=AS_OF)
    found = (await asked.ask(PROFILE, context, by=by, rule=rule, top=1000))["segmentProfile"]
    assert found["userErrors"] == []
    own, base = await they(asked, rule), await they(asked, {"everyone": True})
    assert (found["size"], found["baseSize"]) == (len(own), len(base))
    assert 0 < len(own) < len(base) < 100
    for name in by:
        counts, base_counts = (
            Counter(value for one in people for value in said(one)[name]) for people in (own, base)
        )
        rows = [row for row in found["rows"] if row["by"] == name]
        assert {row["value"]: row["count"] for row in rows} == dict(counts)
        assert {row["value"]: row["baseCount"] for row in rows} == {one: base_counts[one] for one in counts}
        for row in rows:
            exact = 100 * (row["count"] / len(own)) / (row["baseCount"] / len(base))
            assert row["tgi"] == pytest.approx(exact, abs=0.01)
            assert row["lowSample"] == (row["count"] < 30)


async def test_one_statement_for_the_segment_and_one_for_the_base(asked: Asked) -> None:
    calls = []
    for by in (["GENDER"], list(profiling.BY)):
        before = asked.identity.graph.calls
        await asked.ask(PROFILE, by=by, segment="buyers")
        calls.append(asked.identity.graph.calls - before)
    assert calls == [4, 4]  # and what either rule may name


async def test_a_base_of_ones_own_and_a_key_that_is_none(asked: Asked) -> None:
    found = (await asked.ask(PROFILE, by=["GENDER"], segment="others", base="buyers"))["segmentProfile"]
    assert {row["baseCount"] for row in found["rows"]} != {0}
    assert all(row["tgi"] is None for row in found["rows"] if row["baseCount"] == 0)
    wrong = (await asked.ask(PROFILE, by=["GENDER"], segment="buyer", base="nobody"))["segmentProfile"]
    assert [(one["field"], one["code"], one["suggestion"]) for one in wrong["userErrors"]] == [
        (["segment", "key"], "UNKNOWN_SEGMENT", "buyers"),
        (["base", "segment", "key"], "UNKNOWN_SEGMENT", None),
    ]
    neither = await asked.answer(PROFILE, by=["GENDER"])
    assert neither["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_two_segments_side_by_side(asked: Asked) -> None:
    found = (await asked.ask(COMPARE, by=["CITY"]))["segmentCompare"]
    for key, size in (("a", found["aSize"]), ("b", found["bSize"])):
        assert sum(row[key]["count"] for row in found["rows"]) == size > 0
    assert found["both"] == 0  # others are those who are no buyers


async def test_what_segments_have_in_common(asked: Asked) -> None:
    found = (await asked.ask(OVERLAP, segments=["buyers", "others"]))["segmentOverlap"]
    sizes = {one["segment"]: one["count"] for one in found["sizes"]}
    assert found["every"] == 0 < min(sizes.values())
    assert found["some"] == sum(sizes.values()) == sum(one["count"] for one in found["regions"])
    wrong = (await asked.ask(OVERLAP, segments=["buyers", "other"]))["segmentOverlap"]["userErrors"]
    assert [(one["field"], one["suggestion"]) for one in wrong] == [(["segments", "1"], "others")]


def test_overlaps_by_hand() -> None:
    """Three sets: {1..6}, {4..9}, {6, 9, 10}; and an empty one."""
    regions = [Region([0], 3), Region([0, 1], 2), Region([0, 1, 2], 1), Region([1], 2), Region([1, 2], 1)]
    found = overlapping.overlap(4, [*regions, Region([2], 1)])
    assert (found.sizes, found.every, found.some) == ([6, 6, 3, 0], 0, 10)
    first, second = found.pairs[0], found.pairs[2]
    assert (first.both, first.jaccard, first.a_in_b, first.b_in_a) == (3, round(3 / 9, 6), 0.5, 0.5)
    assert (second.both, second.jaccard, second.b_in_a) == (0, 0.0, None)
    assert overlapping.overlap(3, [*regions, Region([2], 1)]).jaccard == 0.1


def test_indexes_by_hand() -> None:
    """Half of the segment against a tenth of the base is 500; what nobody of the base has is no index."""
    segment = Counted(60, {"CITY": {"上海": 30, "北京": 29, None: 1}, "RECENCY": {5: 20, 1: 40}})
    base = Counted(600, {"CITY": {"上海": 60}, "RECENCY": {5: 300, 1: 300}})
    rows = profiling.profile(segment, base).rows
    assert [(one.value, one.tgi, one.low_sample) for one in rows] == [
        ("上海", 500.0, False),
        ("北京", None, True),
        (None, None, True),
        ("1", 133.33, False),
        ("5", 66.67, True),
    ]
    assert [one.value for one in profiling.profile(segment, base, top=1).rows] == ["上海", "1"]
    empty = profiling.profile(Counted(0, {"CITY": {}}), base)
    assert (empty.size, list(empty.rows)) == (0, [])
