"""What is kept between requests: the most recently used, bounded by weight, and counted."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Kept(Generic[T]):
    """The most recently used values by key, of at most `most` weight; /metrics tells what was counted."""

    most: int
    hits: int = 0
    misses: int = 0
    weight: int = 0
    _values: OrderedDict[Hashable, tuple[T, int]] = field(default_factory=OrderedDict)

    def get(self, key: Hashable, make: Callable[[], T], weight: int = 1) -> T:
        """The value of the key, made when it is not there; the longest unused ones make room."""
        if key in self._values:
            self.hits += 1
            self._values.move_to_end(key)
            return self._values[key][0]
        self.misses += 1
        value = make()
        self._values[key] = value, weight
        self.weight += weight
        while self.weight > self.most:
            self.weight -= self._values.popitem(last=False)[1][1]
        return value

    def __len__(self) -> int:
        return len(self._values)
