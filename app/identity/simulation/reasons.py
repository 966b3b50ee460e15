"""Why the largest changes would happen: the pairs that join under one policy alone, and which line says so.

Pure. Only the clusters of those pairs are decided again one by one, which tells what blocks each; everything
else is known from the columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from app.identity.batch import REASONS, Flags, Ints
from app.identity.cluster import decide
from app.identity.connected import connected
from app.identity.evidence import Pair
from app.identity.ledger import Ledger
from app.identity.live.replay import FOLLOWED
from app.identity.rule import Rule, Verdict
from app.identity.simulation.effects import Effects, State
from app.identity.simulation.lines import line_of

PAIRS = 10
"""Pairs told of each change."""
ACTIVE: State = ("active", None)


@dataclass(frozen=True, slots=True)
class Stand:
    """How a pair or an identifier stands under one policy, the line that says so, and the keys that block."""

    state: str
    reason: str | None = None
    line: str | None = None
    blocked_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Why:
    """What decides one change: at most `PAIRS` of its pairs, of so many in all, each now and then."""

    pairs: list[tuple[Pair, Stand, Stand]] = field(default_factory=list)
    total: int = 0
    dropped: list[tuple[str, Stand, Stand]] = field(default_factory=list)


class Reasons:
    """The reasons of some changes. `before` is the rule in force, and an empty ledger under it."""

    def __init__(self, found: Effects, before: Rule, ledger: Ledger) -> None:
        self.found, self.before, self.ledger = found, before, ledger
        self.active_now: Flags = np.fromiter(
            (found.stored.states.get(pair) == ACTIVE for pair in found.pairs), bool, len(found.pairs)
        )

    def of(self, chosen: Collection[int]) -> dict[int, Why]:
        """Why each of these changes would happen."""
        told = {change: Why() for change in chosen}
        for change, places in self._turned(chosen).items():
            told[change].total = len(places)
            told[change].pairs = [
                (self.found.pairs[place], Stand(*(self._now(place))), Stand(*self.found.then(place)))
                for place in places[:PAIRS]
            ]
        self._explain(told.values())
        for change, keys in self._dropped(chosen).items():
            told[change].dropped = [(key, self._life_now(key), self._life_then(key)) for key in keys[:PAIRS]]
        return told

    def _now(self, place: int) -> State:
        """How a pair stands; one that was only linked by hand joins when its ends are one person."""
        stored = self.found.now(place)
        if stored is not None:
            return stored
        one, other = (
            self.found.person[self.found.world.a[place]],
            self.found.person[self.found.world.b[place]],
        )
        return ACTIVE if one == other else ("suppressed", None)

    def _turned(self, chosen: Collection[int]) -> dict[int, list[int]]:
        """The pairs of each change that join now or then alone; those first that people hang on."""
        found, world = self.found, self.found.world
        wanted = np.isin(found.change, list(chosen))
        then = found.settled.verdict == 0
        turned = np.flatnonzero((then != self.active_now) & (wanted[world.a] | wanted[world.b]))
        by_change: defaultdict[int, list[int]] = defaultdict(list)
        for place in turned.tolist():
            a, b = int(world.a[place]), int(world.b[place])
            by_change[int(found.change[a] if wanted[a] else found.change[b])].append(place)
        return {change: sorted(places, key=self._weight) for change, places in by_change.items()}

    def _weight(self, place: int) -> tuple[bool, int, str, str]:
        world, found = self.found.world, self.found
        a, b = int(world.a[place]), int(world.b[place])
        sides = found.person if found.settled.verdict[place] == 0 else found.settled.component
        kinds = found.rule.policy.kinds
        layer = max(kinds[world.kinds[a]].rank, kinds[world.kinds[b]].rank)
        first, second = sorted((world.plain[a], world.plain[b]))
        return bool(sides[a] == sides[b]), layer, first, second

    # -- what blocks ---

    def _explain(self, told: Iterable[Why]) -> None:
        """Fill in the lines and what blocks: under the rule in force, and under the other one."""
        every = list(told)
        pairs = [pair for why in every for pair, _, _ in why.pairs]
        around = self._cluster(pairs, self._joining_now())
        now = _Blocked(self.before, self._ledger_now(around), around, self._shared_now())
        around = self._cluster(pairs, self._joining_then())
        then = _Blocked(self.found.rule, self.found.stored.ledger, around, self._shared_then())
        for why in every:
            why.pairs = [(pair, now.of(pair, a), then.of(pair, b)) for pair, a, b in why.pairs]

    def _cluster(self, pairs: Iterable[Pair], joining: Flags) -> list[str]:
        """All identifiers that these pairs must be decided with."""
        world, number = self.found.world, self.found.number
        label = connected(len(self.found.keys), world.a[joining], world.b[joining])
        wanted = {int(label[number[key]]) for pair in pairs for key in pair}
        return [self.found.keys[i] for i in np.flatnonzero(np.isin(label, list(wanted))).tolist()]

    def _joining_then(self) -> Flags:
        verdict = self.found.settled.verdict
        apart = [REASONS.index("SHARED"), REASONS.index("CLAIMED")]
        return (verdict >= 0) & ~np.isin(verdict, apart)

    def _joining_now(self) -> Flags:
        followed = {ACTIVE, *(("suppressed", reason) for reason in FOLLOWED)}
        states = self.found.stored.states
        return np.fromiter(
            (states.get(pair, ACTIVE) in followed for pair in self.found.pairs), bool, len(self.found.pairs)
        )

    def _ledger_now(self, keys: Iterable[str]) -> Ledger:
        """These identifiers with all evidence and pins under the policy in force, and the blocks that are
        stored.
        """
        stored, ledger = self.found.stored, self.ledger
        for key in keys:
            ledger.identifiers[key] = here = copy(stored.ledger.identifiers[key])
            here.blocked = stored.flags[key][2]
        ledger.evidence, ledger.links = stored.ledger.evidence, stored.ledger.links
        ledger.unlinks, ledger.nevers = stored.ledger.unlinks, stored.ledger.nevers
        ledger.facts = stored.ledger.facts
        return ledger

    def _shared_now(self) -> set[str]:
        return {key for key, flags in self.found.stored.flags.items() if flags[0]}

    def _shared_then(self) -> set[str]:
        return {self.found.keys[i] for i in np.flatnonzero(self.found.settled.shared).tolist()}

    # -- identifiers that take part under one policy alone ---

    def _dropped(self, chosen: Collection[int]) -> dict[int, list[str]]:
        found = self.found
        alone: Ints = np.flatnonzero(
            np.isin(found.change, list(chosen)) & ((found.person >= 0) != (found.settled.component >= 0))
        )
        by_change: defaultdict[int, list[str]] = defaultdict(list)
        for i in alone.tolist():
            by_change[int(found.change[i])].append(found.keys[i])
        plain = found.stored.ledger.identifiers
        return {change: sorted(keys, key=lambda key: plain[key].plain) for change, keys in by_change.items()}

    def _life_now(self, key: str) -> Stand:
        _, expired, blocked, *_ = self.found.stored.flags[key]
        return self._life(self.before, key, blocked=blocked, expired=expired)

    def _life_then(self, key: str) -> Stand:
        one = self.found.stored.ledger.identifiers[key]
        expired = self.found.stored.ledger.expired(one)
        return self._life(self.found.rule, key, blocked=one.blocked, expired=expired)

    def _life(self, rule: Rule, key: str, *, blocked: bool, expired: bool) -> Stand:
        if not (blocked or expired):
            return Stand("active")
        reason = "BLOCKED" if blocked else "EXPIRED"
        return Stand("inactive", reason, line_of(rule, reason, [self.found.stored.ledger.node(key)]))


class _Blocked:
    """What blocks pairs under one rule."""

    def __init__(self, rule: Rule, ledger: Ledger, keys: list[str], shared: set[str]) -> None:
        self.rule, self.ledger, self.shared = rule, ledger, shared
        decision = decide(ledger, rule, keys, shared.intersection(keys))
        self.verdicts: dict[Pair, Verdict] = decision.resolution.verdicts

    def of(self, pair: Pair, stand: Stand) -> Stand:
        """The standing with its line and what blocks it, as far as the rule still says the same."""
        if stand.reason is None:
            return stand
        holders = self._holders(pair, stand.reason)
        line = (
            line_of(self.rule, stand.reason, [self.ledger.node(key) for key in holders]) if holders else None
        )
        return Stand(stand.state, stand.reason, line, tuple(holders))

    def _holders(self, pair: Pair, reason: str) -> list[str]:
        if reason == "SHARED":
            return [key for key in pair if key in self.shared]
        if reason in ("BLOCKED", "EXPIRED"):
            blocked = reason == "BLOCKED"
            return [key for key in pair if self._dead(key, blocked=blocked)]
        verdict = self.verdicts.get(pair)
        return list(verdict.blocked_by) if verdict is not None and verdict.reason == reason else []

    def _dead(self, key: str, *, blocked: bool) -> bool:
        one = self.ledger.identifiers[key]
        return one.blocked if blocked else self.ledger.expired(one)
