"""The file of rejects: every line that was not taken, with why, so that it can be mended and imported again.

Of lines of JSON it has one JSON object a line: the line of the import, the id, code, reason, and the
observation as it was. Of a table it is CSV in UTF-8: the same in the first columns, then those of the table.
"""

import csv
import fcntl
import io
import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic_core import from_json

from app.errors import NotAllowed
from app.ingest.encodings import MARK
from app.ingest.lines import Window
from app.ingest.records import TOO_LONG
from app.ingest.service import Rejection
from app.ingest.tables import REJECTED

_BYTE_ORDER_MARK = "\ufeff"  # Excel reads CSV as UTF-8 only behind one


@dataclass(slots=True)
class Rejects:
    """An open file of rejects; `columns` are those of the table that is imported, None: lines of JSON."""

    path: Path
    file: BinaryIO
    columns: Sequence[str] | None = None

    @property
    def size(self) -> int:
        """Its bytes."""
        return os.fstat(self.file.fileno()).st_size

    def cut(self, size: int) -> None:
        """Keep the first `size` bytes."""
        self.file.truncate(size)
        self.file.seek(size)

    def add(self, rejected: Iterable[Rejection], window: Window) -> int:
        """Write rejections of a window, by line, and have them on the disk. Returns the bytes of the file."""
        ordered = sorted(rejected, key=lambda one: one.index)
        if ordered:
            rows = self.columns is not None
            lines = self._rows(ordered, window) if rows else [_line(one, window) for one in ordered]
            self.file.write(b"".join(lines))
            self.file.flush()
            os.fsync(self.file.fileno())
        return self.file.tell()

    def _rows(self, rejected: Iterable[Rejection], window: Window) -> list[bytes]:
        """Rejections with their rows, below the header if they are the first."""
        head = (
            [] if self.file.tell() else [_BYTE_ORDER_MARK.encode(), _row([*REJECTED, *(self.columns or ())])]
        )
        return head + [
            _row(
                [
                    str(one.index),
                    one.id or "",
                    one.code,
                    one.message,
                    *map(_as_it_was, window.rows[one.index]),
                ]
            )
            for one in rejected
        ]

    def finish(self) -> None:
        """Sort it by line, now that all are there; without any there is no file."""
        self.file.seek(0)
        if self.size == 0:
            self.path.unlink(missing_ok=True)
            return
        whole = bytes(self.file.read())
        draft = self.path.with_name(f".{self.path.name}.sorted")
        draft.touch(mode=0o600)
        draft.write_bytes(_sorted_lines(whole) if self.columns is None else _sorted_rows(whole))
        draft.replace(self.path)


def _line(one: Rejection, window: Window) -> bytes:
    told = {"line": one.index, "id": one.id, "code": one.code, "message": one.message}
    told |= {"field": list(one.field)} | _original(one.index, window)
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _original(line: int, window: Window) -> dict[str, Any]:
    """The observation as it was: of what is no JSON the text; nothing of a line that was too long."""
    place = bisect_left(window.numbers, line)
    if window.numbers[place : place + 1] != [line]:
        return {}
    text = window.texts[place]
    try:
        return {"observation": from_json(text)}
    except ValueError:
        return {"observation": text.decode(errors="replace")}


def _row(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def _as_it_was(cell: str) -> str:
    """A cell of the rejected row; a byte that was no text is shown as �."""
    return MARK.sub("�", cell.removeprefix(TOO_LONG))


def _sorted_lines(whole: bytes) -> bytes:
    lines = whole.split(b"\n")[:-1]
    ordered = sorted(lines, key=lambda line: int(json.loads(line)["line"]))
    return b"".join(line + b"\n" for line in ordered)


def _sorted_rows(whole: bytes) -> bytes:
    head, *rows = csv.reader(io.StringIO(whole.decode(), newline=""))
    return b"".join(map(_row, [head, *sorted(rows, key=lambda row: int(row[0]))]))


@contextmanager
def opened(path: Path, columns: Sequence[str] | None = None) -> Iterator[Rejects]:
    """The file for this process alone. Raises NotAllowed (ALREADY_RUNNING) while another import writes it."""
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # gone with the process, however that ends
        except BlockingIOError:
            raise NotAllowed(
                f"another import is writing {path}",
                code="ALREADY_RUNNING",
                suggestion="wait for it, or give this one a file of its own: --rejects FILE",
            ) from None
        yield Rejects(path, file, columns)
