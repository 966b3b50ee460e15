"""Which lines of a window go into one unit of work. Pure, and the same for the same lines.

Observations that share an identifier go into one unit, so that a person is decided once and not once a line;
what many lines share (a shop's tablet, a clerk's phone, `null`) binds nothing together, but the people around
it are neighbours, so that units that run at once seldom wait for each other. None of this changes a result.
"""

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import from_json

HUB = 20
"""An identifier in more lines than this holds no unit together."""
CROWD = 500
"""One in more lines than this is nobody's, and says nothing about who is near."""
_SEPARATORS = str.maketrans("", "", " -+().")
_NATIONAL = 11  # last digits of a phone that are the same however its country is written

Group = list[int]
"""Indexes of lines."""


def lanes(texts: Sequence[bytes], size: int, count: int) -> list[list[Group]]:
    """Units of about `size` lines each, in at most `count` lanes to be worked off side by side."""
    units = list(_packed(_neighbours(*_grouped(texts)), size))
    length = max(-(-len(units) // count), 1)
    return [units[start : start + length] for start in range(0, len(units), length)]


def _grouped(texts: Sequence[bytes]) -> tuple[list[Group], dict[int, set[int]]]:
    """The lines that identifiers bind together, and for each hub the groups around it."""
    lines, counts = _tokens(texts)
    parent = list(range(len(counts)))

    def find(token: int) -> int:
        while parent[token] != token:
            parent[token] = token = parent[parent[token]]
        return token

    for tokens in lines:
        bound = [find(token) for token in tokens if counts[token] <= HUB]
        for other in bound[1:]:
            parent[find(other)] = find(bound[0])
    groups: dict[tuple[bool, int], int] = {}
    members: list[Group] = []
    hubs: defaultdict[int, set[int]] = defaultdict(set)
    for index, tokens in enumerate(lines):
        first = next((token for token in tokens if counts[token] <= HUB), None)
        name = (False, index) if first is None else (True, find(first))
        group = groups.setdefault(name, len(members))
        members += [[]] if group == len(members) else []
        members[group].append(index)
        for token in tokens:
            if HUB < counts[token] <= CROWD:
                hubs[token].add(group)
    return members, hubs


def _tokens(texts: Iterable[bytes]) -> tuple[list[tuple[int, ...]], list[int]]:
    """The identifiers of each line, numbered in the order of the file, and how many lines each is in."""
    numbers: dict[str, int] = {}
    counts: list[int] = []
    lines = []
    for text in texts:
        tokens = tuple({numbers.setdefault(name, len(numbers)): None for name in _identifiers(text)})
        for token in tokens:
            if token == len(counts):
                counts.append(0)
            counts[token] += 1
        lines.append(tokens)
    return lines, counts


def _identifiers(text: bytes) -> list[str]:
    """The identifiers of a line, roughly normalised; none where it is not the shape of an observation."""
    try:
        given = from_json(text, cache_strings="keys")["identifiers"]
        return [f"{one['kind']}|{one.get('scope') or '*'}|{_spelling(one['value'])}" for one in given]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _spelling(value: Any) -> str:
    """The value without what spellings of it differ in, as far as that is known without the policy."""
    text = str(value) if str(value).isascii() else unicodedata.normalize("NFKC", str(value))
    digits = text.translate(_SEPARATORS)
    return digits[-_NATIONAL:] if digits.isdigit() else text.strip().lower()


def _neighbours(groups: Sequence[Group], hubs: Mapping[int, Iterable[int]]) -> Iterator[Group]:
    """The groups, those around one hub after each other: breadth first from the first line on."""
    near: defaultdict[int, list[int]] = defaultdict(list)
    for hub, around in hubs.items():
        for group in around:
            near[group].append(hub)
    seen = [False] * len(groups)
    waiting: deque[int] = deque()
    for start in range(len(groups)):
        waiting.append(start)
        while waiting:
            group = waiting.popleft()
            if not seen[group]:
                seen[group] = True
                yield groups[group]
                waiting.extend(sorted(other for hub in near[group] for other in hubs[hub] if not seen[other]))


def _packed(groups: Iterable[Group], size: int) -> Iterator[Group]:
    """Whole groups in units of at most `size` lines; a larger group is cut."""
    unit: Group = []
    for group in groups:
        for start in range(0, len(group), size):
            part = group[start : start + size]
            if unit and len(unit) + len(part) > size:
                yield unit
                unit = []
            unit = unit + part
    if unit:
        yield unit
