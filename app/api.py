"""The GraphQL schema, put together from its capabilities."""

import strawberry
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from app.commerce.graphql import Brand, CommerceQueries, Order, Product, Shop
from app.commerce.summary_graphql import BrandProfile
from app.dependents.graphql import Dependent, DependentQueries
from app.dependents.separating_graphql import DependentMutations
from app.feed.graphql import Subscription
from app.feed.webhooks_graphql import WebhookMutations, WebhookQueries
from app.graph.planner_scalars import SCALARS
from app.graph.planner_schema import executable
from app.identity.explain.graphql import WhyQueries
from app.identity.graphql import Change, Identifier, IdentityQueries
from app.identity.health.graphql import HealthQueries
from app.identity.match.graphql import MatchMutations, MatchQueries
from app.identity.policies.graphql import PolicyQueries
from app.identity.simulation.graphql import SimulationQueries
from app.identity.steering.graphql import SteeringMutations
from app.identity.steering.trail_graphql import Operation, TrailQueries
from app.ingest.graphql import IngestMutations
from app.jobs.graphql import JobMutations, JobQueries
from app.lifecycle.graphql import LifecycleQueries
from app.profile.corrections_graphql import AttributeMutations
from app.profile.expiring_graphql import ExpiringQueries
from app.profile.graphql import Card, Member, Person, ProfileQueries
from app.profile.near_graphql import NearQueries
from app.profile.search_graphql import SearchQueries
from app.rules.graphql import RULE_SCALARS
from app.segments.explain_graphql import ExplainQueries
from app.segments.export_graphql import ExportMutations, ExportQueries
from app.segments.graphql import SegmentQueries
from app.segments.insight_graphql import InsightQueries
from app.segments.lists_graphql import ListMutations, ListQueries
from app.segments.mutations import SegmentMutations
from app.segments.preview_graphql import PreviewQueries
from app.tags.graphql import TagQueries
from app.tags.mutations import TagMutations
from app.touches.conversion_graphql import TouchQueries
from app.touches.graphql import Consent, Event, Touch


@strawberry.type(description="Everything that can be read.")
class Query(
    ProfileQueries,
    SearchQueries,
    NearQueries,
    IdentityQueries,
    TrailQueries,
    PolicyQueries,
    WhyQueries,
    MatchQueries,
    SimulationQueries,
    HealthQueries,
    CommerceQueries,
    TouchQueries,
    DependentQueries,
    TagQueries,
    PreviewQueries,
    InsightQueries,
    ExplainQueries,
    ExportQueries,
    SegmentQueries,
    ListQueries,
    JobQueries,
    LifecycleQueries,
    ExpiringQueries,
    WebhookQueries,
):
    pass


@strawberry.type(description="Everything that can be changed.")
class Mutation(
    IngestMutations,
    SteeringMutations,
    MatchMutations,
    AttributeMutations,
    DependentMutations,
    TagMutations,
    SegmentMutations,
    ExportMutations,
    ListMutations,
    JobMutations,
    WebhookMutations,
):
    pass


SCHEMA = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    types=[
        *(Person, Identifier, Member, Card, Shop, Brand, Change, Operation),
        *(Order, Product, BrandProfile, Touch, Event, Consent, Dependent),
    ],
    config=StrawberryConfig(scalar_map={**SCALARS, **RULE_SCALARS}),
)
GRAPHQL = executable(SCHEMA)
"""The same schema as the planner and the ordinary executor run it."""


def exported() -> str:
    """The schema in GraphQL's own language, as `schema/api.graphql` keeps it."""
    return print_schema(SCHEMA) + "\n"


if __name__ == "__main__":
    print(exported(), end="")
