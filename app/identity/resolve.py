"""The one conflict rule: which evidence is active. A pure function of identifiers, evidence, pins and
policy.

Evidence is tried from the strongest to the weakest; it stays if the union of its two components stays
valid, else it is suppressed with the reason and what blocked it. Nothing depends on the order of arrival.
Rule: design page "identity", "The one conflict rule".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.identity.evidence import Pair
from app.identity.parts import Parts
from app.identity.rule import ACTIVE, Edge, Node, Rule, Verdict


@dataclass(slots=True)
class Resolution:
    """The components (every live identifier is in exactly one) and the verdict on every pair."""

    components: list[list[str]] = field(default_factory=list)
    verdicts: dict[Pair, Verdict] = field(default_factory=dict)


def resolve(
    rule: Rule,
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    nevers: Collection[Pair],
    shared: Collection[str],
) -> Resolution:
    """Decide every pair among the identifiers given.

    They must be a whole conflict cluster or several (see `app.identity.cluster`); `shared` are the keys
    that are shared, on either end of an edge or not. Evidence to an identifier outside `nodes` must be left
    out by the caller.
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
    """Decide a plain component: all of it is active when it is valid as a whole (validity is inherited)."""
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
    """Pass 1: the identifiers of neutral kinds that would not be valid with all the components they are
    tied to.
    """
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
