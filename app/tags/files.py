"""Tags in bulk: a CSV file of identifiers, each with a value where the tag has values.

    phone:13812340001,XL
    member:mumu:M1,L
    one-id:01KB2M8Q4V7XN3D5F6G7H8J9KA,L
    dependent:mumu|b-1,

A first line `identifier,value` is a heading. Every line is looked at, whatever the others are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.errors import BadInput, OneIdError
from app.identity.live.lookup import lookup_keys
from app.identity.service import Identity
from app.identity.steering.cli import identifier
from app.tags.assigning import Done, End, Said, Sought, assign, remove
from app.tags.model import Problem

CHUNK = 500
HEADING = "identifier"

Line = tuple[int, Sought, str | None]
"""Number in the file, who is meant, and the value."""


@dataclass(slots=True)
class Counted:
    """What became of a file: lines by what they came to, and every problem with its line."""

    lines: int = 0
    matched: int = 0
    changed: int = 0
    unmatched: int = 0
    duplicates: int = 0
    problems: list[tuple[int, Problem]] = field(default_factory=list)


async def carry_out(
    identity: Identity, key: str, rows: Iterable[str], said: Said, *, value: str | None, off: bool
) -> Counted:
    """Set a tag of everybody in the file, or take it off. Raises BadInput when the tag is at fault.

    value: of the lines that have none of their own.
    """
    counted, before = Counted(), set[End]()
    lines = _lines(identity, rows, counted, value)
    while chunk := list(islice(lines, CHUNK)):
        done = await _chunk(identity, key, chunk, said, before, off=off)
        if isinstance(done, Problem):
            raise BadInput(done.message, code=done.code, field=done.field, suggestion=done.suggestion)
        before |= done.ends
        counted.matched += len(done.ends)
        counted.changed += done.changed
        counted.duplicates += len(done.twice)
        for place, no in sorted(done.refused.items()):
            counted.problems.append((chunk[place][0], no))
            counted.unmatched += no.code == "NOT_FOUND"
    counted.problems.sort(key=lambda one: one[0])
    return counted


async def _chunk(
    identity: Identity, key: str, chunk: Sequence[Line], said: Said, before: set[End], *, off: bool
) -> Done | Problem:
    if off:
        return await remove(identity, key, [one for _, one, _ in chunk], said, before)
    return await assign(identity, key, [(one, value) for _, one, value in chunk], said, before)


def _lines(identity: Identity, rows: Iterable[str], counted: Counted, value: str | None) -> Iterator[Line]:
    for number, row in enumerate(csv.reader(rows), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() == HEADING):
            continue
        counted.lines += 1
        try:
            yield number, _sought(identity, cells[0]), (cells[1] if len(cells) > 1 else "") or value
        except OneIdError as error:
            problem = Problem((HEADING,), error.code, error.message, suggestion=error.suggestion)
            counted.problems.append((number, problem))


def _sought(identity: Identity, text: str) -> Sought:
    kind, colon, rest = text.partition(":")
    if colon and kind == "one-id":
        return Sought(one_id=rest)
    if colon and kind == "dependent":
        return Sought(dependent=rest)
    policy = identity.state.policy
    one = identifier(policy, text)
    return Sought(keys=lookup_keys(policy, identity.keyring, one["kind"], one["scope"], one["value"]))
