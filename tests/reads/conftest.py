"""Asks every query twice, of the planner and of the ordinary executor; the answers are equal."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from pydantic_core import to_json

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import Policy, load_policy
from app.settings import ROOT, Settings
from tests.reads import world

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="session")
def keyring(settings: Settings) -> Keyring:
    """The run's keys."""
    return Keyring(settings.secret())


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The default policy."""
    return load_policy((ROOT / "schema" / "policy.yaml").read_text(encoding="utf-8"))


@pytest_asyncio.fixture
async def small_world(graph: Graph, keyring: Keyring) -> Graph:
    """The graph with the small world in it."""
    await world.create(graph, keyring)
    graph.calls = 0
    return graph


@pytest.fixture
def ask(migrated: Graph, keyring: Keyring, policy: Policy) -> Ask:
    """Asks both ways, checks that they say the same in `calls` statements each, and returns the answer."""
    requests = Requests(GRAPHQL)

    async def asked(
        query: str,
        variables: dict[str, Any] | None = None,
        *,
        name: str | None = None,
        calls: int = 1,
        scopes: frozenset[str] = SCOPES,
        brands: frozenset[str] | None = None,
    ) -> dict[str, Any]:
        caller = Caller("tests", scopes, brands)
        context = Context(caller, migrated, keyring, policy, datetime(2026, 5, 1, tzinfo=UTC))
        answers = []
        for ordinary in (False, True):
            before = migrated.calls
            answer = to_json(await requests.answer(query, variables, name, context, ordinary=ordinary))
            answers.append(re.sub(rb'"correlationId":"\w+"', b"", answer))
            assert migrated.calls - before == calls
        assert answers[0] == answers[1]
        return await requests.answer(query, variables, name, context)

    return asked
