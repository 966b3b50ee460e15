"""Applying a policy: what it changed, and going on after any end."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import pytest

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.live import recompute
from app.identity.live.recompute import verify
from app.identity.live.register import now
from app.identity.live.state import read_state, store_policy
from app.identity.policies import versions as policies
from app.identity.service import Identity
from app.settings import Settings
from tests.identity.register import living, people, seen

PAIRS = 600


def policy(members: int) -> str:
    """So many members may be one person."""
    kinds = {
        "member": {"layer": "person", "priority": 1, "limit": members},
        "phone": {"layer": "contact", "priority": 10},
    }
    return json.dumps({"kinds": kinds})


@pytest.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Every two members share a phone, and only one of them has it."""
    keyring = Keyring(settings.secret())
    await store_policy(graph, policy(1), "test", "one member a person", now())
    state = await read_state(graph, keyring)
    assert state is not None
    found = Identity(graph, keyring, state)
    rows: list[Any] = []
    for number in range(PAIRS):
        rows.append(seen(1, f"member:a{number}", f"phone:p{number}", id=f"a{number}"))
        rows.append(seen(2, f"member:b{number}", f"phone:p{number}", id=f"b{number}"))
    for start in range(0, len(rows), 400):
        await found.observe(rows[start : start + 400])
    assert len(await living(graph)) == 2 * PAIRS
    return found


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def stop(done: int, _of: int) -> None:
    if done >= recompute.CHUNK:
        raise Stopped


async def test_it_tells_what_changed_also_when_it_was_stopped(identity: Identity, graph: Graph) -> None:
    before = await living(graph)
    with pytest.raises(Stopped):
        await policies.apply(identity, policy(2), "ann", "double registrations", stop)
    stopped = await policies.unfinished(identity)
    assert stopped is not None
    assert 0 < stopped.told()["merged"] < PAIRS
    version, report = await policies.apply(identity, policy(2), "ben", "again", None)
    assert (version.version, version.by, version.unfinished) == (2, "ann", False)
    assert version.told() | {"identifiersMoved": 0} == {
        "merged": PAIRS, "split": 0, "created": 0, "returned": 0, "ownersChanged": 0, "identifiersMoved": 0
    }  # fmt: skip
    assert version.told()["identifiersMoved"] >= PAIRS
    assert report.written.changes["MERGED"] < PAIRS
    assert await policies.finish(identity) is None
    assert (await verify(identity)).differences == []

    back, _ = await policies.rollback(identity, 1, "ann", "too many")
    assert back.told()["returned"] == PAIRS
    assert await living(graph) == before
    assert [(one.version, one.by, one.reason) for one in await policies.history(identity)] == [
        (3, "ann", "too many"), (2, "ann", "double registrations"), (1, "test", "one member a person")
    ]  # fmt: skip


async def started(root: Path, environment: dict[str, str], *arguments: str) -> Process:
    """`oneid …`, running."""
    command = [sys.executable, "-m", "app", *arguments]
    return await asyncio.create_subprocess_exec(*command, cwd=root, env=environment, stdout=PIPE, stderr=PIPE)


async def test_killed_in_the_middle_it_is_finished_by_the_next_command(
    identity: Identity, graph: Graph, environment: dict[str, str], root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "policy.json"
    file.write_text(policy(2))
    apply = ("policy", "apply", str(file), "--reason", "double registrations")
    process = await started(root, environment, *apply)
    while (waiting := await policies.unfinished(identity)) is None or not waiting.told()["merged"]:
        assert process.returncode is None
        await asyncio.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert await policies.unfinished(identity) is not None
    again = await started(root, environment, "recompute", "--json")
    out, err = await again.communicate()
    assert again.returncode == 0
    assert f"finished policy version 2: {PAIRS} merged" in err.decode()
    assert json.loads(out)["differences"] == {}
    merged = [line for line in (await people(graph)).values() if line.status == "MERGED"]
    assert len(merged) == PAIRS
    assert (await verify(identity)).differences == []
