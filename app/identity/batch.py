"""The one conflict rule over everything at once: NumPy for the parts without conflict, `resolve` for the
others.

Exact: validity is hereditary, so a plain connected component that is valid as a whole has only active
evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.identity.connected import connected
from app.identity.policy import LAYERS
from app.identity.resolve import resolve
from app.identity.rule import ACTIVE, Edge, Node, Rule

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

REASONS = (
    ACTIVE,
    "SHARED",
    "NEUTRAL",
    "CLAIMED",
    "LIMIT_EXCEEDED",
    "NEVER_LINKED",
    "BRAND_ISOLATION",
    "CONTRADICTION",
)
"""Verdicts by number."""
INACTIVE = -1
"""The verdict of a pair of which one end is blocked or expired."""


@dataclass(slots=True)
class World:
    """All identifiers and pairs, column by column. Identifiers are numbered; pairs name them by number."""

    plain: Sequence[str]
    """kind|scope|normalised value of each identifier."""
    kinds: Sequence[str]
    scopes: Sequence[str]
    live: Flags
    a: Ints
    b: Ints
    first: Ints
    last: Ints
    claimed: Flags
    inferred: Flags
    linked: Ints
    """Time of the manual link that holds, or -1."""
    nevers: list[tuple[int, int]] = field(default_factory=list)
    traits: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """What identifiers say of themselves that must not differ inside a person, of those that say anything."""
    confidence: dict[int, float] = field(default_factory=dict)
    """How sure inferred pairs are."""


@dataclass(slots=True)
class Settled:
    """A component number for each live identifier (-1 for the others), a verdict for each pair, who is
    shared.
    """

    component: Ints
    verdict: Ints
    shared: Flags


def settle(rule: Rule, world: World) -> Settled:
    """Decide everything."""
    columns = _Columns(rule, world)
    both = world.live[world.a] & world.live[world.b]
    shared = _shared(rule, world, columns, both & ~world.claimed)
    verdict = np.full(len(world.a), INACTIVE, dtype=np.int64)
    verdict[both & world.claimed] = REASONS.index("CLAIMED")
    verdict[both & (shared[world.a] | shared[world.b])] = REASONS.index("SHARED")
    open_ = both & (verdict == INACTIVE)
    component = connected(len(world.plain), world.a[open_], world.b[open_])
    bad = _invalid(rule, world, columns, component)
    verdict[open_ & ~bad[component[world.a]]] = 0
    _resolve_bad(rule, world, component, verdict, bad, open_ | (both & (verdict == REASONS.index("CLAIMED"))))
    return Settled(np.where(world.live, component, -1), verdict, shared)


class _Columns:
    """What the policy says of each identifier, as numbers."""

    def __init__(self, rule: Rule, world: World) -> None:
        policy = rule.policy
        self.index = {name: number for number, name in enumerate(policy.kinds)}
        self.kind = np.fromiter((self.index[name] for name in world.kinds), np.int64, len(world.kinds))
        names: dict[str, int] = {}
        self.scope = np.fromiter(
            (names.setdefault(s, len(names)) for s in world.scopes), np.int64, len(world.scopes)
        )
        brands: dict[str, int] = {}
        heads = (scope.split("/", 1)[0] for scope in world.scopes)
        self.brand = np.fromiter(
            (brands.setdefault(b, len(brands)) for b in heads), np.int64, len(world.scopes)
        )
        self.scopes = len(names)
        kinds = list(policy.kinds.values())
        self.rank = np.array([kind.rank for kind in kinds], np.int64)[self.kind]
        self.shared_after = np.array([kind.shared_after or 0 for kind in kinds], np.int64)[self.kind]


def _shared(rule: Rule, world: World, columns: _Columns, tied: Flags) -> Flags:
    """Identifiers tied to more than `shared_after` others of one stronger layer."""
    shared = np.zeros(len(world.plain), dtype=bool)
    one = np.concatenate((world.a[tied], world.b[tied]))
    other = np.concatenate((world.b[tied], world.a[tied]))
    counts = (columns.shared_after[one] > 0) & (columns.rank[other] < columns.rank[one])
    slot = one[counts] * len(LAYERS) + columns.rank[other[counts]]
    slots, ties = np.unique(slot, return_counts=True)
    over = slots[ties > columns.shared_after[slots // len(LAYERS)]] // len(LAYERS)
    shared[over] = True
    return shared


def _invalid(rule: Rule, world: World, columns: _Columns, component: Ints) -> Flags:
    """Which components are not valid as a whole."""
    number = int(component.max(initial=-1)) + 1
    bad = np.zeros(number, dtype=bool)
    live = np.flatnonzero(world.live)
    of = component[live]
    for index, kind in enumerate(rule.policy.kinds.values()):
        mine = columns.kind[live] == index
        if kind.limit is not None:
            bad |= np.bincount(of[mine], minlength=number) > kind.limit
        if kind.limit_per_scope is not None:
            slot, count = np.unique(of[mine] * columns.scopes + columns.scope[live][mine], return_counts=True)
            bad[slot[count > kind.limit_per_scope] // columns.scopes] = True
    for group in rule.policy.groups:
        members = np.isin(columns.kind[live], [columns.index[name] for name in group.kinds])
        bad |= np.bincount(of[members], minlength=number) > group.limit
    bad |= np.bincount(of, minlength=number) > rule.policy.max_identifiers_per_person
    for a, b in world.nevers:
        if world.live[a] and world.live[b] and component[a] == component[b]:
            bad[component[a]] = True
    if rule.policy.isolation == "brand":
        pairs = np.unique(np.stack((of, columns.brand[live])), axis=1)
        owner, brands = np.unique(pairs[0], return_counts=True)
        bad[owner[brands > 1]] = True
    bad[_contradicting(world, component)] = True
    return bad


def _contradicting(world: World, component: Ints) -> Ints:
    """The components whose identifiers say different things of themselves."""
    numbers: dict[tuple[int, str], int] = {}
    said = [
        (int(component[i]), trait[0], numbers.setdefault(trait, len(numbers)))
        for i, traits in world.traits.items()
        if world.live[i]
        for trait in traits
    ]
    if not said:
        return np.zeros(0, dtype=np.int64)
    values = np.unique(np.array(said, dtype=np.int64), axis=0)
    owners, counts = np.unique(values[:, :2], axis=0, return_counts=True)
    differing: Ints = np.unique(owners[counts > 1, 0])
    return differing


def _resolve_bad(rule: Rule, world: World, component: Ints, verdict: Ints, bad: Flags, edges: Flags) -> None:
    """The exact rule for the components in conflict, which get new numbers for their parts."""
    if not bad.any():
        return
    chosen = np.flatnonzero(world.live & bad[component])
    nodes = {
        str(i): Node(str(i), world.kinds[i], world.scopes[i], world.plain[i], world.traits.get(i, ()))
        for i in chosen.tolist()
    }
    inside = np.flatnonzero(edges & bad[component[world.a]] & bad[component[world.b]])
    pairs = {(str(world.a[i]), str(world.b[i])): int(i) for i in inside.tolist()}
    nevers = [(str(a), str(b)) for a, b in world.nevers if str(a) in nodes and str(b) in nodes]
    resolution = resolve(rule, nodes, [_edge(world, i) for i in pairs.values()], nevers, ())
    for pair, found in resolution.verdicts.items():
        verdict[pairs[pair]] = REASONS.index(found.reason)
    neutral = [
        int(key)
        for found in resolution.verdicts.values()
        if found.reason == "NEUTRAL"
        for key in found.blocked_by
    ]
    of_neutral = np.isin(world.a, neutral) | np.isin(world.b, neutral)
    verdict[(verdict == REASONS.index("CLAIMED")) & of_neutral] = REASONS.index("NEUTRAL")
    number = int(component.max(initial=-1)) + 1
    for offset, members in enumerate(resolution.components):
        component[[int(key) for key in members]] = number + offset


def _edge(world: World, i: int) -> Edge:
    linked = int(world.linked[i])
    return Edge(
        str(world.a[i]),
        str(world.b[i]),
        int(world.first[i]),
        int(world.last[i]),
        bool(world.claimed[i]),
        bool(world.inferred[i]),
        None if linked < 0 else linked,
        world.confidence.get(i, 1.0),
    )
