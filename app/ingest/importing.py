"""Importing a file: some units of work at a time, and going on after a stop.

How far a file is, is in the graph, on an `Import` node named by the digest of the file: the window, and which
of its units are stored. It moves on after every unit; what a stop leaves between the two is stored again,
which changes nothing. The file of rejects is cut back to where the node says it was, so that every rejected
line is in it once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.errors import BadInput
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph
from app.ingest.grouping import Group, lanes
from app.ingest.lines import Survey, Window
from app.ingest.model import Observation, from_line
from app.ingest.problems import Malformed
from app.ingest.rejects import Rejects
from app.ingest.service import Ingest, Rejection, malformed
from app.ingest.sources import Source

_FIND = read_query("ingest/import_find")
_STORE = write_query("ingest/import_store")
UNIT = 1000
"""Observations in one unit of work."""
AT_ONCE = 3
"""Units under way at the same time: while Neo4j stores one, the next is decided."""
PATIENCE = 120.0
"""Seconds that a unit waits for others before the import gives up."""

Told = Callable[[int], None]
"""Called with how many more lines are done."""


@dataclass(slots=True)
class Progress:
    """How far an import is. `line` and `offset` are where its window begins, in lines and bytes before it.

    `plan` is a digest of how the window was cut into units, `done` are the numbers of those that are stored,
    `rejects` the bytes of the file of rejects, `policy` the version that the import began under.
    """

    key: str
    name: str
    size: int
    policy: int
    line: int = 0
    offset: int = 0
    plan: str = ""
    done: tuple[int, ...] = ()
    accepted: int = 0
    rejected: int = 0
    warnings: tuple[str, ...] = ()
    """Codes of warnings, and `warned` how often each was given."""
    warned: tuple[int, ...] = ()
    rejects: int = 0

    @property
    def finished(self) -> bool:
        """Whether all of the file is stored."""
        return self.offset >= self.size

    @property
    def begun(self) -> bool:
        """Whether some of it is."""
        return self.offset > 0 or bool(self.done)

    def reset(self) -> None:
        """Back to the beginning of the file."""
        self.line = self.offset = self.accepted = self.rejected = self.rejects = 0
        self.plan, self.done, self.warnings, self.warned = "", (), (), ()

    def count(self, accepted: int, rejected: Sequence[Rejection], warnings: Sequence[Rejection]) -> None:
        """Add up what became of some lines."""
        self.accepted += accepted
        self.rejected += len(rejected)
        codes = Counter(dict(zip(self.warnings, self.warned, strict=True)))
        codes.update(one.code for one in warnings)
        self.warnings, self.warned = tuple(sorted(codes)), tuple(codes[code] for code in sorted(codes))


async def known(graph: Graph, found: Survey, name: str) -> Progress | None:
    """How far the file is; None when nothing of it was imported."""
    row = await graph.reader().row(_FIND, key=found.digest)
    if row is None:
        return None
    stored: dict[str, Any] = {
        field: tuple(value) if isinstance(value, list) else value for field, value in row.data().items()
    }
    return Progress(found.digest, name, found.size, **stored)


async def run(ingest: Ingest, source: Source, rejects: Rejects, progress: Progress, told: Told) -> None:
    """Import the rest of the file; `progress` moves with it. Raises Unavailable, BadInput."""
    rejects.cut(progress.rejects)
    while not progress.finished:
        found = await asyncio.to_thread(source.window, progress.line, progress.offset)
        if found.offset == progress.offset:
            raise BadInput(f"{source.path} has become shorter while it was imported", code="FILE_CHANGED")
        plan = await asyncio.to_thread(lanes, found.texts, UNIT, AT_ONCE)
        digest = sha256(repr(plan).encode()).hexdigest()
        if progress.done and progress.plan != digest:
            # Another version cut the window: which lines its units were, nobody knows any more.
            progress.reset()
            rejects.cut(0)
            continue
        progress.plan = digest
        await _Windowed(ingest, rejects, progress, told, found).run(plan)


class _Windowed:
    """The import of one window."""

    def __init__(
        self, ingest: Ingest, rejects: Rejects, progress: Progress, told: Told, found: Window
    ) -> None:
        self.ingest, self.rejects, self.progress, self.told = ingest, rejects, progress, told
        self.window = found
        self.turn = asyncio.Lock()

    async def run(self, plan: Sequence[Sequence[Group]]) -> None:
        """Store every unit that is not stored yet; then the next window begins."""
        number, numbered = 0, []
        for lane in plan:
            numbered.append(list(enumerate(lane, start=number)))
            number += len(lane)
        try:
            async with asyncio.TaskGroup() as tasks:
                for units in numbered:
                    tasks.create_task(self._lane(units))
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        await self._end()

    async def _lane(self, units: Sequence[tuple[int, Group]]) -> None:
        done = set(self.progress.done)
        self.told(sum(len(unit) for number, unit in units if number in done))
        for number, unit in units:
            if number not in done:
                await self._unit(number, unit)

    async def _unit(self, number: int, unit: Group) -> None:
        observations: dict[int, Observation] = {}
        rejected: list[Rejection] = []
        for index in unit:
            try:
                observations[self.window.numbers[index]] = from_line(self.window.texts[index])
            except Malformed as error:
                rejected.append(malformed(self.window.numbers[index], error))
        taken = await self.ingest.take(observations, patience=PATIENCE)
        async with self.turn:
            self.progress.done += (number,)
            await self._note(taken.accepted, [*rejected, *taken.rejected], taken.warnings)
        self.told(len(unit))

    async def _end(self) -> None:
        """Begin the next window, with the rejects that were in no unit: lines too long, rows of a table that
        the mapping cannot read.
        """
        rejected = [malformed(number, error) for number, error in self.window.malformed.items()]
        self.told(self.window.line - self.progress.line - len(self.window.texts))
        self.progress.line = self.window.line
        self.progress.offset = self.window.offset
        self.progress.plan, self.progress.done = "", ()
        await self._note(0, rejected, [])

    async def _note(
        self, accepted: int, rejected: Sequence[Rejection], warnings: Sequence[Rejection]
    ) -> None:
        """Rejects first, then the progress that vouches for them."""
        self.progress.rejects = await asyncio.to_thread(self.rejects.add, rejected, self.window)
        self.progress.count(accepted, rejected, warnings)
        row: dict[str, Any] = {field: getattr(self.progress, field) for field in Progress.__slots__}
        row |= {field: list(row[field]) for field in ("done", "warnings", "warned")}
        await self.ingest.identity.graph.unit(lambda writer: writer.rows(_STORE, rows=row))
