"""The arguments that decide every byte of the demo world, and the random numbers that follow from them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

DAYS = 540  # the world lasts this long and ends at `until`


@dataclass(frozen=True)
class World:
    """The arguments that decide every byte: number of people, seed, and the day on which it ends."""

    people: int
    seed: int
    until: date

    @property
    def start(self) -> int:
        """First second of the world, in seconds of the epoch."""
        end = datetime(self.until.year, self.until.month, self.until.day, tzinfo=UTC)
        return int((end - timedelta(days=DAYS)).timestamp())

    def rng(self, purpose: str, index: int) -> random.Random:
        """Random numbers for one purpose and person, whatever else was drawn before."""
        return random.Random(f"{self.seed}/{purpose}/{index}")

    def unique(self, purpose: str, number: int, digits: int) -> str:
        """A number of so many digits: for one purpose, another one for each `number`."""
        factor, shift = _scatter(self, purpose, digits)
        return f"{(number * factor + shift) % 10**digits:0{digits}d}"


@lru_cache(maxsize=64)
def _scatter(world: World, purpose: str, digits: int) -> tuple[int, int]:
    """Factor and shift of a one-to-one map of the numbers of so many digits."""
    rng = world.rng(purpose, digits)
    return rng.randrange(10**digits // 10) * 10 + rng.choice((1, 3, 7, 9)), rng.randrange(10**digits)
