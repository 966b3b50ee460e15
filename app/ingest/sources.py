"""Where observations come from: lines of JSON, or the rows of a table by a mapping. Window by window."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol

from app.errors import BadInput
from app.ingest import lines
from app.ingest.converting import Converter
from app.ingest.lines import Survey, Window
from app.ingest.mapping import NOTHING, Known, Mapping, check, layout_of, load_mapping
from app.ingest.problems import Malformed
from app.ingest.tables import Row, Table, format_of, opened

WINDOW_ROWS = 100_000
WINDOW_BYTES = 64 * 1024 * 1024


class Source(Protocol):
    """A file of observations."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """The names of a table's columns; None of lines of JSON."""

    def survey(self) -> Survey:
        """What is imported, by a digest, and how large it is. Reads the file through once."""

    def window(self, line: int, offset: int) -> Window:
        """The window that begins after so many lines and bytes, or rows; at the end it goes no further."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of one JSON object a line."""

    path: Path
    columns: None = None

    def survey(self) -> Survey:
        """Known by its bytes."""
        return lines.survey(self.path)

    def window(self, line: int, offset: int) -> Window:
        """The next lines."""
        with self.path.open("rb") as file:
            return lines.window(file, line, offset)


@dataclass(slots=True)
class Rows:
    """A table, read by a mapping. Places in it are counted in rows: a row of CSV may be several lines.

    `zone` is the time zone of times without one, where the mapping says none; `most` the rows of a window.
    """

    table: Table
    mapping: Mapping
    zone: str
    most: int | None = None
    converter: Converter = field(init=False)
    _rows: Iterator[Row] = field(init=False)
    _at: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.converter = Converter(self.mapping, self.table, self.zone)
        self._rows = self.table.rows()

    @property
    def path(self) -> Path:
        """The file."""
        return self.table.path

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.columns

    def survey(self) -> Survey:
        """Known by its bytes and the mapping: by another one, other observations are in it."""
        found = lines.survey(self.path)
        count = sum(1 for _ in self.table.rows())
        told = f"{found.digest} {self.mapping.digest} {self.zone}"
        return Survey(sha256(told.encode()).hexdigest(), count, count)

    def window(self, line: int, offset: int) -> Window:
        """The next rows, as observations where they can be."""
        if offset != self._at:
            self._rows, self._at = islice(self.table.rows(), offset, None), offset
        found, size = Window(offset, offset), 0
        for row in self._rows:
            found.rows[row.line] = row.cells
            try:
                text = self.converter.line(row)
                found.numbers.append(row.line)
                found.texts.append(text)
                size += len(text)
            except Malformed as error:
                found.malformed[row.line] = error
            if len(found.rows) >= (self.most or WINDOW_ROWS) or size >= WINDOW_BYTES:
                break
        found.line = found.offset = self._at = offset + len(found.rows)
        return found


def source_of(path: Path, mapping: str | None, zone: str, known: Known = NOTHING) -> Source:
    """The observations of a file; `mapping` is the text of one. Raises BadInput, MappingInvalid."""
    if mapping is None:
        if format_of(path) is not None:
            raise BadInput(
                f"{path} is a table: which column is what?",
                code="MAPPING_REQUIRED",
                field=("--mapping",),
                suggestion=f"oneid mapping init {path} > mapping.yaml, then --mapping mapping.yaml",
            )
        return Lines(path)
    table = table_of(path, mapping)
    return Rows(table, load_mapping(mapping, Known(table.columns, known.kinds)), zone)


def table_of(path: Path, mapping: str) -> Table:
    """The table in a file, read as the mapping's `file` says. Raises BadInput, MappingInvalid."""
    return opened(path, layout_of(mapping))


def check_kinds(source: Source, kinds: Collection[str]) -> None:
    """Raises MappingInvalid when a mapping names a kind that the policy has not."""
    if isinstance(source, Rows):
        check(source.mapping, Known(source.columns, kinds))
