"""Importing a file: window by window, several units of work at a time, and going on after a stop.

How far a file is, is in the graph: an `Import` node, named by the digest of the file, that moves on when all
of a window is stored. What was stored of a window that a stop interrupted is stored again, to no effect.
The file of rejects is cut back to where the last whole window left it, so that a line is in it once.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import BadInput
from app.graph.queries import read_query, write_query
from app.ingest.model import Observation
from app.ingest.service import Ingest, Rejection, malformed
from app.ingest.windows import Window, units, windows

_FIND = read_query("ingest/import_find")
_STORE = write_query("ingest/import_store")
UNIT = 1000
"""Observations in one unit of work."""
AT_ONCE = 3
"""Units under way at the same time: while Neo4j stores one, the next is decided."""
PATIENCE = 120.0
"""Seconds that a unit waits for others before the import gives up."""


@dataclass(slots=True)
class Progress:
    """How far an import is. `offset` and `rejects` are bytes of the file and of the file of rejects."""

    key: str
    name: str
    size: int
    line: int = 0
    offset: int = 0
    accepted: int = 0
    rejected: int = 0
    warnings: int = 0
    rejects: int = 0
    resumed: bool = False

    @property
    def done(self) -> bool:
        return self.offset >= self.size


Told = Callable[[int], None]
"""Called with how many more observations are stored."""


async def start(ingest: Ingest, path: Path) -> Progress:
    """How far the file is. Raises BadInput when it cannot be read."""
    try:
        key, size = await asyncio.to_thread(_digest, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", field=("FILE",)) from None
    row = await ingest.identity.graph.reader().row(_FIND, key=key)
    if row is None:
        return Progress(key, path.name, size)
    return Progress(key, path.name, size, **{name: row[name] for name in _STORED}, resumed=True)


_STORED = ("line", "offset", "accepted", "rejected", "warnings", "rejects")


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


async def run(ingest: Ingest, path: Path, rejects: Path, progress: Progress, told: Told) -> None:
    """Import the rest of the file; `progress` moves with it."""
    with path.open("rb") as file, _reopened(rejects, progress.rejects) as refused:
        for window in windows(file, progress.line, progress.offset):
            await _window(ingest, window, refused, progress, told)


def _reopened(path: Path, size: int) -> BinaryIO:
    """The file of rejects, as long as it was when the last window was stored."""
    path.touch(mode=0o600)
    file = path.open("r+b")
    file.truncate(min(size, path.stat().st_size))
    file.seek(0, os.SEEK_END)
    return file


async def _window(ingest: Ingest, window: Window, refused: BinaryIO, progress: Progress, told: Told) -> None:
    rejected = [malformed(number, error) for number, error in window.malformed.items()]
    accepted = warnings = 0
    gate = asyncio.Semaphore(AT_ONCE)

    async def unit(observations: dict[int, Observation]) -> None:
        nonlocal accepted, warnings
        async with gate:
            taken = await ingest.take(observations, patience=PATIENCE)
        rejected.extend(taken.rejected)
        accepted += taken.accepted
        warnings += len(taken.warnings)
        told(len(observations))

    async with asyncio.TaskGroup() as tasks:
        for observations in units(window.observations, UNIT):
            tasks.create_task(unit(observations))
    told(len(window.malformed))
    for one in sorted(rejected, key=lambda one: one.index):
        refused.write(json.dumps(_reject(one), ensure_ascii=False).encode() + b"\n")
    refused.flush()
    os.fsync(refused.fileno())
    progress.line, progress.offset, progress.rejects = window.line, window.offset, refused.tell()
    progress.accepted += accepted
    progress.rejected += len(rejected)
    progress.warnings += warnings
    await _store(ingest, progress)


def _reject(one: Rejection) -> dict[str, Any]:
    return {
        "line": one.index,
        "id": one.id,
        "code": one.code,
        "message": one.message,
        "field": list(one.field),
    }


async def _store(ingest: Ingest, progress: Progress) -> None:
    row = asdict(progress)
    row.pop("resumed")
    await ingest.identity.graph.unit(lambda writer: writer.rows(_STORE, **row))
