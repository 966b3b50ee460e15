"""People with orders, babies and asserted tags, as the graph model says them; and what they carry."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from app.identity.service import Identity
from app.rules.model import parse
from app.tags.defining import define
from app.tags.model import Definition

Cypher = Callable[..., Awaitable[list[dict[str, Any]]]]

NOON = datetime(2026, 3, 14, 4, tzinfo=UTC)
"""14 March 2026, noon in Shanghai."""


def day(number: int, month: int = 3, hour: int = 4) -> datetime:
    """A day of 2026, by default at noon in Shanghai."""
    return datetime(2026, month, number, hour, tzinfo=UTC)


async def defined(identity: Identity, key: str, rule: dict[str, Any] | None = None, **more: Any) -> None:
    """Defines a tag; by a rule where one is given."""
    made = Definition(key, rule=parse(rule) if rule else None, set_by="RULE" if rule else "MANUAL")
    given = {name: getattr(made, name) for name in Definition.__dataclass_fields__} | more
    done = await define(
        identity, Definition(**given), "tests", "because", kinds=("BABY",), check=lambda rule, known: []
    )
    assert done.problems == (), done.problems


async def person(cypher: Cypher, one_id: str, *keys: str) -> None:
    """A person who holds identifiers with these keys, owned by the first."""
    await cypher(
        "CREATE (p:Person {oneId: $one_id, born: $one_id, status: 'ACTIVE', name: 'P'}) "
        "WITH p UNWIND range(0, size($keys) - 1) AS place "
        "CREATE (i:Identifier {key: $keys[place], kind: 'cookie', scope: '*', value: $keys[place], "
        "brands: ['mumu'], firstSeen: $at, lastSeen: $at})-[:IDENTIFIES {since: $at}]->(p) "
        "FOREACH (_ IN CASE WHEN place = 0 THEN [1] ELSE [] END | CREATE (p)-[:OWNED_BY]->(i))",
        one_id=one_id,
        keys=list(keys),
        at=day(1, 1),
    )


async def order(cypher: Cypher, holder: str, key: str, at: datetime, amount: int) -> None:
    """A paid order through an identifier, in yuan."""
    await cypher(
        "MATCH (i:Identifier {key: $holder}) CREATE (:Order {key: 'mumu|' + $key, number: $key, "
        "brand: 'mumu', status: 'PAID', currency: 'CNY', paidAt: $at, placedAt: $at, said: $at, at: $at, "
        "amountMinor: $amount, discountMinor: 0, refundedMinor: 0, netMinor: $amount, quantity: 1})"
        "-[:PLACED_BY {at: $at}]->(i)",
        holder=holder,
        key=key,
        at=at,
        amount=amount * 100,
    )


async def baby(cypher: Cypher, holder: str, key: str, birthday: str) -> None:
    """A baby of who holds the identifier."""
    await cypher(
        "MATCH (i:Identifier {key: $holder}) MERGE (d:Dependent {key: $key}) "
        "SET d:Baby, d.kind = 'BABY', d.birthday = date($birthday), d.brand = 'mumu' "
        "CREATE (d)-[:DEPENDENT_OF {relation: 'mother', since: $at, last: $at}]->(i)",
        holder=holder,
        key=key,
        birthday=birthday,
        at=day(1, 1),
    )


async def carried(cypher: Cypher, one_id: str) -> list[str]:
    """The tags that rules have set on a person."""
    text = "MATCH (:Person {oneId: $one_id})-[r:TAGGED]->(t:Tag) RETURN t.key AS key ORDER BY key"
    return [row["key"] for row in await cypher(text, one_id=one_id)]


async def told(cypher: Cypher) -> list[tuple[str, ...]]:
    """The feed's lines about tags: type, OneID, tag, cause, dependent; by their ids, in the order written."""
    rows = await cypher(
        "MATCH (c:Change) WHERE c.type STARTS WITH 'TAG' RETURN [c.type, c.oneId, c.tag, c.cause] + "
        "CASE WHEN c.subject IS NULL THEN [] ELSE [c.subject] END AS line ORDER BY c.at, c.id"
    )
    return [tuple(row["line"]) for row in rows]


async def folded(cypher: Cypher) -> dict[str, set[str]]:
    """What each person carries by the lines of the feed alone."""
    found: dict[str, set[str]] = {}
    for kind, one_id, tag, *_ in await told(cypher):
        held = found.setdefault(one_id, set())
        (held.add if kind == "TAG_ADDED" else held.discard)(tag)
    return found
