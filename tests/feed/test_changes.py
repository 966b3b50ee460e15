"""The change feed as a query: its filters, and what a page of it costs."""

from typing import Any

from neo4j import READ_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.feed.lines import line
from app.graph.planner_fragments import fragments
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from tests.feed.conftest import AT, Cypher, Tell, tagged

NOTHING = dict.fromkeys(["after", "types", "brand", "tag", "segment", "stage", "journey", "brands"])


async def _scene(identity: Identity, tell: Tell) -> str:
    """Lines 1 and 2 by identity, and one of each other kind, about somebody of the brand `acme`."""
    seen = {
        "id": "o-1",
        "at": "2026-01-01T00:00:00Z",
        "source": "test",
        "brand": "acme",
        "identifiers": [{"kind": "openid", "scope": "app", "value": "o-1"}],
    }
    await identity.observe([seen])
    row = (await identity.graph.reader().compiled("MATCH (p:Person) RETURN p.oneId AS one_id", {}))[0]
    one_id: str = row["one_id"]
    await tell([tagged("high-value", one_id)])
    await tell([line("STAGE_CHANGED", one_id, "RULE", AT, stage="LOST", brand="acme")])
    await tell([line("STAGE_CHANGED", one_id, "RULE", AT, stage="LOST", brand="other")])
    await tell([line("JOURNEY_ENTERED", one_id, "RULE", AT, journey="first-year", stage="SECOND")])
    await tell([line("SEGMENT_ENTERED", one_id, "RULE", AT, segment="sleepers")])
    await tell([line("TAG_REMOVED", one_id, "RULE", AT, tag="high-value")])
    await tell([tagged("six-months", one_id)])
    return one_id


async def _asked(settings: Settings, graph: Graph, arguments: str, brands: Any = None) -> list[str]:
    """The lines that somebody is given, each as its type and what it is about."""
    caller = Caller("tests", SCOPES, brands)
    context = Context(caller, graph, Keyring(settings.secret()), None)
    query = f"{{ changes(first: 50{arguments}) {{ edges {{ node {{ type tag segment stage brand }} }} }} }}"
    answer = await Requests(GRAPHQL).answer(query, None, None, context)
    nodes = [edge["node"] for edge in answer["data"]["changes"]["edges"]]
    about = ("tag", "segment", "stage", "brand")
    return [" ".join([node["type"], *(node[name] for name in about if node[name])]) for node in nodes]


async def test_filters(identity: Identity, tell: Tell, settings: Settings) -> None:
    await _scene(identity, tell)
    high = ["TAG_ADDED high-value", "TAG_REMOVED high-value"]
    acme, other = "STAGE_CHANGED LOST acme", "STAGE_CHANGED LOST other"
    own = {"brands": frozenset({"acme"})}
    for arguments, kept, found in (
        (', tag: "high-value"', {}, high),
        (', tag: "high-value", types: [TAG_REMOVED]', {}, high[1:]),
        (', tag: "unheard-of"', {}, []),
        (", types: [SEGMENT_ENTERED, TAG_REMOVED, TAG_REMOVED]", {}, ["SEGMENT_ENTERED sleepers", high[1]]),
        (", types: []", {}, []),
        (', segment: "sleepers"', {}, ["SEGMENT_ENTERED sleepers"]),
        (', journey: "first-year"', {}, ["JOURNEY_ENTERED SECOND"]),
        (', stage: "LOST"', {}, [acme, other]),
        (', stage: "SECOND"', {}, ["JOURNEY_ENTERED SECOND"]),
        (', brand: "acme"', {}, ["CREATED", acme]),
        (', brand: "acme", types: [STAGE_CHANGED]', {}, [acme]),
        (', brand: "other"', {}, []),  # nobody of it knows this person
        ("", own, ["CREATED", acme]),
        (', brand: "other"', own, []),
        (', tag: "high-value"', own, []),
    ):
        assert await _asked(settings, identity.graph, arguments, **kept) == found, arguments
    assert len(await _asked(settings, identity.graph, "")) == 8


async def test_a_cursor_is_good_for_other_filters(identity: Identity, tell: Tell, settings: Settings) -> None:
    await _scene(identity, tell)
    context = Context(Caller("tests", SCOPES), identity.graph, Keyring(settings.secret()), None)
    third = context.seal_cursor("Query.changes", [3])
    after = f', after: "{third}"'
    assert (await _asked(settings, identity.graph, after))[0] == "STAGE_CHANGED LOST other"
    assert await _asked(settings, identity.graph, after + ', tag: "high-value"') == ["TAG_REMOVED high-value"]


ASKED: list[tuple[dict[str, Any], int]] = [
    ({}, 21),
    ({"types": ["ERASED"]}, 1),
    ({"types": ["ERASED", "TAG_ADDED"]}, 21),
    ({"tag": "rare"}, 1),
    ({"tag": "unheard-of"}, 0),
    ({"brand": "acme", "types": ["ERASED"]}, 0),
    ({"after": [19_000]}, 21),
]


async def test_a_page_costs_by_its_lines(graph: Graph, cypher: Cypher) -> None:
    """Of 20,000 lines every other names a tag, one is of a rare type, and one about a rare tag."""
    await cypher(
        "UNWIND range(1, 20000) AS n CREATE (line:Change {id: 'c-' + n, seq: n, oneId: 'one-1', "
        "type: CASE n WHEN 19999 THEN 'ERASED' ELSE ['TAG_ADDED', 'MERGED'][n % 2] END}) "
        "WITH line, CASE n WHEN 19998 THEN 'rare' ELSE 'common' END AS tag WHERE line.type = 'TAG_ADDED' "
        "SET line.tag = tag, line.topic = tag "
        "WITH count(*) AS lines CREATE (:Sequence {name: 'changes', last: 20000, complete: 20000})"
    )
    fragment = fragments()["Query.changes"]
    text = f"PROFILE {fragment.body}\nRETURN it.seq AS seq{fragment.tail}"
    for asked, found in ASKED:
        async with graph.session(READ_ACCESS) as session:
            result = await session.run(text, NOTHING | {"first": 20} | asked)
            lines = [row["seq"] async for row in result]
            profile: Any = (await result.consume()).profile
        assert lines == sorted(lines)
        assert len(lines) == found, asked
        assert _hits(profile) < 300, asked


def _hits(profile: dict[str, Any]) -> int:
    return int(profile.get("dbHits", 0)) + sum(map(_hits, profile.get("children", ())))
