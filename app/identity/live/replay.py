"""Which part of a region a unit of work can have changed, and what the rule says of it now.

Short cuts first (they are exact, see design page "identity"): newer sightings of active evidence, new
evidence inside one person, and new evidence that joins people validly none of whom touches suppressed
evidence. Everything else replays its conflict cluster: the closure over live evidence that is not shared,
people included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app.graph.sessions import Writer
from app.identity.cluster import decide
from app.identity.evidence import Pair, pair_of
from app.identity.live.closure import Closure, Sharing
from app.identity.live.region import PROPOSED, Region
from app.identity.one_ids import Component
from app.identity.parts import Parts
from app.identity.rule import ACTIVE, Node, Rule, Verdict

FOLLOWED = frozenset({"LIMIT_EXCEEDED", "NEVER_LINKED", "BRAND_ISOLATION", "CONTRADICTION", "NEUTRAL"})
"""Reasons of suppressed evidence that influences its cluster. SHARED and CLAIMED evidence influences
nothing.
"""


@dataclass(slots=True)
class Outcome:
    """What a unit of work makes of its region."""

    verdicts: dict[Pair, Verdict] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)
    """The identifiers of replayed clusters: all their pairs have a verdict now."""
    shared: dict[str, bool] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    """Identifiers touched in clusters over `max_cluster`: a job replays them."""


class Replay:
    """The deciding of one region after its ledger has changed."""

    def __init__(self, region: Region, rule: Rule, *, limit: int | None) -> None:
        self.region, self.rule, self.limit = region, rule, limit
        self.ledger = region.ledger
        self.outcome = Outcome()
        self.sharing = Sharing(region, rule)

    # -- what changed ---

    async def run(self, writer: Writer, seeds: Iterable[str] = (), recount: Iterable[str] = ()) -> Outcome:
        """Decide everything that the change can reach; `seeds` are replayed in any case, `recount` may stop
        being shared.
        """
        seeds = set(seeds) | self._restless()
        joined = self._new_pairs(seeds)
        for group in self._groups(joined).values():
            seeds |= self._short_cut(group)
        self._unmoved_people(seeds)
        if seeds or recount:
            await self.replay(writer, seeds, set(recount))
        return self.outcome

    def _restless(self) -> set[str]:
        """Touched identifiers that no short cut serves: revived ones, pending ones, those that become shared,
        and those that say something else of themselves.
        """
        found = set()
        for key in self.ledger.identifiers:
            flags = self.region.flags.get(key)
            if key not in self.region.stored_identifiers or flags is None:
                continue
            if self.region.says_otherwise(key):
                found.add(key)
            elif flags.pending or flags.expired != self.ledger.expired(self.ledger.identifiers[key]):
                if flags.pending or self._touched(key):
                    found.add(key)
            elif not flags.shared and self._touched(key) and self.sharing.holds(key):
                found.add(key)
        return found

    def _touched(self, key: str) -> bool:
        """Whether the sightings of this unit changed the identifier or gave it new evidence."""
        if self.ledger.identifiers[key] != self.region.stored_identifiers.get(key):
            return True
        pairs = (pair_of(key, other) for other in self.ledger.near.get(key, ()))
        return any(pair in self.ledger.evidence and self._changed(pair) for pair in pairs)

    def _changed(self, pair: Pair) -> bool:
        stored = self.region.stored.get(pair)
        return stored is None or stored.evidence != self.ledger.evidence[pair]

    def _new_pairs(self, seeds: set[str]) -> list[Pair]:
        """The pairs that join something new. Suppressed evidence that moved becomes a seed, the rest is
        settled here.
        """
        joining = []
        for pair in self.ledger.evidence:
            if not self._changed(pair):
                continue
            stored = self.region.stored.get(pair)
            if not (self.ledger.live(pair[0]) and self.ledger.live(pair[1])):
                continue
            edge = self.ledger.seen_edge(pair, self.ledger.link_that_holds(pair))
            if self.sharing.holds(pair[0]) or self.sharing.holds(pair[1]):
                self.outcome.shared.update({key: True for key in pair if self.sharing.holds(key)})
                self.outcome.verdicts[pair] = Verdict("SHARED")
            elif edge.claimed:
                if self.rule.policy.has_neutral:
                    seeds.update(pair)
                self.outcome.verdicts[pair] = Verdict("CLAIMED")
            elif stored is None or stored.reason == "CLAIMED" or stored.state in ("inactive", PROPOSED):
                joining.append(pair)
            elif stored.state != "active":
                seeds.update(pair)
        return joining

    # -- short cuts ---

    def _place(self, key: str) -> str:
        return self.region.person_of.get(key) or key

    def _groups(self, pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
        """The joining pairs by what they would make one: people, and identifiers of nobody yet."""
        parent: dict[str, str] = {}

        def find(place: str) -> str:
            while (up := parent.setdefault(place, place)) != place:
                parent[place] = place = parent[up]
            return place

        pairs = list(pairs)
        for a, b in pairs:
            parent[find(self._place(a))] = find(self._place(b))
        groups: defaultdict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            groups[find(self._place(pair[0]))].append(pair)
        return groups

    def _short_cut(self, pairs: list[Pair]) -> set[str]:
        """Settle a group without replaying, if that is exact; else its identifiers, to be replayed."""
        region = self.region
        touched = {key for pair in pairs for key in pair}
        people = {region.person_of[key] for key in touched if key in region.person_of}
        if (
            not people <= region.members.keys()
        ):  # somebody whom a hash was seen with, before its plain value came
            return touched
        keys = touched.union(*(region.members.get(person, ()) for person in people))
        if self.rule.policy.has_neutral and any(self._kind_is_neutral(key) for key in keys):
            return touched
        if len({self._place(key) for key in touched}) > 1 and not self._joins_validly(keys, people):
            return touched
        self.outcome.verdicts.update(dict.fromkeys(pairs, Verdict(ACTIVE)))
        self._component(keys, people)
        return set()

    def _kind_is_neutral(self, key: str) -> bool:
        return self.rule.policy.kinds[key.split("|", 1)[0]].conflict == "neutral"

    def _joins_validly(self, keys: Collection[str], people: Collection[str]) -> bool:
        if not self.region.contested.isdisjoint(people):
            return False
        nodes = {key: self._node(key) for key in keys}
        partners: defaultdict[str, list[str]] = defaultdict(list)
        for a, b in self.ledger.nevers:
            if a in nodes and b in nodes:
                partners[a].append(b)
                partners[b].append(a)
        parts = Parts(self.rule, nodes, partners)
        return parts.refusal([parts.find(key) for key in keys]).reason == ACTIVE

    def _component(self, keys: Iterable[str], people: Iterable[str]) -> None:
        """Note a component of which only the owners and the touched identifiers are loaded: one of them is
        the best.
        """
        known = [key for key in keys if key in self.ledger.identifiers]
        owners = [self.region.persons[person].owner for person in people]
        contenders = (*known, *(owner for owner in owners if owner in self.ledger.identifiers))
        self.outcome.components.append(
            Component(frozenset(keys), tuple(dict.fromkeys(c for c in contenders if c)))
        )

    def _unmoved_people(self, seeds: set[str]) -> None:
        """People without joining evidence still need a look: an identifier that is new, or was seen earlier
        than known.
        """
        settled = {key for component in self.outcome.components for key in component.keys}
        people = set()
        for key, one in self.ledger.identifiers.items():
            if key in settled or key in seeds or not self.ledger.live(key):
                continue
            before = self.region.stored_identifiers.get(key)
            if key not in self.region.person_of:
                if before is None:
                    self._component([key], [])
            elif before is not None and one.first < before.first:
                people.add(self.region.person_of[key])
        for person in people:
            if person in self.region.members:
                self._component(self.region.members[person], [person])

    # -- replaying ---

    async def closure(self, writer: Writer, seeds: set[str], recount: Iterable[str] = ()) -> Closure:
        """Read and find the clusters of some identifiers."""
        return await Closure(self.sharing, set(recount), self.limit).of(writer, seeds)

    async def replay(self, writer: Writer, seeds: set[str], recount: set[str]) -> None:
        closed = await self.closure(writer, seeds | recount, recount)
        shared = self.sharing.among(closed.keys)
        for key in closed.keys:
            self.outcome.shared[key] = key in shared
        around = {
            other
            for key in closed.keys
            for other in self.ledger.near.get(key, ())
            if self.sharing.believed(other)
        }
        decision = decide(self.ledger, self.rule, closed.keys, shared)
        self.outcome.decided |= closed.keys
        self.outcome.pending |= closed.too_large
        self._drop_short_cuts(closed.keys)
        self.outcome.verdicts.update(decision.resolution.verdicts)
        self._outside(closed.keys, around | shared)
        self.outcome.components += [Component(frozenset(c)) for c in decision.resolution.components]

    def _drop_short_cuts(self, replayed: set[str]) -> None:
        kept = [c for c in self.outcome.components if c.keys.isdisjoint(replayed)]
        self.outcome.components = kept

    def _outside(self, keys: set[str], shared: Collection[str]) -> None:
        """Pairs with one end outside: shared or claimed, since everything else is followed."""
        for key in keys:
            for other in self.ledger.near.get(key, ()):
                edge = self.ledger.edge(pair_of(key, other))
                if other in keys or edge is None or not (self.ledger.live(key) and self.ledger.live(other)):
                    continue
                if key in shared or other in shared:
                    self.outcome.verdicts[edge.pair] = Verdict("SHARED")
                elif edge.claimed:
                    self.outcome.verdicts[edge.pair] = Verdict("CLAIMED")

    def _node(self, key: str) -> Node:
        """An identifier of which only the key is loaded: enough to count it."""
        kind, scope, _ = key.split("|", 2)
        return Node(key, kind, scope, key, self.ledger.traits(key))
