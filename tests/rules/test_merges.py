"""What counts once and whose it is, before people become one, while they are one, and after they part."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.graph.sessions import Graph
from app.identity.service import Identity
from tests.rules.live import asking, sent, taken_in

Json = dict[str, Any]
AS_OF, ZONE = "2026-11-20T10:00:00+08:00", "Asia/Shanghai"
AT = "2026-11-01T00:00:00Z"
A: Json = {"kind": "openid", "scope": "app-1", "value": "merge-a"}
B: Json = {"kind": "openid", "scope": "app-2", "value": "merge-b"}
_LINK = """
mutation ($a: IdentifierInput!, $b: IdentifierInput!) {
  answer: link(a: $a, b: $b, reason: "the same, they say") { operation userErrors { code } }
}
"""
_UNLINK = """
mutation ($a: IdentifierInput!, $b: IdentifierInput!) {
  answer: unlink(a: $a, b: $b, reason: "they are two") { operation userErrors { code } }
}
"""
_WHO = """
MATCH (i:Identifier {kind: 'openid'})-[:IDENTIFIES]->(p:Person) WHERE i.value IN ['merge-a', 'merge-b']
RETURN i.value AS name, p.oneId AS one_id
"""
COUNTS: Mapping[str, Json] = {
    "orders": {"order": {}},
    "paid": {"order": {"measure": "SUM_AMOUNT", "is": {}}},
    "events": {"event": {"type": "v"}},
    "touches": {"touch": {}},
    "babies": {"dependent": {"where": {"kind": "BABY"}, "quantifier": "COUNT"}},
    "tags": {"tag": {"key": "vip"}},
}


def said(who: Json, source: str = "till", **fact: Any) -> Json:
    return {"id": "m", "at": AT, "source": source, "identifiers": [who]} | fact


def order(key: str, amount: str) -> Json:
    return {"order": {"key": key, "status": "PAID", "paidAt": AT, "amount": amount}}


def baby(key: str) -> Json:
    one = {"key": key, "kind": "BABY", "name": "小宝", "birthday": "2026-03-15", "gender": "F"}
    return {"dependents": [one]}


FACTS = [
    said(A, **order("o-1", "10")),
    said(A, **order("o-2", "20")),
    said(B, **order("o-3", "40")),
    said(A, event={"key": "e-1", "type": "v"}),
    said(B, event={"key": "e-2", "type": "v"}),
    said(B, touch={"key": "t-1", "channel": "SMS"}),
    said(A, tags=[{"key": "vip"}]),
    said(B, tags=[{"key": "vip"}]),
    said(A, "till", **baby("b-1")),
    said(B, "site", **baby("b-2")),
]


async def wrong(
    graph: Graph, identity: Identity, expected: Mapping[str, Mapping[str, int]]
) -> list[tuple[str, str, int]]:
    """Whom a rule that asks for the number expected of them does not find: name, what is counted, number."""
    rows = await graph.reader().compiled(_WHO, {})
    one_ids, ask = {row["name"][-1]: row["one_id"] for row in rows}, asking(graph, identity.keyring)
    found = []
    for what, rule in COUNTS.items():
        for number in sorted({numbers[what] for numbers in expected.values()}):
            matching = await ask(asked(rule, number), datetime.fromisoformat(AS_OF), ZONE)
            found += [
                (name, what, number)
                for name, numbers in expected.items()
                if (numbers[what] == number) != (one_ids[name] in matching)
            ]
    return found


def asked(rule: Json, number: int) -> Json:
    """The rule with that number asked for."""
    ((kind, body),) = rule.items()
    if kind == "tag":
        return {kind: body | {"has": bool(number)}}
    return {kind: body | {"count" if kind == "dependent" else "is": {"eq": number}}}


async def test_nothing_counts_twice_after_a_merge_and_nothing_is_lost_after_a_split(
    graph: Graph, identity: Identity
) -> None:
    await taken_in(graph, identity, FACTS)
    mine = {"orders": 2, "paid": 30, "events": 1, "touches": 0, "babies": 1, "tags": 1}
    theirs = {"orders": 1, "paid": 40, "events": 1, "touches": 1, "babies": 1, "tags": 1}
    assert await wrong(graph, identity, {"a": mine, "b": theirs}) == []
    assert await decided(graph, identity, _LINK)
    # the same baby, told of by two sources, is one as long as they are one person
    one = {"orders": 3, "paid": 70, "events": 2, "touches": 1, "babies": 1, "tags": 1}
    assert await wrong(graph, identity, {"a": one, "b": one}) == []
    await taken_in(graph, identity, FACTS)
    assert await wrong(graph, identity, {"a": one, "b": one}) == []
    assert await decided(graph, identity, _UNLINK)
    assert await wrong(graph, identity, {"a": mine, "b": theirs}) == []


async def test_an_order_told_of_by_two_people_is_one_persons(graph: Graph, identity: Identity) -> None:
    """It hangs on the best identifier that any message carried; of equal ones on the newest."""
    later = said(B, **order("o-2", "20")) | {"at": "2026-11-02T00:00:00Z"}
    await taken_in(graph, identity, [*FACTS, later])
    mine = {"orders": 1, "paid": 10, "events": 1, "touches": 0, "babies": 1, "tags": 1}
    theirs = {"orders": 2, "paid": 60, "events": 1, "touches": 1, "babies": 1, "tags": 1}
    assert await wrong(graph, identity, {"a": mine, "b": theirs}) == []


async def decided(graph: Graph, identity: Identity, text: str) -> str:
    """The operation that a mutation on both identifiers made."""
    answer = await sent(graph, identity, text, {"a": A, "b": B})
    assert answer["answer"]["userErrors"] == []
    return str(answer["answer"]["operation"])
