"""What is known of identifiers and of pairs of them, and how sightings add up. Pure; times in microseconds
since 1970.

Adding up is commutative, associative and idempotent: that is why arrival order and redelivery do not
matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_SOURCES = 16

BY_RULE = "rule:"
"""How the method of evidence that a match rule found begins."""

Pair = tuple[str, str]
"""Two identifier keys, the smaller first."""


def pair_of(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def together(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """Both lists as one sorted set of at most 16: the first by name, so that order of arrival does not
    decide.
    """
    if a == b or not b:
        return a
    return tuple(sorted({*a, *b}))[:MAX_SOURCES]


@dataclass(slots=True)
class Identifier:
    """An identifier that was seen. `plain` is `kind|scope|normalised value`; `key` is what the graph knows
    it by.
    """

    key: str
    plain: str
    kind: str
    scope: str
    first: int
    last: int
    brands: tuple[str, ...] = ()
    blocked: bool = False

    @property
    def value(self) -> str:
        return self.plain.split("|", 2)[2]

    @property
    def display(self) -> str:
        """`kind:value`, or `kind:scope:value` where it has a scope: how `simulate` and messages name it."""
        kind, scope, value = self.plain.split("|", 2)
        return f"{kind}:{value}" if scope == "*" else f"{kind}:{scope}:{value}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of a pair.

    Of a `guarded` pair (one end is of layer person or contact) unverified sightings never move the times
    once a verified one is there; `newest` is the newest sighting of all, which an unlink holds for.
    """

    first: int
    last: int
    newest: int
    verified: bool
    sources: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    method: str = "observed"
    confidence: float = 1.0

    @property
    def rule(self) -> str | None:
        """The match rule that found it; None of what was seen."""
        return self.method.removeprefix(BY_RULE) if self.method.startswith(BY_RULE) else None

    def plus(self, other: Evidence, *, guarded: bool) -> Evidence:
        """Both together; of a pair that was seen, what a match rule found of it says nothing."""
        if (self.rule is None) != (other.rule is None):
            return self if self.rule is None else other
        counted = (
            [e for e in (self, other) if e.verified]
            if guarded and self.verified != other.verified
            else [self, other]
        )
        better = max((self, other), key=lambda e: (e.method == "observed", e.confidence, e.method))
        return Evidence(
            first=min(e.first for e in counted),
            last=max(e.last for e in counted),
            newest=max(self.newest, other.newest),
            verified=self.verified or other.verified,
            sources=together(self.sources, other.sources),
            brands=together(self.brands, other.brands),
            method=better.method,
            confidence=better.confidence,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """Who decided a pin, and why: the operation that it belongs to."""

    operation: str = ""
    by: str | None = None
    reason: str | None = None


UNSAID = Said()
"""A pin of which nobody asked who decided it: in a simulation."""


@dataclass(frozen=True, slots=True)
class Link:
    """A manual link: two identifiers that somebody says are of one person."""

    at: int
    run: int
    said: Said = UNSAID


@dataclass(frozen=True, slots=True)
class Unlink:
    """A pair taken apart by hand: it holds for sightings up to `at`, which are kept here in `evidence`."""

    at: int
    run: int
    evidence: Evidence | None = None
    said: Said = UNSAID

    def plus(self, evidence: Evidence, *, guarded: bool) -> Unlink:
        """With a sighting that it holds for."""
        held = evidence if self.evidence is None else self.evidence.plus(evidence, guarded=guarded)
        return self if held == self.evidence else replace(self, evidence=held)


@dataclass(frozen=True, slots=True)
class Never:
    """Two identifiers that somebody says are never of one person."""

    at: int
    run: int
    said: Said = UNSAID


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An erased form of an identifier. Forms known to be the same share a `group`.

    It drops the form from every observation; once restored, from those dated up to `restored` only.
    `lifted` names the operations that restored it.
    """

    erased: int
    group: str
    restored: int | None = None
    lifted: tuple[str, ...] = ()

    def drops(self, at: int) -> bool:
        return self.restored is None or at <= self.restored
