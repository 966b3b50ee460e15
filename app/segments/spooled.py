"""OneIDs that a statement finds, in their order, in a file that is gone with the process: as much memory for
a million as for a thousand, and no statement that waits while somebody writes.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any

from app.graph.sessions import Reader
from app.rules.compiler import Compiled


@dataclass(slots=True)
class Spooled:
    """What was found. last: of people with a rank, the greatest rank with its OneID."""

    file: IO[str]
    count: int = 0
    last: tuple[tuple[float, ...], str] | None = None

    def __iter__(self) -> Iterator[str]:
        """The OneIDs from the first, each time it is asked for."""
        self.file.seek(0)
        return (line.rstrip("\n") for line in self.file)


@asynccontextmanager
async def spooled(reader: Reader, asked: Compiled | None, seconds: float) -> AsyncIterator[Spooled]:
    """What the statement of `compiler_choice.everybody` finds; nothing without one. Raises TimedOut."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="oneid-") as file:
        found = Spooled(file)
        if asked is not None:
            async for row in reader.compiled_stream(asked.text, asked.params, timeout=seconds):
                _take(found, row["oneId"], row["rank"])
        yield found


def _take(found: Spooled, one_id: str, rank: Any) -> None:
    found.file.write(f"{one_id}\n")
    found.count += 1
    if rank is not None:
        here = (tuple(rank), one_id)
        found.last = here if found.last is None else max(found.last, here)
