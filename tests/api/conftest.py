"""The service as its callers meet it: over HTTP, in the same process."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from fastapi import FastAPI

from app.graph.sessions import Graph
from app.main import application
from app.settings import Settings


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
