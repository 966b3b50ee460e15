"""What happened to a person's OneID, in data and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.graph.queries import read_query
from app.identity.explain.answers import Named
from app.identity.explain.between_read import candidates, seen_of
from app.identity.explain.history_words import change
from app.identity.service import Identity

_HISTORY = read_query("identity/history")


@dataclass(frozen=True, slots=True)
class Line:
    """One change; `at` in microseconds. `gone` identifiers that it moved are not in the graph any more."""

    type: str
    at: int
    cause: str | None
    one_id: str
    others: tuple[str, ...]
    gained: tuple[Named, ...]
    lost: tuple[Named, ...]
    by: str | None
    reason: str | None
    operation: str | None
    gone: int
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """A person's changes and those of who was merged into it, oldest first."""

    one_id: str
    status: str
    changes: tuple[Line, ...]
    sentences: tuple[str, ...]


async def of_identifier(
    identity: Identity, identifier: Mapping[str, Any], *, zone: ZoneInfo
) -> History | None:
    """The history of whoever holds {kind, value, scope?}; None when nobody does. Raises `BadInput`."""
    ledger = identity.region().ledger
    keys = candidates(ledger, seen_of(ledger, identifier, "identifier"))
    return await _read(identity, None, keys, zone)


async def of_one_id(identity: Identity, one_id: str, *, zone: ZoneInfo) -> History | None:
    """The history of a OneID; of one that was merged, its survivor's."""
    return await _read(identity, one_id, [], zone)


async def _read(identity: Identity, one_id: str | None, keys: list[str], zone: ZoneInfo) -> History | None:
    row = await identity.graph.reader().row(_HISTORY, one_id=one_id, keys=keys)
    if row is None:
        return None
    lines = tuple(_line(one, zone) for one in row["lines"])
    return History(row["one_id"], row["status"], lines, tuple(line.text for line in lines))


def _line(row: Sequence[Any], zone: ZoneInfo) -> Line:
    type_, at, cause, one_id, others, gained, lost, by, reason, operation, gone = row
    came, went = (tuple(Named("", *name) for name in names) for names in (gained, lost))
    text = change(type_, at, cause, one_id, others or [], came, went, gone, by, reason, zone)
    return Line(type_, at, cause, one_id, tuple(others or ()), came, went, by, reason, operation, gone, text)
