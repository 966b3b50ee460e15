"""Saved segments through GraphQL: problems all at once, versions, members, sizes, users."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.identity.service import Identity
from tests.tags.world import Cypher

Ask = Callable[..., Awaitable[dict[str, Any]]]

CREATE = """mutation ($segment: SegmentInput!) { segmentCreate(segment: $segment, reason: "asked for") {
  segment { key name status rule schedule version pending size versions { version by reason definition } }
  pending userErrors { field code allowed suggestion } } }"""
UPDATE = """mutation ($key: ID!, $changes: SegmentChanges!, $version: Int) {
  segmentUpdate(key: $key, changes: $changes, reason: "better", version: $version) {
  segment { version status schedule rule } pending userErrors { field code message } } }"""
DELETE = """mutation ($key: ID!) { segmentDelete(key: $key, reason: "over") {
  segment { key } userErrors { field code message } } }"""
REFRESH = """mutation ($key: ID!) { segmentRefresh(key: $key) {
  segment { size sizeHistory { size entered exited } } entered exited userErrors { code suggestion } } }"""
MEMBERS = """query ($key: ID!, $first: Int, $after: String) { segment(key: $key) {
  size members(first: $first, after: $after) { edges { node { oneId segments { segment { key } since } } }
    pageInfo { hasNextPage endCursor } } } }"""
ALL = """query ($first: Int, $after: String, $status: SegmentStatus) {
  segments(first: $first, after: $after, status: $status) { edges { node { key usedBy { type key } } }
    pageInfo { hasNextPage endCursor } } }"""
PEOPLE = "UNWIND range(10, 34) AS n CREATE (:Person {oneId: 'P' + n, status: 'ACTIVE', name: 'P'})"
JUST = {"everyone": True}


@pytest.fixture
def ask(identity: Identity) -> Ask:
    """Asks with all scopes, as a caller of all brands or of some; the data of the one field asked for."""
    requests = Requests(GRAPHQL)

    async def asked(text: str, brands: frozenset[str] | None = None, **variables: Any) -> Any:
        context = Context(
            Caller("anna", SCOPES, brands),
            identity.graph,
            identity.keyring,
            identity.state.policy,
            identity=identity,
        )
        answer = await requests.answer(text, variables, None, context)
        assert "errors" not in answer, answer
        [data] = answer["data"].values()
        return data

    return asked


async def test_created_changed_and_deleted(ask: Ask) -> None:
    given = {"key": "mums", "rule": JUST, "name": "Mums", "schedule": "0 6 * * mon-fri"}
    made = await ask(CREATE, segment=given)
    assert made["userErrors"] == []
    word = {"version": 1, "by": "anna", "reason": "asked for"}
    said = {"key": "mums", "name": "Mums", "rule": JUST, "status": "DRAFT", "schedule": "0 6 * * mon-fri"}
    assert made["segment"] == said | {
        "version": 1,
        "pending": False,
        "size": 0,
        "versions": [word | {"definition": said | {"version": 1}}],
    }
    active = await ask(UPDATE, key="mums", changes={"status": "ACTIVE", "schedule": None}, version=1)
    assert active["segment"] == {"version": 2, "status": "ACTIVE", "schedule": None, "rule": JUST}
    assert active["pending"] is True
    same = await ask(UPDATE, key="mums", changes={"name": "Mums"})
    assert same["segment"]["version"] == 2
    late = await ask(UPDATE, key="mums", changes={"name": "Mothers"}, version=1)
    assert [(no["field"], no["code"]) for no in late["userErrors"]] == [(["version"], "VERSION_CONFLICT")]
    assert (await ask(DELETE, key="mums")) == {"segment": None, "userErrors": []}
    [gone] = (await ask(DELETE, key="mums"))["userErrors"]
    assert gone["code"] == "NOT_FOUND"


async def test_all_problems_at_once_with_their_paths(ask: Ask) -> None:
    await ask(CREATE, segment={"key": "mums", "rule": JUST})
    rule = {"all": [{"order": {"is": {}}}, {"segment": {"key": "mum"}}, {"any": []}]}
    made = await ask(CREATE, segment={"key": "x", "rule": rule, "schedule": "hourly", "share": 1})
    at = ["segment", "rule", "all"]
    assert [(no["field"], no["code"]) for no in made["userErrors"]] == [
        (["segment", "share"], "OUT_OF_RANGE"),
        (["segment", "schedule"], "INVALID_SCHEDULE"),
        ([*at, "0", "order", "is"], "EMPTY_TEST"),
        ([*at, "1", "segment", "key"], "UNKNOWN_SEGMENT"),
        ([*at, "2", "any"], "EMPTY_GROUP"),
    ]
    assert made["userErrors"][3]["suggestion"] == "mums"
    assert made["segment"] is None
    [no] = (await ask(UPDATE, key="mums", changes={"rule": {"segment": {"key": "mums"}}}))["userErrors"]
    assert (no["field"], no["code"]) == (["changes", "rule", "segment", "key"], "SEGMENT_CYCLE")


async def test_pages_of_members_while_people_come_and_go(ask: Ask, cypher: Cypher) -> None:
    await cypher(PEOPLE)
    await ask(CREATE, segment={"key": "all", "rule": JUST, "status": "ACTIVE"})
    ran = await ask(REFRESH, key="all")
    assert (ran["entered"], ran["exited"], ran["segment"]["size"]) == (25, 0, 25)
    found: list[str] = []
    after, more = None, True
    while more:
        page = (await ask(MEMBERS, key="all", first=10, after=after))["members"]
        found += [edge["node"]["oneId"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        await cypher("MATCH (p:Person {oneId: $one_id})-[r:IN_SEGMENT]->() DELETE r", one_id=found[-1])
        await cypher("CREATE (:Person {oneId: 'P0' + $n, status: 'ACTIVE'})", n=str(len(found)))
        await ask(REFRESH, key="all")  # who was taken out comes back, others come in before the page
    assert found == [f"P{n}" for n in range(10, 35)]
    [edge] = (await ask(MEMBERS, key="all", first=1))["members"]["edges"]
    assert [one["segment"]["key"] for one in edge["node"]["segments"]] == ["all"]


async def test_a_caller_of_some_brands_reads_rules_alone(ask: Ask, cypher: Cypher) -> None:
    await cypher(PEOPLE)
    own = frozenset({"mumu"})
    await ask(CREATE, segment={"key": "all", "rule": JUST, "status": "ACTIVE"})
    await ask(REFRESH, key="all")
    seen = await ask(MEMBERS, own, key="all")
    assert (seen["size"], seen["members"]["edges"]) == (None, [])
    [no] = (await ask(CREATE, own, segment={"key": "x", "rule": JUST}))["userErrors"]
    assert no["code"] == "FORBIDDEN"


async def test_all_of_them_in_pages_and_who_uses_them(ask: Ask) -> None:
    for key, rule, status in (
        ("a", JUST, "ACTIVE"),
        ("b", {"not": {"segment": {"key": "a"}}}, "DRAFT"),
        ("c", {"segment": {"key": "b"}}, "ACTIVE"),
    ):
        await ask(CREATE, segment={"key": key, "rule": rule, "status": status})
    page = await ask(ALL, first=2)
    assert [(edge["node"]["key"], edge["node"]["usedBy"]) for edge in page["edges"]] == [
        ("a", [{"type": "SEGMENT", "key": "b"}]),
        ("b", [{"type": "SEGMENT", "key": "c"}]),
    ]
    rest = await ask(ALL, first=2, after=page["pageInfo"]["endCursor"])
    assert [edge["node"]["key"] for edge in rest["edges"]] == ["c"]
    drafts = await ask(ALL, status="DRAFT")
    assert [edge["node"]["key"] for edge in drafts["edges"]] == ["b"]
