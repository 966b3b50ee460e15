"""Scores against figures worked out by hand, and against a slow count of every item and every pair."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.connected import connected
from app.identity.quality.scores import Score, compared, numbered, overlap, score, worst
from tests.identity import many

TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y", "f": "z"}


def test_figures_worked_out_by_hand() -> None:
    found = compared(TRUTH, FOUND)
    # Each item: of its found group, of its true person. a, b: 2/2 and 2/3; c: 1/3 and 1/3; d, e: 2/3 and 2/2.
    assert found.bcubed_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    # Joined pairs: ab, cd, ce, de, of which ab and de are right; true pairs: ab, ac, bc, de.
    assert (found.pair_precision, found.pair_recall) == (2 / 4, 2 / 4)
    assert (found.items, found.missing, found.largest) == (6, 0, 3)


def test_nothing_joined_is_precise_and_nobody_is_complete() -> None:
    assert compared({}, {}) == Score(0, 0, 1, 1, 1, 1, 0)
    alone = compared({"a": 1, "b": 1}, {"a": "x", "b": "y", "stranger": "x"})
    assert alone == Score(2, 0, 1, 0.5, 1, 0, 1)
    assert compared({"a": 1, "b": 2}, {"a": "x"}).missing == 1


def test_the_worst_errors_are_counted_in_pairs() -> None:
    truth, people = numbered(TRUTH.values())
    found, groups = numbered(FOUND.values())
    met = overlap(truth, found)
    assert dict(zip(groups, met.wrong_pairs.tolist(), strict=True)) == {"x": 0, "y": 2, "z": 0}
    assert dict(zip(people, met.missed_pairs.tolist(), strict=True)) == {1: 2, 2: 0, 3: 0}
    assert [groups[one] for one in worst(met.wrong_pairs, 10)] == ["y"]
    assert worst(np.array([1, 0, 3, 1, 2]), 3) == [2, 4, 0]


def slowly(truth: dict[int, int], found: dict[int, int]) -> list[float]:
    """The definitions, item by item and pair by pair."""
    items = sorted(truth)
    precision = recall = 0.0
    for one in items:
        mine = {other for other in items if truth[other] == truth[one]}
        with_me = {other for other in items if found[other] == found[one]}
        precision += len(mine & with_me) / len(with_me)
        recall += len(mine & with_me) / len(mine)
    true_pairs = {pair for pair in combinations(items, 2) if truth[pair[0]] == truth[pair[1]]}
    joined = {pair for pair in combinations(items, 2) if found[pair[0]] == found[pair[1]]}
    both = len(true_pairs & joined)
    return [
        precision / len(items) if items else 1,
        recall / len(items) if items else 1,
        both / len(joined) if joined else 1,
        both / len(true_pairs) if true_pairs else 1,
    ]


@many.pure(100)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_the_same_as_the_definitions(rows: list[tuple[int, int]]) -> None:
    truth = {number: person for number, (person, _) in enumerate(rows)}
    found = {number: group for number, (_, group) in enumerate(rows)}
    scores = compared(truth, found)
    assert [
        scores.bcubed_precision,
        scores.bcubed_recall,
        scores.pair_precision,
        scores.pair_recall,
    ] == pytest.approx(slowly(truth, found))
    turned = compared(found, truth)
    assert (turned.bcubed_precision, turned.pair_precision) == pytest.approx(
        (scores.bcubed_recall, scores.pair_recall)
    )
    met = overlap(numbered(truth.values())[0], numbered(found.values())[0])
    wrong = sum(truth[a] != truth[b] for a, b in combinations(truth, 2) if found[a] == found[b])
    missed = sum(found[a] != found[b] for a, b in combinations(truth, 2) if truth[a] == truth[b])
    assert (met.wrong_pairs.sum(), met.missed_pairs.sum()) == (wrong, missed)


@many.pure(100)
@given(st.integers(0, 12), st.data())
def test_plain_components_are_what_a_walk_reaches(size: int, data: st.DataObject) -> None:
    ends = st.integers(0, max(size - 1, 0))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=15)) if size else []
    a = np.array([one for one, _ in pairs], np.int64)
    b = np.array([other for _, other in pairs], np.int64)
    component = connected(size, a, b).tolist()
    for start in range(size):
        reached, waiting = {start}, [start]
        while waiting:
            at = waiting.pop()
            near = {y for x, y in (*pairs, *((y, x) for x, y in pairs)) if x == at} - reached
            reached |= near
            waiting += near
        assert {one for one in range(size) if component[one] == component[start]} == reached


def test_a_large_world_is_counted_in_columns() -> None:
    """360,000 items in groups of three, every third group joined with the next: exact figures."""
    truth = np.arange(360_000) // 3
    found = np.where(truth % 3 == 1, truth - 1, truth)
    scores = score(overlap(truth, numbered(found.tolist())[0]))
    assert scores.items == 360_000
    merged = (truth % 3 != 2).sum() / 360_000
    assert scores.bcubed_precision == pytest.approx(merged / 2 + (1 - merged))
    assert (scores.bcubed_recall, scores.pair_recall, scores.largest) == (1, 1, 6)
