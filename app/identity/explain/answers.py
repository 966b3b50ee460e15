"""What `why`, `whyNot` and `ownerOf` answer, as data. Times are in microseconds since 1970, names masked."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.identity.explain.between import Party
from app.identity.explain.obstacles import Limit

JOINED, SAME, APART, NEVER_SEEN = "JOINED", "SAME", "APART", "NEVER_SEEN"
UNKNOWN, ERASED, PENDING = "UNKNOWN", "ERASED", "PENDING"


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier as everybody may see it."""

    key: str
    kind: str
    scope: str
    display: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about a pair: `what` is link, unlink or neverLink."""

    what: str
    a: Named
    b: Named
    at: int
    operation: str
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One pair: what was seen of it, the link by hand that holds, and whether it joins.

    `first` and `last` are None for a pair that only somebody's hand joined. `method` is `observed`,
    `manual`, or how it was inferred.
    """

    a: Named
    b: Named
    first: int | None
    last: int | None
    sources: tuple[str, ...]
    brands: tuple[str, ...]
    method: str
    confidence: float
    verified: bool
    state: str
    reason: str | None = None
    link: Decided | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps the two apart: a reason of the rule (or UNLINKED, EXPIRED, BLOCKED), the pair that it keeps
    from joining, and the identifiers that block it.

    `ties` says with how many a shared identifier was seen, `attribute` what must not differ and does.
    `further`: it would come up only once what is before it has gone.
    """

    reason: str
    pair: Step | None
    blocked_by: tuple[Named, ...] = ()
    limit: Limit | None = None
    attribute: str | None = None
    ties: int | None = None
    decisions: tuple[Decided, ...] = ()
    further: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What one could do. `operation` is a mutation's name (link, unlink, undo, restore,
    approveProposals), `policyApply`, or
    `ingest` for what only another sighting can mend, `jobRun` for what waits; `undoes` is the operation that
    an undo names. Of the steps against one blocker (its place in the list) any will do, but each blocker
    needs one; a step against none (None) is enough by itself.
    """

    operation: str
    identifiers: tuple[Named, ...] = ()
    undoes: str | None = None
    blocker: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why two identifiers are one person: the strongest path of active evidence from one to the other.

    `code` is JOINED or SAME when they are; else APART, NEVER_SEEN, UNKNOWN, ERASED or PENDING. `hidden` steps
    rest on evidence of brands that the caller does not see.
    """

    joined: bool
    code: str
    a: Party
    b: Party
    steps: tuple[Step, ...] = ()
    hidden: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why two identifiers are not one person.

    `evidence` would have joined them directly; `blockers` name the pairs of the way that was left, direct or
    over others: without what they name, the rule joins the two.
    """

    joined: bool
    code: str
    a: Party
    b: Party
    evidence: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    hidden: int = 0
    next_steps: tuple[NextStep, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose an identifier was at a time: a OneID as it was known then, or nobody's (None)."""

    identifier: Party
    at: int
    one_id: str | None = None
    status: str | None = None
    merged_into: str | None = None
    sentences: tuple[str, ...] = field(default=())
