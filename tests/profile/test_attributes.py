"""How one value is chosen: the rules as a table, and that no order of arrival matters."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Misconfigured
from app.profile.attribute_rules import Attribute, parse
from app.profile.attributes import Word, resolve

DAY = 86_400_000_000


def word(key: str, value: Any, at: int, source: str = "crm", *, corrected: bool = False) -> Word:
    """What an account said on a day."""
    return Word(key, value, at * DAY, source, corrected)


def chosen(name: str, rule: dict[str, Any], *words: Word, type_: Any = "text") -> Any:
    """The value, or nothing."""
    found = resolve(name, Attribute.model_validate(rule), type_, words)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"rule": "most_recent"}, "杭州"),
        ({"rule": "most_frequent"}, "上海"),
        ({"rule": "longest"}, "呼和浩特"),
        ({"rule": "trusted", "sources": ["pos", "crm"]}, "呼和浩特"),
        ({"rule": "trusted", "sources": ["app", "pos"]}, "上海"),
        ({"rule": "trusted", "sources": ["nobody"]}, "杭州"),
    ],
)
def test_each_rule_chooses(rule: dict[str, Any], expected: str) -> None:
    words = (
        word("m1", "上海", 1, "app"),
        word("m2", "上海市", 2, "crm"),
        word("m3", "呼和浩特", 3, "pos"),
        word("m4", "杭州", 4, "crm"),
        word("m5", "未知", 9, "pos"),
    )
    assert chosen("city", rule, *words) == expected


@pytest.mark.parametrize(
    ("name", "type_", "value", "expected"),
    [
        ("gender", "text", "男", "male"),
        ("gender", "text", " M ", "male"),
        ("gender", "text", "女士", "female"),
        ("gender", "text", "X", "X"),
        ("gender", "text", "保密", None),
        ("gender", "text", "0", None),
        ("name", "text", " 王  小明 ", "王 小明"),
        ("name", "text", "null", None),
        ("city", "text", "上海市", "上海"),
        ("city", "text", "Unknown", None),
        ("birthday", "date", date(1990, 2, 28), date(1990, 2, 28)),
        ("birthday", "date", "1990-02-28", date(1990, 2, 28)),
        ("birthday", "date", date(1900, 1, 1), None),
        ("wed_on", "date", "2020-02-30", None),
        ("children", "number", "2.0", 2),
        ("children", "number", 2.5, 2.5),
        ("children", "number", "two", None),
        ("children", "number", "1e300", None),
        ("children", "number", True, None),
        ("vip", "boolean", "是", True),
        ("vip", "boolean", 0, False),
        ("vip", "boolean", "perhaps", None),
    ],
)
def test_a_value_is_taken_as_its_attribute_has_it(
    name: str, type_: Any, value: Any, expected: object
) -> None:
    found = chosen(name, {}, word("m1", value, 1), type_=type_)
    assert (found, type(found)) == (expected, type(expected))


def test_a_choice_is_one_of_those_declared() -> None:
    rule = {"type": "choice", "choices": ["Dry", "oily"]}
    words = (word("m1", "DRY ", 1), word("m2", "wet", 2))
    assert chosen("skin", rule, *words, type_="choice") == "Dry"


def test_spellings_of_one_value_count_together() -> None:
    words = (word("m1", "男", 1), word("m2", "M", 2), word("m3", "male", 3), word("m4", "F", 4))
    assert chosen("gender", {"rule": "most_frequent"}, *words) == "male"


def test_a_masked_name_wins_only_where_there_is_no_whole_one() -> None:
    masked = word("m1", "王**", 9)
    assert chosen("name", {}, masked, word("m2", "王小明", 1)) == "王小明"
    assert chosen("name", {}, masked) == "王**"


def test_a_correction_comes_before_all_and_the_newest_of_them_first() -> None:
    words = (
        word("m1", "上海", 9, "pos"),
        word("m2", "北京", 1, "li", corrected=True),
        word("m3", "广州", 2, "wang", corrected=True),
    )
    found = resolve("city", Attribute(rule="trusted", sources=("pos",)), "text", words)
    assert found is not None
    assert (found.value, found.word.source) == ("广州", "wang")
    assert [(value, one.corrected) for value, one in found.beaten] == [("北京", True), ("上海", False)]


_WORDS = st.lists(
    st.builds(
        word,
        st.sampled_from("abcdef"),
        st.sampled_from(["上海", "上海市", "杭州", "北京", "呼和浩特", "未知", "BJ", "bj"]),
        st.integers(0, 3),
        st.sampled_from(["crm", "pos", "app"]),
        corrected=st.sampled_from([False, False, False, True]),
    ),
    unique_by=lambda one: (one.key, one.corrected),
)
_RULES = st.sampled_from(
    [
        {"rule": "most_recent"},
        {"rule": "most_frequent"},
        {"rule": "longest"},
        {"rule": "trusted", "sources": ["pos", "crm"]},
    ]
)


@settings(max_examples=150, deadline=None)
@given(_WORDS, _RULES, st.randoms(use_true_random=False))
def test_no_order_matters_and_nothing_ties(words: list[Word], rule: dict[str, Any], chance: Any) -> None:
    shuffled = list(words)
    chance.shuffle(shuffled)
    attribute = Attribute.model_validate(rule)
    assert resolve("city", attribute, "text", words) == resolve("city", attribute, "text", shuffled)


def test_every_mistake_of_the_file_is_told_at_once() -> None:
    text = """
version: 1
attributes:
  name: {rule: newest}
  city: {rule: trusted}
  skin: {type: choice, rule: most_recent}
  children: {rule: most_recent}
  vip: {type: boolean, rule: longest, colour: red}
  "2nd": {type: text}
"""
    with pytest.raises(Misconfigured) as wrong:
        parse(text)
    told = wrong.value.message
    for path in (
        "attributes.name.rule",
        "attributes.city",
        "attributes.skin",
        "attributes.vip.colour",
        "2nd",
    ):
        assert path in told
    with pytest.raises(Misconfigured, match="children: a declared attribute needs a type"):
        parse("attributes: {children: {rule: most_recent}, birthday: {type: date}}")
    with pytest.raises(Misconfigured, match="birthday: it is built in"):
        parse("attributes: {children: {rule: most_recent}, birthday: {type: date}}")
    with pytest.raises(Misconfigured, match="not YAML"):
        parse("attributes: [")


def test_what_the_file_leaves_out_is_resolved_by_the_newest_word() -> None:
    rules = parse("attributes: {city: {rule: longest}, children: {type: number}}").rules
    assert list(rules) == ["name", "gender", "birthday", "city", "children"]
    assert (rules["gender"].rule, rules["city"].rule) == ("most_recent", "longest")
