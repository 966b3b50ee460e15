"""Files that are tables: which format, where the header is, and the rows below it one by one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import BadInput
from app.ingest.encodings import MARK, encoding_of
from app.ingest.records import Cells, Format, Layout, records, separator, sheet

REJECTED = ("oneid:line", "oneid:id", "oneid:code", "oneid:reason")
"""The columns that a file of rejects has before those of the table: by the first of them it is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line of the file, or the number in its sheet or table, from 1; and what it cannot be read
    for.
    """

    line: int
    cells: Cells
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An open table. `rejects`: it is a file of rejects, whose rows say themselves which line they were."""

    path: Path
    format: Format
    columns: Cells
    header: int
    layout: Layout
    rejects: bool = False

    def rows(self) -> Iterator[Row]:
        """The rows below the header, without blank ones."""
        for line, cells in records(self.path, self.format, self.layout):
            if line > self.header and any(cells):
                yield _checked(line, cells, len(self.columns))


def format_of(path: Path) -> Format | None:
    """What kind of table the file is, by its first bytes; None for lines of JSON. Raises BadInput."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", field=("FILE",)) from None
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "excel"
    begins_as_json = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    return None if begins_as_json or path.suffix in (".jsonl", ".ndjson") else "csv"


def opened(path: Path, layout: Layout) -> Table:
    """The table in a file, with its columns. Raises BadInput when there is none, or no such sheet."""
    form = format_of(path)
    if form is None:
        raise BadInput(
            f"{path} holds JSON lines, which are observations as they are",
            code="NOT_A_TABLE",
            field=("FILE",),
            suggestion="import it without a mapping",
        )
    found = _as_it_is(path, form, Layout())
    line, cells = next(records(path, form, found), (0, ()))
    if form == "parquet" or cells[:1] == REJECTED[:1]:
        return Table(path, form, _named(cells), line, found, rejects=cells[:1] == REJECTED[:1])
    known = _as_it_is(path, form, layout)
    for line, cells in records(path, form, known):
        if layout.header == 0:
            return Table(path, form, _named([""] * len(cells)), 0, known)
        if any(cells) if layout.header is None else line >= layout.header:
            return Table(path, form, _named(cells), line, known)
    raise BadInput(f"{path} has no row with column names", code="NO_HEADER", field=("file", "header"))


def _as_it_is(path: Path, form: Format, layout: Layout) -> Layout:
    """The layout with everything that was left out filled in from the file."""
    if form == "csv":
        encoding = encoding_of(path, layout.encoding)
        return Layout(encoding, layout.separator or separator(path, encoding, layout.header or 1), None)
    return Layout(sheet=sheet(path, layout.sheet) if form == "excel" else None)


def _named(cells: Sequence[str]) -> Cells:
    """Column names, each once: a second 手机号 is `手机号 (2)`, one without a name `column 3`."""
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _checked(line: int, cells: Cells, width: int) -> Row:
    """The row; too many cells, too few, or a byte that is no text are its problem."""
    if any(not cell.isascii() and MARK.search(cell) for cell in cells):
        return Row(line, cells, _wrong_byte(line, cells))
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        return Row(line, cells, f"{len(cells)} cells, the table has {width} columns")
    return Row(line, cells)


def _wrong_byte(line: int, cells: Cells) -> str:
    text = ",".join(cells)
    found = MARK.search(text)
    at = found.start() if found else 0
    return f"line {line + text.count(chr(10), 0, at)}: byte 0x{ord(text[at]) - 0xDC00:02X} is no text"
