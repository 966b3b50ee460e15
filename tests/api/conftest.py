"""The service as its callers meet it: over HTTP, in the same process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.persisted import by_text, files_in, load
from app.graph.planner_http import GraphQLEndpoint
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import load_policy
from app.main import application
from app.settings import Settings

Serving = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest_asyncio.fixture
async def service(graph: Graph, settings: Settings) -> AsyncIterator[FastAPI]:
    """The running application on an empty graph."""
    made = application(settings)
    async with made.router.lifespan_context(made):
        yield made


@pytest_asyncio.fixture
async def http(service: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, on this machine."""
    transport = httpx.ASGITransport(service, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def serving() -> Serving:
    """Runs the application with other settings: `async with serving(settings) as client`."""

    @asynccontextmanager
    async def served(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
        made = application(settings)
        async with made.router.lifespan_context(made):
            transport = httpx.ASGITransport(made)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
                yield client

    return served


@pytest.fixture
def endpoint(graph: Graph, settings: Settings) -> Callable[..., httpx.AsyncClient]:
    """The endpoint alone, without the jobs: `graph.calls` counts what its requests ask of the graph."""
    keyring = Keyring(settings.secret())
    policy = load_policy(settings.policy.read_text(encoding="utf-8"))
    persisted = by_text(load(GRAPHQL, files_in(settings.persisted)))

    def made(**options: Any) -> httpx.AsyncClient:
        alone = GraphQLEndpoint(
            Requests(GRAPHQL, persisted, **options),
            lambda: Context(DEVELOPER, graph, keyring, policy),
            loopback=True,
        )
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(alone), base_url="http://localhost:8000/graphql"
        )

    return made
