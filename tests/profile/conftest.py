"""A world to search, and ways to ask: every question is put to the planner and to the ordinary executor."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
import pytest_asyncio
from pydantic_core import to_json

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from app.settings import Settings
from tests.ingest.saying import seen

DOCUMENT = """
query ($text: String!, $first: Int, $after: String) {
  searchPeople(text: $text, first: $first, after: $after) {
    edges { cursor node { oneId members { name display } identifiers { kind display } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
NAMELESS = SCOPES - {"pii:read"}


class Found(NamedTuple):
    """A page: names of the people (of who has none, what they hold), the next cursor, the whole answer."""

    names: list[str]
    after: str | None
    answer: dict[str, Any]


Find = Callable[..., Awaitable[Found]]
Tell = Callable[..., Awaitable[None]]


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on the empty graph, under the default policy."""
    return await Identity.open(graph, Keyring(settings.secret()), settings.policy)


@pytest.fixture
def tell(identity: Identity) -> Tell:
    """Sends observations, all of which must be taken."""

    async def told(*observations: dict[str, Any]) -> None:
        context = Context(
            Caller("tests", SCOPES),
            identity.graph,
            identity.keyring,
            identity.state.policy,
            identity=identity,
        )
        assert (await ingest(context, observations)).rejected == []

    return told


@pytest.fixture
def find(identity: Identity) -> Find:
    """Searches, in `calls` statements, one of which reads what is asked of the people."""
    requests = Requests(GRAPHQL)

    async def found(
        text: str,
        first: int = 20,
        after: str | None = None,
        *,
        scopes: frozenset[str] = SCOPES,
        brands: frozenset[str] | None = None,
        calls: int | None = 2,
    ) -> Found:
        caller = Caller("tests", scopes, brands)
        context = Context(
            caller, identity.graph, identity.keyring, identity.state.policy, datetime(2026, 5, 1, tzinfo=UTC)
        )
        given = {"text": text, "first": first, "after": after}
        answers = []
        for ordinary in (False, True):
            before = identity.graph.calls
            answers.append(await requests.answer(DOCUMENT, given, None, context, ordinary=ordinary))
            assert calls is None or identity.graph.calls - before == calls
        assert re.sub(rb'"correlationId":"\w+"', b"", to_json(answers[0])) == to_json(answers[1])
        page = (answers[0].get("data") or {}).get("searchPeople")
        if page is None:
            return Found([], None, answers[0])
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        return Found([_called(edge["node"]) for edge in page["edges"]], after, answers[0])

    return found


def _called(person: dict[str, Any]) -> str:
    names = sorted({member["name"] for member in person["members"] if member["name"]})
    return "/".join(names) or " ".join(one["display"] for one in person["identifiers"])


def member(number: str, name: str | None, *others: str, brand: str = "mumu", **rest: Any) -> dict[str, Any]:
    """An observation of a member of that name, with other identifiers."""
    return seen(f"member:{brand}:{number}", *others, brand=brand, member={"name": name}, **rest)
