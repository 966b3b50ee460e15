"""A file of observations in windows, and a window in units of work. Pure but for reading the file.

Observations that share an identifier go into one unit, so that a person is decided once and not once a line;
values that many share (a shop's tablet, `null`) bind nothing together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from app.ingest.model import Observation, from_line
from app.ingest.problems import Malformed, Problem

WINDOW_LINES = 50_000
WINDOW_BYTES = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024
"""Bytes of one line: the largest observation is far smaller."""
HUB = 40
"""An identifier in more lines of a window than this holds no unit together."""

Token = tuple[str, str, str]


@dataclass(slots=True)
class Window:
    """Some lines of a file, by number: observations, and what is none; and where the next window starts."""

    observations: dict[int, Observation] = field(default_factory=dict)
    malformed: dict[int, Malformed] = field(default_factory=dict)
    line: int = 0
    offset: int = 0


def windows(file: BinaryIO, line: int = 0, offset: int = 0) -> Iterator[Window]:
    """The file from a line and offset on. A byte order mark and empty lines are passed over."""
    file.seek(offset)
    while True:
        window = Window(line=line, offset=offset)
        start = offset
        while window.line - line < WINDOW_LINES and window.offset - start < WINDOW_BYTES:
            size = _take(file, window)
            if size == 0:
                break
            window.offset += size
        if window.offset == start:
            return
        line, offset = window.line, window.offset
        yield window


def _take(file: BinaryIO, window: Window) -> int:
    """Read one line into the window. Returns its length in bytes, 0 at the end of the file."""
    raw = file.readline(MAX_LINE + 1)
    size = len(raw)
    if size == 0:
        return 0
    window.line += 1
    if size > MAX_LINE:
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE)
            size += len(raw)
        window.malformed[window.line] = Malformed(None, [Problem((), f"longer than {MAX_LINE:,} bytes")])
        return size
    text = raw.removeprefix(b"\xef\xbb\xbf").strip() if window.line == 1 else raw.strip()
    if text:
        try:
            window.observations[window.line] = from_line(text)
        except Malformed as error:
            window.malformed[window.line] = error
    return size


def units(observations: Mapping[int, Observation], size: int) -> list[dict[int, Observation]]:
    """The observations in units of about `size`: those that share an identifier together, if not too many."""
    tokens = {number: _tokens(one) for number, one in observations.items()}
    common = Counter(token for some in tokens.values() for token in some)
    parent: dict[object, object] = {}

    def find(item: object) -> object:
        while (up := parent.setdefault(item, item)) != item:
            parent[item] = item = parent[up]
        return item

    for number, some in tokens.items():
        for token in some:
            if common[token] <= HUB:
                parent[find(number)] = find(token)
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for number in observations:
        groups[find(number)].append(number)
    return [{n: observations[n] for n in numbers} for numbers in _packed(list(groups.values()), size)]


def _tokens(observation: Observation) -> set[Token]:
    found = ((one["kind"], one.get("scope"), one["value"]) for one in observation["identifiers"])
    return {(kind, str(scope or "*"), str(value).strip().lower()) for kind, scope, value in found}


def _packed(groups: Sequence[list[int]], size: int) -> Iterator[list[int]]:
    unit: list[int] = []
    for group in groups:
        for start in range(0, len(group), size):
            part = group[start : start + size]
            if unit and len(unit) + len(part) > size:
                yield unit
                unit = []
            unit = unit + part
    if unit:
        yield unit
