"""The one conflict rule: which evidence is active. A pure function of identifiers, evidence, pins and policy.

Evidence is tried from the strongest to the weakest; it stays if the union of its two components stays valid, else it is
suppressed with the reason and what blocked it. Nothing depends on the order of arrival.
Rule: design page "identity", "The one conflict rule".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.identity.evidence import Pair
from app.identity.policy import Policy

ACTIVE = ""
"""The reason of evidence that is active: there is none."""


@dataclass(frozen=True, slots=True)
class Node:
    """A live identifier: not blocked, erased or expired."""

    key: str
    kind: str
    scope: str
    plain: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Live evidence between two live identifiers; `linked` is the time of the manual link that holds, if any."""

    a: str
    b: str
    first: int = 0
    last: int = 0
    claimed: bool = False
    inferred: bool = False
    linked: int | None = None

    @property
    def pair(self) -> Pair:
        return (self.a, self.b)

    def other(self, key: str) -> str:
        return self.b if key == self.a else self.a


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a pair is suppressed (`ACTIVE` when it is not), and the keys of the identifiers that block it."""

    reason: str
    blocked_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Resolution:
    """The components (every live identifier is in exactly one) and the verdict on every pair."""

    components: list[list[str]] = field(default_factory=list)
    verdicts: dict[Pair, Verdict] = field(default_factory=dict)


Slot = tuple[int, int, str]
"""Something a component may hold only so many of, sorting as broken limits are reported: limits, scopes, groups."""


class Rule:
    """A policy made ready for deciding. One instance serves any number of resolutions."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._index = {name: index for index, name in enumerate(policy.kinds)}
        self._slots: dict[tuple[str, str], tuple[Slot, ...]] = {}
        self.limits: dict[Slot, int] = {}

    def slots(self, node: Node) -> tuple[Slot, ...]:
        """What the identifier counts towards."""
        found = self._slots.get((node.kind, node.scope))
        if found is None:
            found = self._slots[node.kind, node.scope] = tuple(self._slots_of(node.kind, node.scope))
        return found

    def _slots_of(self, name: str, scope: str) -> Iterable[Slot]:
        kind, index = self.policy.kinds[name], self._index[name]
        if kind.limit is not None:
            yield self._slot((0, index, ""), kind.limit)
        if kind.limit_per_scope is not None:
            yield self._slot((1, index, scope), kind.limit_per_scope)
        for position, group in enumerate(self.policy.groups):
            if name in group.kinds:
                yield self._slot((2, position, ""), group.limit)

    def _slot(self, slot: Slot, limit: int) -> Slot:
        self.limits[slot] = limit
        return slot

    def brand(self, node: Node) -> str:
        """Whose identifier it is under brand isolation: the first part of its scope."""
        return node.scope.split("/", 1)[0] if self.policy.isolation == "brand" else ""

    def neutral(self, node: Node) -> bool:
        return self.policy.kinds[node.kind].conflict == "neutral"

    def shared(self, node: Node, neighbours: Iterable[Node]) -> bool:
        """Whether an identifier tied to these different neighbours is `shared`."""
        kind = self.policy.kinds[node.kind]
        if kind.shared_after is None:
            return False
        ranks = Counter(self.policy.kinds[other.kind].rank for other in neighbours)
        return any(count > kind.shared_after for rank, count in ranks.items() if rank < kind.rank)

    def rank(self, edge: Edge, nodes: Mapping[str, Node]) -> tuple[object, ...]:
        """What evidence is ordered by: the smallest is tried first, and no two tie."""
        one, two = nodes[edge.a], nodes[edge.b]
        kinds = self.policy.kinds
        first, second = kinds[one.kind], kinds[two.kind]
        _, _, weaker = max((first.rank, first.priority, one.kind), (second.rank, second.priority, two.kind))
        layer = max(first.rank, second.rank)
        names = (one.plain, two.plain) if one.plain < two.plain else (two.plain, one.plain)
        if edge.linked is not None:
            return (0, -edge.linked, layer, 0, 0, 0, 0, first.priority + second.priority, names)
        both_neutral = first.conflict == second.conflict == "neutral"
        oldest = kinds[weaker].conflict == "first"
        time = edge.first if oldest else -edge.last
        return (
            1,
            0,
            layer,
            both_neutral,
            edge.inferred,
            oldest,
            time,
            first.priority + second.priority,
            names,
        )


class Parts:
    """Components while they grow: union-find that counts what each holds."""

    def __init__(self, rule: Rule, nodes: Mapping[str, Node], nevers: Mapping[str, Collection[str]]) -> None:
        self.rule, self.nodes, self.nevers = rule, nodes, nevers
        self._parent: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self._held: dict[str, Counter[Slot]] = {}

    def find(self, key: str) -> str:
        """The name of the component that holds the identifier; one that is new becomes its own."""
        parent = self._parent
        root = parent.setdefault(key, key)
        if root == key:
            if key not in self.members:
                self.members[key] = [key]
                self._held[key] = Counter(self.rule.slots(self.nodes[key]))
            return key
        while parent[root] != root:
            root = parent[root]
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def join(self, a: str, b: str) -> None:
        """Make the two components one."""
        small, large = sorted((self.find(a), self.find(b)), key=lambda root: len(self.members[root]))
        if small == large:
            return
        self._parent[small] = large
        self.members[large] += self.members.pop(small)
        self._held[large].update(self._held.pop(small))

    def refusal(self, roots: Collection[str]) -> Verdict:
        """Why the union of these components would not be valid; `ACTIVE` when it would be."""
        held: Counter[Slot] = Counter()
        for root in roots:
            held.update(self._held[root])
        broken = [slot for slot, count in held.items() if count > self.rule.limits[slot]]
        if broken:
            slot = min(broken)
            return self._verdict(
                "LIMIT_EXCEEDED", (k for k in self._union(roots) if slot in self.rule.slots(self.nodes[k]))
            )
        if sum(len(self.members[root]) for root in roots) > self.rule.policy.max_identifiers_per_person:
            return self._verdict("LIMIT_EXCEEDED", self._union(roots))
        return self._never(roots) or self._isolation(roots) or Verdict(ACTIVE)

    def _union(self, roots: Collection[str]) -> list[str]:
        return [key for root in roots for key in self.members[root]]

    def _verdict(self, reason: str, keys: Iterable[str]) -> Verdict:
        return Verdict(reason, tuple(sorted(keys, key=lambda key: self.nodes[key].plain)))

    def _never(self, roots: Collection[str]) -> Verdict | None:
        if not self.nevers:
            return None
        keys = set(self._union(roots))
        pairs = [
            sorted((self.nodes[key].plain, self.nodes[other].plain))
            for key in keys & self.nevers.keys()
            for other in self.nevers[key]
            if other in keys
        ]
        if not pairs:
            return None
        plain = set(min(pairs))
        return self._verdict("NEVER_LINKED", (key for key in keys if self.nodes[key].plain in plain))

    def _isolation(self, roots: Collection[str]) -> Verdict | None:
        if self.rule.policy.isolation != "brand":
            return None
        keys = self._union(roots)
        if len({self.rule.brand(self.nodes[key]) for key in keys}) <= 1:
            return None
        return self._verdict("BRAND_ISOLATION", keys)


def resolve(
    rule: Rule,
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    nevers: Collection[Pair],
    shared: Collection[str],
) -> Resolution:
    """Decide every pair among the identifiers given.

    They must be a whole conflict cluster or several (see `app.identity.cluster`); `shared` are the keys that are shared,
    on either end of an edge or not. Evidence to an identifier outside `nodes` must be left out by the caller.
    """
    partners = _partners(nodes, nevers)
    result = Resolution()
    open_edges = []
    for edge in edges:
        holders = [key for key in edge.pair if key in shared]
        if holders:
            result.verdicts[edge.pair] = Verdict(
                "SHARED", tuple(sorted(holders, key=lambda k: nodes[k].plain))
            )
        elif edge.claimed:
            result.verdicts[edge.pair] = Verdict("CLAIMED")
        else:
            open_edges.append(edge)
    parts = Parts(rule, nodes, partners)
    for group in _connected(nodes, open_edges):
        _settle(rule, nodes, partners, group, parts, result)
    for key in nodes:
        parts.find(key)
    _mark_claims(rule, result, edges)
    result.components = list(parts.members.values())
    return result


def _partners(nodes: Mapping[str, Node], nevers: Collection[Pair]) -> dict[str, list[str]]:
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in nevers:
        if a in nodes and b in nodes:
            partners[a].append(b)
            partners[b].append(a)
    return partners


def _connected(nodes: Mapping[str, Node], edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges by plain connected component."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while (up := parent.setdefault(key, key)) != key:
            parent[key] = key = parent[up]
        return key

    for edge in edges:
        parent[find(edge.a)] = find(edge.b)
    groups: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[find(edge.a)].append(edge)
    return list(groups.values())


def _settle(
    rule: Rule,
    nodes: Mapping[str, Node],
    nevers: Mapping[str, Collection[str]],
    edges: list[Edge],
    parts: Parts,
    result: Resolution,
) -> None:
    """Decide one plain component: all of it is active when it is valid as a whole (validity is hereditary)."""
    keys = dict.fromkeys(key for edge in edges for key in edge.pair)
    if parts.refusal([parts.find(key) for key in keys]).reason == ACTIVE:
        for edge in edges:
            parts.join(edge.a, edge.b)
            result.verdicts[edge.pair] = Verdict(ACTIVE)
        return
    neutral = _neutral(rule, nodes, nevers, keys, edges) if rule.policy.has_neutral else set()
    for edge in sorted(edges, key=lambda edge: rule.rank(edge, nodes)):
        holders = sorted((k for k in edge.pair if k in neutral), key=lambda k: nodes[k].plain)
        result.verdicts[edge.pair] = Verdict("NEUTRAL", tuple(holders)) if holders else _attempt(parts, edge)


def _attempt(parts: Parts, edge: Edge) -> Verdict:
    roots = {parts.find(edge.a), parts.find(edge.b)}
    verdict = Verdict(ACTIVE) if len(roots) == 1 else parts.refusal(roots)
    if verdict.reason == ACTIVE:
        parts.join(edge.a, edge.b)
    return verdict


def _neutral(
    rule: Rule,
    nodes: Mapping[str, Node],
    nevers: Mapping[str, Collection[str]],
    keys: Iterable[str],
    edges: list[Edge],
) -> set[str]:
    """Pass 1: the identifiers of neutral kinds that would not be valid with all the components they are tied to."""
    candidates = {key for key in keys if rule.neutral(nodes[key])}
    parts = Parts(rule, nodes, nevers)
    firm = [edge for edge in edges if edge.a not in candidates and edge.b not in candidates]
    for edge in sorted(firm, key=lambda edge: rule.rank(edge, nodes)):
        _attempt(parts, edge)
    tied: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for key in candidates.intersection(edge.pair):
            if edge.other(key) not in candidates:
                tied[key].add(parts.find(edge.other(key)))
    return {key for key, roots in tied.items() if parts.refusal({parts.find(key), *roots}).reason != ACTIVE}


def _mark_claims(rule: Rule, result: Resolution, edges: Sequence[Edge]) -> None:
    """A claimed pair with a neutral end is NEUTRAL: that reason comes before CLAIMED."""
    if not rule.policy.has_neutral:
        return
    neutral = {
        key
        for verdict in result.verdicts.values()
        if verdict.reason == "NEUTRAL"
        for key in verdict.blocked_by
    }
    for edge in edges:
        if result.verdicts[edge.pair].reason == "CLAIMED" and not neutral.isdisjoint(edge.pair):
            result.verdicts[edge.pair] = Verdict("NEUTRAL", tuple(sorted(neutral.intersection(edge.pair))))
