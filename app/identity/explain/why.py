"""Why two identifiers are one person, or why not: on the graph, and pure on what stands between them.

await why(identity, {"kind": "member", "value": "M1"}, {"kind": "phone", "value": "138 1234 0001"})
await why_not(identity, …)          the same two, one read each
told_why(between), told_why_not(between)                pure
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from app.identity.evidence import Pair, pair_of
from app.identity.explain import words
from app.identity.explain.advice import advice
from app.identity.explain.answers import (
    APART,
    ERASED,
    JOINED,
    NEVER_SEEN,
    PENDING,
    SAME,
    UNKNOWN,
    Blocker,
    Why,
    WhyNot,
)
from app.identity.explain.between import Between
from app.identity.explain.between_read import read_between
from app.identity.explain.obstacles import Obstacle
from app.identity.explain.remedies import next_steps
from app.identity.explain.showing import Showing
from app.identity.explain.supposing import Supposition, obstacles
from app.identity.rule import ACTIVE
from app.identity.service import Identity

MOST_EVIDENCE = 20
"""Pairs that would have joined two people are listed up to here, the strongest first."""


async def why(
    identity: Identity,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    *,
    zone: ZoneInfo,
    brands: Collection[str] | None = None,
) -> Why:
    """Why two identifiers ({kind, value, scope?}) are one person, for callers of these brands (None: all).

    Raises `BadInput` for a kind that the policy does not declare.
    """
    return told_why(await read_between(identity, a, b, brands), brands, zone)


async def why_not(
    identity: Identity,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    *,
    zone: ZoneInfo,
    brands: Collection[str] | None = None,
) -> WhyNot:
    """Why two identifiers are not one person. Raises `BadInput` like `why`."""
    return told_why_not(await read_between(identity, a, b, brands), brands, zone)


def told_why(given: Between, brands: Collection[str] | None, zone: ZoneInfo) -> Why:
    """Why the two are one person; pure."""
    code = _code(given)
    found = Why(code in (JOINED, SAME), code, given.a, given.b)
    if code == JOINED:
        showing = Showing(given, brands)
        pairs = strongest(given)
        steps = tuple(showing.step(pair, via) for pair, via in pairs if showing.sees(pair))
        found = replace(found, steps=steps, hidden=len(pairs) - len(steps))
    return replace(found, sentences=words.why(found, zone))


def told_why_not(given: Between, brands: Collection[str] | None, zone: ZoneInfo) -> WhyNot:
    """Why the two are not one person; pure."""
    code = _code(given)
    found, met = WhyNot(code in (JOINED, SAME), code, given.a, given.b), list[Obstacle]()
    if given.ends and code == APART:
        found, met = _apart(found, given, *given.ends, Showing(given, brands))
    if not found.joined:
        steps = next_steps(given, met, Showing(given, brands), found.evidence)
        told = tuple(replace(step, text=advice(step, found.blockers)) for step in steps)
        found = replace(found, next_steps=told)
    return replace(found, sentences=words.why_not(found, zone))


def _code(given: Between) -> str:
    """How the two stand to each other, before anything is looked for."""
    for standing in (UNKNOWN, ERASED):
        if standing in (given.a.standing, given.b.standing):
            return standing
    a, b = given.ends or ("", "")
    if a == b:
        return SAME
    joined = Supposition(given).joined(a, b)
    whose = given.a.one_id, given.b.one_id
    if given.pending or (None not in whose and joined != (whose[0] == whose[1])):
        return PENDING  # what is stored is still to become what the rule says
    return JOINED if joined else APART


def strongest(given: Between) -> list[tuple[Pair, str]]:
    """The path of active evidence whose weakest step is the strongest, each pair with the end it starts from.

    It is the path in the forest that the rule builds: pairs in its order, each that joins two parts.
    """
    world = Supposition(given)
    verdicts = world.decision().resolution.verdicts
    order = world.order()
    active = sorted(
        (pair for pair, verdict in verdicts.items() if verdict.reason == ACTIVE), key=lambda p: order[p][1]
    )
    near: dict[str, list[str]] = {}
    part: dict[str, str] = {}

    def find(key: str) -> str:
        while (up := part.setdefault(key, key)) != key:
            part[key] = key = part[up]
        return key

    for a, b in active:
        if find(a) != find(b):
            part[find(a)] = find(b)
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    return _walk(near, *(given.ends or ("", "")))


def _walk(near: Mapping[str, list[str]], start: str, end: str) -> list[tuple[Pair, str]]:
    """The one path through a tree."""
    came, waiting = {start: ""}, [start]
    while waiting:
        key = waiting.pop()
        for other in near.get(key, ()):
            if other not in came:
                came[other] = key
                waiting.append(other)
    path = []
    while before := came[end]:
        path.append((pair_of(before, end), before))
        end = before
    return path[::-1]


def _apart(found: WhyNot, given: Between, a: str, b: str, showing: Showing) -> tuple[WhyNot, list[Obstacle]]:
    world, met = Supposition(given), obstacles(given, a, b)
    pairs = direct(world, given, a, b)
    seen = [pair for pair in pairs if showing.sees(pair)]
    hidden = len(pairs) - len(seen) + sum(map(showing.hides, met))
    losing = [
        (pair, None if pair in given.proposals else world.obstacle(pair)) for pair in seen[:MOST_EVIDENCE]
    ]
    told = replace(
        found,
        code=APART if met else NEVER_SEEN,
        evidence=tuple(showing.step(pair, pair[0], lost.reason if lost else None) for pair, lost in losing),
        blockers=tuple(_blocker(obstacle, showing) for obstacle in met),
        hidden=hidden,
    )
    return told, met


def direct(world: Supposition, given: Between, a: str, b: str) -> list[Pair]:
    """The pairs between two people that do not join, the strongest first; then what match rules propose."""
    component = world.decision().component

    def whose(key: str) -> object:
        return component.get(key, key)

    ends, order = {whose(a), whose(b)}, world.order()
    proposed = sorted(given.proposals, key=lambda pair: (-given.proposals[pair].confidence, pair))
    every = (*sorted(order, key=lambda pair: order[pair][1]), *proposed)
    return [pair for pair in every if {whose(pair[0]), whose(pair[1])} == ends]


def _blocker(obstacle: Obstacle, showing: Showing) -> Blocker:
    pair = obstacle.pair
    ties = [showing.given.ties[key] for key in obstacle.blocked_by if key in showing.given.ties]
    return Blocker(
        obstacle.reason,
        showing.step(pair, pair[0], reason=obstacle.reason) if showing.sees(pair) else None,
        tuple(showing.named(key) for key in obstacle.blocked_by if showing.knows(key)),
        obstacle.limit,
        obstacle.attribute,
        max(ties, default=None) if obstacle.reason == "SHARED" else None,
        showing.decisions(obstacle),
        obstacle.further,
    )
