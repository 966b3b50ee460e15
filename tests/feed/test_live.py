"""The change feed as a subscription: who follows it, from where, how long; another process writes it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from uvicorn import Config, Server
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.feed.arrivals import Arrivals
from app.feed.lines import line
from app.graph.child import free_port
from app.graph.planner_live import Live
from app.graph.planner_requests import Requests
from app.graph.planner_sent import Sent
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.main import application
from app.settings import Settings
from tests.feed.conftest import AT, Cypher, Tell, tagged
from tests.feed.writing import written_elsewhere

FOLLOW = "subscription ($after: String, $types: [ChangeType!]) { changes(after: $after, types: $types) %s }"
NUMBERS = FOLLOW % "{ cursor node { number type } }"

Socket = Callable[..., AbstractAsyncContextManager[ClientConnection]]


@pytest_asyncio.fixture
async def service(graph: Graph, settings: Settings) -> AsyncIterator[tuple[str, FastAPI]]:
    """The running service: its address, and itself."""
    made, port = application(settings), free_port()
    server = Server(Config(made, port=port, log_level="warning", access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells in no other way
        await asyncio.sleep(0.02)
    yield f"localhost:{port}", made
    server.should_exit = True
    await serving


@pytest.fixture
def socket(service: tuple[str, FastAPI]) -> Socket:
    """Opens a socket that has begun the protocol."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[ClientConnection]:
        async with connect(f"ws://{service[0]}/graphql", subprotocols=["graphql-transport-ws"]) as one:  # type: ignore[list-item]
            await _say(one, type="connection_init")
            assert await _heard(one) == {"type": "connection_ack"}
            yield one

    return opened


async def _say(one: ClientConnection, **message: Any) -> None:
    await one.send(json.dumps(message))


async def _heard(one: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(one.recv(), 30))


async def _follow(one: ClientConnection, name: str = "1", query: str = NUMBERS, **variables: Any) -> None:
    await _say(one, id=name, type="subscribe", payload={"query": query, "variables": variables})


async def _lines(one: ClientConnection, count: int) -> list[dict[str, Any]]:
    heard = [await _heard(one) for _ in range(count)]
    assert all(message["type"] == "next" for message in heard), heard
    return [message["payload"]["data"]["changes"] for message in heard]


async def test_what_another_process_writes_comes_once_and_in_order(
    socket: Socket, environment: dict[str, str]
) -> None:
    """Also to who was cut off, and to who reads nothing for a while; three processes' clocks and commits."""
    async with written_elsewhere(environment, 60) as one, written_elsewhere(environment, 60) as other:
        async with socket() as following:
            await _follow(following, after=None)
            await _say(following, type="ping")  # answered once what came before it is taken
            assert await _heard(following) == {"type": "pong"}
            await asyncio.sleep(0.3)
            await asyncio.gather(one.go(), other.go())
            first = await _lines(following, 40)
        async with socket() as following:
            await _follow(following, after=first[-1]["cursor"])
            await asyncio.sleep(1)
            rest = await _lines(following, 80)
        assert [line["node"]["number"] for line in first + rest] == list(range(1, 121))


async def test_many_follow_and_the_feed_is_looked_at_once(
    identity: Identity, tell: Tell, settings: Settings
) -> None:
    """Fifty wait, of whom each other one for what does not come: a look five times a second, and a page for
    each of those whom it is for.
    """
    graph = Graph(identity.graph.driver, identity.graph.database)
    arrivals = Arrivals(graph.reader, every=0.1)
    context = Context(Caller("tests", SCOPES), graph, Keyring(settings.secret()), None)
    live = Live(Requests(GRAPHQL), lambda: context, arrivals.beyond)

    async def first(types: str) -> Any:
        text = f"subscription {{ changes(types: {types}) {{ node {{ number }} }} }}"
        async with aclosing(live.answers(Sent(text, "", None, None))) as answers:
            return await anext(answers)

    following = [asyncio.create_task(first(["[TAG_ADDED]", "[ERASED]"][n % 2])) for n in range(50)]
    while graph.calls < 50:  # noqa: ASYNC110 - each has asked where the feed is
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    before, looks = graph.calls, 0.0
    started = asyncio.get_running_loop().time()
    await asyncio.sleep(1)
    assert 5 <= graph.calls - before <= 12
    before = graph.calls
    await tell([tagged("vip")])
    async with asyncio.timeout(30):
        while sum(one.done() for one in following) < 25:  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    done, waiting = await asyncio.wait(following, timeout=0)
    looks = (asyncio.get_running_loop().time() - started) / 0.1
    assert len(done) == len(waiting) == 25
    assert {one.result()["data"]["changes"]["node"]["number"] for one in done} == {1}
    assert graph.calls - before <= 25 + looks
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert live.active == 0
    await arrivals.close()


async def test_a_caller_is_told_what_a_page_would_tell(
    identity: Identity, tell: Tell, settings: Settings
) -> None:
    """Brands and scopes hold, each line has its own errors, and a right that is lost ends it."""
    seen = {"id": "o", "at": "2026-01-01T00:00:00Z", "source": "test", "brand": "acme"}
    identifiers = [{"kind": "openid", "scope": "app", "value": "o-1"}]
    await identity.observe([seen | {"identifiers": identifiers}])
    (row,) = await identity.graph.reader().compiled("MATCH (p:Person) RETURN p.oneId AS one_id", {})
    details = {"stage": "LOST", "before": "ACTIVE"}
    for brand in ("other", "acme", None):
        await tell([line("STAGE_CHANGED", row["one_id"], "RULE", AT, brand=brand, **details)])
    arrivals = Arrivals(identity.graph.reader)
    vouched: list[Caller | None] = [Caller("acme", frozenset({"profile:read"}), frozenset({"acme"}))]

    def vouch() -> Context | None:
        caller = vouched[0]
        policy, keyring = identity.state.policy, identity.keyring
        return None if caller is None else Context(caller, identity.graph, keyring, policy)

    live = Live(Requests(GRAPHQL), vouch, arrivals.beyond)
    cursor = Context(Caller("x", SCOPES), identity.graph, identity.keyring, None).seal_cursor
    asked = Sent(
        """subscription Follow($after: String, $deep: Boolean!) {
          followed: changes(after: $after) { ...Line }
        }
        fragment Line on ChangeEdge {
          node { number brand from ... @include(if: $deep) { person { ...Who } } }
        }
        fragment Who on Person { oneId identifiers { value } }""",
        "",
        {"after": cursor("Query.changes", [0]), "deep": True},
        "Follow",
    )
    async with aclosing(live.answers(asked)) as answers:
        heard = [await anext(answers) for _ in range(2)]
        nodes = [answer["data"]["followed"]["node"] for answer in heard]
        assert [(node["number"], node["brand"], node["from"]) for node in nodes] == [
            (1, None, None),
            (3, "acme", "ACTIVE"),
        ]
        assert nodes[1]["person"] == {"oneId": row["one_id"], "identifiers": [{"value": "o-1"}]}
        vouched[0] = None
        await tell([line("STAGE_CHANGED", row["one_id"], "RULE", AT, brand="acme", **details)])
        ended = await anext(answers)
        assert ended["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    vouched[0] = Caller("nobody", frozenset())
    async with aclosing(live.answers(asked)) as answers:
        assert (await anext(answers))["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    live.most = 0
    async with aclosing(live.answers(asked)) as answers:
        assert (await anext(answers))["errors"][0]["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
    await arrivals.close()


async def test_a_socket_of_several_operations(
    service: tuple[str, FastAPI], socket: Socket, tell: Tell
) -> None:
    await tell([tagged("vip")])
    async with socket() as one:
        await _follow(one, "tags", types=["TAG_ADDED"])
        await _follow(one, "wrong", "subscription { changes { nothing } }")
        assert (await _heard(one))["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        await _follow(one, "cursor", after="none")
        refused = await _heard(one)
        assert (refused["id"], refused["type"]) == ("cursor", "error")
        assert refused["payload"][0]["extensions"]["code"] == "INVALID_CURSOR"
        await _follow(one, "query", "{ __typename }")
        answered = [await _heard(one), await _heard(one)]
        assert [message["type"] for message in answered] == ["next", "complete"]
        await tell([tagged("mid")])
        assert (await _heard(one))["id"] == "tags"
        await _say(one, id="tags", type="complete")
        await tell([tagged("high")])
        await _follow(one, "tags", types=["TAG_ADDED"])  # its name is free again
        await _say(one, type="ping")
        assert await _heard(one) == {"type": "pong"}
    live = service[1].socket.live  # type: ignore[attr-defined]
    async with asyncio.timeout(10):
        while live.active:  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0.02)


async def _closed_after(address: str, *messages: str, subprotocol: str = "graphql-transport-ws") -> int:
    """The code that a socket is closed with after these messages."""
    async with connect(f"ws://{address}/graphql", subprotocols=[subprotocol]) as one:  # type: ignore[list-item]
        for message in messages:
            await one.send(message)
        with suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(one.recv(), 30)
        assert one.close_code is not None
        return one.close_code


async def test_who_does_not_keep_to_the_protocol_is_closed(service: tuple[str, FastAPI]) -> None:
    address, made = service
    begin = '{"type": "connection_init"}'
    follow = json.dumps({"id": "1", "type": "subscribe", "payload": {"query": NUMBERS}})
    assert await _closed_after(address, "{") == 4400
    assert await _closed_after(address, '{"type": "other"}') == 4400
    assert await _closed_after(address, follow) == 4401
    assert await _closed_after(address, begin, begin) == 4429
    assert await _closed_after(address, begin, follow, follow) == 4409
    made.socket = type(made.socket)(made.socket.live, made.socket.allowed, patience=0.1)  # type: ignore[attr-defined]
    assert await _closed_after(address) == 4408
    with pytest.raises(InvalidStatus):  # a page on the internet, in somebody's browser on this machine
        await connect(f"ws://{address}/graphql", origin="https://evil.example").__aenter__()  # type: ignore[arg-type]


async def test_server_sent_events(service: tuple[str, FastAPI], tell: Tell, cypher: Cypher) -> None:
    headers = {"accept": "text/event-stream"}
    async with httpx.AsyncClient(base_url=f"http://{service[0]}", headers=headers) as client:
        async with client.stream("POST", "/graphql", json={"query": NUMBERS}) as response:
            assert response.headers["content-type"] == "text/event-stream"
            lines = response.aiter_lines()
            assert await anext(lines) == ":"
            await asyncio.sleep(0.3)
            await tell([tagged("vip")])
            data = await _first_data(lines)
            assert data["data"]["changes"]["node"] == {"number": 1, "type": "TAG_ADDED"}
        async with client.stream("POST", "/graphql", json={"query": "{ nothing }"}) as response:
            text = (await response.aread()).decode()
        assert "GRAPHQL_VALIDATION_FAILED" in text
        assert text.endswith("event: complete\ndata:\n\n")
        answer = await client.post("/graphql", json={"query": NUMBERS}, headers={"accept": "*/*"})
        assert answer.json()["errors"][0]["extensions"]["code"] == "SUBSCRIPTION_NOT_STREAMED"
    live = service[1].socket.live  # type: ignore[attr-defined]
    async with asyncio.timeout(10):
        while live.active:  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0.02)


async def _first_data(lines: AsyncIterator[str]) -> Any:
    async for text in lines:
        if text.startswith("data: "):
            return json.loads(text.removeprefix("data: "))
    raise AssertionError
