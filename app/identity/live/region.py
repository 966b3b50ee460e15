"""The part of the graph that a unit of work decides about: what is read of it, and what was stored there
before.

A region holds a `Ledger` of what is loaded. `touched` identifiers are known with the pairs among them;
`opened` ones with all their evidence and pins (of a shared identifier only when it is `wide`, for there may
be a million).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from app.access.sealing import Keyring
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.evidence import Evidence, Identifier, Link, Never, Pair, Said, Tombstone, Unlink, pair_of
from app.identity.ledger import Ledger
from app.identity.live.facts_stored import facts_of
from app.identity.one_ids import Person
from app.identity.policy import Policy

_CLAIM = write_query("identity/claim")
_HOLD = write_query("identity/hold")
_LOCK = write_query("identity/lock_people")
_TOUCH = read_query("identity/touch")
_OPEN = read_query("identity/open")
_TOGETHER = read_query("identity/tombstones_together")


_GRAVE = "tombstone|"
PROPOSED = "proposed"
"""The state of evidence that waits for somebody to approve it."""


class Moved(Exception):
    """What was locked is not what must be, for another unit moved an identifier: start again."""


@dataclass(slots=True)
class Stored:
    """A stored LINKED relationship."""

    evidence: Evidence
    state: str
    reason: str | None


@dataclass(slots=True)
class Flags:
    """The marks of an identifier node that say what it is for the rule."""

    shared: bool = False
    expired: bool = False
    blocked: bool = False
    pending: bool = False
    contested: bool = False


@dataclass(slots=True)
class Region:
    """See the module."""

    ledger: Ledger
    keyring: Keyring
    locked: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    wide: set[str] = field(default_factory=set)
    person_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)
    """People of whom an identifier touches suppressed evidence."""
    plain_of: dict[str, str] = field(default_factory=dict)
    """Every identifier node that was read -> kind|scope|value, also of one that only a pin knows."""
    stored: dict[Pair, Stored] = field(default_factory=dict)
    stored_pins: dict[tuple[str, Pair, int], Link | Unlink | Never] = field(default_factory=dict)
    link_states: dict[tuple[Pair, int], tuple[str | None, str | None]] = field(default_factory=dict)
    """State and reason of each stored manual link."""
    stored_identifiers: dict[str, Identifier] = field(default_factory=dict)
    flags: dict[str, Flags] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    stored_stones: dict[str, Tombstone] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    """Claimed identifiers that were there before, so that there may be something between them."""
    wanted: dict[str, str] = field(default_factory=dict)
    """Best identifier of a component -> the OneID that an undo gives back to it."""
    erasures: bool = True
    """Whether anything was ever erased."""
    proposals: dict[Pair, Evidence] = field(default_factory=dict)
    """What match rules propose: stored like evidence, no part of the ledger, for it influences nothing."""
    stored_traits: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """What the accounts said of themselves before, where the policy asks."""
    claimed: set[str] = field(default_factory=set)
    """The identifiers that the unit of work is about."""
    epoch: int | None = None

    @property
    def policy(self) -> Policy:
        return self.ledger.policy

    # -- reading ---

    async def claim(
        self, writer: Writer, plain: Sequence[dict[str, Any]], hashed: Sequence[dict[str, Any]]
    ) -> list[str]:
        """Make sure these exist and lock them with their people. Returns the keys that they go by."""
        row = await writer.one(_CLAIM, rows={"plain": plain, "hashed": hashed})
        self.epoch = row["epoch"]
        self.locked.update(row["locked"])
        self.known.update(row["known"])
        self.erasures = row["tombstones"] > 0
        self.ledger.aliases.update(dict(row["hashes"]))
        self.moves = [(old, new) for old, new in row["moves"]]
        keys = {r["key"] for r in plain} | {key for _, key in row["hashes"]} | {old for old, _ in self.moves}
        self.claimed.update(keys)
        return sorted(keys)

    async def hold(self, writer: Writer, keys: Sequence[str]) -> None:
        """Lock stored identifiers with their people, and read all there is of them."""
        row = await writer.one(_HOLD, rows={"keys": keys})
        self.epoch = row["epoch"]
        self.locked.update(row["locked"])
        await self.open(writer, self.locked, keys, keys)

    async def touch(
        self, writer: Writer, keys: Sequence[str], pairs: Sequence[Pair], stones: Mapping[str, str]
    ) -> None:
        """Read the identifiers, their people, the pairs among them, and tombstones (`buried` key -> key)."""
        rows = {
            "keys": keys,
            "pairs": [list(pair) for pair in pairs],
            "stones": sorted(stones),
            "stronger": stronger_kinds(self.policy),
        }
        row = await writer.one(_TOUCH, rows=rows)
        for one_id, born, owner, owner_row, members, contested, nevers in row["people"]:
            self.persons.setdefault(one_id, Person(one_id, born, owner))
            self.members[one_id] = members
            if contested:
                self.contested.add(one_id)
            if owner is not None:
                self._identifier(owner_row)
            for never in nevers:
                self._never(never)
        self.take(row["identifiers"], row["neighbours"], row["edges"], row["pins"], row["nevers"])
        for buried, erased, group, restored, lifted in row["tombstones"]:
            key, stone = stones[buried], Tombstone(erased, group, restored, tuple(lifted or ()))
            self.ledger.tombstones[key] = self.stored_stones[key] = stone
        self._check_locked(row["identifiers"])
        await self._hear(writer)

    async def open(
        self, writer: Writer, people: Iterable[str], keys: Iterable[str], wide: Iterable[str]
    ) -> None:
        """Read these people and identifiers with everything that deciding about them takes, under lock."""
        people, keys, wide = sorted(set(people)), sorted(set(keys)), sorted(set(wide))
        unlocked = [one_id for one_id in people if one_id not in self.locked]
        if unlocked:
            await writer.rows(_LOCK, rows={"people": unlocked})
            self.locked.update(unlocked)
        row = await writer.one(_OPEN, rows={"people": people, "keys": keys, "wide": wide})
        for one_id, born, status, owner, into, merged_at in row["people"]:
            self.persons[one_id] = Person(one_id, born, owner, into, merged_at or 0, status)
        self.take(row["identifiers"], row["neighbours"], row["edges"], row["pins"], row["nevers"])
        for one_id in people:
            self.members[one_id] = [r[0] for r in row["identifiers"] if r[9] == one_id]
        self.opened.update(r[0] for r in row["identifiers"])
        self.wide.update(wide)
        self._check_locked(row["identifiers"])
        await self._hear(writer)

    async def _hear(self, writer: Writer) -> None:
        """Read what the accounts that are known by now say of themselves, where that decides anything."""
        if not self.policy.contradictions:
            return
        keys = {*self.plain_of, *(key for members in self.members.values() for key in members)}
        missing = keys - self.stored_traits.keys()
        for key, facts in (
            await facts_of(writer, self.keyring, missing, self.policy.deciding_fields)
        ).items():
            self.ledger.facts[key] = facts
            self.stored_traits[key] = self.ledger.traits(key)

    def says_otherwise(self, key: str) -> bool:
        """Whether an account says something else of itself now than is stored."""
        return key in self.stored_traits and self.ledger.traits(key) != self.stored_traits[key]

    async def exhume(self, writer: Writer) -> None:
        """Read the tombstones of all forms that were erased together with those that are known."""
        groups = sorted({stone.group for stone in self.stored_stones.values()})
        known = {self.buried(key) for key in self.stored_stones}
        for row in await writer.rows(_TOGETHER, groups=groups) if groups else []:
            if row["key"] not in known:
                stone = Tombstone(row["erased"], row["group"], row["restored"], tuple(row["lifted"] or ()))
                self.ledger.tombstones[row["key"]] = self.stored_stones[row["key"]] = stone

    def buried(self, key: str) -> str:
        """The key of an identifier's tombstone, which never holds a readable value."""
        return key if key.startswith(_GRAVE) else _GRAVE + self.keyring.digest("/tombstone", "*", key)

    def stones(self, keys: Iterable[str]) -> dict[str, str]:
        """Tombstone keys to look for -> the keys that they are for; none where nothing was ever erased."""
        return {self.buried(key): key for key in keys} if self.erasures else {}

    def shared_among(self, keys: Iterable[str]) -> set[str]:
        """Those of the identifiers that are stored as shared: they may stop being so, and must be counted
        again.
        """
        return {key for key in keys if key in self.flags and self.flags[key].shared}

    def claimed_new(self, key: str) -> bool:
        """Whether the identifier was made for this unit of work, which then did not take it in."""
        return (
            key not in self.stored_identifiers
            and key not in self.ledger.identifiers
            and key not in self.ledger.moved
        )

    def _check_locked(self, rows: Iterable[Sequence[Any]]) -> None:
        """Whoever an identifier belongs to must be locked; if not, it moved while we waited."""
        if any(row[9] is not None and row[9] not in self.locked for row in rows):
            raise Moved

    def take(
        self,
        identifiers: Sequence[Sequence[Any]],
        neighbours: Sequence[Sequence[Any]],
        edges: Sequence[Sequence[Any]],
        pins: Sequence[Sequence[Any]],
        nevers: Sequence[Sequence[Any]],
    ) -> None:
        """Take in what was read, in the shapes of touch.cypher; what is known already stays as it is."""
        for row in (*identifiers, *neighbours):
            self._identifier(row)
            if row[9] is not None:
                self.person_of[row[0]] = row[9]
        for edge in edges:
            self._edge(edge)
        for pin in pins:
            self._pin(pin)
        for never in nevers:
            self._never(never)

    def _identifier(self, row: Sequence[Any]) -> None:
        key, kind, scope, value, sealed, first, last, brands, flags, _ = row
        if key in self.plain_of:
            return
        text = value if sealed is None else self.keyring.unseal(bytes(sealed))
        plain = self.plain_of[key] = f"{kind}|{scope}|{text}"
        self.flags[key] = Flags(*(bool(flag) for flag in flags))
        if first is not None:
            one = Identifier(
                key, plain, kind, scope, first, last, tuple(brands or ()), self.flags[key].blocked
            )
            self.ledger.identifiers[key] = one
            self.stored_identifiers[key] = copy(one)

    def _edge(self, row: Sequence[Any]) -> None:
        pair = pair_of(row[0], row[1])
        if pair in self.stored:
            return
        self.stored[pair] = Stored(_evidence(row[2:10]), row[10], row[11])
        if row[10] == PROPOSED:
            self.proposals[pair] = self.stored[pair].evidence
            return
        self.ledger.evidence[pair] = self.stored[pair].evidence
        self.ledger.connect(pair)

    def _pin(self, row: Sequence[Any]) -> None:
        kind, a, b, at, run, operation, by, reason = row[:8]
        pair, said = pair_of(a, b), Said(operation, by, reason)
        self.ledger.connect(pair)
        if (kind, pair, run) in self.stored_pins:
            return
        if kind == "PINNED":
            link = Link(at, run, said)
            self.ledger.links.setdefault(pair, []).append(link)
            self.stored_pins[kind, pair, run] = link
            self.link_states[pair, run] = (row[16], row[17])
        else:
            unlink = Unlink(at, run, None if row[8] is None else _evidence(row[8:16]), said)
            self.ledger.unlinks.setdefault(pair, []).append(unlink)
            self.stored_pins[kind, pair, run] = unlink

    def _never(self, row: Sequence[Any]) -> None:
        a, b, at, run, operation, by, reason = row
        pair = pair_of(a, b)
        self.ledger.connect(pair)
        if ("NEVER_LINKED", pair, run) not in self.stored_pins:
            pin = Never(at, run, Said(operation, by, reason))
            self.ledger.nevers.setdefault(pair, []).append(pin)
            self.stored_pins["NEVER_LINKED", pair, run] = pin


def _evidence(row: Sequence[Any]) -> Evidence:
    first, last, newest, verified, sources, brands, method, confidence = row
    return Evidence(
        first, last, newest, verified, tuple(sources or ()), tuple(brands or ()), method, confidence
    )


def stronger_kinds(policy: Policy) -> dict[str, list[str]]:
    """For each kind that can be shared: the kinds of the stronger layers, whose ties count."""
    return {
        name: [other for other, its in policy.kinds.items() if its.rank < kind.rank]
        for name, kind in policy.kinds.items()
        if kind.shared_after is not None
    }
