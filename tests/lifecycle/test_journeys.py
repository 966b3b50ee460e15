"""Journeys: entered and left with a line each, since when by the facts, also after merging and splitting."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from app.identity.service import Identity
from app.lifecycle.refresh import due_days
from tests.ingest.conftest import Send
from tests.ingest.running import Run
from tests.ingest.saying import seen
from tests.jobs.conftest import Cypher
from tests.lifecycle.buying import NOON, ago, bought, told
from tests.lifecycle.conftest import Declare, Derive

WAY = """
journeys:
  - key: repeat
    brand: mumu
    exit: {tag: {key: staff}}
    stages:
      - {key: ONE, rule: {order: {}}, at: {order: 1}}
      - {key: TWO, rule: {order: {is: {gte: 2}, within: {last: 30d}}}, at: {order: 2}}
"""
STOOD = (
    "MATCH (p:Person)-[:AS_CUSTOMER_OF*0..1]->()-[r:IN_STAGE|AT|REACHED]->(s) "
    "RETURN p.oneId AS p, s.key AS s ORDER BY p, s"
)
REACHED = (
    "MATCH (m:Member)-[:IDENTIFIES]->()-[r:REACHED]->(s) "
    "RETURN m.value AS who, s.stage AS stage, r.at AS at ORDER BY who, s.place"
)


async def test_entered_and_left(send: Send, cypher: Cypher, derive: Derive, declare: Declare) -> None:
    declare(journeys=WAY)
    await send(
        bought("M1", "o-1", ago(5)), bought("M1", "x-1", ago(4), brand="other"), seen("member:mumu:M2")
    )
    await derive(NOON)
    await send(bought("M1", "o-2", ago(3)))
    await derive(NOON)
    await derive(NOON)
    await derive(NOON + timedelta(days=26))
    await send(seen("member:mumu:M1", tags=[{"key": "staff"}], brand="mumu"))
    await derive(NOON + timedelta(days=27))
    lines = [line[1:] for line in await told(cypher) if line[0].startswith("JOURNEY")]
    kinds = [line[0].removeprefix("JOURNEY_") for line in await told(cypher) if line[0].startswith("JOURNEY")]
    assert kinds == ["ENTERED", "LEFT", "ENTERED", "LEFT", "ENTERED", "LEFT"]
    assert [line[2:] for line in lines] == [
        (None, "ONE"),
        ("ONE", "TWO"),
        ("ONE", "TWO"),
        ("TWO", "ONE"),
        ("TWO", "ONE"),
        ("ONE", None),
    ]
    assert {line[:2] for line in lines} == {("mumu", "repeat")}
    assert await cypher("MATCH ()-[r:AT|REACHED]->() RETURN r") == []


async def test_what_was_reached_moves_with_the_facts(
    send: Send, cypher: Cypher, derive: Derive, declare: Declare, identity: Identity
) -> None:
    """Two people become one by an unverified link and are told apart again; each time as if from nothing."""
    declare(journeys=WAY)
    cards = [seen(f"card:mumu:C{n}", "phone:13912345678") for n in (1, 2)]
    await send(bought("M1", "o-1", ago(20)), bought("M2", "o-2", ago(10), brand="other"))
    await derive(NOON)
    assert await _reached(cypher) == [("M1", "ONE", ago(20))]
    await send(seen("member:mumu:M1", "phone:13912345678"), seen("member:other:M2", "phone:13912345678"))
    await send(bought("M2", "o-3", ago(2), brand="other"), *cards)
    await send(seen("member:other:M2", at=ago(1).isoformat(), brand="mumu", order=_order("m-9", ago(5))))
    await derive(NOON)
    both = [("ONE", ago(20)), ("TWO", ago(5))]
    assert await _reached(cypher) == [(who, *one) for who in ("M1", "M2") for one in both]
    stored = await cypher(STOOD)
    await cypher("MATCH ()-[r:IN_STAGE|AT|REACHED]->() DELETE r")
    await derive(NOON)
    assert await cypher(STOOD) == stored
    await cypher("MATCH (m:Member {value: 'M2'})-[r:IDENTIFIES]->() DELETE r")
    await cypher(
        "MATCH (m:Member {value: 'M2'}) CREATE (m)-[:IDENTIFIES]->(:Person {oneId: 'split', born: 's', "
        "status: 'ACTIVE', name: 'P'})"
    )
    await derive(NOON)
    assert await _reached(cypher) == [("M1", "ONE", ago(20)), ("M2", "ONE", ago(5))]
    assert {row["s"] for row in await cypher(STOOD) if row["p"] == "split"} == {
        "lifecycle|*|NEW",
        "lifecycle|mumu|NEW",
        "lifecycle|other|NEW",
        "repeat|ONE",
    }


def _order(key: str, at: datetime) -> dict[str, str]:
    return {"key": key, "status": "PAID", "paidAt": at.isoformat(), "amount": "9"}


async def _reached(cypher: Cypher) -> list[tuple[str, str, datetime]]:
    return [(row["who"], row["stage"], row["at"].to_native()) for row in await cypher(REACHED)]


async def test_the_day_on_which_it_changes(
    send: Send, identity: Identity, derive: Derive, cypher: Cypher
) -> None:
    await send(bought("M1", "o-1", ago(1)), seen("member:mumu:M2"))
    await derive(NOON)
    rows = await cypher(
        "MATCH (m:Member)-[:IDENTIFIES]->(p) RETURN m.value AS who, p.oneId AS p ORDER BY who"
    )
    people = {row["p"]: row["who"] for row in rows}
    found = {people[one]: day for one, day in (await due_days(identity, list(people), NOON)).items()}
    assert found == {"M1": (NOON + timedelta(days=30)).date()}


async def test_commands(send: Send, derive: Derive, oneid: Run, tmp_path: Path) -> None:
    await send(bought("M1", "o-1", ago(5)), bought("M1", "o-2", ago(2)))
    await derive(NOON)
    shown = oneid("journey", "customer", "--json")
    assert shown.returncode == 0, shown.stderr
    stages = {
        one["stage"]: (one["people"], one["reached"], one["converted"]) for one in json.loads(shown.stdout)
    }
    assert stages["SECOND_ORDER"] == (1, 1, 0)
    assert stages["FIRST_ORDER"] == (0, 1, 1)
    wrong = tmp_path / "stages.yaml"
    wrong.write_text("stages: [{key: A, rule: {order: {foo: 1}}}]")
    checked = oneid("lifecycle", "check", wrong)
    assert checked.returncode == 1
    assert [line.split(": ")[1] for line in checked.stdout.splitlines()] == [
        "stages.0.rule.order.foo",
        "stages.0.rule",
    ]
