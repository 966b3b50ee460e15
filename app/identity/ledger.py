"""The ledger: identifiers, evidence and pins, and how observations and operations change them.

One class serves `simulate` (which holds everything), the live service (which loads the part that a unit of
work touches) and the full recompute. Pure: no graph, no clock. Rules: design page "identity", "Policy" and
"What people do with it".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from app.identity.evidence import (
    Evidence,
    Identifier,
    Link,
    Never,
    Pair,
    Tombstone,
    Unlink,
    pair_of,
    together,
)
from app.identity.facts import ACCOUNT, Facts, Order, fold, trait
from app.identity.normalise import Blocklist, Value, normalise
from app.identity.policy import Blocked, Policy
from app.identity.rule import Edge, Node
from app.identity.screen import without_own_hashes
from app.identity.sighting import Notice, Seen, Sighting, dropped

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

    def observe(self, sighting: Sighting) -> Notice | list[Notice]:
        """Take in what was seen together. Returns the warnings, or the notice of a rejection, which stores
        nothing.
        """
        warnings = list(sighting.warnings)
        admitted, buried = [], self._buried(sighting)
        for seen in sighting.identifiers:
            known = self.identifiers.get(self.lookup(seen))
            if self.blocked_by_hand.blocks(seen.kind, seen.value) or (known is not None and known.blocked):
                warnings.append(dropped(sighting.id, seen, "BLOCKED", "the value identifies nobody"))
            elif seen.plain not in buried:
                admitted.append(seen)
        kept = {self.lookup(seen): seen for seen in reversed(without_own_hashes(admitted))}
        if sighting.has_facts and not kept:
            return Notice(
                sighting.id,
                "NO_IDENTIFIER",
                "it has facts and no identifier is left to hang them on",
                ("identifiers",),
            )
        for seen in sighting.identifiers:
            self._spread_tombstones(seen)
        for key, seen in kept.items():
            self._admit(key, seen, sighting)
        for a, b in combinations(sorted(kept), 2):
            self._see((a, b), sighting)
        self._learn(kept, sighting)
        return warnings

    def _learn(self, kept: Collection[str], sighting: Sighting) -> None:
        """Take in what the account among the identifiers says of itself."""
        if sighting.said:
            for key in kept:
                if self.identifiers[key].kind == ACCOUNT:
                    fold(self.facts.setdefault(key, {}), key, sighting.at, sighting.said, self.name_order)

    def _buried(self, sighting: Sighting) -> set[str]:
        """What an erasure drops from an observation: values with a tombstone, and all their forms."""
        if not self.tombstones:
            return set()
        gone = [seen for seen in sighting.identifiers if self._dropped(seen, sighting.at)]
        forms = {f"{seen.kind}|{seen.scope}|{form}" for seen in gone for form in seen.value.forms}
        return forms | {seen.plain for seen in gone}

    def _dropped(self, seen: Seen, at: int) -> bool:
        keys = [
            self.key_of(seen.kind, seen.scope, seen.value.text),
            *self.form_keys(seen.kind, seen.scope, seen.value),
        ]
        return any(key in self.tombstones and self.tombstones[key].drops(at) for key in keys)

    def _spread_tombstones(self, seen: Seen) -> None:
        """A plain value that meets a tombstone gets one for each form, and what hangs on those forms goes
        too.
        """
        if not self.tombstones or not seen.value.forms:
            return
        key = self.key_of(seen.kind, seen.scope, seen.value.text)
        keys = [key, *self.form_keys(seen.kind, seen.scope, seen.value)]
        met = [self.tombstones[k] for k in keys if k in self.tombstones]
        if not met or (len({stone.group for stone in met}) == 1 and len(met) == len(keys)):
            return
        lifted = [stone.restored for stone in met if stone.restored is not None]
        restored = max(lifted) if len(lifted) == len(met) else None
        operations = {operation for s in met for operation in s.lifted} if restored is not None else ()
        stone = Tombstone(max(s.erased for s in met), key, restored, tuple(sorted(operations)))
        for k in keys:
            if k not in self.identifiers or stone.drops(self.identifiers[k].last):
                self.forget(k)
            self.tombstones[k] = stone

    def _admit(self, key: str, seen: Seen, sighting: Sighting) -> None:
        brands = (sighting.brand,) if sighting.brand else ()
        one = self.identifiers.get(key)
        if one is None:
            one = Identifier(key, seen.plain, seen.kind, seen.scope, sighting.at, sighting.at, brands)
            self.identifiers[key] = one
        else:
            one.first, one.last = min(one.first, sighting.at), max(one.last, sighting.at)
            one.brands = together(one.brands, brands)
        # Also of one that is known: another hash of it may have led here first, in this very unit of work.
        for form in self.form_keys(seen.kind, seen.scope, seen.value):
            if self.aliases.get(form) != key:
                self._know(form, key)

    def _know(self, form: str, key: str) -> None:
        """From now on the form is this identifier; what hung on the form moves to it."""
        self.aliases[form] = key
        if form in self.identifiers or self.near.get(form):
            self._move(form, key)

    def _see(self, pair: Pair, sighting: Sighting) -> None:
        at, sources = sighting.at, (sighting.source,) if sighting.source else ()
        brands = (sighting.brand,) if sighting.brand else ()
        self.fold(pair, Evidence(at, at, at, sighting.verified, sources, brands))

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

    def _move(self, old: str, new: str) -> None:
        """Everything that hangs on a hash goes over to its plain value."""
        gone, one = self.identifiers.get(old), self.identifiers[new]
        if gone is not None:
            one.first, one.last = min(one.first, gone.first), max(one.last, gone.last)
            one.brands = together(one.brands, gone.brands)
        self.moved[old] = new
        for other in list(self.near.get(old, ())):
            self._move_pair(pair_of(old, other), pair_of(new, other), itself=other == new)
        self._drop(old)

    def _move_pair(self, old: Pair, new: Pair, *, itself: bool) -> None:
        both = [self.evidence.pop(old, None), self.evidence.pop(new, None)]
        links, unlinks, nevers = self.links.pop(old, []), self.unlinks.pop(old, []), self.nevers.pop(old, [])
        if itself:
            return
        self.connect(new)
        if links:
            self.links.setdefault(new, []).extend(links)
        if unlinks:
            self.unlinks.setdefault(new, []).extend(unlinks)
        if nevers:
            self.nevers.setdefault(new, []).extend(nevers)
        for evidence in both:
            if evidence is not None:
                self.fold(new, evidence)

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
        self._drop(key)
        for form in [form for form, plain in self.aliases.items() if plain == key]:
            del self.aliases[form]

    def _drop(self, key: str) -> None:
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
