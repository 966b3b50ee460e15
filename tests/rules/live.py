"""People of the cases in the real graph, taken in by `ingest`, and who the graph says matches."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any

from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.service import Identity
from tests.rules.observations import observations_of
from tests.rules.worlds import SEGMENTS, TYPES_OF_TAGS

Json = dict[str, Any]
Ask = Callable[[Json, datetime, str], Awaitable[set[str]]]
"""Rule, moment and time zone -> the OneIDs of all who match."""

AT_ONCE = 500
_INGEST = """
mutation ($observations: [ObservationInput!]!) {
  ingest(observations: $observations) { accepted rejected { index code message field } pending }
}
"""
_WHO = """
MATCH (i:Identifier {kind: 'unionid'})-[:IDENTIFIES]->(p:Person) WHERE i.value IN $names
RETURN i.value AS name, p.oneId AS one_id
"""
_FILTERED = """
RETURN COLLECT { UNWIND [1] AS outside RETURN [outside, COLLECT {
  MATCH (p:Person) WHERE p.status = 'ACTIVE' AND %s RETURN p.oneId }] } AS found
"""
_EVERYBODY = "MATCH (p:Person) RETURN p.oneId AS one_id"
# What later jobs derive, as they leave it in the graph.
_DERIVED = """
CALL () { UNWIND $rows.lists AS row
  MATCH (i:Identifier {kind: 'unionid', value: row.name})
  MERGE (l:List {key: row.key}) ON CREATE SET l.name = row.key
  CREATE (i)-[:ON_LIST]->(l) }
CALL () { UNWIND $rows.segments AS row
  MERGE (s:Segment {key: row.key}) SET s.name = row.key, s.rule = row.rule, s.status = 'ACTIVE' }
CALL () { UNWIND $rows.tags AS row
  MERGE (t:Tag {key: row.key}) SET t.name = row.key, t.valueType = row.type }
CALL () { UNWIND $rows.brands AS row
  MATCH (:Identifier {kind: 'unionid', value: row.name})-[:IDENTIFIES]->(p:Person)
  MERGE (b:Brand {key: row.brand})
  MERGE (f:BrandProfile {key: p.oneId + '|' + row.brand}) SET f.brand = row.brand
  MERGE (p)-[:AS_CUSTOMER_OF]->(f) MERGE (f)-[:FOR_BRAND]->(b) }
CALL () { UNWIND $rows.stages AS row
  MATCH (:Identifier {kind: 'unionid', value: row.name})-[:IDENTIFIES]->(p:Person)
  OPTIONAL MATCH (f:BrandProfile {key: p.oneId + '|' + row.brand})
  WITH coalesce(f, p) AS holder, row
  MERGE (s:Stage {key: 'lifecycle|' + row.brand + '|' + row.stage})
  SET s.stage = row.stage, s.name = row.stage
  CREATE (holder)-[:IN_STAGE {since: datetime()}]->(s) }
CALL () { UNWIND $rows.scores AS row
  MATCH (:Identifier {kind: 'unionid', value: row.name})-[:IDENTIFIES]->(p:Person)
  OPTIONAL MATCH (f:BrandProfile {key: p.oneId + '|' + row.brand})
  WITH coalesce(f, p) AS holder, row
  SET holder.recency = row.scores.recency, holder.frequency = row.scores.frequency,
    holder.monetary = row.scores.monetary }
"""


@dataclass(frozen=True)
class Population:
    """People who are in the graph, and a way to ask it who matches."""

    one_ids: Mapping[str, str]
    ask: Ask

    async def matching(self, rule: Json, as_of: datetime, zone: str, names: Iterable[str]) -> list[str]:
        """Which of these people match, sorted."""
        found = await self.ask(rule, as_of, zone)
        return sorted(name for name in names if self.one_ids[name] in found)


async def stored(graph: Graph, identity: Identity, people: Mapping[str, Json]) -> Mapping[str, str]:
    """Take the people in; the OneID of each."""
    await taken_in(
        graph, identity, [one for name, said in people.items() for one in observations_of(name, said)]
    )
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(_DERIVED, rows=_derived(people))).consume()
    rows = await graph.reader().compiled(_WHO, {"names": list(people)})
    found = {row["name"]: row["one_id"] for row in rows}
    assert found.keys() == people.keys()
    assert len(set(found.values())) == len(found)
    return found


async def taken_in(graph: Graph, identity: Identity, observations: list[Json]) -> None:
    """Send observations as a caller would; all of them are accepted."""
    for start in range(0, len(observations), AT_ONCE):
        part = observations[start : start + AT_ONCE]
        answer = await sent(graph, identity, _INGEST, {"observations": part})
        taken = {"accepted": len(part), "rejected": [], "pending": False}
        assert answer["ingest"] == taken, answer


async def sent(graph: Graph, identity: Identity, text: str, variables: Json) -> Json:
    """What a request answers; without errors."""
    context = Context(DEVELOPER, graph, identity.keyring, identity.state.policy, identity=identity)
    answer = await Requests(GRAPHQL).answer(text, variables, None, context)
    assert "errors" not in answer, answer
    found: Json = answer["data"]
    return found


def _derived(people: Mapping[str, Json]) -> Json:
    stages = [
        (name, brand, stage)
        for name, said in people.items()
        for brand, stage in said.get("stages", {}).items()
    ]
    scores = [
        (name, brand, one) for name, said in people.items() for brand, one in said.get("scores", {}).items()
    ]
    brands = sorted({(name, brand) for name, brand, _ in [*stages, *scores] if brand != "*"})
    return {
        "lists": [
            {"name": name, "key": key} for name, said in people.items() for key in said.get("lists", [])
        ],
        "segments": [{"key": key, "rule": json.dumps(rule)} for key, rule in SEGMENTS.items()],
        "tags": [{"key": key, "type": type_} for key, type_ in TYPES_OF_TAGS.items()],
        "brands": [{"name": name, "brand": brand} for name, brand in brands],
        "stages": [{"name": name, "brand": brand, "stage": stage} for name, brand, stage in stages],
        "scores": [{"name": name, "brand": brand, "scores": one} for name, brand, one in scores],
    }


def asking(graph: Graph, keyring: Keyring) -> Ask:
    """Asks the compiled statement, without a request around it: the one that starts where the fewest facts
    were counted, and beside it one that starts anywhere and was told everybody's names. Raises AssertionError
    where they differ. Some rules are also asked as a filter of a read, where no aggregate may stand.
    """
    from app.rules.compiler import everybody, expanded
    from app.rules.compiler_anchors import starts
    from app.rules.compiler_filters import people as filtered
    from app.rules.matching import matching
    from app.rules.model import parse
    from app.rules.names import named
    from app.rules.vocabulary import read_vocabulary

    async def ask(rule: Json, as_of: datetime, zone: str) -> set[str]:
        said, reader = parse(rule), graph.reader()
        known = await read_vocabulary(reader, said)
        found = await matching(reader, keyring, said, as_of=as_of, zone=zone, vocabulary=known)
        settings, any_size = known.settings(as_of, zone), Random(json.dumps(rule))
        places = starts(expanded(said, settings.segments))
        sizes = {place: any_size.randrange(1000) for place, _ in places}
        people = [row["one_id"] for row in await reader.compiled(_EVERYBODY, {})]
        settings = await named(reader, keyring, [said], settings, people=people)
        asked = everybody(said, replace(settings, sizes=sizes))
        rows = await reader.compiled(asked.text, asked.params)
        elsewhere = sorted(row["oneId"] for row in rows)
        assert elsewhere == found, f"{rule}: {asked.text}"
        if any_size.random() < 0.3:
            asked_of = filtered(said, settings)
            rows = await reader.compiled(_FILTERED % asked_of.text, {"p": asked_of.values})
            assert sorted(rows[0]["found"][0][1]) == found, f"{rule}: {asked_of.text}"
        return set(found)

    return ask
