"""Lines in the order in which they arrive: mostly as it happened, some weeks late, some twice.

A year and a half of lines does not have to fit into memory: each week of arrivals is collected in a file
of its own, and the weeks are then sorted one by one.
"""

from __future__ import annotations

import random
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TextIO

from seed.observation import Json, as_line

_WEEK = 7 * 86_400
_LATE, _AGAIN = 0.06, 0.05  # shares of lines that come late, and that come again


class Arrivals:
    """Collects lines with `add` and writes them, once the block ends, to `target` by time of arrival."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.lines = 0
        self._weeks: dict[int, TextIO] = {}

    def __enter__(self) -> Arrivals:
        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(TemporaryDirectory(dir=self.target.parent)))
        return self

    def add(self, rng: random.Random, at: int, line: Json) -> None:
        """Takes one observation that happened at `at` (seconds); draws when it arrives, and whether twice."""
        text = as_line(line)
        arrival = at + (rng.randrange(86_400, 40 * 86_400) if rng.random() < _LATE else rng.randrange(900))
        self._put(arrival, line["id"], text)
        if rng.random() < _AGAIN:
            self._put(arrival + rng.randrange(60, 20 * 86_400), line["id"], text)

    def _put(self, arrival: int, id: str, text: str) -> None:
        week = arrival // _WEEK
        if week not in self._weeks:
            path = self._folder / str(week)
            self._weeks[week] = self._stack.enter_context(path.open("w+", encoding="utf-8", newline="\n"))
        self._weeks[week].write(f"{arrival:012d} {id} {text}")
        self.lines += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if error is None:
                with self.target.open("w", encoding="utf-8", newline="\n") as target:
                    for week in sorted(self._weeks):
                        self._weeks[week].seek(0)
                        target.writelines(row.split(" ", 2)[2] for row in sorted(self._weeks[week]))
