"""What is true of every graph that identity has written: statements that find what breaks a promise."""

from app.access.sealing import Keyring
from app.graph.sessions import Graph

PROMISES = {
    "an identifier is of one living person, unless it is expired or blocked": """
        MATCH (i:Identifier)
        WITH i, COUNT { (i)-[:IDENTIFIES]->(:Person) } AS people,
          i.firstSeen IS NOT NULL AND i.expired IS NULL AND i.blocked IS NULL AS takes_part
        WHERE people <> CASE WHEN takes_part THEN 1 ELSE 0 END
        RETURN i.key AS broken""",
    "only living people have identifiers": """
        MATCH (:Identifier)-[:IDENTIFIES]->(p:Person) WHERE p.status <> 'ACTIVE' RETURN p.oneId AS broken""",
    "nobody has two owners": """
        MATCH (p:Person) WHERE COUNT { (p)-[:OWNED_BY]->() } > 1 RETURN p.oneId AS broken""",
    "a living person has an owner": """
        MATCH (p:Person {status: 'ACTIVE'}) WHERE NOT EXISTS { (p)-[:OWNED_BY]->(:Identifier) }
        RETURN p.oneId AS broken""",
    "who has identifiers is owned by one of them": """
        MATCH (p:Person)-[:OWNED_BY]->(i:Identifier)
        WHERE EXISTS { (p)<-[:IDENTIFIES]-() } AND NOT EXISTS { (p)<-[:IDENTIFIES]-(i) }
        RETURN p.oneId AS broken""",
    "a merged OneID leads in one hop to who lives, or to who was erased": """
        MATCH (p:Person)
        WITH p, COUNT { (p)-[:MERGED_INTO]->(:Person) } AS hops,
          COUNT { (p)-[:MERGED_INTO]->(q:Person) WHERE q.status <> 'MERGED' } AS right_hops
        WHERE hops <> right_hops OR hops <> CASE p.status WHEN 'MERGED' THEN 1 ELSE 0 END
        RETURN p.oneId AS broken""",
    "one pair is one relationship": """
        MATCH (a:Identifier)-[l:LINKED]-(b:Identifier) WITH a, b, count(l) AS pairs WHERE pairs > 1
        RETURN a.key AS broken""",
    "evidence is active, proposed, suppressed for a reason, or inactive for a reason": """
        MATCH (a)-[l:LINKED]->()
        WHERE NOT (l.state IN ['active', 'suppressed', 'inactive', 'pending', 'proposed'])
          OR (l.state IN ['active', 'pending', 'proposed']) <> (l.reason IS NULL)
        RETURN a.key AS broken""",
    "active evidence is inside one person": """
        MATCH (a)-[l:LINKED {state: 'active'}]->(b)
        WHERE NOT EXISTS { (a)-[:IDENTIFIES]->(:Person)<-[:IDENTIFIES]-(b) } RETURN a.key AS broken""",
    "contested is who has evidence that lost": """
        MATCH (i:Identifier)
        WHERE (i.contested IS NOT NULL) <> EXISTS { (i)-[l:LINKED|PINNED]-() WHERE l.state = 'suppressed'
          AND coalesce(l.suppressed, l.reason) IN
            ['LIMIT_EXCEEDED', 'NEVER_LINKED', 'BRAND_ISOLATION', 'CONTRADICTION', 'NEUTRAL'] }
        RETURN i.key AS broken""",
    "what a rule found says which, and only that is proposed": """
        MATCH (a)-[l:LINKED]->() WHERE l.method <> coalesce('rule:' + l.rule, 'observed')
          OR (l.state = 'proposed' AND l.rule IS NULL)
        RETURN a.key AS broken""",
    "flags are true, or not there": """
        MATCH (i:Identifier) WHERE false IN [i.shared, i.expired, i.blocked, i.pending, i.contested]
        RETURN i.key AS broken""",
    "what was never seen is there for a pin alone": """
        MATCH (i:Identifier)
        WHERE i.firstSeen IS NULL AND NOT EXISTS { (i)-[:NEVER_LINKED|UNLINKED|PINNED]-() }
        RETURN i.key AS broken""",
    "a form is of one identifier": """
        MATCH (a:Alias) WHERE COUNT { (a)-[:OF]->(:Identifier) } <> 1 RETURN a.key AS broken""",
    "everything has a name": """
        MATCH (n) WHERE n.name IS NULL AND NOT n:Migration RETURN elementId(n) AS broken""",
}
_ALL = "\nUNION ALL\n".join(
    f"CALL () {{ {statement} }} RETURN {number} AS promise, broken"
    for number, statement in enumerate(PROMISES.values())
)


_ERASED = """
OPTIONAL MATCH (t:Tombstone) WHERE t.restoredAt IS NULL
RETURN collect(t.key) AS stones,
  COLLECT { MATCH (i:Identifier) WHERE i.firstSeen IS NOT NULL RETURN i.key } AS keys
"""


async def broken(graph: Graph) -> list[str]:
    """The promises that the graph breaks, each with what breaks it."""
    names = list(PROMISES)
    rows = await graph.reader().compiled(_ALL, {})
    return [f"{names[row['promise']]}: {row['broken']}" for row in rows] + await _not_gone(graph)


async def _not_gone(graph: Graph) -> list[str]:
    """Identifiers that were erased and are there, found by the digest that is a tombstone's key."""
    keyring = Keyring("a key for tests")
    [found] = await graph.reader().compiled(_ERASED, {})
    stones = set(found["stones"])
    return [f"what was erased is gone: {key}" for key in found["keys"] if _buried(keyring, key) in stones]


def _buried(keyring: Keyring, key: str) -> str:
    return "tombstone|" + keyring.digest("/tombstone", "*", key)
