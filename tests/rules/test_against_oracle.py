"""The live graph against the second evaluator, on random people and random rules over every condition."""

from random import Random

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.service import Identity
from tests.rules.comparing import Sides, sides
from tests.rules.worlds_rules import rules

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest_asyncio.fixture(scope="module", params=range(4))
async def both(migrated: Graph, module_identity: Identity, request: pytest.FixtureRequest) -> Sides:
    """Two dozen random people, stored once; four times."""
    return await sides(migrated, module_identity, Random(request.param), 24, f"{request.param}/")


@few
@given(st.data())
async def test_rules_match_whom_the_page_says(both: Sides, data: st.DataObject) -> None:
    rule, zone = data.draw(rules(both.edges)), data.draw(st.sampled_from(both.zones))
    assert await both.differing(rule, zone) == {}
