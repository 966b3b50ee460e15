"""`simulatePolicy`: another policy against the live graph, in a process of its own."""

import asyncio
from typing import Any

import strawberry

from app.context import Context
from app.errors import NotAllowed
from app.graph.apart import run_apart
from app.graph.planner_fields import answered
from app.graph.planner_listening import while_listening
from app.identity.graphql import UserError
from app.identity.simulation.diff import PolicyDiff as Diff
from app.identity.simulation.simulate_policy import problems
from app.settings import settings

_ONE = asyncio.Lock()
"""One at a time in each process of the service: each takes a processor, and up to two gigabytes."""


@strawberry.type(description="An identifier as everybody may see it.")
class ShownIdentifier:
    kind: str = strawberry.field(description="Its kind.")
    scope: str = strawberry.field(description="The brand or app that it belongs to; `*` without one.")
    value: str | None = strawberry.field(description="The normalised value; null of a personal kind.")
    display: str = strawberry.field(description="Its name, masked where it is personal.")


@strawberry.type(description="A person, as it is or as it would be.")
class PolicyPerson:
    one_id: strawberry.ID | None = strawberry.field(description="Its OneID; null of one that would be new.")
    identifiers: int = strawberry.field(description="How many of its identifiers the change is about.")
    owner: ShownIdentifier | None = strawberry.field(description="Its best identifier.")


@strawberry.type(description="How a pair or an identifier stands under one of the two policies.")
class PolicyStanding:
    state: str = strawberry.field(description="active, suppressed, inactive or pending.")
    reason: str | None = strawberry.field(description="Why it does not join: SHARED, LIMIT_EXCEEDED …")
    rule: str | None = strawberry.field(
        description="The line of that policy that says so, as a path: `kinds.phone.limit: 3`."
    )
    blocked_by: list[ShownIdentifier] = strawberry.field(
        description="The identifiers that keep the pair from joining, at most ten."
    )


@strawberry.type(description="A pair of identifiers that joins under one of the two policies alone.")
class PolicyEvidence:
    a: ShownIdentifier = strawberry.field(description="One end.")
    b: ShownIdentifier = strawberry.field(description="The other end.")
    now: PolicyStanding = strawberry.field(description="Under the policy in force, as it is stored.")
    then: PolicyStanding = strawberry.field(description="Under the policy that was asked about.")


@strawberry.type(description="An identifier that takes part under one of the two policies alone.")
class PolicyDropped:
    identifier: ShownIdentifier = strawberry.field(description="The identifier.")
    now: PolicyStanding = strawberry.field(description="Under the policy in force.")
    then: PolicyStanding = strawberry.field(description="Under the policy that was asked about.")


@strawberry.type(description="People whose identifiers would be grouped otherwise.")
class PolicyChange:
    what: str = strawberry.field(
        description="MERGED, SPLIT, REGROUPED (as many as before), IDENTIFIERS_CHANGED, GONE or RETURNED."
    )
    says: str = strawberry.field(description="The change and its first reason in words.")
    moved: int = strawberry.field(description="Identifiers that would be another person's, or nobody's.")
    identifiers: int = strawberry.field(description="Identifiers of all the people concerned.")
    people_before: int = strawberry.field(description="How many people they are.")
    people_after: int = strawberry.field(description="How many people they would be.")
    before: list[PolicyPerson] = strawberry.field(description="The people as they are, at most ten.")
    after: list[PolicyPerson] = strawberry.field(description="The people as they would be, at most ten.")
    evidence_changed: int = strawberry.field(description="Pairs that would join, or join no longer.")
    evidence: list[PolicyEvidence] = strawberry.field(
        description="Those pairs, at most ten: first those that people hang on, the strongest layer first."
    )
    dropped: list[PolicyDropped] = strawberry.field(
        description="Identifiers that would take no part any more, or would again; at most ten."
    )


@strawberry.type(description="How many pairs that were seen together stand how.")
class PolicyEvidenceCount:
    state: str = strawberry.field(description="active, suppressed, inactive or pending.")
    reason: str | None = strawberry.field(description="Why they do not join.")
    before: int = strawberry.field(description="Pairs as stored.")
    after: int = strawberry.field(description="Pairs under the policy that was asked about.")


@strawberry.type(description="What another policy would change. Nothing is written, names are masked.")
class PolicyDiff:
    user_errors: list[UserError] = strawberry.field(
        description="Why this policy cannot be put in force here; then everything else is zero."
    )
    warnings: list[UserError] = strawberry.field(
        description="Changed lines that hold for new observations alone."
    )
    identifiers: int = strawberry.field(description="Identifiers that were looked at.")
    people_before: int = strawberry.field(description="People with identifiers, now.")
    people_after: int = strawberry.field(description="People with identifiers, then.")
    merged: int = strawberry.field(description="OneIDs that would be merged into others.")
    split: int = strawberry.field(description="People who would be several.")
    created: int = strawberry.field(description="OneIDs that would be new.")
    returned: int = strawberry.field(description="Merged OneIDs that would live again.")
    gained: int = strawberry.field(description="OneIDs that live on with identifiers more.")
    lost: int = strawberry.field(description="OneIDs that live on with some identifiers less.")
    dropped: int = strawberry.field(description="Identifiers that would take no part any more.")
    revived: int = strawberry.field(description="Identifiers that would take part again.")
    evidence: list[PolicyEvidenceCount] = strawberry.field(description="Pairs by state and reason.")
    changes_total: int = strawberry.field(description="How many changes there are in all.")
    changes: list[PolicyChange] = strawberry.field(
        description="The hundred largest, by identifiers that move, with their reasons."
    )
    seconds: float = strawberry.field(description="How long it took.")


def _simulate_policy(policy: str) -> Any: ...


async def _run(context: Context, policy: str) -> Diff:
    if context.caller.brands is not None:
        raise NotAllowed("identity is decided for all brands together", code="FORBIDDEN")
    _, wrong = await problems(context.identity, policy)
    if wrong:
        return Diff(user_errors=wrong)
    if _ONE.locked():
        raise NotAllowed(
            "another policy is being simulated", code="SIMULATION_RUNNING", suggestion="try again in a minute"
        )
    async with _ONE:
        own = context.graph.settings or settings()
        command = ("policy", "simulate", "-", "--json")
        out = await while_listening(run_apart(own, command, policy, own.simulation_seconds))
    return Diff.model_validate_json(out)


@strawberry.type
class SimulationQueries:
    simulate_policy: PolicyDiff = answered(
        _run,
        "What another policy (YAML text) would change if it were put in force now, and why. Writes nothing.",
        of=PolicyDiff,
        arguments=_simulate_policy,
        scope="identity:write",
    )
