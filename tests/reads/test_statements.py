"""The statements as the planner sends them, for every document of the docs: each starts from an index."""

import json
import re

import pytest
from neo4j import WRITE_ACCESS

from app.api import GRAPHQL
from app.context import DEVELOPER
from app.graph.planner_plans import Plan
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.settings import ROOT
from tests.graph.plans import operators, scans

DOCUMENTS = {
    path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "queries").glob("*.graphql")
}
REQUESTS = Requests(GRAPHQL)
READS = [name for name, text in DOCUMENTS.items() if REQUESTS.operation(text, None).reads]
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


def _plan(name: str) -> Plan:
    """The plan of a document with the variables that it names."""
    told = re.search(r"^# variables: (.+)$", DOCUMENTS[name], re.MULTILINE)
    operation = REQUESTS.operation(DOCUMENTS[name], None)
    coerced = REQUESTS._coerced(operation, json.loads(told[1]) if told else {})
    return REQUESTS._plan(DOCUMENTS[name], operation, coerced, DEVELOPER.scopes)


def _texts(plan: Plan) -> list[str]:
    """Every statement of the plan: one for each way that a root may be looked up."""
    return [f"RETURN {part.expression} AS r" for root in plan.roots for part in root.parts.values()]


@pytest.mark.parametrize("name", READS)
async def test_every_statement_starts_from_an_index(filled: Graph, name: str) -> None:
    for text in _texts(_plan(name)):
        found = scans(await operators(filled, text))
        assert not [scan for scan in found if "Brand" not in scan and "LINKED(rule)" not in scan], text
