"""The register as the graph has it, and observations in one line each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.graph.sessions import Graph

Json = dict[str, Any]

_PEOPLE = """
MATCH (p:Person)
RETURN p.oneId AS one_id, p.status AS status, head([(p)-[:OWNED_BY]->(i) | i.key]) AS owner,
  head([(p)-[:MERGED_INTO]->(q) | q.oneId]) AS into, head([(p)-[:SPLIT_FROM]->(q) | q.oneId]) AS split_from,
  COLLECT { MATCH (p)<-[:IDENTIFIES]-(i:Identifier) RETURN i.key ORDER BY i.key } AS keys
"""


@dataclass(frozen=True)
class Line:
    """One OneID as it stands."""

    status: str
    owner: str | None
    into: str | None
    split_from: str | None
    keys: tuple[str, ...]


async def people(graph: Graph) -> dict[str, Line]:
    """The whole register by OneID."""
    return {
        row["one_id"]: Line(row["status"], row["owner"], row["into"], row["split_from"], tuple(row["keys"]))
        for row in await graph.reader().compiled(_PEOPLE, {})
    }


async def living(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Everybody who has identifiers: OneID -> their keys."""
    return {one_id: line.keys for one_id, line in (await people(graph)).items() if line.keys}


def identifier(name: str) -> Json:
    """`kind:value` or `kind:scope:value` as an input."""
    kind, *scope, value = name.split(":")
    return {"kind": kind, "value": value} | ({"scope": scope[0]} if scope else {})


def day(number: float) -> datetime:
    """A time of January 2026 and after."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number - 1)


def seen(at: float, *names: str, id: str = "e", **more: Any) -> Json:
    """An observation on a day: `seen(3, "member:m1", "phone:p1", source="crm")`."""
    return {
        "id": id,
        "at": day(at).isoformat(),
        "identifiers": [identifier(name) for name in names],
        **more,
    }
