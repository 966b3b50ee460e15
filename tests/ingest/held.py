"""What a graph holds, in words that do not depend on who came first: no OneIDs, no sealed bytes, no clock."""

from typing import Any

from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph

_NODES = """
MATCH (n:Identifier|Shop|Brand|Alias) WHERE NOT n:Shop OR EXISTS { (n)--() } OR n.name <> n.key
OPTIONAL MATCH (n)-[:IDENTIFIES]->(p:Person)
RETURN labels(n) AS labels, n.key AS key, properties(n) AS properties, p.oneId AS one_id,
  [(p)-[:OWNED_BY]->(o) | o.key] AS owner,
  [(n)-[r:ISSUED_BY|IN_APP|OF_BRAND|OF]->(m) | type(r) + ' ' + m.key] AS out
"""
_EVIDENCE = """
MATCH (a:Identifier)-[l:LINKED]->(b:Identifier)
RETURN CASE WHEN a.key < b.key THEN [a.key, b.key] ELSE [b.key, a.key] END AS pair,
  properties(l) AS properties
"""
_UNSAID = {"sealed", "sealedName", "lock"}
_EMPTY = """
MATCH (n) WHERE NOT n:Migration|TestDatabase|Policy|IdentityState
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
"""


async def held(graph: Graph) -> set[tuple[Any, ...]]:
    """Every identifier with its facts, owner and component, every piece of evidence, every shop and brand."""
    rows = await graph.reader().compiled(_NODES, {})
    components: dict[str, set[str]] = {}
    for row in rows:
        if row["one_id"]:
            components.setdefault(row["one_id"], set()).add(row["key"])
    nodes = {
        (
            tuple(sorted(row["labels"])),
            _said(row["properties"]),
            tuple(row["owner"]),
            frozenset(components.get(row["one_id"], ())),
            tuple(sorted(row["out"])),
        )
        for row in rows
    }
    evidence = await graph.reader().compiled(_EVIDENCE, {})
    return nodes | {(*row["pair"], _said(row["properties"])) for row in evidence}


def _said(properties: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in properties.items() if name not in _UNSAID))


async def emptied(graph: Graph) -> None:
    """Empties the graph inside a test; what is in force stays."""
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(_EMPTY)).consume()
