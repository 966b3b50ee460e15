"""Match rules on the graph: what they propose influences nothing, what is sure joins, an answer stays."""

import asyncio
import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import WRITE_ACCESS

from app.commerce.facts import Shops
from app.commerce.products import Products
from app.errors import BadInput
from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.match import run as match_run
from app.identity.match.proposals import answer_all, answer_some, proposals
from app.identity.operations import Refused
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from app.identity.steering.undoing import undo_operation
from app.ingest.facts import Facts
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.identity import many, worlds
from tests.identity.dump import dump
from tests.identity.live import Player, emptied
from tests.identity.promises import broken
from tests.identity.register import identifier, people, seen

Json = dict[str, Any]

KINDS: Json = {
    "member": {"layer": "person", "priority": 1, "scope": "brand", "limit_per_scope": 1},
    "phone": {"layer": "contact", "priority": 10},
}
BORN: Json = {
    "name": "born-here",
    "equal": ["birthday", "surname", "city"],
    "not_different": ["gender"],
    "confidence": 0.8,
}
NAMED: Json = {"name": "named", "equal": ["name", "birthday"], "confidence": 0.95, "max_group": 3}
POLICY: Json = {"kinds": KINDS, "rules": [BORN, NAMED]}
SURE: Json = {"kinds": KINDS, "rules": [{**BORN, "auto_above": 0.7}]}
WANG: Json = {"name": "王小明", "birthday": "1990-01-01", "city": "上海", "gender": "male"}


def said(at: float, member: str, phone: str, **facts: Any) -> Json:
    """An account and a phone on a day, and what the account says of itself."""
    return seen(at, f"member:{member}", f"phone:{phone}", source="crm", member=facts)


async def tell(identity: Identity, *rows: Any) -> None:
    """Take observations in, their facts included."""
    observed = await identity.observe(rows, Facts(identity, Shops(), Products(), rows).write)
    assert observed.rejected == {}


async def listed(identity: Identity, **only: Any) -> list[tuple[str, str, str, float]]:
    """What is proposed: both accounts, the rule and how sure it is."""
    return [
        (one.a["value"], one.b["value"], one.rule, one.confidence)
        async for one in proposals(identity, **only)
    ]


async def whole(player: Player) -> list[list[str]]:
    """Who is one person; the graph is what a full recompute makes of it, and keeps its promises."""
    assert (await verify(player.identity)).differences == []
    assert await broken(player.graph) == []
    found: list[list[str]] = (await player.answer())["components"]
    return found


@pytest.fixture
async def player(graph: Graph) -> Player:
    """Wang at two brands, his sister at a third, somebody of his name, and somebody else."""
    player = await Player.under(graph, POLICY)
    await tell(
        player.identity,
        said(1, "A:m1", "p1", **WANG),
        said(2, "B:m2", "p2", **WANG | {"name": "王大明", "gender": "男"}),
        said(3, "C:m3", "p3", **WANG | {"name": "王小红", "gender": "female"}),
        said(4, "D:m4", "p4", **WANG | {"city": "北京市", "gender": "unknown"}),
        said(5, "E:m5", "p5", name="王小明"),
    )
    return player


async def test_what_is_proposed_influences_nothing_and_once_is_enough(player: Player) -> None:
    before = await whole(player)
    done = await match_run.run(player.identity)
    assert (done.accounts, done.found, done.changed) == (5, {"born-here": 1, "named": 1}, {"proposed": 2})
    assert await listed(player.identity) == [("m1", "m4", "named", 0.95), ("m1", "m2", "born-here", 0.8)]
    assert await listed(player.identity, rule="born-here") == [("m1", "m2", "born-here", 0.8)]
    assert await listed(player.identity, least=0.9) == [("m1", "m4", "named", 0.95)]
    assert await whole(player) == before
    held = await dump(player.graph)
    assert (await match_run.run(player.identity)).changed == {}
    assert await dump(player.graph) == held
    assert "王" not in "".join(line for line in held if "LINKED" in line)


async def test_a_dry_run_tells_and_writes_nothing(player: Player) -> None:
    before = await dump(player.graph)
    done = await match_run.run(player.identity, "named", dry_run=True)
    assert (done.found, done.changed) == ({"named": 1}, {"proposed": 1})
    assert await dump(player.graph) == before
    await match_run.run(player.identity, "named")
    assert await listed(player.identity) == [("m1", "m4", "named", 0.95)]
    with pytest.raises(BadInput) as no:
        await match_run.run(player.identity, "nmed")
    assert (no.value.code, no.value.suggestion) == ("UNKNOWN_RULE", "did you mean named?")


async def test_a_fact_that_changes_withdraws_what_no_longer_holds(player: Player) -> None:
    identity = player.identity
    await match_run.run(identity)
    await tell(identity, seen(9, "member:A:m1", source="crm", member={"birthday": "1991-01-01"}))
    done = await match_run.run(identity)
    assert done.changed == {"withdrawn": 2}
    assert await listed(identity) == []
    await tell(identity, seen(10, "member:D:m4", source="crm", member={"birthday": "1991-01-01"}))
    assert (await match_run.run(identity)).changed == {"proposed": 1}
    assert await listed(identity) == [("m1", "m4", "named", 0.95)]


async def test_what_holds_no_longer_cannot_be_answered(player: Player) -> None:
    """Also before a run withdraws it: facts that changed, and two who have become one person meanwhile."""
    identity = player.identity
    await match_run.run(identity)
    await tell(identity, seen(9, "member:D:m4", source="crm", member={"birthday": "1991-01-01"}))
    await run_operation(
        identity, "link", {"a": identifier("phone:p1"), "b": identifier("phone:p2")}, "kim", "one voice"
    )
    done = await answer_all(identity, "approve", "kim", "looked at")
    assert (done.operations, done.refused) == ([], [])
    pairs = [(identifier("member:A:m1"), identifier(f"member:{other}")) for other in ("D:m4", "B:m2")]
    done = await answer_some(identity, "reject", pairs, "kim", "looked at")
    assert [no.refused.code for no in done.gone] == ["NOT_PROPOSED", "NOT_PROPOSED"]
    assert (await match_run.run(identity)).changed == {"withdrawn": 2}


async def test_what_is_approved_is_linked_and_what_is_rejected_never(player: Player) -> None:
    identity = player.identity
    await match_run.run(identity)
    pair = identifier("member:A:m1"), identifier("member:B:m2")
    done = await answer_some(identity, "approve", [pair], "kim", "the same voice")
    assert (len(done.operations), done.refused, done.gone) == (1, [], [])
    assert ["member:A:m1", "member:B:m2", "phone:p1", "phone:p2"] in await whole(player)
    rest = await answer_all(identity, "reject", "kim", "a namesake", rule="named")
    assert len(rest.operations) == 1
    assert await listed(identity) == []
    assert (await match_run.run(identity)).changed == {}
    again = await answer_some(identity, "approve", [pair], "kim", "the same voice")
    assert [no.refused.code for no in again.gone] == ["NOT_PROPOSED"]
    for operation in (*done.operations, *rest.operations):
        await undo_operation(identity, operation, "kim", "a mistake")
    await match_run.run(identity)
    assert len(await listed(identity)) == 2


async def test_what_cannot_be_linked_is_told_and_stays_proposed(player: Player) -> None:
    identity = player.identity
    await match_run.run(identity)
    ends = {"a": identifier("phone:p1"), "b": identifier("phone:p2")}
    await run_operation(identity, "neverLink", ends, "kim", "twins")
    done = await answer_all(identity, "approve", "kim", "looked at", least=0.5)
    assert [(no.place, no.refused.code) for no in done.refused] == [(1, "NEVER_LINKED")]
    assert len(done.operations) == 1
    assert await listed(identity) == [("m1", "m2", "born-here", 0.8)]


async def test_what_is_seen_takes_the_place_of_what_was_proposed(player: Player) -> None:
    await match_run.run(player.identity)
    await tell(player.identity, seen(9, "member:A:m1", "member:B:m2"))
    assert await listed(player.identity) == [("m1", "m4", "named", 0.95)]
    assert ["member:A:m1", "member:B:m2", "phone:p1", "phone:p2"] in await whole(player)


async def test_what_is_sure_joins_and_what_was_seen_comes_first(graph: Graph) -> None:
    """The two accounts of brand B cannot both be his: the one that was seen with him is."""
    player = await Player.under(graph, SURE)
    await tell(
        player.identity,
        said(1, "A:m1", "p1", **WANG),
        said(2, "B:m2", "p2", **WANG),
        said(3, "B:m3", "p3", **WANG),
        said(4, "C:m4", "p4", **WANG),
    )
    await tell(player.identity, seen(5, "member:A:m1", "phone:p2"))
    assert (await match_run.run(player.identity)).changed == {"joined": 6}
    found = await whole(player)
    assert ["member:A:m1", "member:B:m2", "member:C:m4", "phone:p1", "phone:p2", "phone:p4"] in found
    assert ["member:B:m3", "phone:p3"] in found
    await tell(player.identity, seen(9, "member:C:m4", source="crm", member={"city": "北京"}))
    assert (await match_run.run(player.identity)).changed == {"withdrawn": 3}
    assert ["member:C:m4", "phone:p4"] in await whole(player)
    assert (await match_run.run(player.identity)).changed == {}


async def test_a_rule_that_is_sure_no_more_proposes(graph: Graph) -> None:
    player = await Player.under(graph, SURE)
    await tell(player.identity, said(1, "A:m1", "p1", **WANG), said(2, "B:m2", "p2", **WANG))
    await match_run.run(player.identity)
    assert len(await whole(player)) == 1
    player = await Player.under(graph, POLICY | {"rules": [BORN]})
    assert (await match_run.run(player.identity)).changed == {"withdrawn": 1, "proposed": 1}
    assert len(await whole(player)) == 2
    player = await Player.under(graph, {"kinds": KINDS})
    assert (await match_run.run(player.identity)).changed == {"withdrawn": 1}
    assert await listed(player.identity) == []


@many.live(12)
@given(r=st.randoms(use_true_random=False))
async def test_who_is_joined_depends_on_no_order(graph: Graph, r: Random) -> None:
    """The facts decide, however often the rules ran in between."""
    policy = {**SURE, "contradictions": [{"attribute": "a_vip"}]}
    rows = [
        seen(
            int(worlds.day(r)[9]),
            f"member:{r.choice('AB')}:m{r.randint(1, 3)}",
            *([f"phone:p{r.randint(1, 2)}"] if r.random() < 0.5 else []),
            id=f"e{number}",
            source="crm",
            member={"birthday": "1990-01-01", "city": r.choice(("上海", "北京")), "name": "王明"}
            | ({"attributes": {"vip": r.random() < 0.5}} if r.random() < 0.4 else {}),
        )
        for number in range(r.randint(2, 7))
    ]
    found = []
    for _ in range(2):
        r.shuffle(rows)
        await emptied(graph)
        player = await Player.under(graph, policy)
        for row in rows:
            await tell(player.identity, row)
            if r.random() < 0.3:
                await match_run.run(player.identity)
        await match_run.run(player.identity)
        found.append(await whole(player))
        assert (await match_run.run(player.identity)).changed == {}
    assert found[0] == found[1]


# -- commands, and a process that dies


@pytest.fixture
async def crowd(graph: Graph) -> Player:
    """Sixty people who are perhaps thirty."""
    player = await Player.under(graph, {"kinds": KINDS, "rules": [{**BORN, "max_group": 2}]})
    rows = [
        said(1, f"{brand}:m{number}", f"{brand}{number}", **WANG | {"city": f"city {number}"})
        for number in range(30)
        for brand in "AB"
    ]
    await tell(player.identity, *rows)
    await match_run.run(player.identity)
    return player


def started(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """A command in a process of its own, running."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "app", "match", *words], env=environment, stdout=pipe, stderr=pipe, text=True
    )


async def anything(graph: Graph) -> None:
    """Waits for the first answer."""
    for _ in range(6000):
        if await graph.reader().compiled(PINS, {}):
            return
        await asyncio.sleep(0.01)


PINS = "MATCH (a)-[p:PINNED|NEVER_LINKED]->(b) RETURN type(p) AS type, a.value AS a, b.value AS b"


async def test_a_bulk_answer_that_is_killed_goes_on_and_does_nothing_twice(
    graph: Graph, crowd: Player, oneid: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "proposals.csv"
    file.write_text(oneid("match", "list", "--csv").stdout, encoding="utf-8")
    assert len(list(csv.DictReader(file.open(encoding="utf-8")))) == 30
    words = ("approve", "--file", str(file), "--reason", "looked at all")
    first = started(environment, *words)
    await anything(graph)
    first.kill()
    first.communicate()
    done = len(await graph.reader().compiled(PINS, {}))
    assert 0 < done < 30, "it must be killed in the middle"
    second = oneid("match", *words)
    assert second.returncode == 0, second.stderr
    rows = await graph.reader().compiled(PINS, {})
    assert sorted((row["type"], row["a"]) for row in rows) == sorted(("PINNED", f"m{n}") for n in range(30))
    assert f"{30 - done} approved, 0 refused, {done} not" in second.stdout
    counted = await graph.reader().compiled("MATCH (o:Operation) RETURN count(o) AS n", {})
    assert counted[0]["n"] == 30
    assert len([line for line in (await people(graph)).values() if line.keys]) == 30
    await whole(crowd)


async def test_a_run_that_stops_goes_on(graph: Graph, crowd: Player, monkeypatch: Any) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH ()-[l:LINKED]->() WHERE l.rule IS NOT NULL DELETE l")).consume()
    monkeypatch.setattr(match_run, "STEP", 7)

    def stop(done: int, of: int) -> None:
        if done > of // 2 + 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await match_run.run(crowd.identity, progress=stop)
    some = len(await listed(crowd.identity))
    assert 0 < some < 30
    assert (await match_run.run(crowd.identity)).changed == {"proposed": 30 - some}
    assert len(await listed(crowd.identity)) == 30


async def test_commands_say_what_they_did(graph: Graph, crowd: Player, oneid: Run, tmp_path: Path) -> None:
    assert '"accounts": 60' in oneid("match", "run", "--json").stdout
    wrong = oneid("match", "approve", "--reason", "all of them")
    assert (wrong.returncode, "ONE_OF" in wrong.stderr) == (2, True)
    ends = ("member:A:m1", "member:B:m2")
    none = oneid("match", "reject", *ends, "--reason", "twins", "--json")
    assert '"NOT_PROPOSED"' in none.stdout
    some = tmp_path / "some.csv"
    listed = oneid("match", "list", "--csv").stdout.splitlines(keepends=True)
    some.write_text("".join(listed[:11]), encoding="utf-8")
    for told in ("10 rejected, 0 refused, 0 not", "0 rejected, 0 refused, 10 not"):
        answered = oneid("match", "reject", "--file", some, "--reason", "a list of a fair")
        assert answered.stdout == f"{told} proposed any more\n"
    every = oneid("match", "approve", "--all", "--rule", "born-here", "--reason", "all of them")
    assert every.stdout == "20 approved, 0 refused, 0 not proposed any more\n"
    pins = Counter(row["type"] for row in await graph.reader().compiled(PINS, {}))
    assert pins == {"NEVER_LINKED": 10, "PINNED": 20}


async def test_an_answer_of_two_at_once_is_one(player: Player) -> None:
    await match_run.run(player.identity)
    ends = {"a": identifier("member:A:m1"), "b": identifier("member:B:m2")}
    await run_operation(player.identity, "link", ends, "kim", "seen", proposed=True)
    with pytest.raises(Refused) as no:
        await run_operation(player.identity, "neverLink", ends, "lee", "seen", proposed=True)
    assert no.value.code == "NOT_PROPOSED"
