"""How long people take to buy again: intervals between purchases in whole days, counted exactly. Pure.

Orders of one local day are one purchase. An interval is the number of calendar days from one purchase of a
person to its next, so it is at least 1. The median of an even number of intervals is the mean of the two in
the middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise


def intervals(days: Iterable[int]) -> list[int]:
    """From each purchase to the next; `days` are numbers of days, in any order, orders of one day several
    times.
    """
    sorted_days = sorted(set(days))
    return [later - earlier for earlier, later in pairwise(sorted_days)]


@dataclass
class Cycle:
    """The intervals of many people together.

    buyers: people with a purchase. repeaters: those with two or more. purchases: days on which somebody
    bought.
    """

    buyers: int = 0
    repeaters: int = 0
    purchases: int = 0
    counted: Counter[int] = field(default_factory=Counter)

    def add(self, days: Sequence[int]) -> None:
        """Take in the days on which one person bought."""
        between = intervals(days)
        self.buyers += 1
        self.repeaters += bool(between)
        self.purchases += len(between) + 1
        self.counted.update(between)

    @property
    def intervals(self) -> int:
        """How many intervals there are."""
        return self.counted.total()

    @property
    def mean(self) -> float | None:
        """Their mean in days, rounded to 6 decimals, half to even; None without any."""
        if not self.intervals:
            return None
        total = sum(days * count for days, count in self.counted.items())
        return float(round(Fraction(total, self.intervals), 6))

    def quantile(self, part: Fraction) -> float | None:
        """The value that so large a part of them is at most, linear between two; rounded to 6 decimals."""
        if not self.intervals:
            return None
        place = (self.intervals - 1) * part
        low = self._at(int(place))
        high = self._at(min(int(place) + 1, self.intervals - 1))
        return float(round(low + (high - low) * (place - int(place)), 6))

    @property
    def median(self) -> float | None:
        """The one in the middle."""
        return self.quantile(Fraction(1, 2))

    def _at(self, place: int) -> int:
        seen = 0
        for days in sorted(self.counted):
            seen += self.counted[days]
            if place < seen:
                return days
        raise IndexError(place)
