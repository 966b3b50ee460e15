"""The part of the graph that a unit of work decides about: what is read of it, and what was stored there
before.

A region holds a `Ledger` of what is loaded. `touched` identifiers are known with the pairs among them;
`opened` ones with all their evidence and pins (of a shared identifier only when it is `wide`, for there may
be a million).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from app.access.sealing import Keyring
from app.identity.evidence import Evidence, Identifier, Link, Never, Pair, Said, Tombstone, Unlink, pair_of
from app.identity.ledger import Ledger
from app.identity.one_ids import Person
from app.identity.policy import Policy

_GRAVE = "tombstone|"
PROPOSED = "proposed"
"""The state of evidence that waits for somebody to approve it."""


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

    def says_otherwise(self, key: str) -> bool:
        """Whether an account says something else of itself now than is stored."""
        return key in self.stored_traits and self.ledger.traits(key) != self.stored_traits[key]

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
            self.take_identifier(row)
            if row[9] is not None:
                self.person_of[row[0]] = row[9]
        for edge in edges:
            self._edge(edge)
        for pin in pins:
            self._pin(pin)
        for never in nevers:
            self.take_never(never)

    def take_identifier(self, row: Sequence[Any]) -> None:
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

    def take_never(self, row: Sequence[Any]) -> None:
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
