"""Things with a key of their own as the graph holds them, in words that do not depend on who came first."""

from typing import Any

from app.access.sealing import Keyring
from app.graph.sessions import Graph

_THINGS = """
MATCH (n:Order|Touch|Event|Dependent|Awaited|Consent|Product|Tag)
WHERE NOT n:Product OR n.name <> n.key OR EXISTS { (n)--() }
RETURN labels(n) AS labels, properties(n) AS properties,
  [(n)-[r]->(m) | [type(r), properties(r), m.key]] AS out
UNION ALL
MATCH (n:Identifier)-[r:ASSERTED]->(m) RETURN ['Identifier'] AS labels, {key: n.key} AS properties,
  [[type(r), properties(r), m.key]] AS out
"""
_SEALED = {"sealedRecipient", "sealedName"}


async def things(graph: Graph, keyring: Keyring) -> set[tuple[Any, ...]]:
    """Every thing with its properties, seals opened, and all that it points at; but for products that an
    older word named and that nothing is known of.
    """
    rows = await graph.reader().compiled(_THINGS, {})
    return {
        (
            tuple(sorted(row["labels"])),
            _said(row["properties"], keyring),
            tuple(sorted((kind, key, _said(said, keyring)) for kind, said, key in row["out"])),
        )
        for row in rows
    }


def _said(properties: dict[str, Any], keyring: Keyring) -> tuple[tuple[str, str], ...]:
    opened = {
        name: keyring.unseal(bytes(value)) if name in _SEALED else value
        for name, value in properties.items()
        if name != "lock"
    }
    return tuple(sorted((name, repr(value)) for name, value in opened.items()))
