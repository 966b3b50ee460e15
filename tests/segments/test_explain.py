"""`explain`: what is shown makes true what is said to be true, for the people and rules of the cases."""

from collections.abc import Iterator
from datetime import datetime
from operator import eq as equal
from operator import ge, gt, le, lt, ne
from typing import Any

import pytest_asyncio

from app.graph.sessions import Graph
from app.identity.policy import Policy
from app.rules.model import Rule, nodes, parse
from app.rules.parts import Test as RuleTest
from app.segments.explain_choice import explain
from app.segments.explaining import Explained
from app.segments.preview import Evaluation
from app.settings import Settings
from tests.rules.test_cases import CASES
from tests.segments.asking import Asked, everybody

Json = dict[str, Any]
_COMPARED = {"eq": equal, "ne": ne, "gt": gt, "gte": ge, "lt": lt, "lte": le}
EXPLAIN = """
query ($person: PersonBy!, $segment: ID, $rule: SegmentRule) {
  explain(person: $person, segment: $segment, rule: $rule) {
    holds person { oneId } userErrors { field code }
    conditions { field holds sentence count measured
      orders { number at } touches { channel } events { type } consents { granted } dependents { kind }
      members { level } cards { status } identifiers { kind } tags { key } }
  }
}
"""


@pytest_asyncio.fixture(scope="module")
async def asked(migrated: Graph, settings: Settings) -> Asked:
    return await everybody(migrated, settings)


def passes(count: int, test: RuleTest | None) -> bool:
    """Whether a number passes a test of numbers."""
    if test is None:
        return count >= 1
    said = {name: getattr(test, name) for name in test.said()}
    if "exists" in said:
        return bool(said.pop("exists"))
    if "in_" in said and count not in said.pop("in_"):
        return False
    return all(_COMPARED[name](count, value) for name, value in said.items())


def as_shown(rule: Rule, one: Explained) -> bool | None:
    """Whether the condition is true, going by what is shown alone; None where facts do not say."""
    body = rule.body
    if rule.key in ("order", "touch", "event"):
        return passes(one.count, body.is_) if body.measure == "COUNT" else None
    if rule.key in ("member", "card", "dependent"):
        tests = {"SOME": one.count > 0, "NONE": one.count == 0, "EVERY": None}
        return passes(one.count, body.count) if body.quantifier == "COUNT" else tests[body.quantifier]
    if rule.key == "identifier":
        return bool(body.exists) == (one.count > 0)
    if rule.key == "tag":
        return bool(body.has) == (one.count > 0)
    if rule.key == "list":
        return bool(body.in_) == (one.count > 0)
    if rule.key == "sequence":
        return len(one.facts) == len(body.steps) - (body.steps[-1].not_ is not None)
    return one.count > 0 if rule.key == "anniversary" and body.of != "birthday" else None


def cases(all_: bool) -> Iterator[tuple[Json, Json]]:
    """Rules that nothing is wrong with; a few of each kind, or all."""
    seen: dict[str, int] = {}
    for case in CASES:
        for one in case["rules"]:
            if "errors" not in one:
                keys = {node.key for _, node in nodes(parse(one["rule"]))} - {"all", "any", "not"}
                if all_ or any(seen.get(key, 0) < 1 for key in keys):
                    seen |= {key: seen.get(key, 0) + 1 for key in keys}
                    yield case, one


async def check(asked: Asked, policy: Policy, case: Json, one: Json) -> int:
    """One rule for everybody of its case; how many conditions the facts spoke for."""
    rule, spoken = parse(one["rule"]), 0
    evaluation = await Evaluation.of(
        asked.identity.graph.reader(),
        policy,
        rule,
        keyring=asked.identity.keyring,
        as_of=datetime.fromisoformat(case["asOf"]),
        zone=case["timeZone"],
    )
    for name in case["people"]:
        found = await explain(evaluation, asked.one_ids[f"{case['id']}/{name}"])
        assert (found[0].path, found[0].holds) == ((rule.key,), name in one["expect"]), (
            case["id"],
            name,
            rule,
        )
        by_path = {said.path: said for said in found}
        for path, node in nodes(rule):
            said = by_path[path]
            assert len(said.facts) == min(said.count, 20) == len(set(said.facts)), (node, said)
            shown = as_shown(node, said)
            spoken += shown is not None
            assert shown in (None, said.holds), (case["id"], name, node, said)
            if node.key == "not":
                assert said.holds != by_path[(*path, node.body.key)].holds
    return spoken


async def test_what_is_shown_makes_it_so(asked: Asked) -> None:
    spoken = 0
    for case, one in cases(False):
        spoken += await check(asked, asked.identity.state.policy, case, one)
    assert spoken > 20


async def test_facts_are_read_like_anywhere_in_one_statement(asked: Asked) -> None:
    case = CASES[0]
    rule = case["rules"][0]["rule"]
    calls, found = [], []
    for name in case["people"]:
        person = {"oneId": asked.one_ids[f"{case['id']}/{name}"]}
        before = asked.identity.graph.calls
        context = asked.context(as_of=datetime.fromisoformat(case["asOf"]))
        answer = (await asked.ask(EXPLAIN, context, person=person, rule=rule))["explain"]
        calls.append(asked.identity.graph.calls - before)
        assert answer["person"] == person
        assert answer["holds"] == (name in case["rules"][0]["expect"])
        found += answer["conditions"]
    # What rules may name and where they may start, whose OneID it is, the conditions, the person, and all
    # facts of all conditions: the same number, whatever is found.
    assert len(set(calls)) == 1
    assert calls[0] <= 6
    for one in found:
        shown = {"order": "orders", "touch": "touches", "dependent": "dependents"}.get(one["field"][-1])
        if shown is not None:
            assert len(one[shown]) == one["count"]
            assert one["sentence"].startswith(f"{one['count']} ")
        times = [order["at"] for order in one["orders"]]
        assert times == sorted(times, reverse=True)
    assert {one["holds"] for one in found} == {True, False}


async def test_a_saved_segment_is_followed_into_its_rule(asked: Asked) -> None:
    one_id = next(one for name, one in asked.one_ids.items() if name.startswith("flagship/"))
    answer = (await asked.ask(EXPLAIN, person={"oneId": one_id}, segment="others"))["explain"]
    assert [one["field"] for one in answer["conditions"]] == [
        ["segment"],
        ["segment", "all"],
        ["segment", "all", "0", "segment"],
        ["segment", "all", "0", "segment", "order"],
        ["segment", "all", "1", "event"],
    ]


async def test_nobody_and_rules_that_cannot_be_meant(asked: Asked) -> None:
    assert (await asked.ask(EXPLAIN, person={"oneId": "nobody"}, segment="buyers"))["explain"] is None
    one_id = next(iter(asked.one_ids.values()))
    hidden = asked.context(brands=frozenset({"another"}))
    assert (await asked.ask(EXPLAIN, hidden, person={"oneId": one_id}, segment="buyers"))["explain"] is None
    wrong = (await asked.ask(EXPLAIN, person={"oneId": one_id}, segment="buyer"))["explain"]
    assert [one["code"] for one in wrong["userErrors"]] == ["UNKNOWN_SEGMENT"]
    both = await asked.answer(EXPLAIN, person={"oneId": one_id}, segment="buyers", rule={"everyone": True})
    assert both["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
