"""Money in minor units, and shares of it: exact, and nothing lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commerce.money import MOST, Unfit, minor
from app.commerce.orders import Line, shared
from app.commerce.shares import shares


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [("129.90", "CNY", 12990), ("1299", "JPY", 1299), ("1.5", "KWD", 1500), ("0", "USD", 0)],
)
def test_minor_units(amount: str, currency: str, units: int) -> None:
    assert minor(Decimal(amount), currency) == units


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("0.5", "JPY", "AMOUNT_TOO_FINE"),
        ("1.001", "CNY", "AMOUNT_TOO_FINE"),
        ("1", "cny", "UNKNOWN_CURRENCY"),
        ("-1", "CNY", "AMOUNT_OUT_OF_RANGE"),
        (str(MOST // 100), "CNY", "AMOUNT_OUT_OF_RANGE"),
    ],
)
def test_what_cannot_be_stored(amount: str, currency: str, code: str) -> None:
    with pytest.raises(Unfit) as raised:
        minor(Decimal(amount), currency)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # one remainder: the earlier
        (10, [1, 2, 4], [1, 3, 6]),  # 1.43, 2.86, 5.71: the largest remainders first
        (5, [0, 0], [3, 2]),  # all 0: equally
        (5, [0, 7], [0, 5]),
        (3, [], []),
    ],
)
def test_largest_remainders(total: int, weights: list[int], expected: list[int]) -> None:
    assert shares(total, weights) == expected


@given(st.integers(0, MOST), st.lists(st.integers(0, MOST), min_size=1, max_size=8))
def test_nothing_is_lost_and_no_share_is_a_unit_off(total: int, weights: list[int]) -> None:
    found = shares(total, weights)
    whole = sum(weights) or len(weights)
    parts = weights if sum(weights) else [1] * len(weights)
    assert sum(found) == total
    for share, weight in zip(found, parts, strict=True):
        assert total * weight // whole <= share <= total * weight // whole + 1


def test_a_refund_goes_to_what_is_left_of_each_line() -> None:
    """The order says 50; the first line's own 30 is part of it, the rest goes by amount less own refund."""
    lines = [Line("p1", 1, 60, 30), Line("p2", 1, 90, 0)]
    found = shared(lines, discount=15, refunded=50)
    assert [(one.discount, one.refunded, one.net) for one in found] == [(6, 35, 25), (9, 15, 75)]
    assert [one.refunded for one in shared(lines, 0, 10)] == [30, 0]
