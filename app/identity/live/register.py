"""The register of people after a unit of work: which OneID each component goes by, as rows, and the change
feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import uuid_utils

from app.identity.live.region import Region
from app.identity.live.replay import Outcome
from app.identity.one_ids import Assignment, Component, Person, Standing, assign

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that reads like a digit


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a unit of work changes identity: OBSERVED, an operation's name, EXPIRED, POLICY, RECOMPUTE."""

    name: str
    at: datetime
    by: str | None = None
    reason: str | None = None
    operation: str | None = None
    undoing: str | None = None
    """The operation that this one takes back."""


def now() -> datetime:
    return datetime.now(UTC)


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


@dataclass(slots=True)
class Register:
    assignment: Assignment
    had: dict[str, str]
    """Identifier -> whom it identifies in the graph."""
    held: dict[str, str]
    """The same, with what a hash identified under the key of its plain value."""
    components: list[Component]
    target: dict[str, str]
    """Identifier -> whom it identifies from now on, of those that were decided."""

    def people_of(self, keys: Iterable[str]) -> set[str]:
        """The people that some identifiers belong to now."""
        after = self.held | self.target
        return {after[key] for key in keys if key in after} - self.assignment.merged.keys()


def register(region: Region, outcome: Outcome) -> Register:
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

    assignment = assign(outcome.components, persons, held, standing, mint, region.wanted)
    target = {
        key: one_id
        for component, one_id in zip(outcome.components, assignment.one_ids, strict=True)
        for key in component.keys
    }
    return Register(assignment, had, held, outcome.components, target)


def person_rows(region: Region, register: Register, cause: Cause) -> dict[str, list[Any]]:
    assignment, held, target = register.assignment, register.held, register.target
    joins = [
        {"key": key, "one_id": one_id}
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
        "persons": [_person(person) for person in assignment.minted],
        "leaves": leaves,
        "joins": joins,
        "owners": owners,
        "merges": [
            {"one_id": one_id, "into": into, "cause": cause.name}
            for one_id, into in sorted(assignment.merged.items())
        ],
        "returns": sorted(assignment.returned),
        "splits": [
            {"one_id": one_id, "from": before, "cause": cause.name}
            for one_id, before in sorted(assignment.split_from.items())
        ],
        "erased": _emptied(region, target, register),
        "changes": _changes(region, register, target, out, cause),
    }


def marked_people(rows: dict[str, list[Any]], register: Register) -> list[str]:
    """The people that are otherwise now, so that what is derived of them is derived anew: who gains, loses,
    merges, returns, splits or has another owner. Who is minted is marked from the start.
    """
    people = {row["one_id"] for name in ("joins", "owners", "merges", "splits") for row in rows[name]}
    people.update(one_id for name in ("returns", "erased") for one_id in rows[name])
    people.update(row["into"] for row in rows["merges"])
    people.update(row["from"] for row in rows["splits"])
    people.update(register.held[key] for key in rows["leaves"] if key in register.held)
    people.update(row["one_id"] for row in rows["changes"])
    return sorted(people - {row["one_id"] for row in rows["persons"]})


def _person(person: Person) -> dict[str, Any]:
    return {
        "one_id": person.one_id,
        "born": person.born,
        "name": person_name(person.one_id),
    }


def _emptied(region: Region, target: dict[str, str], register: Register) -> list[str]:
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
    region: Region, register: Register, target: dict[str, str], out: Iterable[str], cause: Cause
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
        "cause": cause.name,
        "one_id": one_id,
        "others": others,
        "gained": keys.get("gained", []),
        "lost": keys.get("lost", []),
        "by": cause.by,
        "reason": cause.reason,
        "operation": cause.operation,
        "name": named,
    }
