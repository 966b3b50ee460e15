"""Everybody of the cases in one graph, and a caller who asks about them."""

from typing import Any

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from tests.emptying import anew
from tests.rules.live import stored
from tests.rules.test_cases import CASES

Json = dict[str, Any]


class Asked:
    """Requests about one graph."""

    def __init__(self, identity: Identity, one_ids: dict[str, str]) -> None:
        self.identity = identity
        self.one_ids = one_ids
        self._requests = Requests(GRAPHQL)

    def context(
        self, *, brands: frozenset[str] | None = None, scopes: frozenset[str] = SCOPES, **more: Any
    ) -> Context:
        """What a request of such a caller carries."""
        caller, own = Caller("tests", scopes, brands), self.identity
        return Context(caller, own.graph, own.keyring, own.state.policy, identity=own, **more)

    async def answer(self, query: str, context: Context | None = None, **variables: Any) -> Json:
        """The whole response."""
        return await self._requests.answer(query, variables, None, context or self.context())

    async def ask(self, query: str, context: Context | None = None, **variables: Any) -> Json:
        """The data; without errors."""
        answer = await self.answer(query, context, **variables)
        assert "errors" not in answer, answer
        found: Json = answer["data"]
        return found


async def everybody(graph: Graph, settings: Settings) -> Asked:
    """All people of all cases, stored once."""
    await anew(graph)
    identity = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    people = {f"{case['id']}/{name}": said for case in CASES for name, said in case["people"].items()}
    return Asked(identity, dict(await stored(graph, identity, people)))
