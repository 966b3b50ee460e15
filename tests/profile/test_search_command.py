"""`oneid search`, and the index of a graph that was filled before there was one."""

import json

import pytest
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.identity.service import Identity
from app.profile import search_index
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.dump import dump
from tests.profile.conftest import Find, Tell, member


async def test_the_command(tell: Tell, oneid: Run, process: Run) -> None:
    await tell(member("M1", "王小明", "phone:13912340001"), member("M2", "王小红"), member("M3", "陈静"))
    shown = process("search", "王小明")
    assert (shown.returncode, shown.stderr) == (0, "")
    for part in ("王小明", "+8613912340001", "mumu M1"):
        assert part in shown.stdout
    found = json.loads(oneid("search", "王", "--first", "1", "--json").stdout)
    assert len(found["people"]) == 1
    more = json.loads(oneid("search", "王", "--after", found["after"], "--json").stdout)
    assert {*found["people"][0]["names"], *more["people"][0]["names"]} == {"王小明", "王小红"}
    assert more["after"] is None
    nobody = oneid("search", "李", "--json")
    assert (nobody.returncode, json.loads(nobody.stdout)) == (1, {"people": [], "after": None})
    assert "nobody was found" in nobody.stderr
    for wrong in (
        ["search"],
        ["search", "王", "--rebuild"],
        ["search", "王", "--after", "x"],
        ["search", "-"],
    ):
        refused = oneid(*wrong)
        assert (refused.returncode, refused.stdout) == (2, "")
    assert "Example: oneid search 王小明" in oneid("search", "--help").stdout


async def test_the_index_is_written_anew(tell: Tell, find: Find, graph: Graph, oneid: Run) -> None:
    await tell(member("M1", "王小明", "phone:13912340001"), member("M2", "王小红", "phone:md5=" + 32 * "a"))
    before = await dump(graph)
    await _spoil(graph, "MATCH (n:NameIndex) DETACH DELETE n")
    assert (await find("王")).names == (await find("0001")).names == []
    rebuilt = oneid("search", "--rebuild")
    assert (rebuilt.returncode, rebuilt.stdout) == (0, "3 entries written or dropped\n")
    assert await dump(graph) == before
    assert set((await find("王")).names) == {"王小明", "王小红"}
    assert oneid("search", "--rebuild").stdout == "0 entries written or dropped\n"


async def test_what_differs_is_mended(
    tell: Tell, find: Find, graph: Graph, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In steps, however many identifiers there are."""
    monkeypatch.setattr(search_index, "_CHUNK", 3)
    await tell(*(member(f"M{n}", f"王{n}", f"phone:1391234000{n}") for n in range(8)))
    before = await dump(graph)
    await _spoil(graph, "MATCH (n:NameIndex {name: 'digits'}) SET n.tokens = 'd000'")
    await _spoil(graph, "MATCH (n:NameIndex {name: 'name'}) WITH n LIMIT 2 DETACH DELETE n")
    await _spoil(graph, "CREATE (:NameIndex {name: 'name', tokens: 'c000', place: '000000000000'})")
    looked: list[int] = []
    policy = identity.state.policy
    assert await search_index.rebuild(graph, identity.keyring, policy, looked.append) == 8 + 2 + 1
    assert looked == [3] * 5 + [1]
    assert await dump(graph) == before
    assert (await find("40003")).names == ["王3"]


async def _spoil(graph: Graph, text: str) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(text)).consume()
