"""A running service does its jobs, and the command line shows and runs them: real processes."""

import asyncio
import json
import signal
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.graph.child import free_port
from app.identity.service import Identity
from app.settings import ROOT
from tests.jobs.conftest import Cypher

Oneid = Callable[..., Awaitable[tuple[int, str, str]]]
ONEID = str(ROOT / ".venv" / "bin" / "oneid")


@pytest.fixture
def oneid(environment: dict[str, str]) -> Oneid:
    """Runs the command; gives its exit code, stdout and stderr."""

    async def run(*arguments: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            ONEID, *arguments, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    return run


def _seen(openid: str) -> dict[str, Any]:
    identifiers = [{"kind": "openid", "scope": "app", "value": openid}]
    return {"id": openid, "at": "2025-01-01T00:00:00Z", "source": "test", "identifiers": identifiers}


async def test_a_running_service_numbers_changes(
    identity: Identity, environment: dict[str, str], cypher: Cypher, tmp_path: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        ONEID, "serve", "--port", str(free_port()), cwd=ROOT, env=environment, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(60):
            for count in range(1, 4):
                await identity.observe([_seen(f"o{count}")])
                numbered = "MATCH (c:Change) WHERE c.seq <= $count RETURN count(c) AS count"
                while await cypher(numbered, count=count) != [{"count": count}]:  # noqa: ASYNC110 - asks the graph
                    await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    assert await cypher("MATCH (l:Lease) RETURN DISTINCT l.holder AS holder") == [{"holder": None}]


async def test_jobs_run_and_history(identity: Identity, oneid: Oneid) -> None:
    code, out, _ = await oneid("jobs", "run", "prune")
    assert (code, out) == (0, "prune DONE runs 0\n")
    code, out, _ = await oneid("jobs", "run", "expire-evidence", "--json")
    ran = json.loads(out)
    assert (code, ran["job"], ran["status"], ran["counts"]) == (0, "expire-evidence", "DONE", {"expired": 0})
    assert ran["slot"].endswith("Z")

    code, out, _ = await oneid("jobs", "history", "--json", "--job", "expire-evidence")
    history = json.loads(out)
    assert (code, [run["slot"] for run in history]) == (0, [ran["slot"]])
    code, out, _ = await oneid("jobs", "list", "--json")
    listed = {job["name"]: job for job in json.loads(out)}
    assert code == 0
    assert list(listed) == [
        "sequence-changes",
        "deliver-webhooks",
        "export-people",
        "replay-pending",
        "refresh-relationships",
        "refresh-due",
        "refresh-tags",
        "refresh-segments",
        "refresh-lifecycle",
        "expire-evidence",
        "match-accounts",
        "measure-health",
        "reconcile",
        "prune",
    ]
    assert listed["prune"]["last"]["counts"] == {"runs": 0}
    assert listed["replay-pending"]["last"] is None


async def test_a_job_that_runs_elsewhere_is_shown_and_not_run(
    identity: Identity, oneid: Oneid, cypher: Cypher
) -> None:
    await cypher(
        "CREATE (:Lease {name: 'prune', token: 7, holder: 'another:1', until: datetime() + duration('PT1H')})"
    )
    code, out, err = await oneid("jobs", "run", "prune")
    died = "if that was killed, try again in half a minute"
    assert (code, out, err) == (1, "", f"prune is running at another:1; {died}\n")
    code, out, _ = await oneid("jobs", "list")
    assert code == 0
    (line,) = [line for line in out.splitlines() if "prune" in line]
    assert "another:1" in line
    assert "daily 00:30" in line


async def test_a_job_that_there_is_not(identity: Identity, oneid: Oneid) -> None:
    code, out, err = await oneid("jobs", "run", "prun")
    assert (code, out) == (2, "")
    assert "did you mean prune?" in err
