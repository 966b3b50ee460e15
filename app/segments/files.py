"""Files that appear when everything is written: nobody ever reads half of one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import BadInput


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """The path of a draft beside the file, which takes its place in the end; gone when that is not reached.

    Its owner alone may read it, since it may hold personal values. Raises BadInput (BAD_FILE).
    """
    if file.is_dir() or not file.resolve().parent.is_dir():
        what = "is a folder" if file.is_dir() else "is in a folder that does not exist"
        raise BadInput(f"{file} {what}", code="BAD_FILE", field=("file",))
    place = file.resolve()
    number, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    os.close(number)
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
