"""The comparison's own parts: its people are what an import leaves, answers are compared, load is counted."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from app.access.sealing import Keyring
from app.errors import Misconfigured
from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.policy import load_policy
from app.identity.service import Identity
from app.settings import ROOT, Settings
from bench import reads_processes
from bench.ground import Ground
from bench.population import Population
from bench.reads_load import Http, Side, Tasks, interleaved, request
from bench.reads_queries import QUERIES, Query, same

LOOK_UP, PERSON, PROFILE, BATCH = QUERIES
OURS: dict[str, Any] = {
    "oneId": "01Z",
    "since": "2026-01-01T00:00:00Z",
    "identifiers": [{"kind": "phone"}, {"kind": "openid"}],
    "shops": [{"key": "s", "brand": {"name": "b"}}, {"key": "t", "brand": None}],
}
PEERS: dict[str, Any] = {
    "oneId": "01Z",
    "since": "2026-01-01T00:00:00.000Z",
    "identifiers": [{"kind": "openid"}, {"kind": "phone"}],
    "shops": [{"key": "t", "brand": []}, {"key": "s", "brand": [{"name": "b"}]}],
}


async def test_the_population_is_what_an_import_leaves(
    graph: Graph, settings: Settings, tmp_path: Path
) -> None:
    policy, keyring = load_policy(settings.policy.read_text(encoding="utf-8")), Keyring(settings.secret())
    with Ground(settings, tmp_path, people=200).driver() as driver:
        Population(policy, keyring, people=200).write(driver, settings.neo4j_database)
        counts, _, _ = driver.execute_query(
            "MATCH (p:Person) WITH COUNT { (p)<-[:IDENTIFIES]-() } AS held "
            "RETURN count(*) AS people, min(held) AS least, max(held) AS most, "
            "COUNT { (:Identifier)-[:IN_APP]->(:Shop) } AS apps"
        )
    identity = await Identity.open(graph, keyring, settings.policy)
    assert [str(difference) for difference in (await verify(identity)).differences] == []
    assert counts[0]["people"] == 200
    assert 2 <= counts[0]["least"] < counts[0]["most"] <= 14
    assert counts[0]["apps"] >= 200


def _bodies(query: Query, ours: Any, identifiers: list[Any]) -> tuple[bytes, bytes]:
    data = {"people" if query.size > 1 else "person": ours}
    return json.dumps({"data": data}).encode(), json.dumps({"data": {"identifiers": identifiers}}).encode()


def test_answers_are_equal_whatever_their_order_and_spelling() -> None:
    assert same(PERSON, *_bodies(PERSON, OURS, [{"person": [PEERS]}]))
    assert same(BATCH, *_bodies(BATCH, [OURS], [{"person": [OURS]}]))


def test_a_profile_is_compared_in_one_shape() -> None:
    shop, tag = {"name": "s"}, {"key": "vip"}
    ours = {
        "orders": {"edges": [{"node": {"number": "1", "amount": "12.30", "shop": shop}}]},
        "dependents": [{"kind": "BABY", "tags": [{"tag": tag}]}],
        "tags": [{"tag": tag}],
        "lifecycle": {"stage": "new"},
    }
    peers = {
        "orders": [{"number": "1", "amount": 1230, "shop": [shop]}],
        "dependents": [{"kind": "BABY", "tags": [tag]}],
        "tags": [tag],
        "lifecycle": [{"stage": "new"}],
    }
    assert same(PROFILE, *_bodies(PROFILE, ours, [{"person": [peers]}]))


def test_answers_that_differ_are_told_apart() -> None:
    other = PEERS | {"since": "2026-01-01T00:00:01Z"}
    assert not same(PERSON, *_bodies(PERSON, OURS, [{"person": [other]}]))
    assert not same(PERSON, *_bodies(PERSON, OURS | {"identifiers": []}, [{"person": [PEERS]}]))
    assert not same(PERSON, *_bodies(PERSON, None, []))
    assert not same(PERSON, b'{"errors": [], "data": null}', b'{"data": {"identifiers": []}}')


def test_both_are_asked_for_the_same_person() -> None:
    one = {"kind": "openid", "scope": "app-1", "value": "o-1"}
    ours, peers = json.loads(LOOK_UP.our_body([one])), json.loads(LOOK_UP.peers_body([one]))
    assert ours["variables"] == {"by": {"identifier": one}}
    assert peers["variables"] == {"key": "openid|app-1|o-1"}
    assert len(json.loads(BATCH.our_body([one] * 100))["variables"]["by"]) == 100
    assert len(json.loads(BATCH.peers_body([one] * 100))["variables"]["keys"]) == 100


async def _answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that answers in two pieces, and with an error whoever asks for one."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        asked = await reader.readexactly(length)
        body = b'{"data":{"person":null}}' if asked == b"{}" else b'{"errors":[]}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
        await writer.drain()
        writer.write(body)


async def test_load_is_counted() -> None:
    server = await asyncio.start_server(_answers, "127.0.0.1", 0)
    http = Http(server.sockets[0].getsockname()[1], [request(b"{}")])

    async def sleep(_: int) -> None:
        await asyncio.sleep(0.01)

    sides = (Side("http", http, os.getpid(), None), Side("tasks", Tasks(sleep), None, None))
    assert await http.once(0) == b'{"data":{"person":null}}'
    await interleaved(sides, 2, 0.1, 3)
    assert [len(side.rounds) for side in sides] == [3, 3]
    assert 100 < sides[1].middle("rate") <= 200
    assert 10 <= sides[1].middle("p50") <= sides[1].middle("p99")
    assert "a second" in sides[0].told()
    with pytest.raises(AssertionError, match="errors"):
        await Http(http.port, [request(b"[]")])(1, 0.1)
    server.close()


def test_cpu_is_that_of_the_process() -> None:
    before, end = reads_processes.cpu("self"), time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert 0.05 < reads_processes.cpu("self") - before < 5
    assert reads_processes.cpu(None) != reads_processes.cpu(None)


def test_the_database_is_found_by_its_port(graph: Graph, settings: Settings) -> None:
    process = reads_processes.database_process(settings.neo4j_uri)
    assert process is not None
    assert b"java" in Path(f"/proc/{process}/cmdline").read_bytes()
    assert reads_processes.database_process("bolt://elsewhere.example:7687") is None


def test_an_old_node_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.1.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match=r"found: v18\.1\.0"):
        reads_processes.check_node()


def test_the_peers_packages_are_locked_and_no_host_is_named() -> None:
    lock = json.loads((ROOT / "bench" / "peer" / "package-lock.json").read_text())
    packages = [package for name, package in lock["packages"].items() if name]
    assert len(packages) > 50
    assert all(package["integrity"] and "resolved" not in package for package in packages)
