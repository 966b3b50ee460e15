"""What a rule compiles to: one text for a shape, no word of the rule in it, a start by index, one answer."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.errors import TimedOut
from app.graph.sessions import Graph
from app.rules import compiler
from app.rules.compiler_held import gathered, held, held_of_dependents
from app.rules.model import nodes, parse
from app.rules.statement import Settings
from app.rules.windows import Clock
from tests.emptying import anew
from tests.graph.plans import operators, scans

Json = dict[str, Any]
CLOCK = Clock(datetime(2026, 11, 20, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
SETTINGS = Settings(CLOCK)
FLAGSHIP: Json = {
    "all": [
        {"order": {"where": {"product": "A"}, "is": {"gte": 2}, "within": {"last": "90d"}}},
        {"dependent": {"where": {"kind": "BABY", "ageMonths": {"gte": 6, "lte": 12}}}},
        {"not": {"touch": {"where": {"channel": "SMS"}, "within": {"last": "30d"}}}},
    ]
}
# Sixty people: every second has a baby of seven months, every third bought A, every fifth got a message.
_PEOPLE = """
UNWIND range(0, 59) AS n
CREATE (p:Person {oneId: 'p' + toString(100 + n), status: CASE n WHEN 59 THEN 'MERGED' ELSE 'ACTIVE' END})
CREATE (i:Identifier {key: 'phone|*|' + toString(n), kind: 'phone', scope: '*',
  brands: ['b' + toString(n % 2)]})
CREATE (i)-[:IDENTIFIES]->(p)
MERGE (q:Product {key: 'A'})
FOREACH (_ IN CASE n % 2 WHEN 0 THEN [1] END |
  CREATE (:Dependent {key: 'd' + toString(n), kind: 'BABY', brand: 'b0', birthday: date('2026-04-01')})
    -[:DEPENDENT_OF {last: datetime('2026-04-02T00:00:00Z')}]->(i))
FOREACH (place IN CASE n % 3 WHEN 0 THEN range(0, n % 4) END |
  CREATE (i)<-[:PLACED_BY]-(o:Order {key: toString(n) + '|' + toString(place),
    brand: 'b' + toString(place % 2),
    status: 'PAID', currency: 'CNY', at: datetime('2026-11-01T00:00:00Z') - duration({days: place}),
    netMinor: 10000, discountMinor: 0, refundedMinor: 0, quantity: 1})
  CREATE (o)-[:CONTAINS {netMinor: 10000, discountMinor: 0, refundedMinor: 0, quantity: 1}]->(q))
FOREACH (_ IN CASE n % 5 WHEN 0 THEN [1] END |
  CREATE (i)<-[:SENT_TO]-(:Touch {key: 't' + toString(n), channel: 'SMS', campaign: 'c',
    brand: 'b0', at: datetime('2026-11-10T00:00:00Z')}))
FOREACH (at IN [1, 3, 2] |
  CREATE (i)<-[:DONE_BY]-(:Event {key: toString(n) + '|' + toString(at), type: 'view',
    brand: 'b1', a_stars: at, at: datetime('2026-11-10T00:00:00Z') + duration({hours: at})}))
"""


@pytest_asyncio.fixture(scope="module")
async def people(migrated: Graph) -> Graph:
    """The sixty people."""
    await anew(migrated)
    async with migrated.session(WRITE_ACCESS) as session:
        await (await session.run(_PEOPLE)).consume()
    return migrated


SHAPES = [
    (
        FLAGSHIP,
        json.loads(
            json.dumps(FLAGSHIP).replace('"A"', '["B", "C"]').replace("90d", "2w").replace("12", "18")
        ),
    ),
    (
        {"attribute": {"name": "city", "is": {"in": ["a"]}}},
        {"attribute": {"name": "city", "is": {"in": ["b", "c"]}}},
    ),
    ({"tag": {"key": "a", "since": {"last": "3d"}}}, {"tag": {"key": "b", "since": {"last": "1y"}}}),
    ({"segment": {"key": "one"}}, {"segment": {"key": "two"}}),
    (
        {
            "event": {
                "type": "a",
                "where": [{"name": "x", "is": {"eq": 1}}],
                "measure": "SUM",
                "property": "y",
                "is": {"gt": 1},
            }
        },
        {
            "event": {
                "type": "b",
                "where": [{"name": "z", "is": {"eq": "s"}}],
                "measure": "SUM",
                "property": "w",
                "is": {"gt": 2.5},
            }
        },
    ),
    (
        {"order": {"measure": "AVG_AMOUNT", "is": {"in": [1, 2.5]}, "pick": 1}},
        {"order": {"measure": "AVG_AMOUNT", "is": {"in": [3]}, "pick": 7}},
    ),
    ({"anniversary": {"of": "birthday", "next": "0d"}}, {"anniversary": {"of": "birthday", "next": "9y"}}),
    ({"list": {"key": "a"}}, {"list": {"key": "b"}}),
]
SEGMENTS = {key: parse({"order": {"where": {"product": key}}}) for key in ("one", "two")}


@pytest.mark.parametrize(("one", "other"), SHAPES, ids=[next(iter(one)) for one, _ in SHAPES])
def test_one_text_for_a_shape(one: Json, other: Json) -> None:
    later = Clock(datetime(2027, 2, 3, tzinfo=UTC), ZoneInfo("America/New_York"))
    for ask in (compiler.count, compiler.everybody):
        first = ask(parse(one), Settings(CLOCK, "CNY", ["b0"], SEGMENTS))
        second = ask(parse(other), Settings(later, "EUR", ["b1", "b2"], SEGMENTS))
        assert first.text == second.text
        assert first.params.keys() == {"p"}
    assert compiler.page(parse(one), Settings(CLOCK, segments=SEGMENTS), first=5).text == (
        compiler.page(parse(other), Settings(later, segments=SEGMENTS), first=50, after="x").text
    )


HOSTILE = ["'}) DETACH DELETE p //", "`", '"', "\\u0027 OR true", "$p.v0", "a}b{c", "%s", "名前’"]


def hostile(word: str) -> Json:
    """A rule that says the word wherever a rule can say one."""
    test, where = {"in": [word], "ne": word, "contains": word}, {"shop": word, "brand": word}
    steps = [
        {"event": {"type": word}},
        {"touch": {"where": {"campaign": word}}},
        {"not": {"order": {"where": where}}},
    ]
    return {
        "any": [
            {"attribute": {"name": word, "is": test}},
            {"identifier": {"kind": word, "scope": word}},
            {"member": {"where": {"level": word, **where, "not": {"brand": word}}, "quantifier": "EVERY"}},
            {"card": {"where": {"status": word}, "quantifier": "COUNT", "count": {"gte": 1}}},
            {
                "order": {
                    "where": {
                        "product": word,
                        "allProducts": word,
                        "category": word,
                        "platform": word,
                        "currency": word,
                    }
                }
            },
            {
                "dependent": {
                    "where": {
                        "kind": word,
                        "gender": word,
                        "attributes": [{"name": word, "is": test}],
                        "tag": word,
                    }
                }
            },
            {"tag": {"key": word, "value": word, "includeSubordinate": True}},
            {"touch": {"where": {"channel": word, "outcome": word}}},
            {"consent": {"channel": word, "purpose": word}},
            {
                "event": {
                    "type": word,
                    "where": [{"name": word, "is": {"exists": True}}],
                    "measure": "MAX",
                    "property": word,
                    "is": {"gt": 1},
                }
            },
            {"sequence": {"steps": steps, "within": "3d"}},
            {"lifecycle": {"stage": word, "brand": word}},
            {"rfm": {"recency": {"eq": 1}, "brand": word}},
            {"list": {"key": word}},
        ]
    }


async def test_no_word_of_a_rule_is_in_the_text(people: Graph) -> None:
    plain = compiler.count(parse(hostile("word")), SETTINGS)
    assert "word" not in plain.text
    for word in HOSTILE:
        found = compiler.count(parse(hostile(word)), SETTINGS)
        assert found.text == plain.text
        rows = await people.reader().compiled(found.text, found.params)
        assert rows[0]["n"] == 0
    assert (await people.reader().compiled("MATCH (p:Person) RETURN count(p) AS n", {}))[0]["n"] == 60


STARTS = [
    (
        {"dependent": {"where": {"kind": "BABY", "ageMonths": {"gte": 6, "lte": 12}}}},
        "Dependent(kind, birthday)",
    ),
    ({"order": {"where": {"product": "A"}, "is": {"gte": 2}}}, "Product(key)"),
    (
        {
            "order": {
                "where": {"category": "milk", "amount": {"gt": 5}},
                "measure": "SUM_AMOUNT",
                "is": {"gt": 1},
            }
        },
        "Product(category)",
    ),
    ({"order": {"where": {"shop": "s"}, "within": {"last": "7d"}}}, "Order(at)"),
    ({"touch": {"where": {"channel": "SMS"}, "within": {"last": "7d"}}}, "Touch(channel, at)"),
    ({"touch": {"where": {"campaign": "c"}, "is": {"gte": 2}}}, "Touch(campaign, at)"),
    ({"event": {"type": "view", "is": {"eq": 3}}}, "Event(type, at)"),
    ({"tag": {"key": "t", "value": "v"}}, "Tag(key)"),
    (
        {"sequence": {"steps": [{"event": {"type": "view"}}, {"not": {"order": {}}}], "within": "3d"}},
        "Event(type, at)",
    ),
    ({"any": [{"tag": {"key": "t"}}, {"event": {"type": "view"}}]}, "Event(type, at)"),
    ({"all": [{"consent": {"channel": "c", "purpose": "p"}}, {"segment": {"key": "one"}}]}, "Product(key)"),
    (FLAGSHIP, "Dependent(kind, birthday)"),
]


@pytest.mark.parametrize(
    ("rule", "index"), STARTS, ids=[f"{n}-{index}" for n, (_, index) in enumerate(STARTS)]
)
async def test_where_it_starts(people: Graph, rule: Json, index: str) -> None:
    settings = Settings(CLOCK, segments=SEGMENTS)
    for asked in (compiler.count(parse(rule), settings), compiler.page(parse(rule), settings, first=50)):
        plan = await operators(people, asked.text)
        assert not scans(plan)
        assert any(index in details for _, details in plan)


NOWHERE = [
    {"event": {"type": "view", "is": {"lt": 2}}},
    {"not": {"tag": {"key": "t"}}},
    {"order": {"measure": "SUM_QUANTITY", "is": {"lte": 1}, "where": {"product": "A"}}},
    {"any": [{"tag": {"key": "t"}}, {"everyone": True}]},
    {"touch": {"where": {"channel": "SMS"}, "measure": "LAST_AT", "is": {"ne": "2026-11-10"}}},
]


@pytest.mark.parametrize("rule", NOWHERE)
async def test_who_has_none_is_looked_for_among_all(people: Graph, rule: Json) -> None:
    assert compiler.count(parse(rule), SETTINGS).text.startswith("MATCH (p:Person) WHERE")


RULES = [
    FLAGSHIP,
    {"everyone": True},
    {"event": {"type": "view", "measure": "AVG", "property": "stars", "is": {"eq": 2}}},
    {
        "any": [
            {"dependent": {"where": {"kind": "BABY", "ageDays": {"gt": 1}}}},
            {"touch": {"where": {"campaign": "c"}}},
        ]
    },
    {"not": {"order": {"where": {"product": "A"}, "is": {"gte": 2}}}},
    {"all": [{"event": {"type": "view"}}, {"not": {"dependent": {"where": {"kind": "BABY"}}}}]},
    {"identifier": {"kind": "phone"}},
]


async def _ids(graph: Graph, asked: compiler.Compiled) -> list[str]:
    return [row["oneId"] for row in await graph.reader().compiled(asked.text, asked.params)]


async def _n(graph: Graph, asked: compiler.Compiled) -> int:
    (row,) = await graph.reader().compiled(asked.text, asked.params)
    return int(row["n"])


@pytest.mark.parametrize("brands", [None, ["b1"]])
@pytest.mark.parametrize("said", RULES)
async def test_every_way_of_asking_gives_one_answer(
    people: Graph, said: Json, brands: list[str] | None
) -> None:
    rule, settings = parse(said), Settings(CLOCK, brands=brands)
    everybody = sorted(await _ids(people, compiler.everybody(rule, settings)))
    assert len(set(everybody)) == len(everybody)
    assert "p159" not in everybody
    pages: list[str] = []
    while page := await _ids(
        people, compiler.page(rule, settings, first=7, after=pages[-1] if pages else None)
    ):
        assert len(page) <= 7
        pages += page
    assert pages == everybody
    assert await _n(people, compiler.count(rule, settings)) == len(everybody)
    assert await _n(people, compiler.count_at_most(rule, settings, 5)) == min(5, len(everybody))
    some = [f"p{number}" for number in range(100, 160, 2)]
    assert sorted(await _ids(people, compiler.among(rule, settings, some))) == [
        one for one in some if one in everybody
    ]


async def test_each_condition_on_its_own(people: Graph) -> None:
    rule = parse(FLAGSHIP)
    asked = compiler.explained(rule, SETTINGS, ["p100", "p106", "p159"])
    rows = {row["oneId"]: row["holds"] for row in await people.reader().compiled(asked.text, asked.params)}
    assert [".".join(path) for path in compiler.paths(rule)] == [
        "all",
        "all.0.order",
        "all.1.dependent",
        "all.2.not",
        "all.2.not.touch",
    ]
    assert rows == {"p100": [False, False, True, False, True], "p106": [True, True, True, True, False]}
    counts = compiler.counts([node for _, node in nodes(rule)], SETTINGS)
    (row,) = await people.reader().compiled(counts.text, counts.params)
    alone = [await _n(people, compiler.count(node, SETTINGS)) for _, node in nodes(rule)]
    assert row["counts"] == alone == [4, 15, 30, 47, 12]


async def test_several_rules_of_people_and_of_their_dependents(people: Graph) -> None:
    rules = [parse({"order": {"is": {"gte": 2}}}), parse({"dependent": {"where": {"ageMonths": {"lt": 8}}}})]
    found = await gathered(people.reader(), held(rules, SETTINGS, ["p100", "p103"]))
    assert [(one["key"], one["holds"]) for one in found] == [("p100", [False, True]), ("p103", [True, False])]
    found = await gathered(people.reader(), held_of_dependents(rules, SETTINGS, ["p106", "p103"]))
    assert [(one["key"], one["kind"], one["holds"]) for one in found] == [("d6", "BABY", [True, True])]


async def test_what_takes_too_long_is_ended_in_the_database(people: Graph) -> None:
    view = {"event": {"type": "view"}}
    slow = parse({"all": [{"not": {"sequence": {"steps": [view] * 5, "within": "9w"}}}] * 60})
    asked = compiler.count(slow, SETTINGS)
    with pytest.raises(TimedOut):
        await people.reader().compiled(asked.text, asked.params, timeout=0.001)
    running = (
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'DONE_BY' RETURN count(*) AS n"
    )
    assert (await people.reader().compiled(running, {}))[0]["n"] <= 1  # this look itself
