"""Who matches a rule as a file, CSV or Parquet, in ranges of OneIDs: as much memory for a million as for one.

Each range is read as it is when its turn comes: whoever matches all the while is in it, once. Who the first n
are by a measure is found once, in the beginning.
"""

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules import compiler_choice
from app.rules.choice import EVERY, Choice
from app.rules.compiler import SECONDS
from app.rules.model import Rule
from app.rules.statement import Settings
from app.segments.export_columns import About, Column, Type, cell
from app.segments.files import replaced
from app.segments.spooled import spooled

_ROWS = read_query("segments/exported")

FOUND = 20_000
"""How many OneIDs of those who match are looked up at once."""

READ = 1_000
"""How many people are read in one statement."""

Format = Literal["csv", "parquet"]
Seen = Callable[[int], Awaitable[object]]
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is to hold. bom: a CSV begins with the mark by which Excel knows UTF-8."""

    rule: Rule
    settings: Settings
    columns: Sequence[Column]
    about: About
    format: Format = "csv"
    bom: bool = False
    choice: Choice = EVERY

    @property
    def header(self) -> list[str]:
        """The names of the columns in the file."""
        return [column.header(self.about.pii) for column in self.columns]


async def size(reader: Reader, asked: Asked) -> int:
    """How many people to expect. Raises TimedOut."""
    counted = compiler_choice.count(asked.rule, asked.settings, asked.choice)
    return int((await reader.compiled(counted.text, counted.params, timeout=SECONDS))[0]["n"])


async def pages(reader: Reader, asked: Asked) -> AsyncIterator[Rows]:
    """The rows, a thousand people at a time, in the order of OneIDs. Raises TimedOut."""
    found = _ranges(reader, asked) if asked.choice.limit is None else _once(reader, asked)
    async for one_ids in found:
        yield await _read(reader, asked, one_ids)


async def _ranges(reader: Reader, asked: Asked) -> AsyncIterator[Sequence[str]]:
    """The OneIDs of each range, found when its turn comes."""
    after: str | None = None
    while True:
        found = compiler_choice.page(asked.rule, asked.settings, asked.choice, first=FOUND, after=after)
        rows = await reader.compiled(found.text, found.params, timeout=SECONDS)
        one_ids = [row["oneId"] for row in rows]
        for start in range(0, len(one_ids), READ):
            yield one_ids[start : start + READ]
        if len(one_ids) < FOUND:
            return
        after = one_ids[-1]


async def _once(reader: Reader, asked: Asked) -> AsyncIterator[Sequence[str]]:
    """The OneIDs of those who are taken, found at once and kept beside."""
    every = compiler_choice.everybody(asked.rule, asked.settings, asked.choice)
    async with spooled(reader, every, SECONDS) as found:
        one_ids = iter(found)
        while some := list(islice(one_ids, READ)):
            yield some


async def _read(reader: Reader, asked: Asked, one_ids: Sequence[str]) -> Rows:
    brands = asked.settings.brands
    rows = await reader.rows(
        _ROWS,
        p={
            "people": list(one_ids),
            "kinds": [column.kind for column in asked.columns if column.kind is not None],
            "brands": None if brands is None else list(brands),
            "asOf": asked.settings.clock.as_of,
        },
    )
    return [[column.value(row, asked.about) for column in asked.columns] for row in map(dict, rows)]


async def write(reader: Reader, asked: Asked, file: Path, seen: Seen) -> int:
    """Write the file, which appears when it is whole; returns how many people are in it. `seen` is told the
    number of each page. Raises BadInput (BAD_FILE), TimedOut.
    """
    with replaced(file) as draft:
        return await (_csv if asked.format == "csv" else _parquet)(reader, asked, draft, seen)


async def _csv(reader: Reader, asked: Asked, draft: Path, seen: Seen) -> int:
    count = 0
    with draft.open("w", encoding="utf-8-sig" if asked.bom else "utf-8", newline="") as text:
        table = csv.writer(text, lineterminator="\n")
        table.writerow(asked.header)
        async for rows in pages(reader, asked):
            table.writerows([cell(value) for value in row] for row in rows)
            count += len(rows)
            await seen(len(rows))
    return count


async def _parquet(reader: Reader, asked: Asked, draft: Path, seen: Seen) -> int:
    """Each page is a small file beside the draft; in the end they are streamed into one."""
    count = 0
    import polars as pl  # only here: it is large, and every other command starts without it

    types = _types()
    schema = {name: types[column.type] for name, column in zip(asked.header, asked.columns, strict=True)}
    with TemporaryDirectory(prefix=".export-", dir=draft.parent) as folder:
        parts = [_part(Path(folder) / "000000000.parquet", [], schema)]
        async for rows in pages(reader, asked):
            parts.append(_part(Path(folder) / f"{len(parts):09}.parquet", rows, schema))
            count += len(rows)
            await seen(len(rows))
        pl.scan_parquet(parts).sink_parquet(draft)
    return count


def _types() -> dict[Type, Any]:
    """What a column's type is in Parquet."""
    import polars as pl

    return {
        "text": pl.String(),
        "texts": pl.List(pl.String()),
        "number": pl.Int64(),
        "amount": pl.Decimal(38, 4),
        "time": pl.Datetime("us", "UTC"),
        "date": pl.Date(),
    }


def _part(file: Path, rows: Rows, schema: dict[str, Any]) -> Path:
    import polars as pl

    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(file)
    return file
