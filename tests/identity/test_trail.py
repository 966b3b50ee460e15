"""The audit trail: one chain whatever happens at once, emptied by erasures, and its page in the docs."""

import asyncio
import re
from pathlib import Path
from typing import Any

import typer
from graphql import parse, validate

from app.__main__ import cli
from app.api import GRAPHQL
from app.graph.sessions import Graph
from app.identity.steering import trail
from app.identity.steering.refusals import ADVICE
from app.identity.steering.service import steer
from tests.identity import worlds
from tests.identity.dump import dump
from tests.identity.register import seen
from tests.identity.test_undo import WORLD, player, run, undone

_LINES = "MATCH (o:Operation) RETURN o.type AS type, o.seq AS seq, o.payload IS NULL AS emptied ORDER BY seq"


async def lines(graph: Graph) -> list[tuple[str, int, bool]]:
    """Type, number, and whether it was emptied."""
    rows = await graph.reader().compiled(_LINES, {})
    return [(row["type"], row["seq"], row["emptied"]) for row in rows]


async def test_many_at_once_are_one_chain(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    pairs = [("member:m1", f"cookie:x{number}") for number in range(6)]
    pairs += [(f"phone:y{number}", f"cookie:y{number}") for number in range(6)]
    done = await asyncio.gather(*(run(found, "neverLink", a=a, b=b) for a, b in pairs))
    await asyncio.gather(*(undone(found, operation) for operation in done[::2]))
    assert [seq for _, seq, _ in await lines(graph)] == list(range(1, 19))
    assert (await trail.check(graph, found.identity.keyring)).problems == []


async def test_what_is_erased_is_forgotten_in_all_that_was_about_it(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    linked = await run(found, "link", a="phone:p3", b="cookie:c2")
    await undone(found, linked)
    await run(found, "neverLink", a="phone:p1", b="cookie:c2")
    await run(found, "erase", identifier="phone:p3")
    assert await lines(graph) == [
        ("LINK", 1, True), ("UNDO", 2, True), ("NEVER_LINK", 3, False), ("ERASE", 4, False)
    ]  # fmt: skip
    checked = await trail.check(graph, found.identity.keyring)
    assert (checked.operations, checked.emptied, checked.problems) == (4, 2, [])
    assert "p3" not in " ".join(line for line in await dump(graph) if "Operation" in line)


async def test_an_observation_that_erases_accounts_for_it(graph: Graph) -> None:
    """A hash of an open kind is known by itself; then its plain value meets the tombstone of another hash."""
    policy = {
        "kinds": {
            "member": {"layer": "person", "priority": 1},
            "phone": {"layer": "contact", "priority": 10, "hashes": ["md5", "sha256"]},
        }
    }
    md5, sha256 = (worlds.digest(name, "p1") for name in ("md5", "sha256"))
    rows = [seen(1, "member:m1", f"phone:{md5}", id="e1"), seen(1, "member:m2", f"phone:{sha256}", id="e2")]
    found = await player(graph, *rows, policy=policy)
    await run(found, "neverLink", a=f"phone:{md5}", b="member:m2")
    await run(found, "erase", identifier=f"phone:{sha256}")
    await found.identity.observe([seen(2, "member:m1", "phone:p1", id="e3")])
    assert await lines(graph) == [("NEVER_LINK", 1, True), ("ERASE", 2, False), ("FORGET", 3, False)]
    assert (await trail.check(graph, found.identity.keyring)).problems == []


async def test_who_did_it_is_whoever_asked(graph: Graph) -> None:
    found = await player(graph, *WORLD)
    fields = {"a": {"kind": "phone", "value": "p3"}, "b": {"kind": "cookie", "value": "c2"}}
    answer = await steer(found.identity, "link", fields, "carol", " case 7 ")
    [row] = await graph.reader().compiled(
        "MATCH (o:Operation)-[:ABOUT]->(i) "
        "RETURN o.id AS id, o.by AS by, o.reason AS reason, o.name AS name, collect(i.key) AS keys",
        {},
    )
    assert row.data() == {
        "id": answer.operation, "by": "carol", "reason": "case 7", "name": "link by carol",
        "keys": row["keys"],
    }  # fmt: skip
    assert sorted(row["keys"]) == ["cookie|*|c2", "phone|*|p3"]
    changes = await graph.reader().compiled("MATCH (c:Change {cause: 'LINK'}) RETURN c.operation AS id", {})
    assert {change["id"] for change in changes} == {answer.operation}


def test_the_page_of_operations_is_right(root: Path) -> None:
    """Its documents fit the schema, its commands and options are there, its table has every code."""
    page = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    for block in re.findall(r"```graphql\n(.*?)```", page, re.DOTALL):
        for document in re.split(r"\n(?=mutation|query)", block):
            assert not validate(GRAPHQL, parse(document)), document
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (root / "docs").glob("*.md"))
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", pages, re.MULTILINE)) >= ADVICE.keys()
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) <= ADVICE.keys()
    known: Any = typer.main.get_command(cli)
    told = re.findall(r"^oneid ([a-z-]+)(.*)$", page, re.MULTILINE)
    assert {"link", "unlink", "never-link", "block", "erase", "restore", "undo"} <= {name for name, _ in told}
    for name, rest in told:
        options = {option for one in known.get_command(None, name).params for option in one.opts}
        assert set(re.findall(r"(?<= )--[a-z-]+", rest.partition("     ")[0])) <= options, name
