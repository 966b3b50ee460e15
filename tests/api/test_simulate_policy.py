"""`simulatePolicy` beside everything else that the service answers: a process of its own, given up with
whoever asked.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.main import application
from app.settings import Settings
from tests.api.conftest import Serving
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.dump import dump

Json = dict[str, Any]

QUERY = """query Simulate($policy: String!) { simulatePolicy(policy: $policy) {
  userErrors { field code message suggestion }
  peopleBefore peopleAfter merged split
  changes { what says evidence { a { display } then { reason rule } now { reason rule } } } } }"""
PHONE = "+8613912345678"


@pytest.fixture
def policy(settings: Settings) -> str:
    """The default policy, but for phones: what more than one account holds is shared."""
    text = settings.policy.read_text(encoding="utf-8")
    return text.replace(
        "shared_after: 6, pii: true, normalise: phone", "shared_after: 1, pii: true, normalise: phone"
    )


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Somebody with two accounts and one phone."""
    made = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    for brand in ("beibei", "miaomiao"):
        accounts = [{"kind": "member", "scope": brand, "value": "M1"}, {"kind": "phone", "value": PHONE}]
        row = {
            "id": brand,
            "at": "2026-01-01T00:00:00Z",
            "source": "crm",
            "brand": brand,
            "identifiers": accounts,
        }
        assert not (await made.observe([row])).rejected
    return made


async def ask(http: httpx.AsyncClient, policy: str) -> Json:
    answer = await http.post("/graphql", json={"query": QUERY, "variables": {"policy": policy}}, timeout=60)
    found: Json = answer.json()
    return found


async def test_it_answers_and_writes_nothing(
    identity: Identity, graph: Graph, settings: Settings, serving: Serving, policy: str
) -> None:
    async with serving(settings) as http:
        before = await _facts(graph)
        said = (await ask(http, policy))["data"]["simulatePolicy"]
        assert await _facts(graph) == before
    assert (said["peopleBefore"], said["peopleAfter"], said["split"]) == (1, 3, 1)
    (change,) = said["changes"]
    assert change["what"] == "SPLIT"
    assert change["evidence"][0]["then"] == {"reason": "SHARED", "rule": "kinds.phone.shared_after: 1"}
    assert "139****5678" in change["says"]
    assert PHONE[3:] not in json.dumps(said)


async def _facts(graph: Graph) -> list[str]:
    """The graph without what the jobs of a running service note of themselves."""
    return await dump(graph, labels={"Job", "JobRun", "Lease", "Sequence", "Change"})


async def test_other_requests_are_answered_meanwhile(
    identity: Identity, settings: Settings, serving: Serving, policy: str
) -> None:
    who = '{ person(by: {identifier: {kind: "phone", value: "13912345678"}}) { oneId } }'
    async with serving(settings) as http:
        simulating = asyncio.create_task(ask(http, policy))
        answered = 0
        while not simulating.done():
            answer = (await http.post("/graphql", json={"query": who})).json()
            assert answer["data"]["person"]["oneId"]
            answered += not simulating.done()
            await asyncio.sleep(0.01)
        assert (await simulating)["data"]["simulatePolicy"]["split"] == 1
        assert answered > 10


async def test_one_at_a_time(identity: Identity, settings: Settings, serving: Serving, policy: str) -> None:
    async with serving(settings) as http:
        answers = await asyncio.gather(ask(http, policy), ask(http, policy))
        codes = [answer["errors"][0]["extensions"]["code"] for answer in answers if "errors" in answer]
        assert codes == ["SIMULATION_RUNNING"]
        assert "errors" not in await ask(http, policy)


async def test_a_time_limit_ends_it(
    identity: Identity, settings: Settings, serving: Serving, policy: str
) -> None:
    async with serving(settings.model_copy(update={"simulation_seconds": 0.2})) as http:
        answer = await ask(http, policy)
    assert answer["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert simulations() == []


async def test_it_ends_with_whoever_asked(identity: Identity, settings: Settings, policy: str) -> None:
    """The client hangs up as soon as the process runs."""
    made = application(settings)
    sent: list[Json] = []
    body = json.dumps({"query": QUERY, "variables": {"policy": policy}}).encode()
    scope = {"type": "http", "path": "/graphql", "method": "POST", "query_string": b"", "headers": HEADERS}
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Json:
        if parts:
            return parts.pop()
        while not simulations():  # noqa: ASYNC110 - asks the kernel
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async with made.router.lifespan_context(made), asyncio.timeout(60):
        await made(scope, receive, send)
    answer = json.loads(sent[1]["body"])
    assert answer["errors"][0]["extensions"]["code"] == "CLIENT_GONE"
    assert simulations() == []


HEADERS = [(b"content-type", b"application/json"), (b"host", b"localhost")]


def simulations() -> list[str]:
    """The processes of simulations that this one has started and that still run."""
    children = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    lines = [Path(f"/proc/{pid}/cmdline") for pids in children for pid in pids]
    return [text for path in lines if path.exists() and "simulate" in (text := path.read_text())]


async def test_a_policy_that_cannot_be_is_told_at_once(
    identity: Identity, settings: Settings, serving: Serving
) -> None:
    async with serving(settings) as http:
        wrong = (await ask(http, "kinds: {phone: {layer: moon, limit: 0}}"))["data"]["simulatePolicy"]
        needs = (await ask(http, "kinds: {member: {layer: person}}"))["data"]["simulatePolicy"]
    assert [error["field"] for error in wrong["userErrors"]] == [
        ["policy", "kinds", "phone", "layer"],
        ["policy", "kinds", "phone", "limit"],
    ]
    assert {error["code"] for error in needs["userErrors"]} == {"POLICY_NEEDS_IMPORT"}
    assert needs["userErrors"][0]["suggestion"]


@pytest.mark.parametrize(
    ("caller", "told"),
    [
        (Caller("reader", SCOPES - {"identity:write"}), "this needs the scope identity:write"),
        (Caller("one brand", SCOPES, frozenset({"beibei"})), "identity is decided for all brands together"),
    ],
)
async def test_who_may_not(identity: Identity, graph: Graph, policy: str, caller: Caller, told: str) -> None:
    context = Context(caller, graph, identity.keyring, identity.state.policy, identity=identity)
    answer = await Requests(GRAPHQL).answer(QUERY, {"policy": policy}, None, context)
    assert [(e["message"], e["extensions"]["code"]) for e in answer["errors"]] == [(told, "FORBIDDEN")]


async def test_the_command(identity: Identity, oneid: Run, process: Run, policy: str, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(policy, encoding="utf-8")
    shown = process("policy", "simulate", file)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "people 1, then 3" in shown.stdout
    assert "kinds.phone.shared_after: 1" in shown.stdout
    simulate = ("policy", "simulate", "-")
    told = oneid(*simulate, "--json", typed=policy)
    assert (told.returncode, json.loads(told.stdout)["split"]) == (0, 1)
    wrong = oneid(*simulate, typed="kinds: {phone: {layer: moon}}")
    assert (wrong.returncode, wrong.stdout.startswith("kinds.phone.layer: ")) == (1, True)
    wrong = oneid(*simulate, "--json", typed="kinds: {phone: {layer: moon}}")
    assert (wrong.returncode, json.loads(wrong.stdout)["userErrors"][0]["code"]) == (1, "POLICY_INVALID")
    nowhere = oneid("policy", "simulate", tmp_path / "nowhere.yaml")
    assert (nowhere.returncode, "cannot be read" in nowhere.stderr) == (2, True)
