"""Webhooks as callers register and watch them: in GraphQL and on the command line."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.__main__ import cli
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.errors import BadInput
from app.feed.sending import Sending
from app.graph.planner_documents import document_of
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.deliverer import Deliverer
from app.settings import ROOT, Settings
from app.settings import settings as cached
from tests.feed.conftest import Tell, tagged
from tests.feed.receiving import receiving

ALL_WRONG = """
mutation ($url: String!) { webhookCreate(url: $url, types: [], after: "x") {
  webhook { id } secret userErrors { field code } } }
"""
CREATE = """mutation ($url: String!, $brand: ID, $after: String) {
  webhookCreate(url: $url, types: [TAG_ADDED], brand: $brand, after: $after) {
    webhook { id url types brand active deliveredTo behind by } secret userErrors { field code suggestion }
  }
}"""
UPDATE = """mutation ($id: ID!, $url: String, $tag: ID, $active: Boolean, $renew: Boolean) {
  webhookUpdate(id: $id, url: $url, tag: $tag, active: $active, renewSecret: $renew) {
    webhook { id url types tag active } secret userErrors { code }
  }
}"""
STATE = """{ webhooks { id deliveredTo delivered behind attempts failingSince nextAttempt error deadLetters
  createdAt } }"""
Oneid = Callable[..., Awaitable[Result]]
ALL = Caller("tests", SCOPES)


async def test_from_its_registration_to_its_end(identity: Identity, settings: Settings, tell: Tell) -> None:
    own = settings.model_copy(update={"webhook_loopback": True, "webhook_attempts": 1})
    requests = Requests(GRAPHQL)
    async with await Graph.open(own) as graph, receiving(failing=2) as receiver:

        async def ask(query: str, caller: Caller = ALL, **variables: Any) -> Any:
            context = Context(caller, graph, identity.keyring, identity.state.policy, identity=identity)
            answer = await requests.answer(query, variables, None, context)
            assert "errors" not in answer, answer
            (value,) = answer["data"].values()
            return value

        await tell([tagged("before")])
        refused = await ask(CREATE, url="https://10.0.0.1/")
        assert (refused["webhook"], refused["secret"]) == (None, None)
        assert refused["userErrors"][0]["code"] == "ADDRESS_REFUSED"
        assert refused["userErrors"][0]["field"] == ["url"]
        several = await ask(ALL_WRONG, url="nonsense")
        assert [one["code"] for one in several["userErrors"]] == [
            "INVALID_CURSOR", "EMPTY_TYPES", "ADDRESS_REFUSED"
        ]  # fmt: skip
        made = await ask(CREATE, url=receiver.url())
        key, secret = made["webhook"].pop("id"), made["secret"]
        assert made["webhook"] == {
            "url": receiver.url(), "types": ["TAG_ADDED"], "brand": None, "active": True, "deliveredTo": 1,
            "behind": 0, "by": "tests",
        }  # fmt: skip
        assert re.fullmatch(r"whsec_[\w-]{43}", secret)
        (tried,) = [
            await ask("mutation ($id: ID!) { webhookTest(id: $id) { delivered status error } }", id=key)
        ]
        assert tried == {"delivered": False, "status": 500, "error": "STATUS_500"}

        await tell([tagged("first"), tagged("second")])
        deliverer = Deliverer(Identity(graph, identity.keyring, identity.state), Sending.of(own))
        assert await deliverer.settled() == {"failed": 1, "dead": 1, "delivered": 1}
        (state,) = await ask(STATE)
        assert (state["deliveredTo"], state["delivered"], state["behind"], state["deadLetters"]) == (
            3,
            1,
            0,
            1,
        )
        letters = "query ($id: ID!) { deadLetters(webhook: $id) { number attempts error replay body at } }"
        (letter,) = await ask(letters, id=key)
        assert (letter["number"], letter["attempts"], letter["error"]) == (2, 1, "STATUS_500")
        replay = (
            "mutation ($id: ID!) { webhookReplay(id: $id, numbers: [2]) { letters userErrors { code } } }"
        )
        assert await ask(replay, id=key) == {"letters": 1, "userErrors": []}
        await deliverer.settled()
        assert await ask(letters, id=key) == []

        changed = await ask(UPDATE, id=key, tag="vip", active=False, renew=True)
        assert changed["secret"] not in (None, secret)
        assert changed["webhook"] == {
            "id": key, "url": receiver.url(), "types": ["TAG_ADDED"], "tag": "vip", "active": False,
        }  # fmt: skip
        assert (await ask(UPDATE, id=key, tag=None))["webhook"]["tag"] is None
        assert (await ask(UPDATE, id=key, url="ftp://x"))["userErrors"][0]["code"] == "ADDRESS_REFUSED"

        limited = Caller("acme's", SCOPES, frozenset({"acme"}))
        assert await ask(STATE, limited) == []
        assert (await ask(UPDATE, limited, id=key))["userErrors"][0]["code"] == "UNKNOWN_WEBHOOK"
        foreign = await ask(CREATE, limited, url=receiver.url(), brand="other")
        assert foreign["userErrors"][0]["code"] == "FORBIDDEN_BRAND"
        delete = "mutation ($id: ID!) { webhookDelete(id: $id) { userErrors { code } } }"
        assert (await ask(delete, limited, id=key))["userErrors"][0]["code"] == "UNKNOWN_WEBHOOK"
        assert await ask(delete, id=key) == {"userErrors": []}
        assert await ask(STATE) == []
        context = Context(Caller("nobody", SCOPES - {"admin"}), graph, identity.keyring, None)
        answer = await requests.answer(STATE, None, None, context)
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.fixture
def oneid(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Oneid]:
    """Runs the command in a thread of its own, with a loop of its own, on the settings of the environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ONEID_WEBHOOK_LOOPBACK", "true")
    monkeypatch.setenv("ONEID_WEBHOOK_ATTEMPTS", "1")
    cached.cache_clear()

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, cli, list(arguments))

    yield run
    cached.cache_clear()


async def test_commands(identity: Identity, oneid: Oneid, tell: Tell) -> None:
    await tell([tagged("vip"), tagged("other")])
    async with receiving(failing=1) as receiver:
        made = await oneid("webhook", "create", receiver.url(), "--tag", "vip", "--after", "0", "--json")
        key = json.loads(made.stdout)["id"]
        told = await oneid("jobs", "run", "deliver-webhooks")
        assert (told.exit_code, told.stdout) == (0, "deliver-webhooks DONE failed 1; dead 1\n")
        listed = (await oneid("webhook", "list")).stdout
        assert all(text in listed for text in (key, "tag vip", "STATUS_500"))
        letters = json.loads((await oneid("webhook", "dead", key, "--json")).stdout)
        assert [(letter["number"], letter["error"]) for letter in letters] == [(1, "STATUS_500")]
        assert (await oneid("webhook", "replay", key)).stdout == "1 dead letters are sent again\n"
        told = await oneid("jobs", "run", "deliver-webhooks")
        assert told.stdout == "deliver-webhooks DONE replayed 1\n"
        assert (await oneid("webhook", "replay", key)).exit_code == 1
        assert (await oneid("webhook", "test", key)).stdout.startswith("taken after ")
        assert (await oneid("webhook", "delete", key)).exit_code == 0
        wrong = await oneid("webhook", "create", receiver.url(), "--type", "NOTHING")
        assert isinstance(wrong.exception, BadInput)
        assert wrong.exception.code == "UNKNOWN_TYPE"
        gone = (await oneid("webhook", "delete", key)).exception
        assert isinstance(gone, BadInput)
        assert gone.code == "UNKNOWN_WEBHOOK"


def test_the_documents_of_the_page_are_valid() -> None:
    page = (ROOT / "docs" / "feed.md").read_text(encoding="utf-8")
    documents = re.findall(r"```graphql\n(.*?)```", page, re.S)
    assert len(documents) == 3
    assert [document_of(GRAPHQL, text).errors for text in documents] == [()] * 3
