"""`graphHealth` and `oneid health`: what was measured, shown to whom it may be, by commands and the job."""

import json
from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.health.measure import measure
from app.identity.health.store import store
from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.run import Ran, run
from app.settings import Settings
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.dump import dump

Json = dict[str, Any]

QUERY = """{ graphHealth { measuredAt level identifiers people
  checks { name level total findings(first: 1) { says people { oneId } identifiers { value display } } }
  rates(of: KIND) { of name share } labels { label nodes } unnumbered waitingSince jobs { name } } }"""
PHONE = "+8613912345678"


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Seven people with one phone: it is shared."""
    made = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    rows = [
        {
            "id": str(n),
            "at": "2026-01-01T00:00:00Z",
            "brand": "beibei",
            "identifiers": [{"kind": "card", "value": f"C{n}"}, {"kind": "phone", "value": PHONE}],
        }
        for n in range(7)
    ]
    await made.observe(rows)
    return made


async def ask(identity: Identity, caller: Caller) -> Json:
    context = Context(caller, identity.graph, identity.keyring, identity.state.policy, identity=identity)
    answer: Json = await Requests(GRAPHQL).answer(QUERY, None, None, context)
    return answer


async def test_before_the_first_measurement(identity: Identity) -> None:
    found = (await ask(identity, Caller("all", SCOPES)))["data"]["graphHealth"]
    assert (found["measuredAt"], found["level"], found["checks"], found["rates"]) == (None, None, [], [])
    assert found["unnumbered"] == 8
    assert found["waitingSince"] is not None
    assert {"label": "Identifier", "nodes": 8} in found["labels"]


async def test_one_statement_answers_it(identity: Identity) -> None:
    await store(identity, await measure(identity))
    identity.graph.calls = 0
    found = (await ask(identity, Caller("all", SCOPES)))["data"]["graphHealth"]
    assert identity.graph.calls == 1
    assert (found["identifiers"], found["people"], found["level"]) == (8, 8, "NOTICE")
    shared = next(one for one in found["checks"] if one["name"] == "SHARED")
    assert (shared["level"], shared["total"]) == ("NOTICE", 1)
    assert [one["name"] for one in found["rates"]] == ["card", "phone"]


async def test_values_show_to_whom_they_may(identity: Identity) -> None:
    await store(identity, await measure(identity))
    for scopes, value in ((SCOPES, PHONE), (SCOPES - {"pii:read"}, None)):
        answer = await ask(identity, Caller("somebody", scopes))
        checks = answer["data"]["graphHealth"]["checks"]
        (finding,) = next(one for one in checks if one["name"] == "SHARED")["findings"]
        assert finding["identifiers"] == [{"value": value, "display": "139****5678"}]
    assert PHONE[3:] not in json.dumps(await dump(identity.graph))


@pytest.mark.parametrize(
    ("caller", "told"),
    [
        (Caller("writer", SCOPES - {"profile:read"}), "this needs the scope profile:read"),
        (Caller("brand", SCOPES, frozenset({"beibei"})), "health is measured over all brands together"),
    ],
)
async def test_who_may_not(identity: Identity, caller: Caller, told: str) -> None:
    answer = await ask(identity, caller)
    assert [(e["message"], e["extensions"]["code"]) for e in answer["errors"]] == [(told, "FORBIDDEN")]


async def test_the_job_measures_in_a_process_of_its_own(identity: Identity) -> None:
    ran = await run(identity, job_named("measure-health"))
    assert isinstance(ran, Ran)
    assert (ran.status, ran.error) == ("DONE", None)
    assert sum(ran.counts.values()) == 10
    found = (await ask(identity, Caller("all", SCOPES)))["data"]["graphHealth"]
    assert (found["people"], len(found["checks"])) == (8, 10)


async def test_the_command(identity: Identity, oneid: Run, process: Run) -> None:
    nothing = oneid("health", "--last")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "nothing has been measured yet" in nothing.stderr
    shown = process("health", "--first", "1")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "phone:139****5678: tied to 7 identifiers" in shown.stdout
    assert "oneid block phone 139****5678 --reason WHY" in shown.stdout
    assert PHONE[3:] not in shown.stdout
    assert oneid("health", "--strict").returncode == 1
    last = oneid("health", "--last", "--json")
    told = json.loads(last.stdout)
    assert (last.returncode, told["people"], told["level"]) == (0, 8, "NOTICE")
    async with identity.graph.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (:Card)-[r:IDENTIFIES]->() WITH r LIMIT 1 DELETE r")).consume()
    found = oneid("health")
    assert (found.returncode, "ATTENTION LOOSE_ENDS" in found.stdout) == (1, True)
