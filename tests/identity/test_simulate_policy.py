"""What simulating a policy says is what applying it then does; and nothing is written by saying it."""

import json
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.policies import versions as policies
from app.identity.simulation.diff import PolicyDiff
from app.identity.simulation.simulate_policy import simulate_policy
from tests.identity import many, worlds
from tests.identity.dump import dump
from tests.identity.live import Player, emptied
from tests.identity.register import Line, living, people, seen

Json = dict[str, Any]
Everybody = Mapping[str, tuple[str, ...]]

_STATES = """
MATCH (:Identifier)-[l:LINKED]->(:Identifier)
RETURN l.state AS state, l.reason AS reason, count(l) AS pairs
"""


def otherwise(r: Random, policy: Json) -> Json:
    """The policy with some of its lines changed, none of which needs an import."""
    other = deepcopy(policy)
    changes = [worlds.limits, worlds.layers, worlds.conflicts, worlds.shared, worlds.ttl]
    for change in r.sample(changes, r.choice((1, 1, 2, 3))):
        change(r, other)
    if r.random() < 0.3:
        other["blocked"] = [{"kind": "*", "values": [r.choice(("m1", "c1", "p1"))]}]
    if "contradictions" in other and r.random() < 0.5:
        other["contradictions"] = other["contradictions"][1:]
    if r.random() < 0.3:
        names = r.sample(list(other["kinds"]), 2)
        other["groups"] = [{"kinds": names, "limit": r.choice((1, 2))}]
    return other


@many.live(25)
@given(document=worlds.any_features(), dice=st.randoms(use_true_random=False))
async def test_it_says_what_apply_does(graph: Graph, document: Json, dice: Random) -> None:
    await emptied(graph)
    player = await Player.under(graph, document["policy"])
    await player.play(document)
    other = otherwise(dice, document["policy"])
    before, register = await dump(graph), await people(graph)
    said = await simulate_policy(player.identity, json.dumps(other))
    assert await dump(graph) == before
    assert said.user_errors == ()
    states = await _states(graph)
    was = await living(graph)
    await policies.apply(player.identity, json.dumps(other), "test", "as simulated")
    _compare(said, was, await living(graph), register, await people(graph))
    assert {(c.state, c.reason): (c.before, c.after) for c in said.evidence} == _both(
        states, await _states(graph)
    )
    again = await simulate_policy(player.identity, json.dumps(other))
    assert (again.changes_total, again.people_before) == (0, said.people_after)
    assert (await verify(player.identity)).differences == []


async def _states(graph: Graph) -> Counter[tuple[str, str | None]]:
    rows = await graph.reader().compiled(_STATES, {})
    return Counter({(row["state"], row["reason"]): row["pairs"] for row in rows})


def _both(a: Counter[Any], b: Counter[Any]) -> dict[Any, tuple[int, int]]:
    return {state: (a[state], b[state]) for state in {*a, *b}}


def _compare(
    said: PolicyDiff, was: Everybody, then: Everybody, before: Mapping[str, Line], after: Mapping[str, Line]
) -> None:
    """The counts against the people and the register before and after."""
    whose = {key: one_id for one_id, keys in then.items() for key in keys}
    had = {key: one_id for one_id, keys in was.items() for key in keys}
    apart = [{whose[key] for key in keys if key in whose} for keys in was.values()]
    both = was.keys() & then.keys()
    assert (said.people_before, said.people_after) == (len(was), len(then))
    assert said.split == sum(len(parts) > 1 for parts in apart)
    assert said.created == len(after.keys() - before.keys())
    turned = Counter((before[one].status, after[one].status) for one in before)
    assert said.merged == turned["ACTIVE", "MERGED"]
    assert said.returned == turned["MERGED", "ACTIVE"]
    assert said.gained == sum(not set(then[one]) <= set(was[one]) for one in both)
    assert said.lost == sum(not set(was[one]) <= set(then[one]) for one in both)
    assert said.dropped == len(had.keys() - whose.keys())
    assert said.revived == len(whose.keys() - had.keys())
    moved = {key for key in had.keys() | whose.keys() if had.get(key) != whose.get(key)}
    assert sum(change.moved for change in said.changes) == len(moved)
    for change in said.changes:
        for group in change.after:
            assert group.one_id is None or len(then[group.one_id]) == group.identifiers
        for group in change.before:
            assert len(was[group.one_id or ""]) == group.identifiers
        for pair in change.evidence:
            assert (pair.now.state == "active") != (pair.then.state == "active")


# -- by hand


KINDS: Json = {
    "member": {"layer": "person", "priority": 1, "limit": 1},
    "phone": {"layer": "contact", "priority": 10, "pii": True, "normalise": "phone", "region": "CN"},
    "cookie": {"layer": "session", "priority": 90},
}
PHONE = "phone:13912345678"


async def _played(graph: Graph, policy: Json, *rows: Json) -> Player:
    player = await Player.under(graph, policy)
    await player.play({"policy": policy, "observations": list(rows)})
    return player


def _with(kind: str, **lines: Any) -> Json:
    kinds = deepcopy(KINDS)
    kinds[kind] = {name: value for name, value in (kinds[kind] | lines).items() if value is not None}
    return {"kinds": kinds}


async def test_a_limit_that_is_lifted_merges_with_its_line(graph: Graph) -> None:
    player = await _played(
        graph,
        {"kinds": KINDS},
        seen(1, "member:m1", PHONE),
        seen(2, "member:m2", PHONE),
        seen(3, "cookie:c1"),
    )
    said = await simulate_policy(player.identity, json.dumps(_with("member", limit=2)))
    assert (said.people_before, said.people_after, said.merged, said.changes_total) == (3, 2, 1, 1)
    (change,) = said.changes
    assert (change.what, change.people_before, change.people_after, change.moved) == ("MERGED", 2, 1, 2)
    (pair,) = change.evidence
    assert (pair.now.reason, pair.now.rule) == ("LIMIT_EXCEEDED", "kinds.member.limit: 1")
    assert [one.display for one in pair.now.blocked_by] == ["m1", "m2"]
    assert (pair.then.state, pair.then.rule) == ("active", None)
    assert change.says == (
        "2 people become one. member m1 and phone 139****5678 join: "
        "no longer over a limit (kinds.member.limit: 1)"
    )


async def test_what_becomes_shared_splits_with_its_line(graph: Graph) -> None:
    policy = _with("member", limit=None)
    player = await _played(graph, policy, seen(1, "member:m1", PHONE), seen(2, "member:m2", PHONE))
    other = deepcopy(policy)
    other["kinds"]["phone"]["shared_after"] = 1
    said = await simulate_policy(player.identity, json.dumps(other))
    (change,) = said.changes
    assert (change.what, change.people_after, said.split, said.created) == ("SPLIT", 3, 1, 2)
    assert {pair.then.rule for pair in change.evidence} == {"kinds.phone.shared_after: 1"}
    assert [group.one_id is None for group in change.after].count(True) == 2


LINES: list[tuple[Json, str, str]] = [
    ({"groups": [{"kinds": ["member", "cookie"], "limit": 1}]}, "LIMIT_EXCEEDED", "groups.0.limit: 1"),
    ({"max_identifiers_per_person": 1}, "LIMIT_EXCEEDED", "max_identifiers_per_person: 1"),
    (_with("cookie", conflict="neutral"), "NEUTRAL", "kinds.cookie.conflict: neutral"),
    ({"blocked": [{"kind": "cookie", "values": ["c1"]}]}, "BLOCKED", "blocked.0"),
]


@pytest.mark.parametrize(("lines", "reason", "rule"), LINES, ids=[rule for _, _, rule in LINES])
async def test_each_reason_names_its_line(graph: Graph, lines: Json, reason: str, rule: str) -> None:
    rows = [seen(n, f"member:m{n}", "cookie:c1") for n in (1, 2)]
    player = await _played(graph, {"kinds": KINDS}, *rows)
    said = await simulate_policy(player.identity, json.dumps({"kinds": KINDS} | lines))
    rules = {(pair.then.reason, pair.then.rule) for change in said.changes for pair in change.evidence}
    assert (reason, rule) in rules


async def test_a_contradiction_names_its_line(graph: Graph) -> None:
    policy = _with("member", limit=None) | {"contradictions": [{"attribute": "city"}]}
    rows = [
        seen(n, f"member:m{n}", "cookie:c1", id=f"e{n}", member={"gender": gender, "city": "上海"})
        for n, gender in enumerate("FM", 1)
    ]
    player = await _played(graph, policy, *rows)
    other = policy | {"contradictions": [{"attribute": "city"}, {"attribute": "gender"}]}
    said = await simulate_policy(player.identity, json.dumps(other))
    (change,) = said.changes
    rules = {(pair.then.reason, pair.then.rule) for pair in change.evidence}
    assert rules == {("CONTRADICTION", "contradictions.1: gender")}
    await policies.apply(player.identity, json.dumps(other), "test", "as simulated")
    back = await simulate_policy(player.identity, json.dumps(policy))
    assert {(pair.now.reason, pair.now.rule) for pair in back.changes[0].evidence} <= {
        ("CONTRADICTION", "contradictions.1: gender"),
        ("CONTRADICTION", None),
    }
    assert back.merged == 1


async def test_an_identifier_that_is_blocked_takes_no_part(graph: Graph) -> None:
    player = await _played(graph, {"kinds": KINDS}, seen(1, "cookie:c1"))
    other = {"kinds": KINDS, "blocked": [{"kind": "cookie", "values": ["c1"]}]}
    said = await simulate_policy(player.identity, json.dumps(other))
    (change,) = said.changes
    assert (change.what, said.dropped, said.people_after) == ("GONE", 1, 0)
    assert [(one.then.reason, one.then.rule) for one in change.dropped] == [("BLOCKED", "blocked.0")]
    assert "cookie c1 takes no part: blocked (blocked.0)" in change.says


async def test_everything_that_is_wrong_is_said_at_once(graph: Graph) -> None:
    player = await _played(graph, {"kinds": KINDS}, seen(1, "member:m1", PHONE))
    broken = {"kinds": {"member": {"layer": "nobody", "limit": 0}}, "max_cluster": 0}
    said = await simulate_policy(player.identity, json.dumps(broken))
    assert {".".join(problem.field) for problem in said.user_errors} == {
        "policy.kinds.member.layer",
        "policy.kinds.member.limit",
        "policy.max_cluster",
    }
    assert {problem.code for problem in said.user_errors} == {"POLICY_INVALID"}


async def test_what_needs_an_import_is_refused_with_every_path(graph: Graph) -> None:
    player = await _played(graph, {"kinds": KINDS}, seen(1, "member:m1", PHONE))
    other = _with("phone", pii=False, normalise=None, region=None) | {"isolation": "brand"}
    del other["kinds"]["member"]
    before = await dump(graph)
    said = await simulate_policy(player.identity, json.dumps(other))
    assert {(problem.code, ".".join(problem.field)) for problem in said.user_errors} == {
        ("POLICY_NEEDS_IMPORT", "policy.kinds.member"),
        ("POLICY_NEEDS_IMPORT", "policy.kinds.phone.pii"),
        ("POLICY_NEEDS_IMPORT", "policy.kinds.phone.normalise"),
        ("POLICY_NEEDS_IMPORT", "policy.kinds.phone.region"),
        ("POLICY_NEEDS_IMPORT", "policy.isolation"),
    }
    assert await dump(graph) == before


async def test_what_holds_for_new_observations_alone_is_a_warning(graph: Graph) -> None:
    player = await _played(graph, {"kinds": KINDS}, seen(1, "member:m1", "cookie:c1"))
    other = _with("cookie", pattern="^never$") | {"sources": {"form": {"verified": False}}}
    said = await simulate_policy(player.identity, json.dumps(other))
    assert said.changes_total == 0
    assert [problem.field for problem in said.warnings] == [
        ("policy", "kinds", "cookie", "pattern"),
        ("policy", "sources"),
    ]


async def test_the_largest_changes_come_first_and_others_are_counted(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.identity.simulation.simulate_policy.CHANGES", 2)
    rows = [seen(n, f"member:m{n}", *(f"cookie:c{n}{i}" for i in range(n)), id=f"e{n}") for n in (1, 2, 3, 4)]
    player = await _played(graph, {"kinds": KINDS}, *rows)
    said = await simulate_policy(player.identity, json.dumps(_with("cookie", limit=1)))
    assert said.changes_total == 3
    assert [change.identifiers for change in said.changes] == [5, 4]
    assert said.split == 3
