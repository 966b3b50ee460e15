"""Everything at once, with NumPy, against the rule applied cluster by cluster."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity import pins
from app.identity.batch import INACTIVE, REASONS, Settled, settle
from app.identity.cluster import decide
from app.identity.evidence import UNSAID, Evidence, Identifier, pair_of
from app.identity.facts import said_in
from app.identity.ledger import Ledger
from app.identity.live.recompute import world_of
from app.identity.observing import observe
from app.identity.operations import Refused, operate
from app.identity.policy import parse_policy
from app.identity.rule import Rule
from app.identity.screen import screen
from app.identity.sighting import Sighting, micros
from tests.identity import many, worlds

Json = dict[str, Any]


def ledger_of(document: Json) -> Ledger:
    """What is known when everything in the document has happened."""
    ledger, newest = Ledger(parse_policy(document["policy"])), 0
    for row in [{"id": "e0"}, *document["observations"]]:
        sighting = screen(ledger.policy, ledger.blocklist, row) if "at" in row else None
        if isinstance(sighting, Sighting) and isinstance(observe(ledger, sighting), list):
            newest = max(newest, sighting.at)
        for operation in [o for o in document["operations"] if o["after"] == row["id"]]:
            try:
                operate(
                    ledger,
                    operation["op"],
                    operation,
                    micros(operation["at"]) if operation.get("at") else newest,
                )
            except Refused:
                continue
    return ledger


def people(keys: list[str], settled: Settled) -> list[list[str]]:
    components: dict[int, list[str]] = {}
    for key, number in zip(keys, settled.component.tolist(), strict=True):
        if number >= 0:
            components.setdefault(number, []).append(key)
    return sorted(sorted(component) for component in components.values())


def assert_settled_as_decided(ledger: Ledger) -> None:
    """Components, verdicts, who is shared; and nothing about who takes no part."""
    decision = decide(ledger)
    keys, pairs, world = world_of(ledger)
    settled = settle(Rule(ledger.policy), world)
    assert people(keys, settled) == sorted(sorted(c) for c in decision.resolution.components)
    verdicts = dict(zip(pairs, settled.verdict.tolist(), strict=True))
    assert {pair: REASONS[number] for pair, number in verdicts.items() if number != INACTIVE} == {
        pair: verdict.reason for pair, verdict in decision.resolution.verdicts.items()
    }
    shared = {key for key, flag in zip(keys, settled.shared.tolist(), strict=True) if flag}
    assert shared & decision.nodes.keys() == decision.shared


@pytest.mark.parametrize("feature", worlds.FEATURES)
def test_each_feature_settled_as_decided(feature: str) -> None:
    @many.pure(25)
    @given(worlds.documents(feature))
    def compare(document: Json) -> None:
        assert_settled_as_decided(ledger_of(document))

    compare()


@many.pure(250)
@given(worlds.any_features())
def test_all_features_settled_as_decided(document: Json) -> None:
    assert_settled_as_decided(ledger_of(document))


@st.composite
def crowds(draw: st.DrawFn) -> Ledger:
    """Many identifiers and pairs without any observation around them: large components, and some conflict."""
    r = draw(st.randoms(use_true_random=False))
    features = draw(
        st.frozensets(
            st.sampled_from(("limits", "groups", "layers", "conflict", "shared", "scopes", "facts"))
        )
    )
    ledger = Ledger(parse_policy(worlds.policy_of(r, features)))
    names = [
        (kind, scope, f"{kind[0]}{number}")
        for kind in ledger.policy.kinds
        for scope in ("*", "A")
        for number in range(r.randint(1, 6))
    ]
    for kind, scope, value in names:
        key = f"{kind}|{scope}|{value}"
        at = r.randint(1, 9)
        ledger.identifiers[key] = Identifier(key, key, kind, scope, at, at, blocked=r.random() < 0.05)
    keys = list(ledger.identifiers)
    for _ in range(r.randint(0, 3 * len(keys))):
        a, b = r.choice(keys), r.choice(keys)
        if a != b:
            first, last = sorted((r.randint(1, 9), r.randint(1, 9)))
            pair = pair_of(a, b)
            method = r.choice(("observed", "observed", "inferred"))
            sure = r.choice((0.8, 0.9, 1.0))
            ledger.evidence[pair] = Evidence(
                first, last, last, r.random() < 0.9, method=method, confidence=sure
            )
            ledger.connect(pair)
    for key in keys if "facts" in features else ():
        if ledger.identifiers[key].kind == "member" and r.random() < 0.8:
            said = worlds.member_facts(r, ledger.identifiers[key].value, worlds.day(r))
            ledger.facts[key] = {
                field: (1, value) for field, value in said_in(said, ledger.policy.deciding_fields).items()
            }
    for pin in (pins.link, pins.never_link, pins.never_link) if len(keys) > 1 else ():
        for _ in range(r.randint(0, 2)):
            pin(ledger, pair_of(*r.sample(keys, 2)), r.randint(1, 9), UNSAID)
    return ledger


@many.pure(150)
@given(crowds())
def test_crowds_settled_as_decided(ledger: Ledger) -> None:
    assert_settled_as_decided(ledger)


def test_nobody_at_all() -> None:
    assert_settled_as_decided(Ledger(parse_policy({"kinds": {"phone": {"layer": "contact"}}})))


def test_people_without_any_evidence() -> None:
    ledger = Ledger(parse_policy({"kinds": {"phone": {"layer": "contact"}}}))
    for value in "ab":
        key = f"phone|*|{value}"
        ledger.identifiers[key] = Identifier(key, key, "phone", "*", 1, 1)
    assert_settled_as_decided(ledger)


def test_the_order_of_rows_does_not_matter() -> None:
    """What is read from the graph comes in no order."""
    document = {
        "policy": {
            "kinds": {
                "member": {"layer": "person", "limit": 1},
                "phone": {"layer": "contact", "conflict": "neutral"},
                "cookie": {"layer": "session", "shared_after": 2},
            }
        },
        "observations": [
            {"id": str(n), "at": "2026-01-01T00:00:00Z", "identifiers": [
                {"kind": "member", "value": f"m{n % 3}"}, {"kind": "phone", "value": f"p{n % 2}"},
                {"kind": "cookie", "value": f"c{n % 4}"}]}
            for n in range(12)
        ],
        "operations": [],
    }  # fmt: skip
    ledger = ledger_of(document)
    assert_settled_as_decided(ledger)
    keys, _, world = world_of(ledger)
    found = people(keys, settle(Rule(ledger.policy), world))
    ledger.identifiers = dict(reversed(ledger.identifiers.items()))
    ledger.evidence = dict(reversed(ledger.evidence.items()))
    assert_settled_as_decided(ledger)
    keys, _, world = world_of(ledger)
    assert people(keys, settle(Rule(ledger.policy), world)) == found
