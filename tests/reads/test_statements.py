"""The statements as the planner sends them, for every document of the docs: each starts from an index."""

import json
import re
from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_plans import Plan
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import Policy
from app.settings import ROOT
from tests.graph.plans import operators, scans

DOCUMENTS = {
    path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "queries").glob("*.graphql")
}
FILL = """
UNWIND range(1, 5000) AS n
CREATE (i:Identifier:OpenId {key: 'openid|app|' + n, kind: 'openid', scope: 'app', value: toString(n), name: toString(n)})
CREATE (:Identifier:Member {key: 'member|b|' + n, kind: 'member', scope: 'b', value: toString(n), name: toString(n)})
CREATE (i)-[:IDENTIFIES]->(:Person {oneId: 'filled-' + n, status: 'ACTIVE', name: 'P'})
"""  # noqa: E501 - a statement


@pytest.fixture
async def filled(small_world: Graph) -> Graph:
    """Five thousand people that came a moment ago: more than Neo4j has taken note of in its index samples."""
    async with small_world.session(WRITE_ACCESS) as session:
        await (await session.run(FILL)).consume()
    return small_world


def _texts(plans: list[Plan]) -> list[str]:
    """Every statement of the plans: one for each way that a root may be looked up."""
    return [
        f"RETURN {part.expression} AS r"
        for plan in plans
        for root in plan.roots
        for part in root.parts.values()
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_every_statement_starts_from_an_index(
    filled: Graph, keyring: Keyring, policy: Policy, name: str
) -> None:
    requests = Requests(GRAPHQL)
    told = re.search(r"^# variables: (.+)$", DOCUMENTS[name], re.MULTILINE)
    variables: dict[str, Any] = json.loads(told[1]) if told else {}
    if "mutation" in DOCUMENTS[name]:
        return
    await requests.answer(DOCUMENTS[name], variables, None, Context(DEVELOPER, filled, keyring, policy))
    for text in _texts([plan for plan, _ in requests.plans._values.values()]):
        found = scans(await operators(filled, text))
        assert not [scan for scan in found if "Brand" not in scan and "LINKED(rule)" not in scan], text
