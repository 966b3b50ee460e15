"""The rule on what stands between two identifiers: as it is, and as it would be without what keeps them
apart.

Pure. `obstacles` finds what must go for the rule to join them: the cheapest way over evidence is looked at,
what keeps it from joining is lifted, and the rule is asked again, until it joins them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from heapq import heappop, heappush

from app.identity.cluster import Decision, decide, is_shared
from app.identity.evidence import Never, Pair, pair_of
from app.identity.explain.between import Between, standing
from app.identity.explain.obstacles import Limit, Obstacle, without
from app.identity.ledger import Ledger
from app.identity.rule import ACTIVE, Edge, Rule

_WIDE = 10
"""What going over a shared, blocked or expired identifier costs, in suppressed pairs."""


class Supposition:
    """A copy of what stands between two, in which obstacles can be lifted."""

    def __init__(self, given: Between) -> None:
        self.given, self.policy = given, given.ledger.policy
        self.ledger = given.ledger
        """The given one until something is lifted, then a copy."""
        self.counted: set[str] = set()
        """Those of whoever takes part that are shared now: none, until something was lifted."""
        self.spared: set[str] = set()
        """Identifiers that are taken not to be shared."""
        self.lifted = False
        self.taking_part = set(given.opened)
        self._decision: Decision | None = None

    # -- what the rule says ---

    def decision(self) -> Decision:
        """What the rule says now of everybody who takes part."""
        if self._decision is None:
            rule = self.given.rule if self.policy is self.given.ledger.policy else Rule(self.policy)
            if self.lifted:
                live = {key for key in self.taking_part - self.spared if self.ledger.live(key)}
                self.counted = {key for key in live if is_shared(self.ledger, rule, key)}
                self._decision = decide(self.ledger, rule, self.taking_part, self.counted)
            else:
                given = self.given
                given.decided = given.decided or decide(self.ledger, rule, self.taking_part, self.counted)
                self._decision = given.decided
        return self._decision

    def joined(self, a: str, b: str) -> bool:
        """Whether the rule makes them one person."""
        component = self.decision().component
        return a in component and component[a] == component.get(b)

    def standing(self, key: str) -> str:
        """How an identifier stands here; those that take part are shared when they are counted to be."""
        at_edge = key in self.given.shared and key not in self.spared
        return standing(self.ledger, key, (key,) if at_edge else self.counted)

    def weight(self, pair: Pair) -> int | None:
        """How many obstacles the pair itself meets: None when nothing ever joined it."""
        edge = self.ledger.edge(pair)
        if edge is None:
            unlinked = self.ledger.unlinks.get(pair, ())
            return 1 if pair in self.ledger.links or any(pin.evidence for pin in unlinked) else None
        verdict = self.decision().resolution.verdicts.get(pair)
        return 1 if verdict is not None and verdict.reason not in (ACTIVE, "SHARED") else 0

    def way(self, a: str, b: str) -> list[Pair] | None:
        """The pairs that lead from one to the other over the fewest obstacles, of equal ways the one of the
        strongest evidence; None when nothing does.
        """
        order = self.order()
        best: dict[str, tuple[int, int, int]] = {}
        came: dict[str, str] = {}
        waiting = [((self._entering(a), -1, 0), a, "")]
        while waiting:
            cost, key, before = heappop(waiting)
            if key in best:
                continue
            best[key], came[key] = cost, before
            if key == b:
                return _walked(came, b)
            for other in self.ledger.near.get(key, ()):
                pair = pair_of(key, other)
                if other in best or other not in self.ledger.identifiers or pair not in order:
                    continue
                weight, place = order[pair]
                worst = max(cost[1], place) if weight else cost[1]
                heappush(
                    waiting, ((cost[0] + weight + self._entering(other), worst, cost[2] + 1), other, key)
                )
        return None

    def _entering(self, key: str) -> int:
        return 0 if self.standing(key) == "LIVE" else _WIDE

    def order(self) -> dict[Pair, tuple[int, int]]:
        """Every pair that joins or joined: its weight, and its place in the rule's order."""
        rule = Rule(self.policy)
        weights = {pair: weight for pair in self._pairs() if (weight := self.weight(pair)) is not None}
        nodes = {key: self.ledger.node(key) for pair in weights for key in pair}
        ranked = sorted(weights, key=lambda pair: rule.rank(self.edge(pair), nodes))
        return {pair: (weights[pair], place) for place, pair in enumerate(ranked)}

    def _pairs(self) -> Iterable[Pair]:
        known = self.ledger.identifiers
        every = dict.fromkeys((*self.ledger.evidence, *self.ledger.links, *self.ledger.unlinks))
        return (pair for pair in every if pair[0] in known and pair[1] in known)

    def edge(self, pair: Pair) -> Edge:
        """The pair as the rule sees it, or saw it before it was unlinked."""
        edge = self.ledger.edge(pair)
        if edge is not None:
            return edge
        held = [pin.evidence for pin in self.ledger.unlinks.get(pair, ()) if pin.evidence]
        if not held:
            return Edge(*pair, linked=max(link.at for link in self.ledger.links[pair]))
        return Edge(*pair, min(e.first for e in held), max(e.last for e in held))

    # -- what keeps a pair from joining ---

    def obstacle(self, pair: Pair) -> Obstacle | None:
        """The first thing that keeps a pair from joining; None when it joins."""
        for reason in ("BLOCKED", "EXPIRED", "SHARED"):
            holders = tuple(key for key in pair if self.standing(key) == reason)
            if holders:
                return Obstacle(reason, pair, tuple(sorted(holders, key=self._plain)))
        if self.ledger.edge(pair) is None:
            return Obstacle("UNLINKED", pair, unlinks=tuple(self.ledger.unlinks.get(pair, ())))
        verdict = self.decision().resolution.verdicts[pair]
        if verdict.reason == ACTIVE:
            return None
        limit = self._limit(verdict.blocked_by) if verdict.reason == "LIMIT_EXCEEDED" else None
        nevers: tuple[Never, ...] = ()
        if verdict.reason == "NEVER_LINKED":
            nevers = tuple(self.ledger.nevers[pair_of(*verdict.blocked_by)])
        differing = self._differing(verdict.blocked_by) if verdict.reason == "CONTRADICTION" else None
        return Obstacle(verdict.reason, pair, verdict.blocked_by, limit, differing, nevers=nevers)

    def _differing(self, holders: tuple[str, ...]) -> str:
        """What these say of themselves that must not differ inside a person: the first that does."""
        said = {trait for key in holders for trait in self.ledger.traits(key)}
        numbers = Counter(number for number, _ in said)
        return self.policy.contradictions[min(n for n, count in numbers.items() if count > 1)].attribute

    def _plain(self, key: str) -> str:
        return self.ledger.identifiers[key].plain

    def _limit(self, holders: tuple[str, ...]) -> Limit:
        """Which limit it is that these hold too many for: the first that all of them count towards."""
        rule, nodes = Rule(self.policy), [self.ledger.node(key) for key in holders]
        common = set(rule.slots(nodes[0])).intersection(*(rule.slots(node) for node in nodes))
        broken = sorted(slot for slot in common if rule.limits[slot] < len(holders))
        if not broken:
            return Limit((), None, self.policy.max_identifiers_per_person, len(holders))
        (what, place, scope), most = broken[0], rule.limits[broken[0]]
        if what == 2:
            return Limit(self.policy.groups[place].kinds, None, most, len(holders), place)
        return Limit((nodes[0].kind,), scope if what == 1 else None, most, len(holders))

    # -- lifting ---

    def lift(self, obstacle: Obstacle) -> bool:
        """Take it away; False when nobody could."""
        self._change()
        match obstacle.reason:
            case "SHARED":
                self.spared.update(obstacle.blocked_by)
            case "EXPIRED":
                for key in obstacle.blocked_by:
                    self.ledger.identifiers[key].last = self.ledger.expired_at or 0
            case "BLOCKED":
                for key in obstacle.blocked_by:
                    self.ledger.identifiers[key].blocked = False
            case "UNLINKED":
                self.fold_back({pin.said.operation for pin in obstacle.unlinks}, obstacle.pair)
            case "CLAIMED":
                seen = self.ledger.evidence[obstacle.pair]
                self.ledger.evidence[obstacle.pair] = replace(seen, verified=True)
            case "NEVER_LINKED":
                self.ledger.nevers.pop(pair_of(*obstacle.blocked_by), None)
            case "LIMIT_EXCEEDED" | "NEUTRAL" | "BRAND_ISOLATION" | "CONTRADICTION":
                self.policy = without(
                    self.policy, obstacle, [key.split("|")[0] for key in obstacle.blocked_by]
                )
                self.ledger.policy = self.policy
            case _:
                return False
        if obstacle.reason in ("SHARED", "EXPIRED", "BLOCKED"):
            self.taking_part.update(obstacle.blocked_by)
        return True

    def _change(self) -> None:
        if not self.lifted:
            self.ledger = _copied(self.given.ledger)
        self._decision, self.lifted = None, True

    def change(self, work: Callable[[Ledger], object]) -> None:
        """Change the ledger otherwise."""
        self._change()
        work(self.ledger)

    def fold_back(self, operations: set[str], pair: Pair) -> None:
        """Take unlinks back, all of an operation with one of its pairs."""
        for one, pins in list(self.ledger.unlinks.items()):
            gone = [pin for pin in pins if one == pair or pin.said.operation in operations - {""}]
            if gone:
                self.ledger.unlinks[one] = [pin for pin in pins if pin not in gone]
                for pin in gone:
                    if pin.evidence is not None:
                        self.ledger.fold(one, pin.evidence)


def obstacles(given: Between, a: str, b: str) -> list[Obstacle]:
    """What must go for the rule to join two identifiers, in the order that it comes up. None: they are
    joined, or nothing was ever seen that could join them.
    """
    world, found = Supposition(given), list[Obstacle]()
    while not world.joined(a, b):
        way = world.way(a, b)
        if way is None:
            break
        met = [obstacle for pair in way if (obstacle := world.obstacle(pair)) is not None]
        further = bool(found)
        for obstacle in met:
            if not world.lift(obstacle):
                return [*found, replace(obstacle, further=further)]
            found.append(replace(obstacle, further=further))
        if not met:
            break
    return found


def _copied(ledger: Ledger) -> Ledger:
    part = Ledger(ledger.policy, ledger.key_of, ledger.by_hand, ledger.expired_at)
    part.identifiers = {key: copy(one) for key, one in ledger.identifiers.items()}
    part.facts = ledger.facts
    part.evidence = dict(ledger.evidence)
    part.links = {pair: list(pins) for pair, pins in ledger.links.items()}
    part.unlinks = {pair: list(pins) for pair, pins in ledger.unlinks.items()}
    part.nevers = {pair: list(pins) for pair, pins in ledger.nevers.items()}
    for key, others in ledger.near.items():
        part.near[key] = set(others)
    return part


def _walked(came: dict[str, str], end: str) -> list[Pair]:
    found = []
    while before := came[end]:
        found.append(pair_of(before, end))
        end = before
    return found[::-1]
