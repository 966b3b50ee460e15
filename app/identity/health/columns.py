"""All identifiers and pairs, read page by page into columns, for a measurement of health.

Numbers name identifiers, people, kinds and scopes. A million identifiers and three million pairs take some
400 megabytes; no value is unsealed, and nothing of the graph is locked.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.identity.batch import Flags, Ints
from app.identity.live.pages import pages
from app.identity.live.region import PROPOSED

_IDENTIFIERS = read_query("identity/health_identifiers")
_LINKS = read_query("identity/health_links")
_PINS = read_query("identity/health_pins")

ACTIVE, SHARED, APART, ASIDE, PENDING = range(5)
"""What a pair is: it joins; it lost because an end is shared; it lost otherwise; it is claimed, or an end
takes no part; nobody has decided.
"""


@dataclass(slots=True)
class Columns:
    """Everything that is measured. `person` is -1 for nobody's identifiers."""

    keys: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    person: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    scope: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    shared: Flags = field(default_factory=lambda: np.zeros(0, bool))
    pending: Flags = field(default_factory=lambda: np.zeros(0, bool))
    out: Flags = field(default_factory=lambda: np.zeros(0, bool))
    """Blocked or expired."""
    several: int = 0
    """Identifiers that identify more than one person."""
    a: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    b: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    state: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    by_hand: int = 0
    """The last so many pairs were only ever linked by hand."""
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(kind, reason) -> suppressed pairs with an end of it."""
    sources: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(source, active or suppressed) -> pairs that it reported."""
    source_reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(source, reason) -> suppressed pairs that it reported."""

    def size(self) -> Ints:
        """How many identifiers each person has."""
        return np.bincount(self.person[self.person >= 0], minlength=len(self.people)).astype(np.int64)


async def read_columns(reader: Reader) -> Columns:
    """Read everything. What is written meanwhile may be seen with one of its ends alone, and is left out."""
    found = Columns()
    await _read_identifiers(reader, found)
    await _read_pairs(reader, found)
    return found


async def _read_identifiers(reader: Reader, found: Columns) -> None:
    people: dict[str, int] = {}
    kinds: dict[str, int] = {}
    scopes: dict[str, int] = {}
    person, kind, scope, marks = array("q"), array("q"), array("q"), bytearray()
    async for rows in pages(reader, _IDENTIFIERS):
        for key, one_id, several, shared, pending, out in rows:
            name, where, _ = key.split("|", 2)
            found.keys.append(key)
            person.append(-1 if one_id is None else people.setdefault(one_id, len(people)))
            kind.append(kinds.setdefault(name, len(kinds)))
            scope.append(scopes.setdefault(where, len(scopes)))
            marks.append(shared | pending << 1 | out << 2)
            found.several += several > 1
    bits = np.frombuffer(bytes(marks), np.uint8)
    found.people, found.kinds = list(people), list(kinds)
    found.person, found.kind, found.scope = (np.array(column, np.int64) for column in (person, kind, scope))
    found.shared, found.pending, found.out = (bits & bit > 0 for bit in (1, 2, 4))


async def _read_pairs(reader: Reader, found: Columns) -> None:
    number = {key: i for i, key in enumerate(found.keys)}
    a, b, states = array("q"), array("q"), array("b")
    async for rows in pages(reader, _LINKS):
        for key, others in rows:
            for far, state, reason, sources in others:
                one, other = number.get(key), number.get(far)
                if one is not None and other is not None and state != PROPOSED:
                    a.append(one)
                    b.append(other)
                    states.append(_state(state, reason))
                    _count(found, {key.split("|", 1)[0], far.split("|", 1)[0]}, state, reason, sources or ())
    for row in await reader.rows(_PINS):
        if row["a"] in number and row["b"] in number:
            a.append(number[row["a"]])
            b.append(number[row["b"]])
            states.append(ACTIVE)
            found.by_hand += 1
    found.a, found.b, found.state = (np.array(column, np.int64) for column in (a, b, states))


def _state(state: str | None, reason: str | None) -> int:
    if state == "active":
        return ACTIVE
    if state == "suppressed":
        return SHARED if reason == "SHARED" else ASIDE if reason == "CLAIMED" else APART
    return PENDING if state == "pending" else ASIDE


def _count(found: Columns, kinds: set[str], state: str, reason: str | None, sources: Any) -> None:
    if state in ("active", "suppressed"):
        for source in sources:
            found.sources[source, state] += 1
            if reason is not None:
                found.source_reasons[source, reason] += 1
        for kind in kinds if reason is not None else ():
            found.reasons[kind, reason or ""] += 1
