"""What one could do about two identifiers that are not one person: operations, tried before they are named.

Pure. What nobody's operation can change is said, too: a policy, or another sighting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.identity import pins
from app.identity.evidence import UNSAID
from app.identity.explain.answers import Named, NextStep, Step
from app.identity.explain.between import Between, Party
from app.identity.explain.obstacles import Obstacle
from app.identity.explain.showing import Showing
from app.identity.explain.supposing import Supposition
from app.identity.parts import Parts
from app.identity.rule import ACTIVE

_TRIED = 10
"""Identifiers that are tried to be unlinked, of those that hold a full limit."""
_NAMED = 3


def next_steps(
    given: Between, met: list[Obstacle], showing: Showing, evidence: Iterable[Step]
) -> tuple[NextStep, ...]:
    """What would join the two, or is to be done first; the words are added by `app.identity.words`."""
    if given.ends is None:
        return tuple(dict.fromkeys(_missing(party) for party in (given.a, given.b) if party.key is None))
    if given.pending:
        return (NextStep("jobRun"),)
    found: dict[tuple[object, ...], NextStep] = {}
    if link_holds(given, *given.ends):
        for one in evidence:
            if one.state == "proposed":
                found["approve", one.a, one.b] = NextStep("approveProposals", (one.a, one.b))
        found["link",] = NextStep("link", tuple(map(showing.named, given.ends)))
    for place, obstacle in enumerate(met):
        for step in _against(given, met, obstacle, showing):
            same = step.operation, step.undoes or step.identifiers
            found.setdefault(same, replace(step, blocker=place))
    return tuple(found.values())


def _missing(party: Party) -> NextStep:
    named = Named("", party.kind, party.scope, party.display)
    return NextStep("restore" if party.standing == "ERASED" else "ingest", (named,))


def _against(given: Between, met: list[Obstacle], obstacle: Obstacle, showing: Showing) -> Iterator[NextStep]:
    match obstacle.reason:
        case "NEVER_LINKED" | "UNLINKED":
            for one in showing.decisions(obstacle):
                yield NextStep("undo", (one.a, one.b), one.operation)
        case "LIMIT_EXCEEDED":
            holders = [key for key in obstacle.blocked_by if showing.knows(key)][:_TRIED]
            if not obstacle.further:  # who meets several limits is hardly one person
                helping = [key for key in holders if _unlinking_helps(given, met, obstacle, key)]
                yield from (NextStep("unlink", (showing.named(key),)) for key in helping[:_NAMED])
            yield _policy(obstacle, showing)
        case "SHARED" | "NEUTRAL" | "BRAND_ISOLATION" | "CONTRADICTION":
            yield _policy(obstacle, showing)
        case "CLAIMED" | "EXPIRED":
            yield NextStep("ingest", _known(obstacle.blocked_by or obstacle.pair, showing))
        case "BLOCKED":
            yield NextStep("undo", _known(obstacle.blocked_by, showing))


def _policy(obstacle: Obstacle, showing: Showing) -> NextStep:
    return NextStep("policyApply", _known(obstacle.blocked_by, showing))


def _known(keys: Iterable[str], showing: Showing) -> tuple[Named, ...]:
    return tuple(showing.named(key) for key in keys if showing.knows(key))


def _unlinking_helps(given: Between, met: list[Obstacle], obstacle: Obstacle, key: str) -> bool:
    """Whether the two are joined once this identifier is unlinked, and all other obstacles are gone."""
    a, b = given.ends or ("", "")
    if key in (a, b):
        return False
    world = Supposition(given)
    for other in met:
        if other is not obstacle:
            world.lift(other)
    world.change(lambda ledger: pins.unlink(ledger, pins.pairs_of(ledger, key), 0, UNSAID))
    return world.joined(a, b)


def link_holds(given: Between, a: str, b: str) -> bool:
    """Whether a link by hand between the two would be taken: the union of their people is valid now."""
    world = Supposition(given)
    decision = world.decision()
    if not (a in decision.component and b in decision.component) or {a, b} & decision.neutral:
        return False
    partners: dict[str, list[str]] = {}
    for one, two in world.ledger.nevers:
        partners.setdefault(one, []).append(two)
        partners.setdefault(two, []).append(one)
    parts = Parts(given.rule, decision.nodes, partners)
    people = {decision.component[key] for key in (a, b)}
    keys = [key for number in people for key in decision.resolution.components[number]]
    return parts.refusal([parts.find(key) for key in keys]).reason == ACTIVE
