"""Observations of people who buy, and what the graph says of where they stand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.ingest.saying import seen
from tests.jobs.conftest import Cypher

NOON = datetime(2026, 3, 14, 4, tzinfo=UTC)
"""14 March 2026, noon in Shanghai."""


def ago(days: int) -> datetime:
    """So many days before NOON."""
    return NOON - timedelta(days=days)


def bought(
    holder: str, key: str, at: datetime, amount: str = "100", brand: str = "mumu", **more: Any
) -> dict[str, Any]:
    """An order that a member account of a brand paid."""
    time = at.isoformat()
    category = more.pop("category", "c")
    lines = [{"product": f"one {category}", "category": category, "amount": amount}]
    order = {"key": key, "status": "PAID", "paidAt": time, "amount": amount, "lines": lines} | more
    return seen(f"member:{brand}:{holder}", at=time, brand=brand, order=order, id=key)


async def stages(cypher: Cypher) -> dict[tuple[str, str], str]:
    """Member number and brand (`*`: the group) -> the stage; fails where somebody has two."""
    rows = await cypher(
        "MATCH (m:Member)-[:IDENTIFIES]->(p)-[:AS_CUSTOMER_OF*0..1]->()-[:IN_STAGE]->(s:Stage) "
        "RETURN DISTINCT m.value AS who, s.brand AS brand, s.stage AS stage, s.key AS key"
    )
    found = {(row["who"], row["brand"]): row["stage"] for row in rows}
    assert len(found) == len(rows)
    assert all(row["key"] == f"lifecycle|{row['brand']}|{row['stage']}" for row in rows)
    return found


async def told(cypher: Cypher) -> list[tuple[Any, ...]]:
    """The feed's lines about stages and journeys, in the order written."""
    rows = await cypher(
        "MATCH (c:Change) WHERE c.type STARTS WITH 'STAGE' OR c.type STARTS WITH 'JOURNEY' "
        "RETURN [c.type, c.brand, c.journey, c.from, c.to] AS line ORDER BY c.at, c.id"
    )
    return [tuple(row["line"]) for row in rows]
