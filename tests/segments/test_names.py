"""Rules that test names, wherever rules are evaluated: previews, segments, tags, stages; who may ask."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from app.context import SCOPES
from app.identity.service import Identity
from app.jobs.refresh import refresh_dirty
from app.lifecycle.refresh import Evaluation as Stages
from app.profile.corrections import correct
from app.rules import names
from app.rules.model import parse
from app.rules.windows import Clock
from app.tags.refresh import refresh as refresh_tags
from tests.rules.live import stored, taken_in
from tests.segments.asking import Asked
from tests.tags.world import Cypher
from tests.tags.world import defined as tag_defined

Json = dict[str, Any]
PLAIN = SCOPES - {"pii:read"}
PREVIEW = """query ($rule: SegmentRule!) { segmentPreview(rule: $rule) { count { value }
  conditions { field count { value } } members { edges { node { oneId } } }
  userErrors { field code suggestion } } }"""
CREATE = """mutation ($segment: SegmentInput!) { segmentCreate(segment: $segment, reason: "asked for") {
  segment { rule versions { definition } } userErrors { field code } } }"""
REFRESH = """mutation ($key: ID!) { segmentRefresh(key: $key) { entered userErrors { field code } } }"""
TAG = """mutation ($tag: TagDefinitionInput!) { tagDefine(tag: $tag, reason: "asked for") {
  tag { rule versions { definition } } userErrors { field code } } }"""
SEGMENT = """query ($key: ID!, $person: PersonBy!) { segment(key: $key) { rule versions { definition } }
  explain(person: $person, segment: $key) { holds conditions { field holds sentence } } }"""
INSIGHT = """query ($a: ID!, $b: ID!) {
  segmentOverlap(segments: [$a, $b]) { sizes { count } every some }
  segmentCompare(a: $a, b: $b, by: [GENDER]) { aSize bSize both }
  segmentProfile(by: [GENDER], segment: $a) { size } }"""
MINE = {"attribute": {"name": "name", "is": {"eq": "王小明"}}}
OTHERS = {"attribute": {"name": "name", "is": {"ne": "王小明", "exists": True}}}
WANG = {"attribute": {"name": "name", "is": {"startsWith": "王"}}}
BABY = {"kind": "BABY", "birthday": "2026-01-01"}
AT = "2026-03-01T00:00:00Z"


def account(brand: str, **said: str) -> Json:
    return {"brand": brand, "said": said}


PEOPLE: dict[str, Json] = {
    "ming": {"members": [account("b1", name="王小明", gender="M")], "dependents": [BABY]},
    "hong": {"members": [account("b1", name="王小红", gender="F")]},
    "was-li": {"members": [account("b1", name="李四")]},
    "was-ming": {"members": [account("b1", name="王小明")]},
    "hidden": {"members": [account("b1", gender="F"), account("b2", name="王小明")]},
    "nobody": {"members": [account("b1", gender="F")]},
}


@pytest_asyncio.fixture
async def asked(identity: Identity) -> Asked:
    """The people, two of whom somebody called otherwise by hand."""
    one_ids = dict(await stored(identity.graph, identity, PEOPLE))
    for name, called in (("was-li", "王小明"), ("was-ming", "赵六")):
        answer = await correct(identity, {"oneId": one_ids[name]}, "name", called, "tests", "because")
        assert not answer.problems
    return Asked(identity, one_ids)


def who(asked: Asked, answer: Json) -> str:
    """The names of the members of a preview."""
    found = {edge["node"]["oneId"] for edge in answer["segmentPreview"]["members"]["edges"]}
    assert answer["segmentPreview"]["count"]["value"] == len(found)
    return " ".join(sorted(name for name, one_id in asked.one_ids.items() if one_id in found))


async def inside(cypher: Cypher, asked: Asked, key: str) -> str:
    rows = await cypher("MATCH (p)-[:IN_SEGMENT]->(:Segment {key: $key}) RETURN p.oneId AS p", key=key)
    found = {row["p"] for row in rows}
    return " ".join(sorted(name for name, one_id in asked.one_ids.items() if one_id in found))


async def test_previews_by_name_and_who_may_ask(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await asked.ask(PREVIEW, rule=MINE)
    assert who(asked, answer) == "hidden ming was-li"
    assert who(asked, await asked.ask(PREVIEW, rule=OTHERS)) == "hong was-ming"
    women = {"attribute": {"name": "gender", "is": {"eq": "F"}}}
    answer = await asked.ask(PREVIEW, rule={"all": [{"not": MINE}, {"any": [WANG, women]}]})
    assert who(asked, answer) == "hong nobody"
    counted = [one["count"]["value"] for one in answer["segmentPreview"]["conditions"]]
    assert counted == [2, 3, 3, 5, 4, 3]
    one_brand = asked.context(brands=frozenset({"b1"}))  # which never said that hidden is called so
    assert who(asked, await asked.ask(PREVIEW, one_brand, rule=MINE)) == "ming was-li"
    forbidden = await asked.ask(PREVIEW, asked.context(scopes=PLAIN), rule={"any": [MINE, WANG]})
    assert [no["code"] for no in forbidden["segmentPreview"]["userErrors"]] == ["FORBIDDEN_FIELD"] * 2
    monkeypatch.setattr(names, "MOST", 3)
    for rule, field in (({"any": [MINE, WANG]}, "any.1.attribute.is"), ({"any": [OTHERS] * 2}, None)):
        problems = (await asked.ask(PREVIEW, rule=rule))["segmentPreview"]["userErrors"]
        expected = [] if field is None else [(field, "TOO_COMPLEX")]
        assert [(".".join(no["field"]), no["code"]) for no in problems] == expected
    assert (
        "startsWith"
        in (await asked.ask(PREVIEW, rule={"any": [MINE, WANG]}))["segmentPreview"]["userErrors"][0][
            "suggestion"
        ]
    )
    monkeypatch.setattr(names, "MOST_FOUND", 2)
    problems = (await asked.ask(PREVIEW, rule=WANG))["segmentPreview"]["userErrors"]
    assert [no["code"] for no in problems] == ["TOO_COMPLEX"]


async def test_saved_segments_follow_names(
    asked: Asked, cypher: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, identity = asked.context(scopes=PLAIN), asked.identity
    segment = {"key": "mine", "rule": MINE, "status": "ACTIVE"}
    refused = await asked.ask(CREATE, plain, segment=segment)
    at = ["segment", "rule", "attribute", "name"]
    assert refused["segmentCreate"]["userErrors"] == [{"field": at, "code": "FORBIDDEN_FIELD"}]
    for made in (segment, {"key": "not-mine", "rule": OTHERS}, {"key": "wang", "rule": WANG}):
        assert (await asked.ask(CREATE, segment=made))["segmentCreate"]["userErrors"] == []
    assert (await asked.ask(REFRESH, key="mine"))["segmentRefresh"]["entered"] == 3
    used = {"any": [{"segment": {"key": "mine"}}, {"segment": {"key": "not-mine"}}]}
    assert (
        len((await asked.ask(PREVIEW, plain, rule=used))["segmentPreview"]["members"]["edges"]) == 5
    )  # all but who has no name
    insight = await asked.ask(INSIGHT, plain, a="mine", b="wang")
    assert insight["segmentOverlap"] == {"sizes": [{"count": 3}, {"count": 4}], "every": 3, "some": 4}
    assert insight["segmentCompare"] == {"aSize": 3, "bSize": 4, "both": 3}

    person = {"oneId": asked.one_ids["ming"]}
    for context, shown in ((asked.context(), "王小明"), (plain, "***")):
        said = await asked.ask(SEGMENT, context, key="mine", person=person)
        rule = {"attribute": {"name": "name", "is": {"eq": shown}}}
        assert said["segment"]["rule"] == rule
        assert said["segment"]["versions"][0]["definition"]["rule"] == rule
        assert said["explain"]["holds"]
        sentences = [one["sentence"] for one in said["explain"]["conditions"]]
        assert sentences[1:] == [f"the name, exactly {shown} wanted"]

    await taken_in(identity.graph, identity, renamed("nobody", "王小明") + renamed("ming", "王大明"))
    await refresh_dirty(identity, datetime.now(UTC))
    assert await inside(cypher, asked, "mine") == "hidden nobody was-li"
    monkeypatch.setattr(names, "MOST", 2)
    refused = await asked.ask(REFRESH, key="mine")
    assert refused["segmentRefresh"]["userErrors"] == [{"field": ["key"], "code": "TOO_COMPLEX"}]
    refused = await asked.ask(CREATE, segment={"key": "again", "rule": MINE})
    at = ["segment", "rule", "attribute", "is"]
    assert refused["segmentCreate"]["userErrors"] == [{"field": at, "code": "TOO_COMPLEX"}]


def renamed(name: str, called: str) -> list[Json]:
    member = {"kind": "member", "scope": "b1", "value": f"{name}-0"}
    about = {"id": "r", "at": AT, "source": "cases", "brand": "b1", "identifiers": [member]}
    return [about | {"member": {"name": called}}]


async def test_tags_and_stages_by_name(asked: Asked, cypher: Cypher) -> None:
    plain, identity, ming = asked.context(scopes=PLAIN), asked.identity, asked.one_ids["ming"]
    tag = {"key": "namesake", "rule": MINE}
    refused = await asked.ask(TAG, plain, tag=tag)
    assert [no["code"] for no in refused["tagDefine"]["userErrors"]] == ["FORBIDDEN_FIELD"]
    made = await asked.ask(TAG, tag=tag)
    assert made["tagDefine"]["tag"]["rule"] == MINE
    masked = (await asked.ask("{ tags { rule versions { definition } } }", plain))["tags"][0]
    assert "王小明" not in str(masked)
    assert "***" in masked["versions"][0]["definition"]["rule"]

    # a second guardian, of whom alone the rule is true, is not among those who are refreshed
    of_hong = {"attribute": {"name": "name", "is": {"in": ["王小红"]}}}
    await tag_defined(identity, "hongs", of_hong, subject="BABY")
    baby = {"key": "ming-0", **BABY}
    holder = [{"kind": "unionid", "value": "hong"}]
    about = {"id": "d", "at": AT, "source": "cases", "identifiers": holder, "dependents": [baby]}
    await taken_in(identity.graph, identity, [about])
    await refresh_tags(identity, [ming], datetime.now(UTC))
    rows = await cypher(
        "MATCH (n)-[:TAGGED]->(t) RETURN coalesce(n.kind, n.oneId) AS n, t.key AS t ORDER BY t"
    )
    assert [(row["n"], row["t"]) for row in rows] == [("BABY", "hongs"), (ming, "namesake")]

    clock = Clock(datetime.now(UTC), ZoneInfo("UTC"))
    hidden = asked.one_ids["hidden"]
    for brand, holds in ((None, True), ("b1", False), ("b2", True)):
        found = await Stages(identity, clock, "CNY").holds([parse(MINE), parse(OTHERS)], brand, [hidden])
        assert found[hidden][0] is holds
