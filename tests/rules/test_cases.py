"""The populations and rules of tests/cases/segments.json: the second evaluator says what they expect."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rules.oracle import World, matches
from tests.rules.population import person_of

Json = dict[str, Any]
CASES: list[Json] = json.loads((Path(__file__).parent.parent / "cases" / "segments.json").read_text("utf-8"))
RULES = [
    pytest.param(case, one["rule"], one["expect"], id=f"{case['id']}-{place}")
    for case in CASES
    for place, one in enumerate(case["rules"])
    if "expect" in one
]


def test_there_are_as_many_as_there_were() -> None:
    assert (len(CASES), sum(len(case["rules"]) for case in CASES), len(RULES)) == (22, 102, 83)


@pytest.mark.parametrize(("case", "rule", "expected"), RULES)
def test_who_matches(case: Json, rule: Json, expected: list[str]) -> None:
    world = World.at(case["asOf"], case["timeZone"])
    people = {name: person_of(name, said) for name, said in case["people"].items()}
    assert sorted(name for name, one in people.items() if matches(rule, one, world)) == sorted(expected)
