"""What stands between two identifiers: a part of the ledger that is whole for telling why they are one
person, or why not. Pure; `app.identity.between_read` reads the same from the graph.

    closure(a) ∪ closure(b)        live identifiers, over everything that was ever seen together or linked
    their edge                     shared, blocked and expired identifiers: known with these pairs alone

A closure is closed over all live evidence that is not shared, so the rule says of it what it says of the
whole graph. What is shared is never walked into: a tablet may have a hundred thousand pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.identity.cluster import Decision, is_shared
from app.identity.evidence import Evidence, Pair, pair_of
from app.identity.ledger import Ledger
from app.identity.rule import Rule


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two who are asked about.

    `key` is None for who is not there. `standing` is LIVE, SHARED, BLOCKED, EXPIRED, ERASED or UNKNOWN;
    `since` the time of an erasure, else the newest sighting, in microseconds. `display` is masked.
    """

    key: str | None
    kind: str
    scope: str
    display: str
    standing: str
    since: int | None = None
    one_id: str | None = None


@dataclass(slots=True)
class Between:
    """See the module."""

    ledger: Ledger
    rule: Rule
    a: Party
    b: Party
    opened: set[str] = field(default_factory=set)
    """The identifiers of the closures: all their evidence is in the ledger."""
    shared: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    """Identifier -> what a person would call it, masked."""
    ties: dict[str, int] = field(default_factory=dict)
    """Identifier at the edge -> how many it was seen together with in all."""
    proposals: dict[Pair, Evidence] = field(default_factory=dict)
    """What match rules propose, which influences nothing."""
    decided: Decision | None = field(default=None, repr=False, compare=False)
    """What the rule says of the closures, once somebody has asked."""
    pending: bool = False
    """Whether a job has still to decide about the two, or what is around them is too much to be told."""

    @property
    def ends(self) -> tuple[str, str] | None:
        """The keys of the two, when both are there."""
        return None if self.a.key is None or self.b.key is None else (self.a.key, self.b.key)


def between(ledger: Ledger, a: str, b: str) -> Between:
    """What stands between two identifiers of a whole ledger; names are their unmasked values there."""
    rule = Rule(ledger.policy)
    shared = {key for key in ledger.identifiers if ledger.live(key) and is_shared(ledger, rule, key)}
    opened = closure(ledger, shared, (a, b))
    known = opened.union(
        (key for key in (a, b) if key in ledger.identifiers), *(ledger.near.get(k, ()) for k in opened)
    )
    part = Ledger(ledger.policy, ledger.key_of, ledger.by_hand, ledger.expired_at)
    part.identifiers = {key: ledger.identifiers[key] for key in known if key in ledger.identifiers}
    part.facts = {key: ledger.facts[key] for key in known if key in ledger.facts}
    _take_pairs(ledger, part, _pairs(ledger, opened, (a, b)))
    return Between(
        part,
        rule,
        party(ledger, a, shared),
        party(ledger, b, shared),
        opened=opened,
        shared=shared & known,
        names={key: one.value for key, one in part.identifiers.items()},
        ties={key: _pair_count(ledger, key) for key in known - opened},
    )


def closure(ledger: Ledger, shared: set[str], starts: Iterable[str]) -> set[str]:
    """The live identifiers around some, over all evidence, links and unlinks; not through shared ones."""
    found: set[str] = set()
    waiting = [key for key in starts if ledger.live(key) and key not in shared]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        waiting += [
            other
            for other in ledger.near.get(key, ())
            if ledger.live(other) and other not in shared and _together(ledger, pair_of(key, other))
        ]
    return found


def _together(ledger: Ledger, pair: Pair) -> bool:
    return pair in ledger.evidence or pair in ledger.links or pair in ledger.unlinks


def _pairs(ledger: Ledger, opened: set[str], ends: Pair) -> set[Pair]:
    found = {pair_of(key, other) for key in opened for other in ledger.near.get(key, ())}
    return found | {pair_of(*ends)}


def _take_pairs(ledger: Ledger, part: Ledger, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        if pair in ledger.evidence:
            part.evidence[pair] = ledger.evidence[pair]
        if pair in ledger.links:
            part.links[pair] = list(ledger.links[pair])
        if pair in ledger.unlinks:
            part.unlinks[pair] = list(ledger.unlinks[pair])
        if pair in ledger.nevers:
            part.nevers[pair] = list(ledger.nevers[pair])
        part.connect(pair)


def _pair_count(ledger: Ledger, key: str) -> int:
    return sum(pair_of(key, other) in ledger.evidence for other in ledger.near.get(key, ()))


def party(ledger: Ledger, key: str, shared: Iterable[str]) -> Party:
    """How an identifier of a ledger stands."""
    kind, scope, value = key.split("|", 2)
    one = ledger.identifiers.get(key)
    if one is None:
        stone = ledger.tombstones.get(key)
        if stone is not None and stone.restored is None:
            return Party(None, kind, scope, value, "ERASED", stone.erased)
        return Party(None, kind, scope, value, "UNKNOWN")
    return Party(key, kind, scope, one.value, standing(ledger, key, shared), one.last)


def standing(ledger: Ledger, key: str, shared: Iterable[str]) -> str:
    """LIVE, or why a stored identifier joins nobody: BLOCKED, EXPIRED or SHARED."""
    one = ledger.identifiers[key]
    if one.blocked:
        return "BLOCKED"
    if ledger.expired(one):
        return "EXPIRED"
    return "SHARED" if key in shared else "LIVE"
