"""Checks of the largest people: how large they are, what holds them together, the links that they hang on.

From the columns alone. Only so many people are looked into, whatever the size of the graph.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from app.identity.batch import Flags, Ints
from app.identity.health.bridges import Bridge, bridges
from app.identity.health.columns import ACTIVE, Columns
from app.identity.health.found import ATTENTION, KEPT, NOTICE, OK, Check, Finding
from app.identity.policy import Policy

SEARCHED = 300
"""People in whom bridges are looked for: the largest. That bounds the work, whatever the graph's size."""
SIDE = 3
"""Identifiers that a bridge must part from the rest, to be one worth telling."""
SERIOUS = 10
"""Identifiers on each side, accounts among both, from which a bridge needs attention."""
FULL = 0.8
"""The share of `max_identifiers_per_person` from which a person needs attention."""


def biggest(columns: Columns, policy: Policy) -> Check:
    """The people with most identifiers, and what holds each together."""
    size, cap = columns.size(), policy.max_identifiers_per_person
    largest = _largest(size)
    full = int((size >= FULL * cap).sum())
    inside = _Inside(columns, largest)
    found = []
    for person in largest[:KEPT].tolist():
        hub, ties = inside.hub(person)
        kinds = inside.kinds(person)
        found.append(
            Finding(
                says=f"{size[person]} identifiers: {kinds}; one of them alone is tied to {ties} others",
                size=int(size[person]),
                people=(columns.people[person],),
                keys=(columns.keys[hub],) if hub is not None else (),
                command="oneid unlink A --reason WHY",
            )
        )
    return Check(
        name="COMPONENTS",
        level=ATTENTION if full else OK,
        total=len(columns.people),
        says=f"{full} people hold {FULL:.0%} or more of the {cap} identifiers that one may hold; "
        f"the largest holds {int(size.max(initial=0))}",
        next="see what holds the largest together (their bridges, and the identifier with most ties), and "
        "unlink or block what is not theirs; many like this: lower the limit of the kind they are full of",
        command="oneid policy simulate FILE",
        findings=tuple(found),
    )


def bridging(columns: Columns, policy: Policy) -> Check:
    """Single links that hold two parts of a large person together."""
    searched = _largest(columns.size())[:SEARCHED]
    inside = _Inside(columns, searched)
    strong = np.array([policy.kinds[name].rank == 0 for name in columns.kinds], dtype=bool)
    found: list[tuple[int, bool, Finding]] = []
    for person in searched.tolist():
        members = inside.members[person]
        for bridge in bridges(inside.near, members[0]) if len(members) >= 2 * SIDE else ():
            side = min(len(bridge.beyond), len(members) - len(bridge.beyond))
            if side >= SIDE:
                both = _strong_on_both(columns, strong, members, bridge)
                found.append((side, both, _bridge(columns, person, bridge, side, len(members) - side)))
    found.sort(key=lambda one: (not one[1], -one[0], one[2].keys))
    serious = sum(both and side >= SERIOUS for side, both, _ in found)
    return Check(
        name="BRIDGES",
        level=ATTENTION if serious else NOTICE if found else OK,
        total=len(found),
        says=f"{len(found)} single links hold two parts of {SIDE} identifiers or more together, among the "
        f"{len(searched)} largest people; {serious} of them {SERIOUS} or more, with accounts on both sides",
        next="ask what saw the two together; if it was a mistake, unlink them: the parts go and stay apart",
        command="oneid why A B",
        findings=tuple(finding for _, _, finding in found[:KEPT]),
    )


def _bridge(columns: Columns, person: int, bridge: Bridge, side: int, rest: int) -> Finding:
    return Finding(
        says=f"these two alone hold {side} identifiers together with {rest} others",
        size=side,
        people=(columns.people[person],),
        keys=(columns.keys[bridge.a], columns.keys[bridge.b]),
        command="oneid unlink A B --reason WHY",
    )


def _strong_on_both(columns: Columns, strong: Flags, members: list[int], bridge: Bridge) -> bool:
    beyond = set(bridge.beyond)
    sides = {i in beyond for i in members if strong[columns.kind[i]]}
    return len(sides) == 2


def _largest(size: Ints) -> Ints:
    """The people with most identifiers first."""
    many = min(len(size), max(KEPT, SEARCHED))
    top: Ints = np.argpartition(-size, many - 1)[:many] if many else np.zeros(0, np.int64)
    ordered: Ints = top[np.lexsort((top, -size[top]))]
    return ordered


class _Inside:
    """The identifiers of some people, and what joins them."""

    def __init__(self, columns: Columns, people: Ints) -> None:
        self.columns = columns
        self.members: defaultdict[int, list[int]] = defaultdict(list)
        self.near: defaultdict[int, list[int]] = defaultdict(list)
        chosen = np.isin(columns.person, people)
        for i in np.flatnonzero(chosen).tolist():
            self.members[int(columns.person[i])].append(i)
        joined = (columns.state == ACTIVE) & chosen[columns.a]
        for place in np.flatnonzero(joined).tolist():
            a, b = int(columns.a[place]), int(columns.b[place])
            self.near[a].append(b)
            self.near[b].append(a)

    def hub(self, person: int) -> tuple[int | None, int]:
        """The identifier with most ties, and how many."""
        members = self.members[person]
        best = max(members, key=lambda i: len(self.near[i]), default=None)
        return best, len(self.near[best]) if best is not None else 0

    def kinds(self, person: int) -> str:
        """How many of each kind, in words."""
        names = [self.columns.kinds[self.columns.kind[i]] for i in self.members[person]]
        counts = sorted({name: names.count(name) for name in names}.items(), key=lambda item: -item[1])
        return ", ".join(f"{count} {name}" for name, count in counts)
