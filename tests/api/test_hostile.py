"""Hostile requests as they come, over HTTP: refused with a code, quickly, and the graph hears of none."""

import json
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import httpx
import pytest

from app.graph.sessions import Graph
from tests.reads.test_limits import ALIASES, IDS, chain, deep

ENOUGH = 0.1  # seconds of the processor, of this process; how busy the machine is does not count
TRIES = 5
JSON = {"content-type": "application/json"}
FRAGMENTS = "{...F0}" + "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(19))
CHAIN = FRAGMENTS + "fragment F19 on Query{__typename}"


def body(query: str, **variables: Any) -> bytes:
    """A request as it is sent."""
    return json.dumps({"query": query, "variables": variables}).encode()


HOSTILE: list[Any] = [
    pytest.param(body(IDS, by=[], more="x" * 2_000_000), 413, "BODY_TOO_LARGE", id="2 MB of variables"),
    pytest.param(body(IDS, by=[], more=["x"] * 250_000), 200, "LIST_TOO_LONG", id="1.3 MB of them, a list"),
    pytest.param(body(IDS, by=[], more={f"{n:x}": 0 for n in range(100_001)}), 200, "VARIABLES_TOO_LARGE",
                 id="a hundred thousand variables"),
    pytest.param(body(IDS, by=[{"oneId": str(n)} for n in range(30_000)]), 200, "LIST_TOO_LONG",
                 id="30,000 ids"),
    pytest.param(body(CHAIN), 200, "TOO_COMPLEX", id="twenty fragments, each spreading the next twice"),
    pytest.param(body(chain(20)), 200, "TOO_COMPLEX", id="the same below a person"),
    pytest.param(body(ALIASES), 200, "TOO_MANY_ALIASES", id="1,000 aliases"),
    pytest.param(body(deep(30)), 200, "TOO_DEEP", id="60 deep"),
    pytest.param(b"[" * 1_000_000, 400, "BAD_REQUEST", id="a million brackets"),
]  # fmt: skip


def test_the_chain_is_as_small_as_they_come() -> None:
    assert CHAIN.count("fragment ") == 20
    assert len(CHAIN) < 800


@pytest.mark.parametrize(("content", "status", "code"), HOSTILE)
async def test_hostile_requests_are_refused_at_once(
    endpoint: Callable[..., httpx.AsyncClient], graph: Graph, content: bytes, status: int, code: str
) -> None:
    spent = []
    for _ in range(TRIES):
        client = endpoint()  # which has seen nothing before
        started = time.process_time()
        answer = await client.post("", content=content, headers=JSON)
        spent.append(time.process_time() - started)
        assert answer.status_code == status
        assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {code}
        assert "data" not in answer.json()
    assert graph.calls == 0
    assert median(spent) < ENOUGH


async def test_two_megabytes_without_a_length_are_not_read_to_their_end(
    endpoint: Callable[..., httpx.AsyncClient], graph: Graph
) -> None:
    sent = 0

    async def chunks() -> Any:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b" " * 10_000

    answer = await endpoint().post("", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert sent < 200
    assert graph.calls == 0


@pytest.mark.parametrize(
    "parameters",
    ["documentId=" + "x" * 1_600_000, "extensions=" + "%5B" * 100_000, "&".join(["variables=1"] * 100_000)],
)
async def test_hostile_urls_are_refused_at_once(
    endpoint: Callable[..., httpx.AsyncClient], graph: Graph, parameters: str
) -> None:
    scope = {"type": "http", "method": "GET", "query_string": parameters.encode(), "headers": []}
    scope["headers"] = [(b"host", b"localhost"), (b"accept", b"*/*")]
    spent, statuses = [], []

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    transport: Any = endpoint()._transport  # a client of HTTP would refuse such a URL by itself
    for _ in range(TRIES):
        started = time.process_time()
        await transport.app(scope, None, send)
        spent.append(time.process_time() - started)
    assert set(statuses) <= {400, 413, None}
    assert graph.calls == 0
    assert median(spent) < ENOUGH


HALVES = [
    "query ($text: ID!) { person(by: {oneId: $text}) { oneId } }",
    'query ($text: String!) { person(by: {identifier: {kind: "phone", value: $text}}) { oneId } }',
    'query ($text: String!) { person(by: {identifier: {kind: $text, value: "1"}}) { oneId } }',
    "query ($text: ID!) { lifecycle(brand: $text) { stage } }",
    "query ($text: String!) { searchPeople(text: $text) { edges { cursor } } }",
    "query ($text: String!) { segmentPreview(rule: {tag: {key: $text}}) { userErrors { message } } }",
    'mutation ($text: String!) { tagDefine(tag: {key: "half", name: $text}, reason: "r") { pending } }',
    """mutation ($text: String!) { segmentCreate(
      segment: {key: "half", name: $text, rule: {everyone: true}}, reason: $text) { pending } }""",
    'mutation ($text: String!) { listUpload(key: "half", name: $text, identifiers: [$text]) { matched } }',
    'mutation ($text: String!) { block(kind: "phone", value: $text, reason: $text) { operation } }',
]


@pytest.mark.parametrize("query", HALVES)
async def test_half_of_a_character_is_never_our_fault(http: httpx.AsyncClient, query: str) -> None:
    """What is left of a name that was cut in an emoji."""
    answer = await http.post("/graphql", content=body(query, text="小明\ud83d"), headers=JSON)
    assert answer.status_code == 200
    codes = {error["extensions"]["code"] for error in answer.json().get("errors", ())}
    assert codes <= {"BAD_USER_INPUT", "UNKNOWN_KIND"}
