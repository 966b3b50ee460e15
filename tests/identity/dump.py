"""Everything that the graph holds as lines of text, to compare before and after."""

from collections.abc import Collection
from typing import Any

from app.graph.sessions import Graph

_NODES = """
MATCH (n) WHERE NOT n:Migration AND NOT n:TestDatabase
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties
"""
_RELATIONSHIPS = """
MATCH (a)-[r]->(b)
RETURN elementId(a) AS a, elementId(b) AS b, type(r) AS type, properties(r) AS properties
"""
_NAMES = ("key", "oneId", "id", "version", "name")
LOCK = frozenset({"lock", "dirtyAt"})
"""Written to hold a node, or to say that something is to be derived anew: nothing that is known."""


async def dump(graph: Graph, *, without: Collection[str] = (), labels: Collection[str] = ()) -> list[str]:
    """Every node and relationship with its properties, sorted; but for the properties `without` and the nodes
    with one of the `labels`.
    """
    nodes = [
        row
        for row in await graph.reader().compiled(_NODES, {})
        if not set(labels).intersection(row["labels"])
    ]
    names = {row["id"]: _name(row["labels"], row["properties"]) for row in nodes}
    lines = [f"({names[row['id']]} {_said(row['properties'], without)})" for row in nodes]
    for row in await graph.reader().compiled(_RELATIONSHIPS, {}):
        if row["a"] in names and row["b"] in names:
            said = f"{row['type']} {_said(row['properties'], without)}"
            lines.append(f"({names[row['a']]})-[{said}]->({names[row['b']]})")
    return sorted(lines)


def _name(labels: Collection[str], properties: dict[str, Any]) -> str:
    found = next((str(properties[name]) for name in _NAMES if name in properties), "nameless")
    return f":{':'.join(sorted(labels))} {found}"


def _said(properties: dict[str, Any], without: Collection[str]) -> str:
    kept = sorted(name for name in properties if name not in LOCK and name not in without)
    return "{" + ", ".join(f"{name}: {_value(properties[name])}" for name in kept) + "}"


def _value(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, (bytes, bytearray)) else str(value)
