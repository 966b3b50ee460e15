"""What the conflict rule orders and counts: identifiers and evidence as it sees them, and a policy made
ready.

Rule: design page "identity", "The one conflict rule".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    traits: tuple[tuple[int, str], ...] = ()
    """What it says of itself that must not differ inside a person: number of the contradiction, value."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Live evidence between two live identifiers; `linked` is the time of the manual link that holds, if
    any.
    """

    a: str
    b: str
    first: int = 0
    last: int = 0
    claimed: bool = False
    inferred: bool = False
    linked: int | None = None
    confidence: float = 1.0

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


Slot = tuple[int, int, str]
"""Something a component may hold only so many of, sorting as broken limits are reported: limits, scopes,
groups.
"""


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
        oldest = kinds[weaker].conflict == "first" and not edge.inferred
        # What was inferred was never seen: of it the surer goes first.
        time = -edge.confidence if edge.inferred else edge.first if oldest else -edge.last
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
