"""Which dependents are one: no order matters, twins stay two, and nothing is guessed."""

from itertools import permutations
from typing import Any

from app.dependents.same import One, groups

KEYS = {"BABY": ("birthday", "name"), "APPLIANCE": ("serial",)}


def one(key: str, source: str, said: int = 0, kind: str = "BABY", **values: Any) -> One:
    """A baby of 1 May, unless something else is said."""
    own = {"birthday": "2026-05-01"} if kind == "BABY" else {}
    return One(key, kind, said, frozenset(source.split()), own | values)


def found(*ones: One, apart: tuple[tuple[str, str], ...] = ()) -> list[list[str]]:
    """The groups, the same for every order in which they are given."""
    answers = [groups(order, KEYS, [frozenset(pair) for pair in apart]) for order in permutations(ones)]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def test_a_baby_of_two_sources_is_one() -> None:
    assert found(one("b", "pos", 2, name="小宝"), one("a", "crm", 1, name=" 小宝")) == [["a", "b"]]
    assert found(one("a", "crm", 3, name="小宝"), one("b", "pos", 2, name="小宝")) == [["b", "a"]]


def test_gender_takes_the_place_of_a_missing_name() -> None:
    assert found(one("a", "crm", name="小宝", gender="男"), one("b", "pos", gender="M")) == [["a", "b"]]
    assert found(one("a", "crm", name="小宝", gender="男"), one("b", "pos", gender="F")) == []
    assert found(one("a", "crm", name="小宝", gender="男"), one("b", "pos")) == []
    assert found(one("a", "crm", gender="保密"), one("b", "pos", gender="保密")) == []
    assert found(one("a", "crm", name="小宝", gender="M"), one("b", "pos", name="大宝", gender="M")) == []


def test_another_kind_or_day_or_nothing_said_is_another_one() -> None:
    assert found(one("a", "crm", name="x"), one("b", "pos", name="x", birthday="2026-05-02")) == []
    assert found(one("a", "crm", name="x"), one("b", "pos", name="x", birthday=None)) == []
    assert found(one("a", "crm", "APPLIANCE"), one("b", "pos", "APPLIANCE")) == []  # type: ignore[arg-type]
    robots = [one(key, source, kind="APPLIANCE", serial="S1") for key, source in (("a", "crm"), ("b", "pos"))]
    assert found(*robots) == [["a", "b"]]
    assert found(one("a", "crm", kind="CAT", name="x"), one("b", "pos", kind="CAT", name="x")) == []


def test_one_source_knows_its_own() -> None:
    assert found(one("a", "crm", name="x"), one("b", "crm", name="x")) == []
    assert found(one("a", "crm pos", name="x"), one("b", "pos app", name="x")) == []


def test_twins_stay_two_even_when_the_other_source_registered_one() -> None:
    twins = one("a", "crm", 1, gender="M"), one("b", "crm", 1, gender="M")
    assert found(*twins, one("c", "pos", 2, gender="M")) == [["a", "c"]]
    assert found(*twins, one("c", "pos", 2, gender="M"), one("d", "pos", 2, gender="M")) == [
        ["a", "c"],
        ["b", "d"],
    ]
    named = one("a", "crm", 1, name="大宝"), one("b", "crm", 1, name="小宝")
    assert found(*named, one("c", "pos", 2, name="小宝")) == [["b", "c"]]


def test_within_a_group_every_two_fit() -> None:
    ones = (
        one("a", "crm", name="大宝", gender="M"),
        one("b", "pos", gender="M"),
        one("c", "app", name="小宝", gender="M"),
    )
    assert found(*ones) == [["a", "b"]]


def test_who_was_taken_apart_stays_apart() -> None:
    ones = one("a", "crm", name="x"), one("b", "pos", name="x"), one("c", "app", name="x")
    assert found(*ones) == [["a", "b", "c"]]
    assert found(*ones, apart=(("b", "a"),)) == [["a", "c"]]
