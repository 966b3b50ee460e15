"""What is kept between requests: bounded by weight, the longest unused goes first, every get is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.planner_kept import Kept


class _Plain:
    """The same in the plainest way: a list of (key, weight), the last used last."""

    def __init__(self, most: int) -> None:
        self.most, self.rows, self.hits, self.misses = most, list[tuple[str, int]](), 0, 0

    def get(self, key: str, weight: int) -> None:
        found = [row for row in self.rows if row[0] == key]
        self.hits, self.misses = self.hits + len(found), self.misses + 1 - len(found)
        self.rows = [row for row in self.rows if row[0] != key] + (found or [(key, weight)])
        while sum(row[1] for row in self.rows) > self.most:
            self.rows.pop(0)


@given(st.integers(1, 8), st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 5)), max_size=60))
def test_what_is_kept_is_what_was_used_last(most: int, gets: list[tuple[str, int]]) -> None:
    kept, plain, weights = Kept[str](most), _Plain(most), dict[str, int]()
    for key, weight in gets:
        own = weights.setdefault(key, weight)
        assert kept.get(key, key.upper, own) == key.upper()
        plain.get(key, own)
        assert list(kept._values) == [row[0] for row in plain.rows]
        assert kept.weight == sum(row[1] for row in plain.rows) <= most
        assert (kept.hits, kept.misses) == (plain.hits, plain.misses)


def test_the_longest_unused_makes_room() -> None:
    kept, made = Kept[str](3), list[str]()

    def get(key: str) -> None:
        kept.get(key, lambda: made.append(key) or key)

    for key in "abcadab":
        get(key)
    assert "".join(made) == "abcdb"  # b went for d, though a is older


def test_what_cannot_be_made_is_not_kept() -> None:
    kept = Kept[int](3)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.get("key", lambda: 1 // 0)
    assert (len(kept), kept.weight, kept.misses) == (0, 0, 2)
