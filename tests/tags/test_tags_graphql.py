"""Tags through GraphQL: defined, set and taken off, carried once; every problem of one input at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from app.api import GRAPHQL
from app.context import DEVELOPER, SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.identity.service import Identity
from tests.tags.world import Cypher, baby, carried, folded, person, told

Ask = Callable[..., Awaitable[dict[str, Any]]]

DEFINE = """mutation ($tag: TagDefinitionInput!, $version: Int) {
  tagDefine(tag: $tag, reason: "asked for", version: $version) {
  tag { key name category subject valueType setBy rule version versions { version by reason } }
  pending userErrors { field code allowed suggestion } } }"""
ASSIGN = """mutation ($tag: ID!, $person: PersonBy, $dependent: ID, $value: Value, $until: DateTime,
    $brand: String) {
  tagAssign(tag: $tag, person: $person, dependent: $dependent, value: $value, until: $until, brand: $brand,
    reason: "called in") { changed people { oneId } userErrors { field code allowed } } }"""
REMOVE = """mutation ($tag: ID!, $person: PersonBy, $dependent: ID) {
  tagRemove(tag: $tag, person: $person, dependent: $dependent, reason: "a mistake") {
    changed userErrors { field code } } }"""
CARRIED = """query ($id: ID!) { person(by: {oneId: $id}) {
  tags { tag { key } value source by cause }
  all: tags(includeSubordinate: true) { tag { key } dependent { key } }
  tagHistory { type tag cause by reason before after dependent } } }"""
COOKIE = {"identifier": {"kind": "cookie", "value": "c-1"}}


@pytest.fixture
def ask(identity: Identity) -> Ask:
    """Asks as the developer, or as a caller of some brands; the data of the one field that was asked."""
    requests = Requests(GRAPHQL)

    async def asked(text: str, brands: frozenset[str] | None = None, **variables: Any) -> Any:
        caller = DEVELOPER if brands is None else Caller("shop", SCOPES, brands)
        state = identity.state
        context = Context(caller, identity.graph, identity.keyring, state.policy, identity=identity)
        answer = await requests.answer(text, variables, None, context)
        assert "errors" not in answer, answer
        [data] = answer["data"].values()
        return data

    return asked


def _keys(tags: list[Mapping[str, Any]]) -> list[str]:
    return [one["tag"]["key"] for one in tags]


async def test_define_change_and_delete(identity: Identity, ask: Ask) -> None:
    rule = {"order": {"is": {"gte": 2}}}
    tag = {"key": "loyal", "name": "常客", "category": ["value", "orders"], "rule": rule}
    done = await ask(DEFINE, tag=tag)
    assert done["userErrors"] == []
    assert done["pending"]
    assert done["tag"] | {"versions": None} == {
        "key": "loyal",
        "name": "常客",
        "category": ["value", "orders"],
        "subject": "PERSON",
        "valueType": "FLAG",
        "setBy": "RULE",
        "rule": rule,
        "version": 1,
        "versions": None,
    }
    assert (await ask(DEFINE, tag=tag))["tag"]["version"] == 1
    renamed = await ask(DEFINE, tag=tag | {"name": "老客"}, version=1)
    assert [one["version"] for one in renamed["tag"]["versions"]] == [2, 1]
    late = await ask(DEFINE, tag=tag, version=1)
    assert [(no["field"], no["code"]) for no in late["userErrors"]] == [(["version"], "VERSION_CONFLICT")]
    asks = {"key": "very", "rule": {"tag": {"key": "loyal"}}}
    assert (await ask(DEFINE, tag=asks))["userErrors"] == []
    circle = await ask(DEFINE, tag=tag | {"rule": {"tag": {"key": "very"}}})
    assert [no["code"] for no in circle["userErrors"]] == ["TAG_CYCLE"]
    delete = """mutation ($key: ID!) {
      tagDelete(key: $key, reason: "old") { tag { key } userErrors { code message } } }"""
    used = await ask(delete, key="loyal")
    assert [(no["code"], "tag very" in no["message"]) for no in used["userErrors"]] == [("TAG_IN_USE", True)]
    assert (await ask(delete, key="very"))["userErrors"] == []
    assert (await ask(delete, key="loyal"))["userErrors"] == []
    assert await ask("{ tags { key } }") == []


async def test_every_problem_of_a_definition_at_once(identity: Identity, ask: Ask) -> None:
    rule = {"all": [{"tag": {"key": "nothing"}}, {"order": {"measure": "SUM_AMOUNT"}}]}
    tag = {"key": " ", "subject": "BABBY", "valueType": "CHOICE", "rank": 1, "validFor": "soon", "rule": rule}
    done = await ask(DEFINE, tag=tag)
    assert done["tag"] is None
    assert {(".".join(no["field"]), no["code"]) for no in done["userErrors"]} >= {
        ("tag.key", "MALFORMED_VALUE"),
        ("tag.subject", "UNKNOWN_KIND"),
        ("tag.choices", "TYPE_MISMATCH"),
        ("tag.valueType", "TYPE_MISMATCH"),
        ("tag.group", "TYPE_MISMATCH"),
        ("tag.validFor", "INVALID_WINDOW"),
        ("tag.rule.all.0.tag.key", "UNKNOWN_TAG"),
        ("tag.rule.all.1.order.is", "EMPTY_TEST"),
    }


async def test_set_by_hand_and_taken_off(identity: Identity, ask: Ask, cypher: Cypher) -> None:
    await person(cypher, "P1", "cookie|*|c-1", "cookie|*|c-2")
    await ask(DEFINE, tag={"key": "size", "valueType": "CHOICE", "choices": ["L", "XL"]})
    wrong = await ask(ASSIGN, tag="size", person=COOKIE, value="M")
    assert wrong["userErrors"] == [{"field": ["value"], "code": "TYPE_MISMATCH", "allowed": ["L", "XL"]}]
    done = await ask(ASSIGN, tag="size", person=COOKIE, value="L")
    assert done == {"changed": True, "people": [{"oneId": "P1"}], "userErrors": []}
    assert not (await ask(ASSIGN, tag="size", person=COOKIE, value="L"))["changed"]
    assert (await ask(ASSIGN, tag="size", person={"oneId": "P1"}, value="XL"))["changed"]
    [tag] = (await ask(CARRIED, id="P1"))["tags"]
    assert tag == {
        "tag": {"key": "size"}, "value": "XL", "source": "MANUAL", "by": "developer", "cause": "called in"
    }  # fmt: skip
    assert await ask("{ tags { key size } }") == [{"key": "size", "size": 1}]
    assert (await ask(REMOVE, tag="size", person=COOKIE))["changed"]
    again = await ask(REMOVE, tag="size", person=COOKIE)
    assert again["userErrors"] == [{"field": ["person"], "code": "NOT_CARRIED"}]
    found = await ask(CARRIED, id="P1")
    assert found["tags"] == []
    assert [(one["type"], one["cause"], one["before"], one["after"]) for one in found["tagHistory"]] == [
        ("TAG_ADDED", "MANUAL", None, "L"),
        ("TAG_ADDED", "MANUAL", "L", "XL"),
        ("TAG_REMOVED", "MANUAL", "XL", None),
    ]
    assert found["tagHistory"][2]["reason"] == "a mistake"
    unknown = await ask(ASSIGN, tag="sise", person={"oneId": "P1"}, value="L")
    assert unknown["userErrors"][0]["code"] == "UNKNOWN_TAG"
    nobody = await ask(ASSIGN, tag="size", person={"oneId": "P9"}, value="L")
    assert nobody["userErrors"][0]["code"] == "NOT_FOUND"


async def test_subordinate_tags_count_where_it_is_said(identity: Identity, ask: Ask, cypher: Cypher) -> None:
    await person(cypher, "P1", "cookie|*|c-1")
    await baby(cypher, "cookie|*|c-1", "mumu|b-1", "2025-09-14")
    await ask(DEFINE, tag={"key": "allergic", "subject": "BABY"})
    other = await ask(ASSIGN, tag="allergic", person=COOKIE)
    assert other["userErrors"][0]["code"] == "TYPE_MISMATCH"
    assert (await ask(ASSIGN, tag="allergic", dependent="mumu|b-1"))["people"] == [{"oneId": "P1"}]
    found = await ask(CARRIED, id="P1")
    assert found["tags"] == []
    assert found["all"] == [{"tag": {"key": "allergic"}, "dependent": {"key": "mumu|b-1"}}]
    assert [one["dependent"] for one in found["tagHistory"]] == ["mumu|b-1"]
    theirs = await ask('{ person(by: {oneId: "P1"}) { dependents { tags { tag { key } source } } } }')
    assert theirs["dependents"] == [{"tags": [{"tag": {"key": "allergic"}, "source": "MANUAL"}]}]


async def test_a_brand_sees_and_sets_its_own(identity: Identity, ask: Ask, cypher: Cypher) -> None:
    await person(cypher, "P1", "cookie|*|c-1")
    await ask(DEFINE, tag={"key": "vip"})
    await ask(DEFINE, tag={"key": "all", "rule": {"everyone": True}})
    mumu, both = frozenset({"mumu"}), frozenset({"mumu", "lulu"})
    assert (await ask(ASSIGN, brands=both, tag="vip", person=COOKIE))["userErrors"][0]["field"] == ["brand"]
    assert (await ask(ASSIGN, brands=mumu, tag="vip", person=COOKIE))["changed"]
    own = 'query { person(by: {oneId: "P1"}) { tags { tag { key } } } }'
    assert _keys((await ask(own))["tags"]) == ["vip"]
    assert _keys((await ask(own, brands=mumu))["tags"]) == ["vip"]
    assert await ask(own, brands=frozenset({"lulu"})) is None
    assert await carried(cypher, "P1") == []  # the rule is new, and its job has not run yet
    assert await folded(cypher) == {"P1": {"vip"}}
    assert (await told(cypher))[0][3] == "MANUAL"
