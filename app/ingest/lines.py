"""The lines of a file of observations, in windows that fit in memory. Line numbers begin with 1."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pydantic_core import from_json, to_json

from app.errors import BadInput
from app.ingest.problems import Malformed, Problem

WINDOW_LINES = 400_000
WINDOW_BYTES = 256 * 1024 * 1024
MAX_LINE = 1024 * 1024
"""Bytes of one line; the largest observation is far smaller."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_REJECTED = b'{"line": '  # how each line of a file of rejects begins, and no observation


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file is known by: the SHA-256 of its bytes; and how large it is."""

    digest: str
    size: int
    lines: int


def survey(path: Path) -> Survey:
    """Read a file through once. Raises BadInput when it cannot be read."""
    digest, size, breaks, last = sha256(), 0, 0, b"\n"
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size, breaks, last = size + len(block), breaks + block.count(b"\n"), block[-1:]
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", field=("FILE",)) from None
    return Survey(digest.hexdigest(), size, breaks + (last != b"\n"))


@dataclass(slots=True)
class Window:
    """Some lines of a file: their texts, without blank ones, and where the next window begins.

    `offset` is in bytes, `line` the number of lines before it; of a table, both are the rows before it.
    `malformed` has the lines that are no text of an observation, `rows` the cells of a table's rows.
    """

    line: int
    offset: int
    numbers: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    malformed: dict[int, Malformed] = field(default_factory=dict)
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)


def window(file: BinaryIO, line: int, offset: int) -> Window:
    """The window that begins after so many lines and bytes; at the end of the file it goes no further."""
    found = Window(line, offset)
    file.seek(offset)
    for raw in _raw(file):
        found.line += 1
        found.offset += len(raw)
        text = raw.removeprefix(_BYTE_ORDER_MARK).strip() if found.line == 1 else raw.strip()
        if len(raw) > MAX_LINE:
            found.offset += _skipped(file, raw)
            found.malformed[found.line] = Malformed(None, [Problem((), f"longer than {MAX_LINE:,} bytes")])
        elif text:
            found.numbers.append(found.line)
            found.texts.append(_observation(text) if text.startswith(_REJECTED) else text)
        if found.line - line >= WINDOW_LINES or found.offset - offset >= WINDOW_BYTES:
            break
    return found


def _observation(text: bytes) -> bytes:
    """The observation in a line of a file of rejects, so that a mended one is imported like any other."""
    try:
        told = from_json(text)
    except ValueError:
        return text
    said = told.get("observation")
    return said.encode() if isinstance(said, str) else to_json(said) if isinstance(said, dict) else text


def _raw(file: BinaryIO) -> Iterator[bytes]:
    while raw := file.readline(MAX_LINE + 1):
        yield raw


def _skipped(file: BinaryIO, begun: bytes) -> int:
    """Pass over the rest of a line, in little memory. Returns its bytes."""
    size, rest = 0, begun
    while rest and not rest.endswith(b"\n"):
        rest = file.readline(MAX_LINE)
        size += len(rest)
    return size
