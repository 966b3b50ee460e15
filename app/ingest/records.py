"""The records of a table, one by one with their numbers, every cell as a text.

What a cell is as a text is the same wherever it comes from: a phone number that Excel keeps as 13800138000.0
is 13800138000, a date is 2026-01-31, a time 2026-01-31T08:30:00. CSV is read by Python's own reader: it
decodes piece by piece and knows the line that a row begins in. Parquet is read in batches; an Excel sheet,
which has a million rows at most, is held in memory.
"""

import csv
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, Literal

import python_calamine as calamine

from app.errors import BadInput
from app.ingest.encodings import MARKED

Format = Literal["csv", "excel", "parquet"]
Cells = tuple[str, ...]

TOO_LONG = "\udfff"
"""Stands before the digits of a number that Excel has cut: see `_number`."""
_EXACT_DIGITS = 15  # what Excel keeps of a number
_MAX_UNPACKED = 2 * 1024**3
_SEPARATORS = (",", "\t", ";", "|")
_BATCH = 10_000
_LIST = ";"  # between the items of a list in a cell of Parquet


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is to be read; None: as it looks.

    `header` is the row of the column names, from 1; 0: there is none.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header: int | None = None


def records(path: Path, form: Format, layout: Layout) -> Iterator[tuple[int, Cells]]:
    """Every record of a file; of Parquet the names of the columns as record 0. Raises BadInput."""
    if form == "csv":
        return _lines(path, layout)
    return _sheet_rows(path, layout) if form == "excel" else _parquet_rows(path)


def _lines(path: Path, layout: Layout) -> Iterator[tuple[int, Cells]]:
    with path.open(encoding=layout.encoding, errors=MARKED, newline="") as text:
        reader = csv.reader(text, delimiter=layout.separator or ",")
        line = 1
        try:
            for cells in reader:
                yield line, tuple(map(str.strip, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(
                f"{path} cannot be read from line {line} on: {error}",
                code="BAD_FILE",
                field=("FILE",),
                suggestion="is a quotation mark in that line never closed?",
            ) from None


def separator(path: Path, encoding: str, header: int) -> str:
    """What stands between the cells: the separator that the header has most of, outside quotes."""
    with path.open(encoding=encoding, errors=MARKED, newline="") as text:
        head = [line for line in (text.readline(65_536) for _ in range(header + 9)) if line.strip()]
    bare = "".join((head[header - 1 :] or head or [""])[0].split('"')[::2])
    return max(_SEPARATORS, key=lambda one: (bare.count(one), -_SEPARATORS.index(one)))


def _workbook(path: Path) -> calamine.CalamineWorkbook:
    with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MAX_UNPACKED:
            raise BadInput(f"{path} unpacks to more than 2 GiB", code="TOO_LARGE", field=("FILE",))
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.CalamineError as error:
        raise BadInput(f"{path} cannot be read: {error}", code="BAD_FILE", field=("FILE",)) from None


def sheet(path: Path, name: str | None) -> str:
    """The sheet of that name, without one the first. Raises BadInput (NO_SUCH_SHEET)."""
    names = _workbook(path).sheet_names
    if name is None and names:
        return names[0]
    if name is None or name not in names:
        raise BadInput(
            f"{path} has no sheet {name!r}",
            code="NO_SUCH_SHEET",
            field=("file", "sheet"),
            suggestion=f"its sheets: {', '.join(names)}",
        )
    return name


def _sheet_rows(path: Path, layout: Layout) -> Iterator[tuple[int, Cells]]:
    found = _workbook(path).get_sheet_by_name(str(layout.sheet))
    for number, cells in enumerate(found.iter_rows(), start=1):
        yield number, tuple(_text(cell, _number) for cell in cells)


def _parquet_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """The names as record 0, then the rows."""
    import polars  # only here: it is large, and every other command starts without it

    try:
        frame = polars.scan_parquet(path, glob=False)
        yield 0, tuple(frame.collect_schema().names())
        number = 0
        for batch in frame.collect_batches(chunk_size=_BATCH, maintain_order=True, lazy=True):
            for cells in batch.iter_rows():
                number += 1
                yield number, tuple(_text(cell, _exact) for cell in cells)
    except polars.exceptions.PolarsError as error:
        raise BadInput(f"{path} cannot be read: {error}", code="BAD_FILE", field=("FILE",)) from None


def _text(value: Any, number: Any) -> str:
    """A cell as a text; `number` says how a float is written."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(number(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return _LIST.join(_text(one, number) for one in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def _number(value: float) -> str:
    """A number of Excel, to the 15 digits that Excel keeps: of a longer card number the rest are made up."""
    text = format(Decimal(f"{value:.{_EXACT_DIGITS}g}"), "f")
    return TOO_LONG + text if abs(value) >= 10**_EXACT_DIGITS else text


def _exact(value: float) -> str:
    """A number as it is, without a fraction that says nothing."""
    if isfinite(value) and value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f") if isfinite(value) else ""
