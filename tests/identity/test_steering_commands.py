"""What people decide, as `oneid` commands, each with its exit code."""

import json
from typing import Any

import pytest

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.service import Identity
from app.identity.steering import trail
from app.identity.steering.service import steer
from app.settings import Settings
from tests.commands import Ran, Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.dump import dump
from tests.identity.register import living, seen

ROWS = [
    seen(1, "member:mumu:M1", "phone:13912340001", id="e1", source="crm"),
    seen(2, "openid:app-1:o-1", "phone:13912340002", id="e2", source="crm"),
    seen(3, "member:mumu:M3", "card:mumu:C1", id="e3", source="crm"),
    seen(4, "card:mumu:C2", id="e4", source="crm"),
]


@pytest.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Two people with phones, and a member with a card beside another card."""
    found = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    assert (await found.observe(ROWS)).rejected == {}
    return found


def told(ran: Ran) -> Any:
    """The answer of a command with --json that was done."""
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


async def test_each_is_done_and_taken_back(oneid: Run, identity: Identity, graph: Graph) -> None:
    before = await living(graph)
    why = ("--reason", "case 7", "--by", "ann", "--json")
    done = [
        told(oneid("link", "phone:139 1234 0001", "openid:app-1:o-1", *why)),
        told(oneid("unlink", "phone:13912340001", "member:mumu:M1", *why)),
        told(oneid("unlink", "phone:13912340002", *why)),
        told(oneid("never-link", "member:mumu:M3", "openid:app-1:o-1", *why)),
        told(oneid("replace-card", "card:mumu:C1", "card:mumu:C2", *why)),
        told(oneid("block", "card", "C1", *why)),
        told(oneid("block", "openid", "--pattern", "^o-", *why)),
    ]
    assert all(one["operation"] and one["userErrors"] == [] for one in done)
    decided = await living(graph)
    assert decided != before
    await identity.refresh()
    await identity.observe(ROWS)
    assert await living(graph) == decided
    for one in done:
        back = told(oneid("undo", one["operation"], "--reason", "all wrong", "--json"))
        assert back["people"], one
    assert await living(graph) == before
    assert (await verify(identity)).differences == []
    replaced = "MATCH ()-[r:REPLACED_BY]->() RETURN r"
    assert await graph.reader().compiled(replaced, {}) == []
    listed = told(oneid("operations", "--by", "ann", "--json"))
    assert [row["type"] for row in listed] == [
        "BLOCK", "BLOCK", "REPLACE_CARD", "NEVER_LINK", "UNLINK", "UNLINK", "LINK"
    ]  # fmt: skip
    assert all(row["undoneBy"] for row in listed)
    about = told(oneid("operations", "--identifier", "phone:13912340001", "--kind", "unlink", "--json"))
    assert [row["number"] for row in about] == [2]
    await graph.unit(lambda writer: writer.run("MATCH (i:Member) SET i.name = '王*'", {}))
    (never,) = told(oneid("operations", "--kind", "never-link", "--json"))
    assert never["about"] == ["member M3", "openid o-1"]
    table = oneid("operations", "--limit", 3)
    assert (table.returncode, table.stdout.count("UNDO")) == (0, 3)


async def test_whoever_names_a_lost_card_is_shown_the_new_one(oneid: Run, identity: Identity) -> None:
    person = ("person", "card", "C1", "--scope", "mumu")
    lost = told(oneid("replace-card", "card:mumu:C1", "card:mumu:C2", "--reason", "lost", "--json"))
    shown = oneid(*person)
    assert (shown.returncode, "C1 (replaced by C2)" in shown.stdout) == (0, True)
    found = {one["value"]: one["replacedBy"] for one in told(oneid(*person, "--json"))["identifiers"]}
    assert found == {"M3": None, "C1": "C2", "C2": None}
    told(oneid("undo", lost["operation"], "--reason", "found again", "--json"))
    assert "C2" not in oneid(*person).stdout


async def test_who_is_one_person_over_others_is_told(oneid: Run, identity: Identity) -> None:
    row = seen(5, "member:mumu:M1", "phone:13912340001", "openid:app-1:o-9", id="e5", source="crm")
    await identity.observe([row])
    unlink = ("unlink", "member:mumu:M1", "openid:app-1:o-9", "--reason", "case 7")
    still = oneid(*unlink)
    assert (still.returncode, "one person still, over others: oneid why" in still.stderr) == (0, True)
    apart = oneid("unlink", "phone:13912340001", "openid:app-1:o-9", "--reason", "case 7")
    assert (apart.returncode, apart.stderr) == (0, "")


async def test_an_erasure_shows_what_would_go_and_asks(oneid: Run, identity: Identity, graph: Graph) -> None:
    why = ("--reason", "request 12")
    linked = told(oneid("link", "phone:13912340001", "openid:app-1:o-1", *why, "--json"))
    named = "MATCH (i:Identifier {key: 'member|mumu|M1'}) SET i.name = '王*'"  # as its facts do
    await graph.unit(lambda writer: writer.run(named, {}))
    before = await dump(graph)
    dry = oneid("erase", "member:mumu:M1", "--person", "--dry-run", *why)
    assert dry.returncode == 0
    assert "phone 139****0002" in dry.stdout
    assert "member M1 (mumu)" in dry.stdout
    assert (
        "4 identifiers of 1 people would go, with 2 pairs of evidence, 1 decisions and 0 facts" in dry.stdout
    )
    refused = oneid("erase", "member:mumu:M1", "--person", *why, typed="n\n")
    assert (refused.returncode, "erase this for good?" in refused.stderr) == (1, True)
    assert oneid("erase", "member:mumu:M1", "--person", *why).returncode == 1
    assert await dump(graph) == before
    assert oneid("erase", "member:mumu:M1", "--person", *why, typed="y\n").returncode == 0
    assert {len(keys) for keys in (await living(graph)).values()} == {1, 2}
    again = [seen(1, "member:mumu:M1", "phone:13912340001", id="again", source="crm")]
    after = await living(graph)
    await identity.observe(again)
    assert await living(graph) == after
    assert "13912340001" not in "".join(await dump(graph))
    checked = told(oneid("operations", "--verify", "--json"))
    assert (checked["operations"], checked["emptied"], checked["problems"]) == (2, 1, [])
    assert oneid("undo", linked["operation"], *why).stderr.startswith("NOTHING_LEFT")
    one = told(oneid("erase", "phone:13912349999", "--yes", "--json", *why))
    assert one["erasure"]["identifiers"] == []
    back = told(oneid("restore", "phone:13912340001", "--json", *why))
    assert back["operation"]


REFUSED = (
    (1, "NOT_FOUND", ("link", "phone:13912340001", "phone:13912349999")),
    (1, "LIMIT_EXCEEDED", ("link", "member:mumu:M1", "member:mumu:M3")),
    (1, "BLOCKED", ("link", "phone:13800138000", "member:mumu:M3")),
    (1, "NOT_FOUND", ("unlink", "card:mumu:C2")),
    (1, "NOT_FOUND", ("never-link", "card:mumu:C2", "card:mumu:C2")),
    (1, "NOT_FOUND", ("restore", "card:mumu:C2")),
    (1, "NOT_FOUND", ("erase", "member:mumu:M9", "--person", "--yes")),
    (1, "NOT_FOUND", ("undo", "nothing")),
    (1, "NOT_FOUND", ("replace-card", "card:mumu:C1", "card:mumu:C9")),
    (2, "NOT_A_CARD", ("replace-card", "card:mumu:C1", "phone:13912340001")),
    (2, "UNKNOWN_KIND", ("link", "fax:1", "phone:13912340001")),
    (2, "UNKNOWN_KIND", ("block", "fax", "1")),
    (2, "MALFORMED_VALUE", ("block", "phone", "--pattern", "(")),
    (2, "ONE_OF", ("block", "phone")),
    (2, "BAD_USER_INPUT", ("link", "phone", "phone:13912340001")),
    (2, "MASKED", ("link", "phone:139****0001", "phone:13912340002")),
)


@pytest.mark.parametrize(("code", "why", "arguments"), REFUSED, ids=str)
async def test_what_is_refused_stores_nothing(
    oneid: Run, identity: Identity, graph: Graph, code: int, why: str, arguments: tuple[str, ...]
) -> None:
    before = await dump(graph)
    ran = oneid(*arguments, "--reason", "case 7")
    assert (ran.returncode, ran.stderr.partition(":")[0], ran.stdout) == (code, why, "")
    assert await dump(graph) == before


async def test_a_reason_is_needed(oneid: Run, process: Run, identity: Identity, graph: Graph) -> None:
    missing = process("restore", "card:mumu:C2")
    assert (missing.returncode, "--reason" in missing.stderr) == (2, True)
    blank = oneid("restore", "card:mumu:C2", "--reason", " ", "--json")
    assert blank.returncode == 2
    assert json.loads(blank.stdout)["userErrors"][0]["code"] == "REASON_REQUIRED"


TAMPERED = {
    "reason": "MATCH (o:Operation {seq: 2}) SET o.reason = 'another'",
    "actor": "MATCH (o:Operation {seq: 2}) SET o.by = 'ben'",
    "time": "MATCH (o:Operation {seq: 2}) SET o.at = o.at - duration('P1D')",
    "payload": "MATCH (o:Operation {seq: 2}), (p:Operation {seq: 1}) SET o.payload = p.payload",
    "emptied": "MATCH (o:Operation {seq: 2}) SET o.payload = null, o.salt = null, o.reason = null",
    "removed": "MATCH (o:Operation {seq: 2}) DETACH DELETE o",
    "cut off": "MATCH (o:Operation {seq: 3}) DETACH DELETE o",
    "undone": "MATCH (o:Operation {seq: 2}), (p:Operation {seq: 1}) CREATE (o)-[:UNDOES]->(p)",
    "order": "MATCH (o:Operation {seq: 2}), (p:Operation {seq: 1}) SET o.seq = 9 SET p.seq = 2 SET o.seq = 1",
}


async def tamper(graph: Graph, identity: Identity, statement: str) -> None:
    """Three operations, and what somebody then does to them behind the service's back."""
    for value in ("13912340011", "13912340012", "13912340013"):
        await steer(identity, "block", {"kind": "phone", "value": value}, "ann", "case 7")
    assert (await trail.check(graph, identity.keyring)).problems == []
    await graph.unit(lambda writer: writer.run(statement, {}))


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
async def test_a_trail_that_was_changed_does_not_verify(
    identity: Identity, graph: Graph, statement: str
) -> None:
    await tamper(graph, identity, statement)
    assert (await trail.check(graph, identity.keyring)).problems


async def test_the_command_says_so(process: Run, identity: Identity, graph: Graph) -> None:
    await tamper(graph, identity, TAMPERED["actor"])
    found = process("operations", "--verify")
    assert (found.returncode, found.stdout.count("operation 2: it is not what was chained")) == (1, 1)
