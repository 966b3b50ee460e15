"""A field that needs a scope of its own, below the root: refused at its path, without being read."""

from collections.abc import Mapping
from typing import Any

import pytest
import strawberry
from pydantic_core import to_json

from app.access.sealing import Keyring
from app.context import Caller, Context
from app.graph.planner_fields import Found, stored
from app.graph.planner_requests import Requests
from app.graph.planner_schema import executable
from app.graph.sessions import Graph
from app.identity.policy import Policy


@strawberry.type
class Card:
    level: str | None = stored("The level.")
    points: int | None = stored("For those who may administer.", scope="admin")


@strawberry.type
class Person:
    one_id: strawberry.ID = stored("The OneID.")
    cards: list[Card] = stored("Cards.")
    status: str = stored("For those who may administer; never null.", scope="admin")


def _person(one_id: str) -> Any: ...


def _look_up(_: Any, arguments: Mapping[str, Any]) -> Found:
    return Found({"oneId": arguments["oneId"]}, variant="oneId")


@strawberry.type
class Query:
    person: Any = stored(
        "Somebody.", of=Person | None, arguments=_person, look_up=_look_up, scope="profile:read"
    )


SCHEMA = executable(strawberry.Schema(Query))


@pytest.mark.parametrize("ordinary", [False, True])
async def test_a_scope_below_the_root(
    small_world: Graph, keyring: Keyring, policy: Policy, ordinary: bool
) -> None:
    requests = Requests(SCHEMA)

    async def ask(query: str, *scopes: str) -> dict[str, Any]:
        context = Context(Caller("tests", frozenset(scopes)), small_world, keyring, policy)
        answer = await requests.answer(query, None, None, context, ordinary=ordinary)
        to_json(answer)
        return answer

    cards = '{ person(oneId: "one-1") { oneId cards { level points } } }'
    allowed = await ask(cards, "profile:read", "admin")
    assert allowed["data"]["person"] == {"oneId": "one-1", "cards": [{"level": "silver", "points": 7}]}
    refused = await ask(cards, "profile:read")
    assert refused["data"]["person"] == {"oneId": "one-1", "cards": [{"level": "silver", "points": None}]}
    assert [(error["path"], error["extensions"]["code"]) for error in refused["errors"]] == [
        (["person", "cards", 0, "points"], "FORBIDDEN")
    ]
    status = await ask('{ person(oneId: "one-1") { oneId status } }', "profile:read")
    assert status["data"] == {"person": None}
    assert status["errors"][0]["path"] == ["person", "status"]
    small_world.calls = 0
    await ask(cards)
    assert small_world.calls == 0
