"""Every field of the schema that lives in the graph: there is something to answer it with."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.graph.planner_fields import answered_of, stored_of
from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.test_identity import global_id

OBJECTS = [
    type_
    for type_ in GRAPHQL.type_map.values()
    if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
]
IN_THE_GRAPH = [type_ for type_ in OBJECTS if any(map(stored_of, type_.fields.values()))]
ANSWERED = {
    "Query",
    "Mutation",
    *(get_named_type(f.type).name for type_ in OBJECTS for f in type_.fields.values() if answered_of(f)),
}
"""Types that a function answers: some of their fields live in the graph."""
ELSEWHERE = (
    *(f"{name}." for name in ANSWERED),
    *("Why", "Explained"),  # in tests/identity/test_why_graphql.py and tests/segments/test_explain.py
    *("LifecycleStage.brand", "Rfm.brand"),  # in tests/lifecycle/test_graphql.py
)
WANTED = {
    f"{type_.name}.{name}"
    for type_ in IN_THE_GRAPH
    for name, field in type_.fields.items()
    if stored_of(field) and not f"{type_.name}.{name}".startswith(ELSEWHERE)
}
"""Fields that must have a value here."""
ROOTS = [
    ('person(by: {oneId: "one-1"})', "Person", 3),
    ("changes(first: 5)", "ChangeConnection", 2),
    ("brands(first: 5)", "BrandConnection", 3),
    ("proposals(first: 5)", "ProposalConnection", 3),
    ("graphHealth", "GraphHealth", 4),
    ("operations(first: 5)", "OperationConnection", 3),
    ("policyVersions", "PolicyVersion", 1),
    ("tags", "Tag", 2),
    ("segments(first: 5)", "SegmentConnection", 3),
    ("lists", "UploadedList", 1),
    ("tagCategories", "TagCategory", 1),
    ("lifecycle", "StageSize", 1),
    ('rfmBase(brand: "beibei")', "RfmBase", 2),
    ('repurchase(brand: "beibei", category: "护理")', "RepurchaseFigures", 1),
    ("journeys", "Journey", 2),
    (f'node(id: "{global_id("Person:one-3")}")', "Person", 2),
    (f'node(id: "{global_id("Change:c-5")}")', "Change", 2),
    (f'node(id: "{global_id("Dependent:beibei|r-1")}")', "Dependent", 3),
    ('path(a: {oneId: "one-1"}, b: {oneId: "one-2"})', "Path", 3),
    ('touchConversion(campaign: "spring")', "TouchConversion", 1),
    (f'node(id: "{global_id("Order:beibei|B-1")}")', "Order", 2),
    (f'node(id: "{global_id("Order:miaomiao|C-2")}")', "Order", 1),
    (f'node(id: "{global_id("BrandProfile:one-1|miaomiao")}")', "BrandProfile", 2),
]
"""Where to start and how far to go, so that every type is reached."""
MORE = """
MATCH (card:Card {key: 'card|miaomiao|C001'}), (shop:Shop {key: 'tmall-1'})
SET card.a_note = '老客' MERGE (card)-[:ISSUED_BY]->(shop)
CREATE (:Change {id: 'c-9', seq: 9, type: 'SPLIT', at: datetime('2024-05-01T00:00:00Z'), cause: 'UNLINK',
  oneId: 'one-1', others: ['one-2'], gained: [], lost: [], by: '客服小李', reason: '认错人了',
  operation: 'o-1', name: 'SPLIT'})
WITH card MATCH (cookie:Identifier {key: 'cookie|*|c-1'})
CREATE (card)-[:LINKED {method: 'rule:born', rule: 'born', confidence: 0.8, state: 'proposed', sources: [],
  brands: [], verified: true, firstSeen: datetime('2024-05-01T00:00:00Z'),
  lastSeen: datetime('2024-05-01T00:00:00Z')}]->(cookie)
WITH card MATCH (line:Change {id: 'c-5'})
SET line += {brand: 'beibei', tag: 'vip', segment: 'gold', stage: 'ACTIVE', journey: 'first-year',
  subject: 'beibei|B1', from: '1', to: '2'}
CREATE (:Touch {key: 'miaomiao|m-9', ref: 'm-9', name: 'SMS', brand: 'miaomiao', channel: 'SMS',
  source: 'cdp', at: datetime('2026-04-20T00:00:00Z')})-[:SENT_TO]->(card)
"""
"""What the small world has no value for."""
DECIDED = """
MATCH (card:Card {key: 'card|miaomiao|C001'}), (cookie:Identifier {key: 'cookie|*|c-1'})
CREATE (o:Operation {id: 'o-1', seq: 1, type: 'LINK', at: datetime('2024-05-01T00:00:00Z'), by: '客服小李',
  reason: '同一人', payload: 'sealed', name: 'LINK'})-[:ABOUT]->(card)
CREATE (:Operation {id: 'o-2', seq: 2, type: 'UNDO', at: datetime('2024-05-02T00:00:00Z'), by: '客服小李',
  reason: '不是', payload: 'sealed', name: 'UNDO'})-[:UNDOES]->(o)
CREATE (card)-[:REPLACED_BY]->(:Identifier:Card {key: 'card|miaomiao|C002', kind: 'card', scope: 'miaomiao',
  value: 'C002', name: 'C002', firstSeen: datetime('2024-05-01T00:00:00Z'),
  lastSeen: datetime('2024-05-01T00:00:00Z'), brands: ['miaomiao']})
CREATE (:Policy {version: 1, text: 'version: 1', by: 'oneid', reason: '初始',
  at: datetime('2024-01-01T00:00:00Z'),
  current: true, name: 'policy 1'})
"""
"""What people decided."""
KNOWN = """
MATCH (person:Person {oneId: 'one-1'})
SET person.gender = 'female', person.birthday = date('1990-02-28'), person.city = '上海',
  person.sealedName = $name, person.nameMasked = '王**'
"""
"""What is resolved of what accounts say."""
STANDING = """
MATCH (person:Person {oneId: 'one-1'})
SET person += {recency: 5, frequency: 4, monetary: 3, rfmSegment: 'LOYAL', rfmOrders: 4, rfmNetMinor: 100,
  rfmLastAt: datetime('2024-03-05T04:00:00Z')}
CREATE (person)-[:IN_STAGE {since: datetime('2024-04-01T00:00:00Z'), from: 'NEW'}]->(:Stage
  {key: 'lifecycle|*|ACTIVE', stage: 'ACTIVE', name: '活跃', brand: '*', place: 1})
CREATE (first:JourneyStage {key: 'way|ORDER', journey: 'way', journeyName: '旅程', stage: 'ORDER',
  name: '首单', place: 0, brand: 'beibei'})
CREATE (next:JourneyStage {key: 'way|AGAIN', journey: 'way', journeyName: '旅程', stage: 'AGAIN',
  name: '复购', place: 1, brand: 'beibei'})
CREATE (person)-[:REACHED {at: datetime('2024-01-10T15:30:00Z')}]->(first)
CREATE (person)-[:REACHED {at: datetime('2024-03-05T04:00:00Z')}]->(next)
CREATE (person)-[:AT {since: datetime('2024-03-05T04:00:00Z'), from: 'ORDER'}]->(next)
CREATE (:RfmBase {key: 'beibei', name: 'RFM', by: 'quantiles', within: '1y', people: 1, currency: 'CNY',
  asOf: datetime('2024-04-01T00:00:00Z'), recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4],
  monetary: [1, 2, 3, 4], segmentKeys: ['LOYAL'], segmentNames: ['Loyal'], segmentPeople: [1]})
CREATE (:RepurchaseCycle {key: 'beibei|护理', name: '护理', brand: 'beibei', category: '护理', buyers: 1,
  repeaters: 1, purchases: 2, intervals: 1, meanDays: 2.0, medianDays: 2.0, lowerQuartileDays: 2.0,
  upperQuartileDays: 2.0, asOf: datetime('2024-04-01T00:00:00Z')})
"""
"""Where people stand, as the refresh and the daily job leave it."""
SEGMENTS = """
MATCH (person:Person {oneId: 'one-1'})
CREATE (person)-[:IN_SEGMENT {since: datetime('2024-04-01T00:00:00Z'), segment: 'gold', member: 'one-1'}]->
  (gold:Segment {key: 'gold',
  name: '金', rule: '{"everyone": true}', status: 'ACTIVE', schedule: '1d', share: 0.5, owner: 'crm',
  limit: '{"n": 1, "by": {"touch": {}}}',
  version: 1, size: 1, refreshedAt: datetime('2024-04-01T00:00:00Z')})
CREATE (:SegmentVersion {key: 'gold|1', version: 1, at: datetime('2024-04-01T00:00:00Z'), by: 'crm',
  reason: '开始', definition: '{}'})-[:VERSION_OF]->(gold)
CREATE (:SegmentSize {key: 'gold|0', at: datetime('2024-04-01T00:00:00Z'), size: 1, entered: 1, exited: 0})
  -[:SIZE_OF]->(gold)
CREATE (:Segment {key: 'silver', name: '银', rule: '{"segment": {"key": "gold"}}', status: 'DRAFT',
  version: 1})
CREATE (:List {key: 'expo', name: '展会', by: 'crm', uploadedAt: datetime('2024-04-01T00:00:00Z'), size: 0})
"""
"""Saved segments, one of which uses the other; and a list."""
TAGS = """
MATCH (person:Person {oneId: 'one-1'})<-[:IDENTIFIES]-(card:Card {key: 'card|miaomiao|C001'})
CREATE (tag:Tag {key: 'size', name: '尺码', category: 'product/size', subject: 'PERSON', valueType: 'CHOICE',
  setBy: 'MANUAL', choices: ['L', 'XL'], rule: '{"everyone": true}', group: 'sizes', rank: 1, validFor: '1y',
  owner: 'crm', version: 1, defined: true, size: 1})
CREATE (:TagVersion {key: 'size|1', version: 1, at: datetime('2024-05-01T00:00:00Z'), by: '客服小李',
  reason: '新标签', definition: '{"key": "size"}'})-[:VERSION_OF]->(tag)
CREATE (card)-[:ASSERTED {value: 'XL', since: datetime('2024-05-01T00:00:00Z'), by: '客服小李', brand: '*',
  hand: datetime('2024-05-01T00:00:00Z'), until: datetime('2044-05-01T00:00:00Z'), reason: '来电'}]->(tag)
CREATE (:Change {id: 'c-20', seq: 20, type: 'TAG_ADDED', at: datetime('2024-05-01T00:00:00Z'), tag: 'size',
  cause: 'MANUAL', oneId: 'one-1', by: '客服小李', reason: '来电', from: 'L', to: 'XL', subject: 'beibei|B1',
  others: [], gained: [], lost: []})
"""
"""What is carried by hand."""
DEPENDENTS = """
MATCH (phone:Phone)-[:IDENTIFIES]->(:Person {oneId: 'one-1'}), (order:Order {key: 'beibei|B-1'})
CREATE (robot:Dependent:Appliance {key: 'beibei|r-1', ref: 'r-1', kind: 'APPLIANCE', brand: 'beibei',
  name: '小*', sealedName: $name, gender: 'F', birthday: date('2024-01-31'), sources: ['crm'],
  a_model: 'diaper-L',
  a_order: 'B-1', a_purchased: '2024-01-31', said: datetime('2024-02-01T00:00:00Z'),
  last: datetime('2024-03-01T00:00:00Z'), origin: 'crm|1|r-1'})
CREATE (again:Dependent:Appliance {key: 'beibei|r-2', ref: 'r-2', kind: 'APPLIANCE', brand: 'beibei',
  sources: ['pos'], said: datetime('2024-02-02T00:00:00Z'), last: datetime('2024-02-02T00:00:00Z'),
  origin: 'pos|1|r-2'})
CREATE (again)-[:SAME_AS]->(robot)
FOREACH (one IN [robot, again] | CREATE (one)-[:DEPENDENT_OF {relation: 'owner',
  since: datetime('2024-02-01T00:00:00Z'), last: datetime('2024-03-01T00:00:00Z')}]->(phone))
CREATE (robot)-[:ASSERTED {since: datetime('2024-05-01T00:00:00Z'), by: '客服小李', brand: 'beibei',
  hand: datetime('2024-05-01T00:00:00Z')}]->(:Tag {key: 'cared', name: '已保养', category: 'product',
  subject: 'APPLIANCE', valueType: 'FLAG', setBy: 'MANUAL', version: 1, defined: true})
CREATE (:Event {key: 'beibei|care-1', ref: 'care-1', brand: 'beibei', type: 'care', name: 'care',
  source: 'crm', at: datetime('2024-04-01T00:00:00Z')})-[:ABOUT]->(robot)
"""
"""What somebody looks after."""
NEAR = """
MATCH (mine:Card {key: 'card|miaomiao|C001'}), (theirs:Identifier {key: 'cookie|*|c-1'}),
  (ming:Person {oneId: 'one-1'}), (hong:Person {oneId: 'one-2'})
CREATE (mine)-[:LINKED {method: 'observed', state: 'suppressed', reason: 'SHARED', sources: [], brands: [],
  firstSeen: datetime('2024-05-01T00:00:00Z'), lastSeen: datetime('2024-05-01T00:00:00Z')}]->(theirs)
CREATE (rare:Tag {key: 'rare', name: 'rare'})
CREATE (gold:Segment {key: 'golden', name: '金卡', rule: '{"everyone": true}', version: 1,
  status: 'ACTIVE', size: 2})
FOREACH (one IN [ming, hong] |
  CREATE (one)-[:TAGGED {source: 'RULE', since: datetime('2024-05-01T00:00:00Z')}]->(rare)
  CREATE (one)-[:IN_SEGMENT {since: datetime('2024-05-01T00:00:00Z')}]->(gold))
"""
"""Who is near."""
HEALTH = """
MATCH (person:Person {oneId: 'one-1'}), (card:Card {key: 'card|miaomiao|C001'})
CREATE (health:GraphHealth {key: 'identity', name: 'health', level: 'NOTICE', seconds: 0.5, policy: 1,
  identifiers: 5, people: 2, pairs: 4, measuredAt: datetime('2024-05-01T00:00:00Z')})
CREATE (health)-[:RATED]->(:HealthRate {key: 'KIND phone', of: 'KIND', name: 'phone', active: 2,
  suppressed: 1, share: 0.333333, level: 'OK', reasons: ['LIMIT_EXCEEDED 1']})
CREATE (health)-[:CHECKED]->(check:HealthCheck {key: 'BRIDGES', name: 'BRIDGES', place: 0, level: 'NOTICE',
  total: 1, says: 'one', next: 'look', command: 'oneid why A B'})
CREATE (check)-[:FOUND]->(finding:HealthFinding {key: 'BRIDGES 0', name: 'BRIDGES', place: 0, size: 3,
  says: 'these two', command: 'oneid unlink A B --reason WHY'})
CREATE (finding)-[:ABOUT {place: 0}]->(person), (finding)-[:ABOUT {place: 0}]->(card)
CREATE (:Job {name: 'prune', about: 'drops old runs', schedule: 'daily 00:30'})
CREATE (:JobRun {job: 'prune', slot: datetime('2024-05-01T00:30:00Z'), status: 'FAILED', error: 'why',
  started: datetime('2024-05-01T00:30:01Z'), finished: datetime('2024-05-01T00:30:02Z')})
"""
"""What the job `measure-health` stores, and a job that failed."""


def test_types_of_the_graph_have_no_field_beside_the_planner() -> None:
    """A field with a resolver of its own would ask the graph once for each object: only what evaluates a rule
    of its own does, and it counts for more (`EVALUATION`).
    """
    beside = [
        f"{type_.name}.{name}"
        for type_ in IN_THE_GRAPH
        if type_.name not in ANSWERED
        for name, field in type_.fields.items()
        if stored_of(field) is None and not ((told := answered_of(field)) and told.own)
    ]
    assert beside == []


async def test_every_field_has_a_value_somewhere(small_world: Graph, ask: Ask, keyring: Keyring) -> None:
    """A field without a file is the property of its name: one that nothing writes would be null for ever."""
    async with small_world.session(WRITE_ACCESS) as session:
        await (await session.run(MORE)).consume()
        await (await session.run(DECIDED)).consume()
        await (await session.run(TAGS)).consume()
        await (await session.run(SEGMENTS)).consume()
        await (await session.run(NEAR)).consume()
        await (await session.run(STANDING)).consume()
        await (await session.run(HEALTH)).consume()
        await (await session.run(KNOWN, name=keyring.seal("王小明"))).consume()
        await (await session.run(DEPENDENTS, name=keyring.seal("小白"))).consume()
    seen: set[str] = set()
    for root, typename, depth in ROOTS:
        for way, last, type_ in _ways(GRAPHQL.type_map[typename], depth):
            wanted = [name for name in _values(type_) if f"{type_.name}.{name}" in WANTED - seen]
            if wanted or last in WANTED - seen:
                answer = await ask(f"{{ {root} {{ ... on {typename} {_along(way, wanted)} }} }}")
                assert "errors" not in answer, (root, way, answer["errors"])
                _note(GRAPHQL.query_type, answer["data"], seen)  # type: ignore[arg-type]
    assert seen >= WANTED, WANTED - seen


def _ways(type_: Any, depth: int) -> Iterator[tuple[list[str], str, Any]]:
    """The ways that lead on from a type, so many levels down: names of fields, the last with its type, and
    the type that is found there. Each in a document of its own: the database would plan for a minute what is
    everything of a person at once.
    """
    waiting: deque[tuple[list[str], str, Any, int]] = deque([([], "", type_, depth)])
    while waiting:
        way, last, here, left = waiting.popleft()
        yield way, last, here
        for name, field in here.fields.items() if left > 1 else ():
            named = get_named_type(field.type)
            if not is_leaf_type(named) and not any(map(is_required_argument, field.args.values())):
                waiting.append(([*way, name], f"{here.name}.{name}", named, _left(here, field, left)))


def _values(type_: Any) -> list[str]:
    """The fields of a type that hold plain values and can be asked for without more."""
    return [
        name
        for name, field in type_.fields.items()
        if is_leaf_type(get_named_type(field.type))
        and not any(map(is_required_argument, field.args.values()))
    ]


def _along(way: list[str], wanted: list[str]) -> str:
    """A selection that goes all the way and asks for these there."""
    text = " ".join(["__typename", *wanted])
    for name in reversed(way):
        text = f"__typename {name} {{ {text} }}"
    return f"{{ {text} }}"


def _left(type_: GraphQLObjectType, field: GraphQLField, depth: int) -> int:
    """How many levels are left below a field; of what leads back to a person, its values alone."""
    if get_named_type(field.type).name == "Person":
        return 1
    return depth if _page_part(type_, field) else depth - 1


def _page_part(type_: GraphQLObjectType, field: GraphQLField) -> bool:
    return type_.name.endswith(("Connection", "Edge")) or get_named_type(field.type).name.endswith(
        "Connection"
    )


def _note(type_: GraphQLObjectType, answer: Any, seen: set[str]) -> None:
    """Notes the fields that have a value: not null, and no empty list."""
    for key, value in answer.items():
        if key == "__typename" or value in (None, []):
            continue
        seen.add(f"{type_.name}.{key}")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "__typename" in one:
                below = GRAPHQL.type_map[one["__typename"]]
                assert isinstance(below, GraphQLObjectType)
                _note(below, one, seen)
