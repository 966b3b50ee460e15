"""All of identity as it is stored, read for a full recompute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.identity.evidence import Evidence, Identifier, Link, Never, Pair, Unlink, pair_of
from app.identity.facts_stored import all_facts
from app.identity.ledger import Ledger
from app.identity.region import PROPOSED
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
    pending: set[str] = field(default_factory=set)
    people: dict[str, list[str]] = field(default_factory=dict)
    """Key -> the OneIDs that it identifies: exactly one, if all is well."""
    states: dict[Pair, tuple[str, str | None]] = field(default_factory=dict)
    owners: dict[str, str | None] = field(default_factory=dict)
    """OneID of a living person -> the key of its owner."""
    misled: list[str] = field(default_factory=list)
    """Merged OneIDs that do not lead to a living person in one hop."""


async def read_all(identity: Identity) -> Stored:
    """Read all of identity, a thousand rows at a time."""
    stored, reader = Stored(identity.state.ledger(identity.keyring)), identity.graph.reader()
    async for row in reader.stream(_IDENTIFIERS):
        _take_identifier(identity, stored, row)
    async for row in reader.stream(_EVIDENCE):
        pair = pair_of(row["a"], row["b"])
        if row["state"] == PROPOSED:
            continue
        stored.ledger.evidence[pair] = Evidence(
            row["first"],
            row["last"],
            row["last"],
            row["verified"],
            method=row["method"],
            confidence=row["confidence"],
        )
        stored.states[pair] = (row["state"], row["reason"])
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


def _take_identifier(identity: Identity, stored: Stored, row: Any) -> None:
    key = row["key"]
    text = row["value"] if row["sealed"] is None else identity.keyring.unseal(bytes(row["sealed"]))
    plain = f"{row['kind']}|{row['scope']}|{text}"
    one = Identifier(key, plain, row["kind"], row["scope"], row["first"], row["last"])
    one.blocked = stored.ledger.blocks(one)
    stored.ledger.identifiers[key] = one
    stored.flags[key] = tuple(bool(row[name]) for name in MARKS)
    stored.people[key] = row["people"]
    if row["pending"]:
        stored.pending.add(key)


async def _read_pins(reader: Reader, ledger: Ledger) -> None:
    async for row in reader.stream(_PINS):
        pair, at, run = pair_of(row["a"], row["b"]), row["at"], row["run"]
        if row["type"] == "PINNED":
            ledger.links.setdefault(pair, []).append(Link(at, run))
        elif row["type"] == "UNLINKED":
            ledger.unlinks.setdefault(pair, []).append(Unlink(at, run))
        else:
            ledger.nevers.setdefault(pair, []).append(Never(at, run))
