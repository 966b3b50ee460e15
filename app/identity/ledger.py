"""The ledger: identifiers, evidence and pins, and how observations and operations change them.

One class serves `simulate` (which holds everything), the live service (which loads the part that a unit of
work touches) and the full recompute. Pure: no graph, no clock. Rules: design page "identity", "Policy" and
"What people do with it".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.identity.evidence import (
    Evidence,
    Identifier,
    Link,
    Never,
    Pair,
    Tombstone,
    Unlink,
    pair_of,
)
from app.identity.facts import Facts, Order, trait
from app.identity.normalise import Blocklist, Value, normalise
from app.identity.policy import Blocked, Policy
from app.identity.rule import Edge, Node
from app.identity.sighting import Seen

KeyOf = Callable[[str, str, str], str]
"""(kind, scope, normalised value or hash form) -> key."""


def plain_key(kind: str, scope: str, value: str) -> str:
    """The key where nothing is sealed."""
    return f"{kind}|{scope}|{value}"


def as_it_is(key: str, name: str) -> str:
    """The order of names that were said at one time, where nothing is sealed."""
    return name


@dataclass(slots=True)
class Ledger:
    """Everything that decides who is one person, or a part of it that is closed for what is done with it."""

    policy: Policy
    key_of: KeyOf = plain_key
    by_hand: tuple[Blocked, ...] = ()
    expired_at: int | None = None
    """The greatest time of the expiry runs so far."""
    name_order: Order = as_it_is
    identifiers: dict[str, Identifier] = field(default_factory=dict)
    evidence: dict[Pair, Evidence] = field(default_factory=dict)
    links: dict[Pair, list[Link]] = field(default_factory=dict)
    unlinks: dict[Pair, list[Unlink]] = field(default_factory=dict)
    nevers: dict[Pair, list[Never]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """Key of a hash form -> key of its plain value."""
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    """What accounts say of themselves, as far as it decides who is one person."""
    near: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Identifier -> those it has evidence or a pin with."""
    moved: dict[str, str] = field(default_factory=dict)
    """Keys of hashes whose plain value came, and that key: what the unit of work changed."""
    erased: set[str] = field(default_factory=set)
    run: int = 0
    blocklist: Blocklist = field(init=False)
    """What the policy blocks."""
    blocked_by_hand: Blocklist = field(init=False)

    def __post_init__(self) -> None:
        self.blocklist = Blocklist(self.policy, self.policy.blocked)
        self.blocked_by_hand = Blocklist(self.policy, self.by_hand)

    # -- what holds now ---

    def expired(self, one: Identifier) -> bool:
        """Whether the identifier's newest sighting is too old for its kind's ttl."""
        ttl = self.policy.kinds[one.kind].ttl_micros
        return ttl is not None and self.expired_at is not None and one.last < self.expired_at - ttl

    def live(self, key: str) -> bool:
        """Whether the identifier takes part: it is stored, and neither blocked nor expired."""
        one = self.identifiers.get(key)
        return one is not None and not one.blocked and not self.expired(one)

    def node(self, key: str) -> Node:
        one = self.identifiers[key]
        return Node(key, one.kind, one.scope, one.plain, self.traits(key))

    def traits(self, key: str) -> tuple[tuple[int, str], ...]:
        """What an account says of itself that must not differ inside a person."""
        facts = self.facts.get(key)
        if not facts:
            return ()
        said = [(n, trait(one.attribute, facts)) for n, one in enumerate(self.policy.contradictions)]
        ignored = self.policy.contradictions
        return tuple((n, value) for n, value in said if value is not None and value not in ignored[n].ignore)

    def guarded(self, pair: Pair) -> bool:
        """Whether only a verified source may join this pair: one end is of layer person or contact."""
        return any(self.policy.kinds[self.identifiers[key].kind].rank <= 1 for key in pair)

    def link_that_holds(self, pair: Pair) -> Link | None:
        """The newest manual link, unless a newer unlink took the pair apart."""
        links = self.links.get(pair)
        if not links:
            return None
        newest = max(links, key=lambda link: (link.at, link.run))
        later = any(
            (unlink.at, unlink.run) > (newest.at, newest.run) for unlink in self.unlinks.get(pair, ())
        )
        return None if later else newest

    def edge(self, pair: Pair) -> Edge | None:
        """The pair as the rule sees it: None when nothing joins it (any more)."""
        link = self.link_that_holds(pair)
        if pair in self.evidence:
            return self.seen_edge(pair, link)
        return Edge(*pair, linked=link.at) if link else None

    def seen_edge(self, pair: Pair, link: Link | None) -> Edge:
        """A pair that was seen together, with the link that holds for it, if any."""
        evidence, linked = self.evidence[pair], link.at if link else None
        claimed = link is None and not evidence.verified and self.guarded(pair)
        inferred, sure = evidence.method != "observed", evidence.confidence
        return Edge(*pair, evidence.first, evidence.last, claimed, inferred, linked, sure)

    def edges_of(self, key: str) -> Iterator[Edge]:
        """The live edges of an identifier."""
        if self.live(key):
            for other in self.near.get(key, ()):
                if self.live(other) and (edge := self.edge(pair_of(key, other))):
                    yield edge

    def ties(self, key: str) -> list[Node]:
        """The identifiers that count for whether this one is shared."""
        return [self.node(edge.other(key)) for edge in self.edges_of(key) if not edge.claimed]

    # -- observations ---

    def lookup(self, seen: Seen) -> str:
        """The key that an identifier goes by: of a hash whose plain value is known, that value's."""
        key = self.key_of(seen.kind, seen.scope, seen.value.text)
        return self.aliases.get(key, key) if seen.value.hashed else key

    def form_keys(self, kind: str, scope: str, value: Value) -> list[str]:
        return [self.key_of(kind, scope, form) for form in value.forms]

    def fold(self, pair: Pair, evidence: Evidence) -> None:
        """Add evidence to a pair, or to the first run of the unlinks that hold for its time."""
        guarded = self.guarded(pair)
        holding = min(
            (u for u in self.unlinks.get(pair, ()) if u.at >= evidence.newest),
            key=lambda u: u.run,
            default=None,
        )
        if holding is not None:
            pins = self.unlinks[pair]
            pins[pins.index(holding)] = holding.plus(evidence, guarded=guarded)
            return
        stored = self.evidence.get(pair)
        self.evidence[pair] = evidence if stored is None else stored.plus(evidence, guarded=guarded)
        self.connect(pair)

    def connect(self, pair: Pair) -> None:
        a, b = pair
        self.near[a].add(b)
        self.near[b].add(a)

    def forget(self, key: str) -> None:
        """Delete an identifier with its evidence and pins."""
        if key in self.identifiers or self.near.get(key):
            self.erased.add(key)
        for other in list(self.near.get(key, ())):
            pair = pair_of(key, other)
            self.evidence.pop(pair, None)
            self.links.pop(pair, None)
            self.unlinks.pop(pair, None)
            self.nevers.pop(pair, None)
        self.facts.pop(key, None)
        self.drop(key)
        for form in [form for form, plain in self.aliases.items() if plain == key]:
            del self.aliases[form]

    def drop(self, key: str) -> None:
        """Take an identifier out, with what it is near to; its evidence and pins are not looked at."""
        for other in self.near.pop(key, set()):
            self.near[other].discard(key)
        self.identifiers.pop(key, None)

    def next_run(self) -> int:
        self.run += 1
        return self.run

    def blocks(self, one: Identifier) -> bool:
        return self.names_nobody(one.kind, normalise(self.policy.kinds[one.kind], one.value))

    def names_nobody(self, kind: str, value: Value) -> bool:
        """Whether the policy, the built-in list or somebody's hand blocks the value."""
        return self.blocklist.blocks(kind, value) or self.blocked_by_hand.blocks(kind, value)

    def same(self, key: str) -> set[str]:
        """The key of an identifier, stored or erased, and of every form known to be the same."""
        one = self.identifiers.get(key)
        forms = {form for form, plain in self.aliases.items() if plain == key}
        if one is not None:
            value = normalise(self.policy.kinds[one.kind], one.value)
            forms.update(self.form_keys(one.kind, one.scope, value))
        return {key, *forms}
