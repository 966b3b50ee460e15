"""`jobs` and `jobRun`: what there is, how it ended, and a run of it now."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.api import GRAPHQL
from app.context import DEVELOPER, SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.identity.service import Identity
from app.jobs import graphql
from app.jobs.lease import claim
from tests.jobs.conftest import Cypher

JOBS = """{ jobs(runs: 2) { name schedule next holder last { status }
  history { slot status attempts failures error counts { name count } } } }"""
RUN = """mutation ($name: ID!) { jobRun(name: $name) {
  run { status counts { name count } error } userErrors { field code suggestion } } }"""


async def _asked(identity: Identity, text: str, caller: Caller = DEVELOPER, **variables: Any) -> Any:
    own = identity.state.policy
    context = Context(caller, identity.graph, identity.keyring, own, identity=identity)
    return await Requests(GRAPHQL).answer(text, variables, None, context)


async def test_jobs_and_their_runs(identity: Identity, cypher: Cypher) -> None:
    await cypher(
        "CREATE (:Person {oneId: 'P1', status: 'ACTIVE', dirtyAt: datetime('2026-01-01T00:00:00Z')})"
    )
    for _ in range(3):
        ran = (await _asked(identity, RUN, name="refresh-relationships"))["data"]["jobRun"]
        assert (ran["run"]["status"], ran["userErrors"]) == ("DONE", [])
    found = {one["name"]: one for one in (await _asked(identity, JOBS))["data"]["jobs"]}
    refresh = found["refresh-relationships"]
    assert refresh["schedule"] == "every 5 minutes"
    assert refresh["last"] == {"status": "DONE"}
    assert len(refresh["history"]) == 2
    assert datetime.fromisoformat(refresh["next"]) > datetime.now(UTC)
    assert found["prune"]["history"] == []
    assert found["prune"]["last"] is None


async def test_a_run_that_takes_long_goes_on(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphql, "PATIENCE", 0.0)
    await _asked(identity, RUN, name="prune")
    async for _ in _until_idle():
        pass
    [one] = [one for one in (await _asked(identity, JOBS))["data"]["jobs"] if one["name"] == "prune"]
    assert [run["status"] for run in one["history"]] == ["DONE"]


async def _until_idle() -> Any:
    while graphql._running:
        yield await next(iter(graphql._running))


async def test_what_cannot_be_run_is_told(identity: Identity) -> None:
    await claim(identity.graph, "prune", milliseconds=60_000)
    held = (await _asked(identity, RUN, name="prune"))["data"]["jobRun"]
    assert (held["run"], [no["code"] for no in held["userErrors"]]) == (None, ["JOB_RUNNING"])
    unknown = (await _asked(identity, RUN, name="prun"))["data"]["jobRun"]["userErrors"]
    assert [(no["code"], no["suggestion"]) for no in unknown] == [("UNKNOWN_JOB", "did you mean prune?")]
    reader = Caller("reader", SCOPES - {"admin"})
    for text in (JOBS, RUN.replace("$name: ID!", "$name: ID = 1")):
        answer = await _asked(identity, text, reader)
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
