"""One unit of work on identity: what was decided, as rows to write. Only differences are written.

The order is always: claim and read a region (`region`), change its ledger, decide (`replay`), name the components
(`one_ids`), store the differences (here).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid_utils

from app.access.sealing import mask
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.evidence import Evidence, Link, Never, Pair, Unlink
from app.identity.one_ids import Assignment, Component, Person, Standing, assign
from app.identity.region import Flags, Region
from app.identity.replay import FOLLOWED, Outcome
from app.identity.resolve import ACTIVE

_STORE = write_query("identity/store")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that reads like a digit


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a unit of work changes identity: OBSERVED, an operation's name, EXPIRED, POLICY, RECOMPUTE."""

    name: str
    at: datetime
    by: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Written:
    """What a unit of work came to: the people its identifiers belong to now, and whether some are still to be replayed."""

    one_ids: set[str] = field(default_factory=set)
    pending: bool = False
    rows: int = 0


def mint() -> Person:
    """A new line of the register. The OneID is its birth, a UUIDv7, in 26 letters and digits."""
    born = uuid_utils.uuid7()
    number, letters = born.int, []
    for _ in range(26):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return Person("".join(reversed(letters)), str(born), None)


def person_name(one_id: str) -> str:
    """What people call a person in a list: `P-7K2M`, from the random end of the OneID."""
    return f"P-{one_id[-4:]}"


async def store(writer: Writer, region: Region, outcome: Outcome, cause: Cause) -> Written:
    """Write what is different now, in one statement."""
    register = _register(region, outcome)
    rows = {
        "identifiers": _identifiers(region),
        "flags": _flags(region, outcome),
        **_evidence_rows(region, outcome),
        **_pin_rows(region),
        **_person_rows(region, outcome, register, cause),
    }
    count = sum(map(len, rows.values()))
    if count:
        await writer.rows(_STORE, **rows)
    touched = {one_id for one_id in register.assignment.one_ids} | {
        region.person_of[key]
        for key in region.ledger.identifiers
        if key in region.person_of and key in region.flags
    }
    return Written(touched, bool(outcome.pending), count)


# -- identifiers and evidence ----------------------------------------------------------------------------------------


def _identifiers(region: Region) -> list[dict[str, Any]]:
    changed = [
        one for key, one in region.ledger.identifiers.items() if one != region.stored_identifiers.get(key)
    ]
    return [
        {"key": one.key, "first": one.first, "last": one.last, "brands": list(one.brands)}
        for one in sorted(changed, key=lambda one: one.key)
    ]


def _flags(region: Region, outcome: Outcome) -> list[dict[str, Any]]:
    contested = {
        key for pair, verdict in outcome.verdicts.items() if verdict.reason in FOLLOWED for key in pair
    }
    rows = []
    for key, one in region.ledger.identifiers.items():
        before = region.flags.get(key, Flags())
        after = Flags(
            shared=outcome.shared.get(key, before.shared),
            expired=region.ledger.expired(one),
            blocked=one.blocked,
            pending=key in outcome.pending or (before.pending and key not in outcome.decided),
            contested=key in contested if key in outcome.decided else before.contested,
        )
        if after != before or key in outcome.decided and key in contested:
            marks = {
                name: getattr(after, name) or None
                for name in ("shared", "expired", "blocked", "pending", "contested")
            }
            rows.append({"key": key, **marks})
    return sorted(rows, key=lambda row: row["key"])


def _state(region: Region, outcome: Outcome, pair: Pair) -> tuple[str, str | None] | None:
    """The state and reason that a pair has now; None when the unit of work did not decide it."""
    ledger = region.ledger
    for key in pair:
        one = ledger.identifiers[key]
        if one.blocked or ledger.expired(one):
            return "inactive", "BLOCKED" if one.blocked else "EXPIRED"
    if pair in outcome.verdicts:
        reason = outcome.verdicts[pair].reason
        return ("active", None) if reason == ACTIVE else ("suppressed", reason)
    if pair not in region.stored:
        return "pending", None
    return None


def _evidence_rows(region: Region, outcome: Outcome) -> dict[str, list[Any]]:
    ledger = region.ledger
    links, updates, states = [], [], []
    for pair, evidence in sorted(ledger.evidence.items()):
        stored, state = region.stored.get(pair), _state(region, outcome, pair)
        if stored is None:
            assert state is not None
            links.append(_link(pair, evidence, *state))
            continue
        now = state or (stored.state, stored.reason)
        if evidence != stored.evidence:
            updates.append(_link(pair, evidence, *now))
        elif now != (stored.state, stored.reason):
            states.append({"a": pair[0], "b": pair[1], "state": now[0], "reason": now[1]})
    gone = [
        list(pair) for pair in sorted(region.stored) if pair not in ledger.evidence and _both(region, pair)
    ]
    return {"links": links, "updates": updates, "states": states, "gone": gone}


def _pin_rows(region: Region) -> dict[str, list[Any]]:
    """New pins, also those that went from a hash to its plain value, and unlinks that took in late sightings."""
    ledger = region.ledger
    every: list[tuple[str, Pair, Link | Unlink | Never]] = [
        *(("PINNED", pair, pin) for pair, links in ledger.links.items() for pin in links),
        *(("UNLINKED", pair, pin) for pair, unlinks in ledger.unlinks.items() for pin in unlinks),
        *(("NEVER_LINKED", pair, pin) for pair, nevers in ledger.nevers.items() for pin in nevers),
    ]
    new: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    for kind, pair, pin in sorted(every, key=lambda one: (one[1], one[2].run)):
        stored = region.stored_pins.get((kind, pair, pin.run))
        if stored != pin:
            row = {"a": pair[0], "b": pair[1], "type": kind, "properties": _pin_properties(pin)}
            (new if stored is None else updates).append(row)
    return {"pins": new, "pin_updates": updates}


def _pin_properties(pin: Link | Unlink | Never) -> dict[str, Any]:
    """A pin's properties: who said it, when and why; of an unlink, the sightings that it holds."""
    said = {"operation": pin.said.operation, "by": pin.said.by, "reason": pin.said.reason}
    known = {"at": moment(pin.at), "run": pin.run, **said}
    held = pin.evidence if isinstance(pin, Unlink) else None
    if held is None:
        return known
    return known | {
        "firstSeen": moment(held.first),
        "lastSeen": moment(held.last),
        "newest": moment(held.newest),
        "verified": held.verified,
        "sources": list(held.sources),
        "brands": list(held.brands),
        "method": held.method,
        "confidence": held.confidence,
    }


def moment(micros: int) -> datetime:
    """Microseconds since 1970 as a time."""
    return _EPOCH + timedelta(microseconds=micros)


def _both(region: Region, pair: Pair) -> bool:
    return all(key in region.ledger.identifiers for key in pair)


def _link(pair: Pair, evidence: Evidence, state: str, reason: str | None) -> dict[str, Any]:
    return {
        "a": pair[0],
        "b": pair[1],
        "first": evidence.first,
        "last": evidence.last,
        "newest": evidence.newest,
        "verified": evidence.verified,
        "sources": list(evidence.sources),
        "brands": list(evidence.brands),
        "method": evidence.method,
        "confidence": evidence.confidence,
        "state": state,
        "reason": reason,
    }


# -- people ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Register:
    assignment: Assignment
    had: dict[str, str]
    """Identifier -> whom it identifies in the graph."""
    held: dict[str, str]
    """The same, with what a hash identified under the key of its plain value."""
    components: list[Component]


def _register(region: Region, outcome: Outcome) -> _Register:
    """Name the components that the unit of work decided."""
    had = dict(region.person_of)
    people = {had[key] for component in outcome.components for key in component.keys if key in had}
    for person in people:
        had.update(dict.fromkeys(region.members.get(person, ()), person))
    held = {region.ledger.moved.get(key, key): one_id for key, one_id in had.items()}
    persons = [
        replace(person, owner=region.ledger.moved.get(person.owner, person.owner) if person.owner else None)
        for person in region.persons.values()
        if person.status != "ERASED"
    ]

    def standing(key: str) -> Standing:
        one = region.ledger.identifiers[key]
        return region.policy.kinds[one.kind].rank, one.first, one.plain

    return _Register(assign(outcome.components, persons, held, standing, mint), had, held, outcome.components)


def _person_rows(region: Region, outcome: Outcome, register: _Register, cause: Cause) -> dict[str, list[Any]]:
    assignment, held = register.assignment, register.held
    target = {
        key: one_id
        for component, one_id in zip(register.components, assignment.one_ids, strict=True)
        for key in component.keys
    }
    joins = [
        {"key": key, "one_id": one_id, "since": cause.at}
        for key, one_id in sorted(target.items())
        if register.had.get(key) != one_id
    ]
    out = {
        key
        for key in held
        if key not in target
        and key in region.ledger.identifiers
        and not region.ledger.live(key)
        and key in region.plain_of
    }
    leaves = sorted(out | {row["key"] for row in joins if row["key"] in register.had})
    owners = [
        {"one_id": one_id, "key": key}
        for one_id, key in sorted(assignment.owners.items())
        if one_id not in region.persons or region.persons[one_id].owner != key
    ]
    return {
        "persons": [_person(person, cause) for person in assignment.minted],
        "leaves": leaves,
        "joins": joins,
        "owners": owners,
        "merges": [
            {"one_id": one_id, "into": into, "at": cause.at, "cause": cause.name}
            for one_id, into in sorted(assignment.merged.items())
        ],
        "returns": sorted(assignment.returned),
        "splits": [
            {"one_id": one_id, "from": before, "at": cause.at, "cause": cause.name}
            for one_id, before in sorted(assignment.split_from.items())
        ],
        "erased": _emptied(region, target, register),
        "changes": _changes(region, register, target, out, cause),
    }


def _person(person: Person, cause: Cause) -> dict[str, Any]:
    return {
        "one_id": person.one_id,
        "born": person.born,
        "name": person_name(person.one_id),
        "since": cause.at,
    }


def _emptied(region: Region, target: dict[str, str], register: _Register) -> list[str]:
    """Living people whose owner was erased and who have no identifier left."""
    kept = set(target.values())
    return sorted(
        one_id
        for one_id, person in region.persons.items()
        if person.merged_into is None
        and person.status == "ACTIVE"
        and one_id not in kept
        and one_id not in register.assignment.merged
        and person.owner in region.ledger.erased
    )


def _changes(
    region: Region, register: _Register, target: dict[str, str], out: Iterable[str], cause: Cause
) -> list[dict[str, Any]]:
    """The lines of the change feed: one for each person and thing that happened to it."""
    assignment, held = register.assignment, register.held
    gained: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    for key, one_id in sorted(target.items()):
        if held.get(key) != one_id:
            gained.setdefault(one_id, []).append(key)
            if key in held:
                lost.setdefault(held[key], []).append(key)
    for key in sorted(out):
        lost.setdefault(held[key], []).append(key)
    for key in sorted(key for key in region.ledger.erased if key in held):
        lost.setdefault(held[key], []).append(f"{key.split('|', 1)[0]}|erased")
    minted = {person.one_id for person in assignment.minted}
    rows: list[dict[str, Any]] = []

    def line(kind: str, one_id: str, others: list[str], **keys: list[str]) -> None:
        rows.append(_change(kind, one_id, others, cause, keys))

    for one_id in sorted(minted):
        before = assignment.split_from.get(one_id)
        line("CREATED", one_id, [before] if before else [], gained=gained.pop(one_id, []))
        if before:
            line("SPLIT", before, [one_id], lost=lost.pop(before, []))
    for one_id, into in sorted(assignment.merged.items()):
        line("MERGED", one_id, [into], lost=lost.pop(one_id, []))
    for one_id in sorted(assignment.returned):
        from_ = region.persons[one_id].merged_into
        line("RETURNED", one_id, [from_] if from_ else [], gained=gained.pop(one_id, []))
    for one_id in _emptied(region, target, register):
        line("ERASED", one_id, [])
        lost.pop(one_id, None)
    for one_id in sorted(gained.keys() | lost.keys()):
        line("IDENTIFIERS_CHANGED", one_id, [], gained=gained.get(one_id, []), lost=lost.get(one_id, []))
    for one_id, key in sorted(assignment.owners.items()):
        if one_id not in minted and one_id in region.persons and region.persons[one_id].owner != key:
            line("OWNER_CHANGED", one_id, [], gained=[key])
    return rows


def _change(
    kind: str, one_id: str, others: list[str], cause: Cause, keys: dict[str, list[str]]
) -> dict[str, Any]:
    named = " ".join([kind.lower().replace("_", " "), person_name(one_id), *map(person_name, others)])
    return {
        "id": str(uuid_utils.uuid7()),
        "type": kind,
        "at": cause.at,
        "cause": cause.name,
        "one_id": one_id,
        "others": others,
        "gained": keys.get("gained", []),
        "lost": keys.get("lost", []),
        "by": cause.by,
        "reason": cause.reason,
        "name": named,
    }


def now() -> datetime:
    return datetime.now(UTC)


def display_name(kind: str, value: str, *, pii: bool) -> str:
    """What an identifier node is called in Neo4j Browser: masked where it is personal."""
    return mask(kind, value) if pii else value
