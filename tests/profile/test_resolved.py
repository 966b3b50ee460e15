"""Resolved attributes on the real graph: written when a unit returns, through merges and splits, corrected by
hand, and shown as a caller may see them.
"""

from typing import Any

import pytest

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.live import recompute
from app.identity.live.register import Cause, now
from app.identity.service import Identity
from app.jobs.derivations import Derivation
from app.jobs.refresh import refresh_dirty
from app.profile import derive
from tests.ingest.saying import seen
from tests.profile.conftest import NAMELESS, Tell, member

_PHONES = 'a: {kind: "phone", value: "13900000001"}, b: {kind: "phone", value: "13900000002"}'
UNLINK = f'unlink({_PHONES}, reason: "two")'
WHOLE = (
    "attributes { name value source at corrected reason candidates { value source identifier { display } } }"
)


@pytest.fixture
def ask(identity: Identity) -> Any:
    """Asks of the person of a member number, both ways, in one statement each."""
    requests = Requests(GRAPHQL)

    async def asked(
        number: str, fields: str, scopes: frozenset[str] = SCOPES, brands: frozenset[str] | None = None
    ) -> Any:
        brand, value = number.split(":")
        by = f'{{identifier: {{kind: "member", scope: "{brand}", value: "{value}"}}}}'
        document = f"{{ person(by: {by}) {{ {fields} }} }}"
        caller = Caller("tests", scopes, brands)
        context = Context(caller, identity.graph, identity.keyring, identity.state.policy, identity=identity)
        before = identity.graph.calls
        one, other = [
            await requests.answer(document, {}, None, context, ordinary=ordinary)
            for ordinary in (False, True)
        ]
        assert one == other
        assert identity.graph.calls - before == 2
        return one["data"]["person"]

    return asked


async def _steer(identity: Identity, mutation: str) -> dict[str, Any]:
    context = Context(
        Caller("li", SCOPES), identity.graph, identity.keyring, identity.state.policy, identity=identity
    )
    answer = await Requests(GRAPHQL).answer(
        f"mutation {{ {mutation} {{ operation people {{ oneId city }} userErrors {{ field code }} }} }}",
        {},
        None,
        context,
    )
    assert "errors" not in answer, answer
    (payload,) = answer["data"].values()
    return dict(payload)


def _by(number: str) -> str:
    brand, value = number.split(":")
    return f'person: {{identifier: {{kind: "member", scope: "{brand}", value: "{value}"}}}}'


async def _two_people(tell: Tell) -> None:
    one = member("M1", "王小明", "phone:13900000001", at="2026-01-01T00:00:00Z")
    one["member"] |= {"gender": "男", "city": "上海市", "birthday": "1990-02-28", "attributes": {"vip": True}}
    other = member("M2", "王大明", "phone:13900000002", brand="lulu", at="2026-02-01T00:00:00Z")
    other["member"] |= {"gender": "保密", "city": "杭州"}
    await tell(one, other)


async def test_what_is_said_is_resolved_when_ingest_returns(tell: Tell, ask: Any, identity: Identity) -> None:
    await _two_people(tell)
    assert await ask("mumu:M1", "name gender birthday city") == {
        "name": "王小明", "gender": "male", "birthday": "1990-02-28", "city": "上海"
    }  # fmt: skip
    await tell(seen("phone:13900000001", "phone:13900000002", at="2026-03-01T00:00:00Z"))
    merged = await ask("mumu:M1", f"name gender birthday city {WHOLE}")
    assert [merged[name] for name in ("name", "gender", "birthday", "city")] == [
        "王大明", "male", "1990-02-28", "杭州"
    ]  # fmt: skip
    city = next(one for one in merged["attributes"] if one["name"] == "city")
    assert (city["source"], city["at"], city["corrected"]) == ("crm", "2026-02-01T00:00:00Z", False)
    assert city["candidates"] == [{"value": "上海", "source": "crm", "identifier": {"display": "M1"}}]
    assert "王大明" not in str(await _stored(identity.graph))


async def _stored(graph: Graph) -> list[Any]:
    return [
        row.data()
        for row in await graph.reader().compiled("MATCH (p:Person) RETURN p.nameMasked, p.city", {})
    ]


async def test_callers_see_what_they_may(tell: Tell, ask: Any) -> None:
    await _two_people(tell)
    await tell(seen("phone:13900000001", "phone:13900000002", at="2026-03-01T00:00:00Z"))
    assert await ask("mumu:M1", "name", NAMELESS) == {"name": "王**"}
    nameless = await ask("mumu:M1", WHOLE, NAMELESS)
    assert "王大明" not in str(nameless)
    assert "王小明" not in str(nameless)
    mine = await ask("mumu:M1", f"name city {WHOLE}", brands=frozenset({"mumu"}))
    assert (mine["name"], mine["city"]) == ("王小明", "上海")
    assert all(one["candidates"] == [] for one in mine["attributes"])


async def test_a_split_takes_its_words_along(tell: Tell, ask: Any, identity: Identity) -> None:
    await _two_people(tell)
    await tell(seen("phone:13900000001", "phone:13900000002", at="2026-03-01T00:00:00Z"))
    await _steer(
        identity,
        UNLINK,
    )
    assert await ask("mumu:M1", "name city gender") == {"name": "王小明", "city": "上海", "gender": "male"}
    assert await ask("lulu:M2", "name city gender") == {"name": "王大明", "city": "杭州", "gender": None}


async def test_a_correction_outranks_and_lasts(tell: Tell, ask: Any, identity: Identity) -> None:
    await _two_people(tell)
    done = await _steer(
        identity, f'attributeCorrect({_by("mumu:M1")}, name: "city", value: "北京市", reason: "she called")'
    )
    assert (done["userErrors"], done["people"][0]["city"]) == ([], "北京")
    later = member("M1", None, at="2026-05-01T00:00:00Z")
    later["member"] |= {"city": "深圳"}
    await tell(later)
    await recompute.recompute(identity, Cause("RECOMPUTED", now()))
    dropped = "MATCH (p:Person) SET p.city = null RETURN p.oneId AS id"
    people = await identity.graph.unit(lambda writer: writer.run(dropped, {}))
    await derive.refresh(identity, [row["id"] for row in people], now())
    whole = await ask("mumu:M1", f"city {WHOLE}")
    city = next(one for one in whole["attributes"] if one["name"] == "city")
    assert (whole["city"], city["source"], city["reason"], city["corrected"]) == (
        "北京",
        "li",
        "she called",
        True,
    )
    assert [one["value"] for one in city["candidates"]] == ["深圳"]


async def test_of_two_corrections_the_newest_holds_and_both_are_kept(
    tell: Tell, ask: Any, identity: Identity
) -> None:
    await _two_people(tell)
    await _steer(identity, f'attributeCorrect({_by("mumu:M1")}, name: "city", value: "北京", reason: "one")')
    await _steer(identity, f'attributeCorrect({_by("lulu:M2")}, name: "city", value: "广州", reason: "two")')
    await tell(seen("phone:13900000001", "phone:13900000002", at="2026-03-01T00:00:00Z"))
    assert await ask("mumu:M1", "city") == {"city": "广州"}
    await _steer(
        identity,
        UNLINK,
    )
    assert await ask("mumu:M1", "city") == {"city": "北京"}
    assert await ask("lulu:M2", "city") == {"city": "广州"}
    await _steer(identity, f'attributeRestore({_by("lulu:M2")}, name: "city", reason: "the shop was right")')
    assert await ask("lulu:M2", "city") == {"city": "杭州"}
    assert (await _steer(identity, f'attributeRestore({_by("lulu:M2")}, name: "city", reason: "again")'))[
        "userErrors"
    ] == [{"field": ["name"], "code": "NOTHING_LEFT"}]
    rows = await identity.graph.reader().compiled(
        "MATCH (o:Operation) WHERE o.type STARTS WITH 'ATT' RETURN o.type AS type, o.by AS by ORDER BY o.id",
        {},
    )
    assert [(row["type"], row["by"]) for row in rows] == [
        ("ATTRIBUTE_CORRECT", "li"), ("ATTRIBUTE_CORRECT", "li"), ("ATTRIBUTE_RESTORE", "li")
    ]  # fmt: skip


async def test_what_cannot_be_corrected_is_told_at_once(tell: Tell, identity: Identity) -> None:
    await _two_people(tell)
    for words, expected in (
        ('name: "birthday", value: "never", reason: " "', {"REASON_REQUIRED", "TYPE_MISMATCH"}),
        ('name: "colour", value: "red", reason: "x"', {"UNKNOWN_ATTRIBUTE"}),
    ):
        answer = await _steer(identity, f"attributeCorrect({_by('mumu:M1')}, {words})")
        assert {one["code"] for one in answer["userErrors"]} == expected
    nobody = await _steer(
        identity, f'attributeCorrect({_by("mumu:M9")}, name: "city", value: "x", reason: "x")'
    )
    assert nobody["userErrors"] == [{"field": ["person"], "code": "NOT_FOUND"}]


async def test_nothing_is_left_of_who_is_erased(tell: Tell, identity: Identity) -> None:
    await _two_people(tell)
    await _steer(identity, f'attributeCorrect({_by("mumu:M1")}, name: "name", value: "王真", reason: "x")')
    await _steer(identity, f'erase({_by("mumu:M1")}, reason: "asked for")')
    rows = await identity.graph.reader().compiled(
        "MATCH (p:Person) RETURN p.status AS status, p.sealedName IS NULL AS nameless, p.city AS city,"
        " COUNT { MATCH (:Correction) } AS corrections ORDER BY status",
        {},
    )
    assert [row.values() for row in rows] == [["ACTIVE", False, "杭州", 0], ["ERASED", True, None, 0]]


async def test_what_a_crash_left_undone_is_done_by_the_refresh(
    tell: Tell, ask: Any, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit is committed, and the process dies before anything is derived."""
    monkeypatch.setattr("app.identity.following.FOLLOWERS", [])
    await _two_people(tell)
    assert await ask("mumu:M1", "name city") == {"name": None, "city": None}
    run = await refresh_dirty(identity, now(), [Derivation("attributes", derive.refresh)])
    assert (run.counts["people"], run.counts["attributes_changed"], run.failures) == (2, 2, [])
    assert await ask("mumu:M1", "name city") == {"name": "王小明", "city": "上海"}


async def test_what_brings_nothing_derives_nothing(tell: Tell, identity: Identity) -> None:
    await _two_people(tell)
    before = identity.graph.calls
    await tell(seen("member:mumu:M1", "phone:13900000001", at="2026-04-01T00:00:00Z"))
    plain = identity.graph.calls - before
    again = member("M1", "王小明", "phone:13900000001", at="2026-04-02T00:00:00Z")
    before = identity.graph.calls
    await tell(again)
    assert identity.graph.calls - before <= plain + 2  # the facts, and one read: there is nothing to write
