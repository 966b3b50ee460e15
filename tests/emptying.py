"""A graph that nothing is left in, whatever came before: neither facts nor the policy that was in force."""

from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph

# Kept from one test to the next: what the schema has been through, and the mark that it may be emptied.
_EMPTY = """
MATCH (node) WHERE NOT node:Migration AND NOT node:TestDatabase
CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS
"""


async def anew(graph: Graph) -> None:
    """Empties the graph: before a test, or before the world that the tests of a module share."""
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(_EMPTY)).consume()
