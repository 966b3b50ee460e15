"""Plans of statements, as Neo4j explains them."""

from collections.abc import Iterator
from typing import Any

from neo4j import READ_ACCESS

from app.graph.sessions import Graph

# Operators whose work grows with everything that is stored, not with what was asked for.
FULL_SCANS = ("AllNodesScan", "ByLabelScan", "ByLabelsScan", "AllRelationshipsScan", "TypeScan", "IndexScan")


async def operators(graph: Graph, text: str) -> list[tuple[str, str]]:
    """The operators of the statement's plan, each with its details."""
    async with graph.session(READ_ACCESS) as session:
        summary = await (await session.run("EXPLAIN " + text)).consume()
    assert summary.plan is not None
    return list(_walk(dict(summary.plan)))


def scans(plan: list[tuple[str, str]]) -> list[str]:
    """The full scans of a plan."""
    return [f"{name} {details}" for name, details in plan if name.partition("@")[0].endswith(FULL_SCANS)]


def _walk(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield str(plan["operatorType"]), str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from _walk(child)
