"""why and whyNot against the rule itself, on random worlds: no graph here.

Every step of a why is active evidence, and no other way is stronger; without what whyNot names, the rule
joins the two; and what it says of a pair is what `simulate` says.
"""

from copy import copy
from dataclasses import replace
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from app.identity.cluster import Decision, decide, is_shared
from app.identity.evidence import Pair, pair_of
from app.identity.explain.between import Between, between, closure
from app.identity.explain.obstacles import Obstacle
from app.identity.explain.supposing import Supposition, obstacles
from app.identity.explain.why import told_why, told_why_not
from app.identity.ledger import Ledger
from app.identity.policy import parse_policy
from app.identity.rule import ACTIVE, Rule
from app.identity.simulate import _Document, _Run, simulate
from tests.identity import many, worlds
from tests.identity.test_cases import CASES, TRICKY, by_id

Json = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")


def ledger_of(document: Json) -> Ledger:
    """Everything that a document leaves behind."""
    run = _Run(Ledger(parse_policy(document["policy"])), _Document.model_validate(document))
    run.all()
    return run.ledger


def pairs_of(ledger: Ledger) -> list[Pair]:
    return list(combinations(sorted(ledger.identifiers), 2))


def joined(decision: Decision, a: str, b: str) -> bool:
    return a in decision.component and decision.component[a] == decision.component.get(b)


@many.pure(60)
@given(worlds.any_features())
def test_a_why_is_the_strongest_way_over_active_evidence(document: Json) -> None:
    check_ways(document)


def test_a_way_that_is_newer_and_suppressed_is_none() -> None:
    """Two pairs that lost lead from the one account to the other's phone, and are stronger than the way."""
    kinds = {
        "member": {"layer": "person", "limit": 1},
        "phone": {"layer": "contact", "limit": 1},
    }
    together = ("m2 p2", "m1 p2", "m2 p1", "m1 p1")  # the newest first
    rows = [
        {"id": f"e{n}", "at": f"2026-03-0{9 - n}T00:00:00Z", "source": "crm",
         "identifiers": [{"kind": "member", "value": m}, {"kind": "phone", "value": p}]}
        for n, (m, p) in enumerate(map(str.split, together))
    ]  # fmt: skip
    document = {"policy": {"version": 1, "kinds": kinds}, "observations": rows}
    assert len(simulate(document)["suppressed"]) == 2
    check_ways(document)


def check_ways(document: Json) -> None:
    ledger = ledger_of(document)
    decision = decide(ledger)
    for a, b in pairs_of(ledger):
        found = told_why(between(ledger, a, b), None, ZONE)
        assert found.joined == joined(decision, a, b)
        if found.joined:
            steps = [pair_of(step.a.key, step.b.key) for step in found.steps]
            assert (found.steps[0].a.key, found.steps[-1].b.key) == (a, b)
            assert all(one.b == two.a for one, two in zip(found.steps, found.steps[1:], strict=False))
            assert all(decision.resolution.verdicts[pair].reason == ACTIVE for pair in steps)
            places = places_of(ledger, decision)
            assert max(places[pair] for pair in steps) == weakest_step_needed(places, a, b)


def places_of(ledger: Ledger, decision: Decision) -> dict[Pair, int]:
    """Active pairs by their place in the rule's order."""
    rule, verdicts = Rule(ledger.policy), decision.resolution.verdicts
    edges = [ledger.edge(pair) for pair, verdict in verdicts.items() if verdict.reason == ACTIVE]
    ranked = sorted((edge for edge in edges if edge), key=lambda edge: rule.rank(edge, decision.nodes))
    return {edge.pair: place for place, edge in enumerate(ranked)}


def weakest_step_needed(places: dict[Pair, int], a: str, b: str) -> int:
    """The place up to which pairs are needed until they lead from one to the other: by trying all."""
    reached = {a}
    for most in sorted(places.values()):
        allowed = [pair for pair, place in places.items() if place <= most]
        reached = {a}
        while more := {key for pair in allowed for key in pair if reached.intersection(pair)} - reached:
            reached |= more
        if b in reached:
            return most
    raise AssertionError("no active evidence leads there")


@many.pure(100)
@given(worlds.any_features())
def test_without_what_why_not_names_the_rule_joins_them(document: Json) -> None:
    check_removal(document)


@pytest.mark.parametrize("case", by_id([*CASES, *TRICKY]))
def test_without_what_why_not_names_of_a_case(case: Json) -> None:
    check_removal(case["input"])


@pytest.mark.parametrize("feature", worlds.FEATURES)
def test_without_what_why_not_names_of_each_feature(feature: str) -> None:
    @many.pure(20)
    @given(worlds.documents(feature))
    def check(document: Json) -> None:
        check_removal(document)

    check()


def check_removal(document: Json) -> None:
    ledger = ledger_of(document)
    decision = decide(ledger)
    for a, b in pairs_of(ledger):
        given = between(ledger, a, b)
        met = obstacles(given, a, b)
        assert bool(met) == (not joined(decision, a, b) and a_way(given, a, b)), (a, b)
        if met:
            assert joined(removed(ledger, given, met), a, b), (a, b, met)
            told = told_why_not(given, None, ZONE)
            assert [one.reason for one in told.blockers] == [one.reason for one in met]


def a_way(given: Between, a: str, b: str) -> bool:
    """Whether anything that was ever seen leads from one to the other, as far as is looked."""
    ledger, reached = given.ledger, {a}
    ever = {
        pair
        for pair in (*ledger.evidence, *ledger.links, *ledger.unlinks)
        if pair in ledger.evidence or pair in ledger.links or any(u.evidence for u in ledger.unlinks[pair])
    }
    ever = {pair for pair in ever if all(key in ledger.identifiers for key in pair)}
    while more := {key for pair in ever for key in pair if reached.intersection(pair)} - reached:
        reached |= more
    return b in reached


def removed(whole: Ledger, given: Between, met: list[Obstacle]) -> Decision:
    """What the rule says of the whole ledger once everything that was named is taken out of it."""
    ledger = replace(
        whole, evidence=dict(whole.evidence), nevers=dict(whole.nevers), unlinks=dict(whole.unlinks)
    )
    ledger.identifiers = {key: copy(one) for key, one in whole.identifiers.items()}
    policy, spared = whole.policy.model_dump(exclude_none=True), set[str]()
    for one in met:
        if one.reason in ("SHARED", "EXPIRED", "BLOCKED"):
            for key in one.blocked_by:
                alone(ledger, given, key)
                spared |= {key} if one.reason == "SHARED" else set()
        elif one.reason == "UNLINKED":
            operations = {pin.said.operation for pin in one.unlinks}
            for pair, pins in list(ledger.unlinks.items()):
                back = [pin for pin in pins if pin.said.operation in operations]
                ledger.unlinks[pair] = [pin for pin in pins if pin not in back]
                for pin in back:
                    if pin.evidence:
                        ledger.fold(pair, pin.evidence)
        elif one.reason == "CLAIMED":
            ledger.evidence[one.pair] = replace(ledger.evidence[one.pair], verified=True)
        elif one.reason == "NEVER_LINKED":
            ledger.nevers.pop(pair_of(*one.blocked_by), None)
        elif one.reason == "NEUTRAL":
            for key in one.blocked_by:
                policy["kinds"][key.split("|")[0]]["conflict"] = "latest"
        elif one.reason == "CONTRADICTION":
            policy["contradictions"] = [
                c for c in policy["contradictions"] if c["attribute"] != one.attribute
            ]
        elif one.reason == "BRAND_ISOLATION":
            policy["isolation"] = "group"
        else:
            raise_limit(policy, one)
    ledger.policy = parse_policy(policy)
    rule = Rule(ledger.policy)
    live = [key for key in ledger.identifiers if ledger.live(key)]
    shared = {key for key in live if key not in spared and is_shared(ledger, rule, key)}
    return decide(ledger, rule, None, shared)


def alone(ledger: Ledger, given: Between, key: str) -> None:
    """An identifier that joined nobody takes part again, and was seen only with those who are asked about."""
    ledger.identifiers[key].blocked = False
    ledger.identifiers[key].last = max(ledger.identifiers[key].last, ledger.expired_at or 0)
    known = {pair_of(key, other) for other in given.ledger.near[key]}
    ledger.evidence = {p: seen for p, seen in ledger.evidence.items() if key not in p or p in known}
    ledger.links = {p: pins for p, pins in ledger.links.items() if key not in p or p in known}


def raise_limit(policy: Json, one: Obstacle) -> None:
    limit = one.limit
    assert limit is not None
    assert limit.held == len(one.blocked_by) > limit.most
    if limit.group is not None:
        policy["groups"][limit.group]["limit"] = max(policy["groups"][limit.group]["limit"], limit.held)
    elif not limit.kinds:
        policy["max_identifiers_per_person"] = max(policy["max_identifiers_per_person"], limit.held)
    else:
        kind = policy["kinds"][limit.kinds[0]]
        name = "limit" if limit.scope is None else "limit_per_scope"
        kind[name] = max(kind[name], limit.held)


@many.pure(60)
@given(worlds.any_features())
def test_what_is_said_of_a_pair_is_what_simulate_says(document: Json) -> None:
    as_simulated(document)


@pytest.mark.parametrize("case", by_id([*CASES, *TRICKY]))
def test_what_is_said_of_a_pair_in_a_case(case: Json) -> None:
    as_simulated(case["input"])


def as_simulated(document: Json) -> None:
    ledger = ledger_of(document)
    keys = {one.display: key for key, one in ledger.identifiers.items()}
    for row in simulate(document)["suppressed"]:
        a, b = keys[row["a"]], keys[row["b"]]
        given = between(ledger, a, b)
        world = Supposition(given)
        world.decision()
        met = world.obstacle(pair_of(a, b))
        assert met is not None
        blocked_by = sorted(ledger.identifiers[key].display for key in met.blocked_by)
        assert (met.reason, blocked_by) == (row["reason"], row["blockedBy"])
        found = told_why_not(given, None, ZONE)
        told = {(pair_of(step.a.key, step.b.key), step.reason) for step in found.evidence}
        assert joined(decide(ledger), a, b) or (pair_of(a, b), row["reason"]) in told


@many.pure(30)
@given(worlds.any_features())
def test_telling_changes_nothing(document: Json) -> None:
    ledger = ledger_of(document)
    before = repr(ledger)
    for a, b in pairs_of(ledger):
        given = between(ledger, a, b)
        part = repr(given)
        told_why_not(given, None, ZONE)
        assert repr(given) == part
    assert repr(ledger) == before


def test_a_shared_identifier_ends_what_is_read() -> None:
    document = {
        "policy": {"version": 1, "kinds": {
            "member": {"layer": "person", "limit": 1}, "oaid": {"layer": "device", "shared_after": 4}}},
        "observations": [
            {"id": f"e{n}", "at": "2026-03-01T00:00:00Z", "source": "app",
             "identifiers": [{"kind": "member", "value": f"M{n}"}, {"kind": "oaid", "value": "tablet"}]}
            for n in range(100)],
    }  # fmt: skip
    ledger = ledger_of(document)
    given = between(ledger, "member|*|M1", "member|*|M2")
    assert given.opened == {"member|*|M1", "member|*|M2"}
    assert set(given.ledger.identifiers) == {*given.opened, "oaid|*|tablet"}
    assert given.ties == {"oaid|*|tablet": 100}
    assert closure(ledger, {"oaid|*|tablet"}, ["oaid|*|tablet"]) == set()
