"""The file of rejects: one JSON object a line, with the line of the import, the id, and why."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import NotAllowed
from app.ingest.service import Rejection


@dataclass(slots=True)
class Rejects:
    """An open file of rejects."""

    path: Path
    file: BinaryIO

    @property
    def size(self) -> int:
        """Its bytes."""
        return os.fstat(self.file.fileno()).st_size

    def cut(self, size: int) -> None:
        """Keep the first `size` bytes."""
        self.file.truncate(size)
        self.file.seek(size)

    def add(self, rejected: Iterable[Rejection]) -> int:
        """Write rejections, by line, and have them on the disk. Returns the bytes of the file."""
        lines = [_line(one) for one in sorted(rejected, key=lambda one: one.index)]
        if lines:
            self.file.write(b"".join(lines))
            self.file.flush()
            os.fsync(self.file.fileno())
        return self.file.tell()

    def finish(self) -> None:
        """Sort it by line, now that all are there; without any there is no file."""
        self.file.seek(0)
        lines = [bytes(line) for line in self.file]
        if not lines:
            self.path.unlink(missing_ok=True)
            return
        ordered = sorted(lines, key=lambda line: int(json.loads(line)["line"]))
        draft = self.path.with_name(f".{self.path.name}.sorted")
        draft.write_bytes(b"".join(ordered))
        draft.replace(self.path)


def _line(one: Rejection) -> bytes:
    told = {"line": one.index, "id": one.id, "code": one.code, "message": one.message}
    return json.dumps(told | {"field": list(one.field)}, ensure_ascii=False).encode() + b"\n"


@contextmanager
def opened(path: Path) -> Iterator[Rejects]:
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
        yield Rejects(path, file)
