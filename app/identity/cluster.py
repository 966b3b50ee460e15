"""Deciding a ledger, or the part of it that a change can reach.

Pure. `decide` applies the one rule to identifiers of a ledger; `closure` says which identifiers must be
decided together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app.identity.evidence import Pair
from app.identity.ledger import Ledger
from app.identity.resolve import Resolution, resolve
from app.identity.rule import Edge, Node, Rule


@dataclass(slots=True)
class Decision:
    """What the rule says of some identifiers: their components, a verdict on each live pair, and who is
    shared.
    """

    nodes: dict[str, Node]
    resolution: Resolution
    shared: set[str] = field(default_factory=set)
    component: dict[str, int] = field(default_factory=dict)

    @property
    def neutral(self) -> set[str]:
        verdicts = self.resolution.verdicts.values()
        return {key for verdict in verdicts if verdict.reason == "NEUTRAL" for key in verdict.blocked_by}


def decide(
    ledger: Ledger,
    rule: Rule | None = None,
    keys: Iterable[str] | None = None,
    shared: Collection[str] | None = None,
) -> Decision:
    """Decide these identifiers (all, when none are named).

    They must be whole conflict clusters: closed over live evidence that is not shared. `shared` is given
    where the ledger does not hold all evidence of them; else it is counted.
    """
    rule = rule or Rule(ledger.policy)
    chosen = ledger.identifiers if keys is None else keys
    nodes = {key: ledger.node(key) for key in chosen if ledger.live(key)}
    if shared is None:
        shared = {key for key in nodes if is_shared(ledger, rule, key)}
    nevers = [pair for pair in ledger.nevers if pair[0] in nodes and pair[1] in nodes]
    decision = Decision(nodes, resolve(rule, nodes, _edges(ledger, nodes), nevers, shared), set(shared))
    for number, component in enumerate(decision.resolution.components):
        decision.component.update(dict.fromkeys(component, number))
    return decision


def is_shared(ledger: Ledger, rule: Rule, key: str) -> bool:
    """Whether a live identifier is tied to too many of one stronger layer."""
    if ledger.policy.kinds[ledger.identifiers[key].kind].shared_after is None:
        return False
    return rule.shared(ledger.node(key), ledger.ties(key))


def _edges(ledger: Ledger, nodes: Collection[str]) -> list[Edge]:
    pairs: dict[Pair, None] = dict.fromkeys((*ledger.evidence, *ledger.links))
    found = (ledger.edge(pair) for pair in pairs if pair[0] in nodes and pair[1] in nodes)
    return [edge for edge in found if edge is not None]
