"""docs/rules.md: its examples are rules, and say everything that rules can say."""

import json
import re
from pathlib import Path

import pytest

from app.rules import parts
from app.rules.check import problems
from app.rules.check_facts import OF_EVENTS, OF_ORDERS, OF_TOUCHES
from app.rules.model import Rule, canonical, nodes, parse
from app.rules.vocabulary import Declared, TagWord, Vocabulary
from tests.rules.test_compiler import CLOCK

PAGE = (Path(__file__).parent.parent.parent / "docs" / "rules.md").read_text("utf-8")
EXAMPLES = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
KNOWN = Vocabulary(
    Declared(attributes={}, kinds={"BABY": {}, "PET": {}}, identifiers=["phone"]),
    tags={key: TagWord() for key in ("high-value", "tier", "allergic")}
    | {"size-of-household": TagWord(value_type="NUMBER"), "last-visit": TagWord(value_type="DATE")},
    segments={"new-mothers": parse({"everyone": True})},
    lists=["do-not-disturb"],
    stages=["at_risk"],
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_rule(example: object) -> None:
    rule = parse(example)
    assert problems(rule, KNOWN, CLOCK) == []
    assert parse(canonical(rule)) == rule


def test_every_condition_and_every_measure_is_shown() -> None:
    shown = {node.key for example in EXAMPLES for _, node in nodes(parse(example))}
    assert shown == {parts.outside(name) for name in Rule.model_fields}
    words = set(re.findall(r"\w+", PAGE))
    assert {parts.outside(name) for part in (parts.Test, parts.Window) for name in part.model_fields} <= words
    named = {measure for measure in (*OF_ORDERS, *OF_EVENTS, *OF_TOUCHES) if measure not in words}
    assert all({f"{one.partition('_')[0]}_", one.partition("_")[2]} <= words for one in named)


def test_the_problems_that_are_shown_are_found() -> None:
    text, told = re.findall(r"```\n(\{.*?\})\n\n(.*?)```", PAGE, re.DOTALL)[0]
    found = problems(parse(json.loads(text)), KNOWN, CLOCK)
    lines = [line.split() for line in told.splitlines()]
    assert [(".".join(one.field), one.code) for one in found] == [(line[0], line[1]) for line in lines]
    assert all(one.message in told for one in found)
