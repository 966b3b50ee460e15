"""`graphHealth`: the latest measurement, and what it is about as it is now. One read, whatever the size."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from app.context import Context
from app.errors import NotAllowed
from app.graph.planner_fields import Found, list_elsewhere, stored
from app.identity.graphql import Identifier


@strawberry.enum(description="How urgent it is.")
class HealthLevel(Enum):
    OK = strawberry.enum_value("OK", description="Nothing to do.")
    NOTICE = strawberry.enum_value("NOTICE", description="Worth a look some day.")
    ATTENTION = strawberry.enum_value("ATTENTION", description="Somebody should look now.")


@strawberry.enum(description="What is checked.")
class HealthCheckName(Enum):
    COMPONENTS = strawberry.enum_value("COMPONENTS", description="The people with most identifiers.")
    BRIDGES = strawberry.enum_value("BRIDGES", description="Single links that large people hang on.")
    NEAR_LIMIT = strawberry.enum_value("NEAR_LIMIT", description="People who have reached a limit.")
    SHARED = strawberry.enum_value("SHARED", description="Identifiers that too many hold.")
    PENDING = strawberry.enum_value("PENDING", description="Clusters too large to be decided at once.")
    ORPHANS = strawberry.enum_value("ORPHANS", description="Identifiers without evidence.")
    CONFLICTS = strawberry.enum_value("CONFLICTS", description="Kinds and sources that lose much evidence.")
    LOOSE_ENDS = strawberry.enum_value("LOOSE_ENDS", description="What must not be.")
    JOBS = strawberry.enum_value("JOBS", description="Jobs that failed, or have not run.")
    CHANGES = strawberry.enum_value("CHANGES", description="Changes that wait for a number.")


@strawberry.enum(description="What a rate is of.")
class HealthRateOf(Enum):
    KIND = strawberry.enum_value("KIND", description="Of the pairs with an end of that kind.")
    SOURCE = strawberry.enum_value("SOURCE", description="Of the pairs that the source reported.")


@strawberry.type(description="One thing that was found.")
class HealthFinding:
    says: str = stored("What it is, in words.")
    size: int = stored("How much of it: identifiers, ties, people.")
    command: str | None = stored(
        "What to run next; A and B are its identifiers, KIND and VALUE those of the first. `unlink` and "
        "`block` are mutations, too."
    )
    people: Any = stored(
        "The people that it is about, at most ten.", of=list_elsewhere("Person", "app.profile.graphql")
    )
    identifiers: list[Identifier] = stored("The identifiers that it is about, at most ten.")


def _findings(first: int = 20) -> Any: ...


@strawberry.type(description="One check of a measurement.")
class HealthCheck:
    name: HealthCheckName = stored("What was checked.")
    level: HealthLevel = stored("How urgent it is.")
    total: int = stored("Of how many things it is.")
    says: str = stored("How it came out, in words.")
    next: str = stored("What to do about it, in words.")
    command: str | None = stored("What to run next.")
    findings: list[HealthFinding] = stored(
        "The largest findings, of at most a hundred that are kept.", arguments=_findings, size="first"
    )


@strawberry.type(description="How much of the evidence of a kind, or from a source, loses.")
class HealthRate:
    of: HealthRateOf = stored("What it is of.")
    name: str = stored("The kind or the source.")
    active: int = stored("Pairs that join.")
    suppressed: int = stored("Pairs that lost a conflict.")
    share: float = stored("suppressed / (active + suppressed), 0 to 1.")
    level: HealthLevel = stored("How urgent it is; what only an unverified source claims does not count.")
    reasons: list[str] = stored("Why they lost, with how many each: `SHARED 12`; the most first.")


@strawberry.type(description="How many nodes have a label.")
class LabelCount:
    label: str = stored("The label.")
    nodes: int = stored("Nodes with it, now.")


@strawberry.type(description="A job with its latest run, as it is now.")
class JobHealth:
    name: str = stored("Its name, for `oneid jobs run`.")
    about: str | None = stored("What it does.")
    schedule: str | None = stored("When it is due.")
    last_started: datetime | None = stored("When its latest run began; null of one that keeps no history.")
    last_finished: datetime | None = stored("When its latest run ended.")
    last_status: str | None = stored("DONE, PARTIAL, FAILED or RUNNING.")
    last_error: str | None = stored("What its latest run failed with.")


def _rates(of: HealthRateOf | None = None) -> Any: ...


@strawberry.type(
    description="The latest measurement of the graph, by the job `measure-health` or `oneid health`; jobs, "
    "labels and unnumbered changes are those of now."
)
class GraphHealth:
    measured_at: datetime | None = stored("When it was measured; null when it never was, and all below is.")
    level: HealthLevel | None = stored("The worst level of its checks.")
    seconds: float | None = stored("How long measuring took.")
    policy: int | None = stored("The version of the policy that it was measured under.")
    identifiers: int | None = stored("Identifiers.")
    people: int | None = stored("People with identifiers.")
    pairs: int | None = stored("Pairs of identifiers that were seen together or linked.")
    checks: list[HealthCheck] = stored("What was checked.")
    rates: list[HealthRate] = stored(
        "Conflict rates by kind and by source, the highest first.", arguments=_rates
    )
    labels: list[LabelCount] = stored("Nodes by label, now.")
    jobs: list[JobHealth] = stored("The jobs and their latest runs, now.")
    unnumbered: int = stored("Changes that wait for their number in the feed, now.")
    waiting_since: datetime | None = stored("When the first of those was written.")


def _look_up(context: Context, arguments: Mapping[str, Any]) -> Found:
    """Health is measured over all brands together: a caller of some is told nothing of the others."""
    if context.caller.brands is not None:
        raise NotAllowed("health is measured over all brands together", code="FORBIDDEN")
    return Found({})


@strawberry.type
class HealthQueries:
    graph_health: GraphHealth = stored(
        "How the graph is, and what to do about it: the largest people, bridges, shared and pending "
        "identifiers, conflict rates, orphans, jobs. Read from the latest measurement.",
        look_up=_look_up,
        scope="profile:read",
    )
