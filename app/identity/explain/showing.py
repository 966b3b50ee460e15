"""What stands between two identifiers as a caller may see it: names masked, other brands' evidence left out.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from app.identity.evidence import Evidence, Link, Never, Pair, Unlink
from app.identity.explain.answers import Decided, Named, Step
from app.identity.explain.between import Between
from app.identity.explain.obstacles import Obstacle


class Showing:
    """For callers of some brands; None sees everything."""

    def __init__(self, given: Between, brands: Collection[str] | None) -> None:
        self.given, self.brands, self.ledger = given, brands, given.ledger

    def knows(self, key: str) -> bool:
        """Whether a brand of the caller reported the identifier."""
        return self._ours(self.ledger.identifiers[key].brands)

    def sees(self, pair: Pair) -> bool:
        """Whether a brand of the caller reported the pair, or both ends of what somebody's hand joined."""
        seen = self._seen(pair)
        return self._ours(seen.brands) if seen is not None else all(map(self.knows, pair))

    def hides(self, obstacle: Obstacle) -> bool:
        """Whether something of the obstacle is left out."""
        return not (self.sees(obstacle.pair) and all(map(self.knows, obstacle.blocked_by)))

    def _ours(self, brands: Collection[str]) -> bool:
        return self.brands is None or not set(brands).isdisjoint(self.brands)

    def named(self, key: str) -> Named:
        """The identifier's masked name."""
        kind, scope, _ = key.split("|", 2)
        return Named(key, kind, scope, self.given.names[key])

    def step(self, pair: Pair, start: str, reason: str | None = None) -> Step:
        """A pair as it was seen, told from one of its ends; `reason` says why it does not join."""
        a, b = (self.named(key) for key in (pair if start == pair[0] else pair[::-1]))
        seen, link = self._seen(pair), self.ledger.link_that_holds(pair)
        decided = self._decided("link", pair, link) if link and all(map(self.knows, pair)) else None
        brands = () if seen is None else tuple(brand for brand in seen.brands if self._ours((brand,)))
        return Step(
            a,
            b,
            None if seen is None else seen.first,
            None if seen is None else seen.last,
            () if seen is None else seen.sources,
            brands,
            "manual" if link or seen is None else seen.method,
            1.0 if seen is None else seen.confidence,
            link is not None or seen is None or seen.verified,
            self._state(pair, reason),
            reason,
            decided,
        )

    def _state(self, pair: Pair, reason: str | None) -> str:
        if pair in self.given.proposals:
            return "proposed"
        return "active" if reason is None else "inactive" if reason in _SET_ASIDE else "suppressed"

    def decisions(self, obstacle: Obstacle) -> tuple[Decided, ...]:
        """Who took the pair apart, or said that the two who block it are never one."""
        pair = obstacle.pair if obstacle.unlinks else obstacle.blocked_by
        if len(pair) != 2 or not all(map(self.knows, pair)):
            return ()
        what = "unlink" if obstacle.unlinks else "neverLink"
        pins: tuple[Unlink | Never, ...] = obstacle.unlinks or obstacle.nevers
        return tuple(self._decided(what, (pair[0], pair[1]), pin) for pin in pins)

    def _decided(self, what: str, pair: Pair, pin: Link | Unlink | Never) -> Decided:
        a, b = map(self.named, pair)
        return Decided(what, a, b, pin.at, pin.said.operation, pin.said.by, pin.said.reason)

    def _seen(self, pair: Pair) -> Evidence | None:
        """What was seen of the pair, also what an unlink holds of it now."""
        found = self.ledger.evidence.get(pair) or self.given.proposals.get(pair)
        for pin in self.ledger.unlinks.get(pair, ()):
            if pin.evidence is not None:
                held = pin.evidence
                found = held if found is None else found.plus(held, guarded=self.ledger.guarded(pair))
        return found


_SET_ASIDE = frozenset({"UNLINKED", "EXPIRED", "BLOCKED"})
"""Reasons of what is not suppressed by the rule, but takes no part in it."""
