"""Who every identifier belongs to, one row an identifier: one_id, kind, scope, value.

Values are plain, also those that the graph keeps sealed: whoever runs this has the key.
"""

import csv
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from neo4j import Record

from app.access.sealing import Keyring
from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Reader

STDOUT = Path("-")
COLUMNS = ("one_id", "kind", "scope", "value")

_ALL = read_query("identity/export")
_SINCE = read_query("identity/export_since")
_SIZE = read_query("identity/export_size")


def one_ids(
    reader: Reader, keyring: Keyring, since: int | None, until: int
) -> AsyncIterator[tuple[str, str, str, str]]:
    """The rows, as they are now; a million pass through little memory.

    Without `since` every identifier that somebody has, in the order of keys, each once. With it the
    identifiers of everybody whom a change after `since` up to `until` names, person by person; what a merged
    person had is with the survivor. Expired, blocked and erased identifiers are nobody's, so in neither.
    Raises BadInput (NO_SUCH_CHANGE) when the feed does not reach as far as `since`.
    """
    if since is None:
        return _plain(reader.stream(_ALL), keyring)
    if since > until:
        raise BadInput(
            f"the last change of this graph has the number {until}, so nothing can follow {since}",
            code="NO_SUCH_CHANGE",
            field=("since",),
            suggestion="leave --since out for everything; is this the graph that the number came from?",
        )
    return _plain(reader.stream(_SINCE, since=since, until=until), keyring)


async def _plain(rows: AsyncIterator[Record], keyring: Keyring) -> AsyncIterator[tuple[str, str, str, str]]:
    async for row in rows:
        sealed = row["sealed"]
        value = row["value"] if sealed is None else keyring.unseal(bytes(sealed))
        yield row["one_id"], row["kind"], row["scope"], value


async def size(reader: Reader) -> int:
    """How many rows to expect without `since`: a little more than there are."""
    (row,) = await reader.rows(_SIZE)
    return int(row["identifiers"])


async def write(
    rows: AsyncIterator[tuple[str, str, str, str]], file: Path, seen: Callable[[int], object]
) -> int:
    """Writes the rows as CSV in UTF-8, with a header, and returns how many; tells `seen` each thousand."""
    count = 0
    with _opened(file) as text:
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        async for row in rows:
            table.writerow(row)
            count += 1
            if count % 1000 == 0:
                seen(1000)
    return count


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    """The file to write to, `-` for stdout."""
    if file == STDOUT:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as text:
            yield text
    elif file.exists() and not file.is_file() and not file.is_dir():  # a pipe or a device
        with file.open("w", encoding="utf-8", newline="") as text:
            yield text
    else:
        with _replaced(file.resolve()) as text:
            yield text


@contextmanager
def _replaced(file: Path) -> Iterator[TextIO]:
    """A file that appears when everything is written: nobody ever reads half of it. Its owner alone may read
    it, since it holds personal values.
    """
    if file.is_dir() or not file.parent.is_dir():
        what = "is a folder" if file.is_dir() else "is in a folder that does not exist"
        raise BadInput(f"{file} {what}", code="BAD_FILE", field=("file",))
    number, draft = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(number, "w", encoding="utf-8", newline="") as text:
            yield text
            text.flush()
            os.fsync(number)
        os.replace(draft, file)
    except BaseException:
        os.unlink(draft)
        raise
