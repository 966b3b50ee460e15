"""Recency, frequency and monetary value as scores from 1 to 5. Pure; whole numbers alone, no float decides.

Four bounds part the five scores, each the last value of its score: of days since the last order the first
bound ends score 5, of orders and money it ends score 1. So a score is 5 less the bounds that the days have
passed, or 1 more than the bounds that orders or money have passed, and equal values always have equal
scores.

By quantiles the bounds are those of the whole base: of n sorted values the k-th bound is the one at place
(n - 1) * k // 5, counted from 0. That is the lower of the two values that the usual (linear) quantile lies
between, and as nobody has a value in between, the scores are those of the linear quantile as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
BOUNDS = 4


class Bounds(NamedTuple):
    """The four bounds of each: days, orders, minor units. Ascending; equal ones leave a score without
    people.
    """

    recency: tuple[int, ...]
    frequency: tuple[int, ...]
    monetary: tuple[int, ...]


class Scores(NamedTuple):
    """Scores from 1 (worst) to 5 (best)."""

    recency: int
    frequency: int
    monetary: int


def quantiles(values: Numbers) -> tuple[int, ...]:
    """The bounds of some values; of none, none."""
    if not len(values):
        return ()
    places = [(len(values) - 1) * part // (BOUNDS + 1) for part in range(1, BOUNDS + 1)]
    return tuple(int(one) for one in np.partition(values, places)[places])


def bounds_of(days: Numbers, orders: Numbers, money: Numbers) -> Bounds:
    """The bounds by quantiles of a base."""
    return Bounds(quantiles(days), quantiles(orders), quantiles(money))


def passed(values: Numbers, bounds: Sequence[int]) -> Numbers:
    """How many bounds each value is greater than."""
    return np.searchsorted(np.asarray(bounds, dtype=np.int64), values, side="left")


def scored(days: Numbers, orders: Numbers, money: Numbers, bounds: Bounds) -> list[Scores]:
    """The scores of some people: days since the last order, orders, and money in minor units, each by
    place.
    """
    recency = BOUNDS + 1 - passed(days, bounds.recency)
    frequency = 1 + passed(orders, bounds.frequency)
    monetary = 1 + passed(money, bounds.monetary)
    return [Scores(*map(int, one)) for one in zip(recency, frequency, monetary, strict=True)]
