"""The parts of an answer to why and why not: rows that the answer brings along, read below by the planner."""

from datetime import datetime
from enum import Enum

import strawberry

from app.graph.planner_fields import stored
from app.identity.graphql import EvidenceState, Identifier


@strawberry.enum(description="What somebody decided about two identifiers.")
class DecisionKind(Enum):
    LINK = strawberry.enum_value("LINK", description="They are of one person.")
    UNLINK = strawberry.enum_value("UNLINK", description="What was seen of them until then counts no more.")
    NEVER_LINK = strawberry.enum_value("NEVER_LINK", description="They are never of one person.")


@strawberry.type(description="A decision that people made about two identifiers.")
class WhyDecision:
    kind: DecisionKind = stored("What was decided.")
    at: datetime = stored("The time that it holds for.")
    operation: strawberry.ID | None = stored("The operation, for `undo`.")
    by: str | None = stored("Who decided it.")
    reason: str | None = stored("Why, in their words.")
    a: Identifier | None = stored("One of the two.")
    b: Identifier | None = stored("The other one.")


@strawberry.type(description="Two identifiers on the way from one to the other, and what is known of them.")
class WhyStep:
    a: Identifier | None = stored("Where the step starts.")
    b: Identifier | None = stored("Where it leads.")
    state: EvidenceState = stored("Whether it joins people now.")
    reason: str | None = stored("Why it does not: LIMIT_EXCEEDED, NEVER_LINKED, SHARED, UNLINKED …")
    first_seen: datetime | None = stored("The earliest sighting; null when only a link by hand joins them.")
    last_seen: datetime | None = stored("The newest sighting.")
    sources: list[str] = stored("Who reported it.")
    brands: list[str] = stored("The brands that reported it, of those that the caller may see.")
    method: str = stored("How it is known: observed, manual, or how it was inferred.")
    confidence: float = stored("How sure that is, 0 to 1.")
    verified: bool = stored("Whether a verified source or a person says so.")
    link: WhyDecision | None = stored("The link by hand that holds, if any.")


@strawberry.type(description="A limit of the policy that is full.")
class WhyLimit:
    kinds: list[str] = stored("The kinds that it counts together; none for all identifiers of a person.")
    scope: str | None = stored("The scope that it counts in, where it is one a scope.")
    most: int = stored("How many one person may hold.")
    held: int = stored("How many the two would hold together.")


@strawberry.type(description="Something that keeps the two apart.")
class WhyBlocker:
    reason: str = stored("LIMIT_EXCEEDED, NEVER_LINKED, SHARED, NEUTRAL, CLAIMED, UNLINKED, EXPIRED …")
    pair: WhyStep | None = stored("The evidence that it keeps from joining; null where another brand's.")
    blocked_by: list[Identifier] = stored("The identifiers that block it, of those that the caller may see.")
    limit: WhyLimit | None = stored("The limit that is full, for LIMIT_EXCEEDED.")
    attribute: str | None = stored("What the two say differently of themselves, for CONTRADICTION.")
    ties: int | None = stored("With how many the shared identifier was seen, for SHARED.")
    decisions: list[WhyDecision] = stored("What people decided, for NEVER_LINKED and UNLINKED.")
    further: bool = stored("Whether it would come up only once what is before it has gone.")


@strawberry.type(description="What one could do so that they become one person.")
class WhyNextStep:
    operation: str = stored(
        "A mutation (link, unlink, undo, restore, approveProposals, jobRun), `ingest` for another sighting, "
        "or `policyApply`."
    )
    identifiers: list[Identifier] = stored("What it is done with.")
    undoes: strawberry.ID | None = stored("The operation that an undo takes back.")
    blocker: int | None = stored(
        "The place of the blocker that it removes; null when it is enough by itself."
    )
    text: str = stored("What to do, in words.")
