"""What the converters of public data share: writing the lines, and a command line with a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from seed.observation import Json, as_line


def write_lines(path: Path, observations: Iterable[Json]) -> int:
    """Writes one observation a line into a file, whose folder is made if it is missing; answers how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as target:
        for count, observation in enumerate(observations, start=1):  # noqa: B007 - the count is the answer
            target.write(as_line(observation))
    return count


def run(module: str, write: Callable[[Path], str]) -> int:
    """The command line `python -m MODULE --out DIR`; what was written goes to stderr."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}", epilog=f"example: python -m {module} --out DIR"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    print(write(parser.parse_args().out), file=sys.stderr)
    return 0
