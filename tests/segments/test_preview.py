"""`segmentPreview`, live: the cases of the file, counts, pages, what is wrong, and what is not written."""

from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.segments import preview
from app.settings import Settings
from tests.emptying import anew
from tests.rules.live import stored
from tests.rules.test_cases import CASES

Json = dict[str, Any]
WHO = """
query ($rule: SegmentRule!, $asOf: DateTime, $timeZone: String, $first: Int, $after: String) {
  segmentPreview(rule: $rule, asOf: $asOf, timeZone: $timeZone) {
    count { value precision }
    members(first: $first, after: $after) { edges { node { oneId } } pageInfo { hasNextPage endCursor } }
    userErrors { field code message allowed suggestion }
    warnings { field code suggestion }
  }
}
"""
CONDITIONS = """
query ($rule: SegmentRule!) { segmentPreview(rule: $rule) {
  count { value precision } conditions { field count { value precision } } userErrors { code }
} }
"""
PAGE = """
query ($rule: SegmentRule!, $first: Int) { segmentPreview(rule: $rule) { members(first: $first) { edges { node {
  oneId dependents { kind tags { tag { key } } } tags { tag { key } } orders(first: 3) { edges { node { number shop { name } } } }
} } } } }
"""  # noqa: E501 - a document as it is sent
COUNT = "query ($rule: SegmentRule!) { segmentPreview(rule: $rule) { count { value precision } } }"
BUSY = """
CREATE (p:Person {oneId: 'zz-busy', status: 'ACTIVE'})
CREATE (i:Identifier {key: 'zz|busy', kind: 'cookie'})-[:IDENTIFIES]->(p)
WITH i UNWIND range(1, 600) AS n
CREATE (:Event {key: 'zz|' + n, type: 'busy', brand: 'zz',
  at: datetime('2025-06-01T00:00:00Z') + duration({minutes: n})})-[:DONE_BY]->(i)
"""
IDLE = "MATCH (n) WHERE n.oneId = 'zz-busy' OR n.key STARTS WITH 'zz|' DETACH DELETE n"
FLAGSHIP = CASES[0]["rules"][0]["rule"]


class Live:
    """The people of all cases in one graph, and a caller who asks about them."""

    def __init__(self, identity: Identity, one_ids: dict[str, str]) -> None:
        self.identity = identity
        self.names = {one_id: name for name, one_id in one_ids.items()}
        self._requests = Requests(GRAPHQL)

    async def ask(self, query: str, *, brands: frozenset[str] | None = None, **variables: Any) -> Json:
        """The preview that is answered."""
        caller, identity = Caller("tests", SCOPES, brands), self.identity
        context = Context(caller, identity.graph, identity.keyring, identity.state.policy, identity=identity)
        answer = await self._requests.answer(query, variables, None, context)
        assert "errors" not in answer, answer
        found: Json = answer["data"]["segmentPreview"]
        return found

    async def members(self, first: int, **variables: Any) -> tuple[set[str], Json]:
        """The names on all pages, and the last page's preview."""
        found: list[str] = []
        after = None
        while True:
            answer = await self.ask(WHO, first=first, after=after, **variables)
            page = answer["members"]
            found += [self.names[edge["node"]["oneId"]] for edge in page["edges"]]
            assert len(found) == len(set(found))
            if not page["pageInfo"]["hasNextPage"]:
                return set(found), answer
            after = page["pageInfo"]["endCursor"]


@pytest_asyncio.fixture(scope="module")
async def live(migrated: Graph, settings: Settings) -> Live:
    """Everybody of the file, stored once."""
    await anew(migrated)
    identity = await Identity.open(migrated, Keyring(settings.secret()), settings.policy)
    people = {f"{case['id']}/{name}": said for case in CASES for name, said in case["people"].items()}
    return Live(identity, dict(await stored(migrated, identity, people)))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
async def test_the_cases(live: Live, case: Json) -> None:
    told = []
    for place, one in enumerate(case["rules"]):
        asked = {"rule": one["rule"], "asOf": case["asOf"], "timeZone": case["timeZone"]}
        found, answer = await live.members(7 if place else 100, **asked)
        if "errors" in one:
            wrong = sorted((wrong["field"], wrong["code"]) for wrong in answer["userErrors"])
            expected: Any = sorted((wrong["path"], wrong["code"]) for wrong in one["errors"])
            told.append((wrong, found) == (expected, set()))
            continue
        assert answer["userErrors"] == []
        assert answer["count"] == {"value": len(found), "precision": "EXACT"}
        here = {name.partition("/")[2] for name in found if name.startswith(f"{case['id']}/")}
        told.append((one["rule"], sorted(here)) == (one["rule"], sorted(one["expect"])))
    assert told == [True] * len(told)


async def test_each_condition_is_counted_by_itself(live: Live) -> None:
    answer = await live.ask(CONDITIONS, rule=FLAGSHIP)
    paths = [tuple(one["field"]) for one in answer["conditions"]]
    assert paths == [
        ("all",),
        ("all", "0", "order"),
        ("all", "1", "dependent"),
        ("all", "2", "not"),
        ("all", "2", "not", "touch"),
    ]
    counts = {path: one["count"]["value"] for path, one in zip(paths, answer["conditions"], strict=True)}
    assert counts[("all",)] == answer["count"]["value"]
    assert counts[("all", "2", "not")] + counts[("all", "2", "not", "touch")] == len(live.names)


async def test_a_page_of_twenty_is_as_many_statements_as_a_page_of_one(live: Live) -> None:
    calls = []
    for first in (1, 20):
        before = live.identity.graph.calls
        page = await live.ask(PAGE, rule={"everyone": True}, first=first)
        assert len(page["members"]["edges"]) == first
        calls.append(live.identity.graph.calls - before)
    assert calls == [3, 3]  # what rules may name, who matches, and everything about them


async def test_what_was_never_seen_is_a_warning(live: Live) -> None:
    rule = {"order": {"where": {"product": "Aa"}}}
    answer = await live.ask(WHO, rule=rule, first=1)
    assert [(one["code"], one["field"]) for one in answer["warnings"]] == [
        ("UNKNOWN_PRODUCT", ["order", "where", "product"])
    ]
    assert answer["count"] == {"value": 0, "precision": "EXACT"}


async def test_a_time_zone_that_is_none(live: Live) -> None:
    answer = await live.ask(WHO, rule={"everyone": True}, timeZone="Asia/Shangai", first=1)
    assert [(one["field"], one["code"], one["suggestion"]) for one in answer["userErrors"]] == [
        (["timeZone"], "INVALID_TIMEZONE", "Asia/Shanghai")
    ]


async def test_names_and_values_of_a_rule_never_reach_the_statement(live: Live) -> None:
    hostile = "x' OR 1=1 }) DETACH DELETE n //`"
    rules = [
        {"tag": {"key": hostile}},
        {"attribute": {"name": hostile, "is": {"eq": hostile}}},
        {"order": {"where": {"product": [hostile], "shop": hostile, "category": hostile}}},
        {"event": {"type": hostile, "where": [{"name": hostile, "is": {"contains": hostile}}]}},
        {"dependent": {"where": {"kind": hostile, "attributes": [{"name": hostile, "is": {"eq": hostile}}]}}},
    ]
    for rule in rules:
        answer = await live.ask(
            WHO, rule={"any": [rule, {"touch": {"where": {"channel": hostile}}}]}, first=1
        )
        assert answer["count"]["value"] == 0 or answer["userErrors"]
    assert (await live.ask(WHO, rule={"everyone": True}, first=1))["count"]["value"] == len(live.names)


async def test_what_cannot_be_counted_in_time_is_counted_as_far_as_that_goes(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has six hundred events, and a chain of five that is not there is looked for among them."""
    monkeypatch.setattr(preview, "BUDGET", 0.5)
    monkeypatch.setattr(preview, "LOWER", (3,))
    async with live.identity.graph.session(WRITE_ACCESS) as session:
        await (await session.run(BUSY)).consume()
    step = {"event": {"type": "busy"}}
    never = {"event": {"type": "busy", "where": [{"name": "k", "is": {"eq": "none"}}]}}
    chain = {"sequence": {"steps": [*[step] * 4, never], "within": "700d"}}
    try:
        answer = await live.ask(COUNT, rule={"any": [{"not": {"event": {"type": "busy"}}}, chain]})
    finally:
        async with live.identity.graph.session(WRITE_ACCESS) as session:
            await (await session.run(IDLE)).consume()
    assert answer["count"] == {"value": 3, "precision": "AT_LEAST"}


async def test_a_preview_writes_nothing(live: Live) -> None:
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"
    before = [dict(row) for row in await live.identity.graph.reader().compiled(count, {})]
    await live.ask(WHO, rule=FLAGSHIP, first=5, asOf=datetime.now(UTC).isoformat())
    assert [dict(row) for row in await live.identity.graph.reader().compiled(count, {})] == before


@pytest.mark.parametrize("as_of", ["0002-01-01T00:00:00+14:00", "9998-12-31T23:59:59-14:00"])
async def test_the_ends_of_time_are_moments_like_others(live: Live, as_of: str) -> None:
    step = {"order": {"within": {"last": "9999y"}}}
    rule = {
        "any": [
            {"order": {"within": {"last": "16000000h"}}},
            {"order": {"within": {"ago": ["999999d", "2y"]}, "measure": "DAYS_SINCE_LAST", "is": {"gte": 1}}},
            {"dependent": {"where": {"kind": "BABY", "ageMonths": {"gte": 1}}}},
            {"attribute": {"name": "birthday", "is": {"next": "9999y"}}},
            {"anniversary": {"of": "birthday", "next": "30d"}},
            {"sequence": {"steps": [step, {"not": step}], "within": "99999999h"}},
        ]
    }
    found = await live.ask(WHO, rule=rule, asOf=as_of, timeZone="Pacific/Kiritimati", first=1)
    assert found["userErrors"] == []
    assert found["count"]["precision"] == "EXACT"


@pytest.mark.parametrize("zone", ["EST", "Factory", "localtime", "asia/shanghai", "UTC+8"])
async def test_a_zone_is_one_that_both_know(live: Live, zone: str) -> None:
    """Some are Python's alone, and days are counted in the database."""
    rule = {"order": {"measure": "DISTINCT_DAYS", "is": {"gte": 1}}}
    found = await live.ask(WHO, rule=rule, timeZone=zone, first=1)
    assert [(one["field"], one["code"]) for one in found["userErrors"]] == [
        (["timeZone"], "INVALID_TIMEZONE")
    ]


async def test_a_rule_holds_ten_thousand_values(live: Live) -> None:
    def cities(count: int) -> Json:
        return {"attribute": {"name": "city", "is": {"in": [f"城{n}" for n in range(count)]}}}

    asked = (
        "query ($rule: SegmentRule!) { segmentPreview(rule: $rule) { count { value } userErrors { code } } }"
    )
    assert await live.ask(asked, rule=cities(9_999)) == {"count": {"value": 0}, "userErrors": []}
    assert (await live.ask(asked, rule=cities(10_001)))["userErrors"] == [{"code": "TOO_COMPLEX"}]
