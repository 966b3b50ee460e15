"""All of identity as it is stored, read for a full recompute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.identity.evidence import Evidence, Identifier, Link, Never, Pair, Unlink, pair_of
from app.identity.ledger import Ledger
from app.identity.live.facts_stored import all_facts
from app.identity.live.pages import pages
from app.identity.live.region import PROPOSED
from app.identity.service import Identity

_IDENTIFIERS = read_query("identity/all_identifiers")
_EVIDENCE = read_query("identity/all_evidence")
_PINS = read_query("identity/all_pins")
_REGISTER = read_query("identity/register")


MARKS = ("shared", "expired", "blocked", "contested", "pending")


@dataclass(slots=True)
class Stored:
    """All of identity as it is stored."""

    ledger: Ledger
    flags: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    """Key -> shared, expired, blocked, contested, pending."""
    facts_from: dict[str, int] = field(default_factory=dict)
    """Contested identifier -> the time from which its facts count."""
    pending: set[str] = field(default_factory=set)
    people: dict[str, list[str]] = field(default_factory=dict)
    """Key -> the OneIDs that it identifies: exactly one, if all is well."""
    states: dict[Pair, tuple[str, str | None]] = field(default_factory=dict)
    owners: dict[str, str | None] = field(default_factory=dict)
    """OneID of a living person -> the key of its owner."""
    misled: list[str] = field(default_factory=list)
    """Merged OneIDs that do not lead to a living person in one hop."""


async def read_all(identity: Identity) -> Stored:
    """Read all of identity, page by page."""
    stored, reader = Stored(identity.state.ledger(identity.keyring)), identity.graph.reader()
    async for rows in pages(reader, _IDENTIFIERS):
        for row in rows:
            _take_identifier(identity, stored, row)
    async for rows in pages(reader, _EVIDENCE):
        for key, others in rows:
            for other in others:
                _take_pair(stored, key, other)
    await _read_pins(reader, stored.ledger)
    fields = identity.state.policy.deciding_fields
    if fields:
        async for key, facts in all_facts(reader, identity.keyring, fields):
            stored.ledger.facts[key] = facts
    async for row in reader.stream(_REGISTER):
        if row["status"] == "ACTIVE":
            stored.owners[row["one_id"]] = row["owner"]
        elif row["status"] == "MERGED" and row["into_status"] not in ("ACTIVE", "ERASED"):
            stored.misled.append(row["one_id"])
    return stored


def _take_identifier(identity: Identity, stored: Stored, row: list[Any]) -> None:
    key, kind, scope, value, sealed, first, last, marks, people, facts_from = row
    text = value if sealed is None else identity.keyring.unseal(bytes(sealed))
    one = Identifier(key, f"{kind}|{scope}|{text}", kind, scope, first, last)
    one.blocked = stored.ledger.blocks(one)
    stored.ledger.identifiers[key] = one
    stored.flags[key] = flags = tuple(map(bool, marks))
    stored.people[key] = people
    if facts_from is not None:
        stored.facts_from[key] = facts_from
    if flags[MARKS.index("pending")]:
        stored.pending.add(key)


def _take_pair(stored: Stored, key: str, row: list[Any]) -> None:
    other, first, last, verified, method, confidence, state, reason = row
    if state != PROPOSED:
        pair = pair_of(key, other)
        stored.ledger.evidence[pair] = Evidence(
            first, last, last, verified, method=method, confidence=confidence
        )
        stored.states[pair] = (state, reason)


async def _read_pins(reader: Reader, ledger: Ledger) -> None:
    async for row in reader.stream(_PINS):
        pair, at, run = pair_of(row["a"], row["b"]), row["at"], row["run"]
        if row["type"] == "PINNED":
            ledger.links.setdefault(pair, []).append(Link(at, run))
        elif row["type"] == "UNLINKED":
            ledger.unlinks.setdefault(pair, []).append(Unlink(at, run))
        else:
            ledger.nevers.setdefault(pair, []).append(Never(at, run))
