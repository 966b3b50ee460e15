"""A person's timeline: one list of everything, newest first, in pages that lose and repeat nothing."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.profile.timeline_words import sentence
from tests.reads.conftest import Ask

PETS = frozenset({"miaomiao"})
MORE = """
MATCH (phone:Identifier:Phone), (openid:Identifier {key: 'openid|app-1|o-1'}), (card:Identifier {key: 'card|miaomiao|C001'})
CREATE (:Tag {key: 'gold', name: '金卡'})
CREATE (:Change {id: 'c-7', type: 'TAG_ADDED', at: datetime('2024-03-07T04:00:00Z'), cause: 'RULE', oneId: 'one-1',
  others: [], gained: [], lost: [], tag: 'gold', to: 'yes'})
CREATE (:Change {id: 'c-8', type: 'STAGE_CHANGED', at: datetime('2024-03-07T04:00:00Z'), cause: 'REFRESH',
  oneId: 'one-3', others: [], gained: [], lost: [], brand: 'miaomiao', stage: 'active', from: 'new', to: 'active'})
CREATE (baby:Dependent:Baby {key: 'beibei|k-1', kind: 'BABY', brand: 'beibei', name: '小**',
  said: datetime('2024-03-07T04:00:00Z')})
CREATE (again:Dependent:Baby {key: 'beibei|k-2', kind: 'BABY', brand: 'beibei', name: '小**',
  said: datetime('2024-03-06T04:00:00Z')})-[:SAME_AS]->(baby)
CREATE (again)-[:DEPENDENT_OF {last: datetime('2024-03-07T04:00:00Z')}]->(phone)
FOREACH (held IN [phone, openid] | CREATE (baby)-[:DEPENDENT_OF {last: datetime('2024-03-07T04:00:00Z')}]->(held))
"""  # noqa: E501 - Cypher as it is run
TIMELINE = """
query ($first: Int, $after: String, $types: [TimelineType!]) {
  person(by: {oneId: "one-1"}) {
    timeline(first: $first, after: $after, types: $types) {
      edges { node { type at text of { __typename id ... on Order { number } ... on Dependent { kind } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""


@pytest.fixture
async def lived(small_world: Graph) -> Graph:
    """With a tag and a stage that came, and a baby that two sources told of, on two identifiers."""
    async with small_world.session(WRITE_ACCESS) as session:
        await (await session.run(MORE)).consume()
    small_world.calls = 0
    return small_world


async def _page(ask: Ask, **variables: Any) -> Any:
    brands = variables.pop("brands", None)
    return (await ask(TIMELINE, variables, brands=brands))["data"]["person"]["timeline"]


async def _kinds(ask: Ask, **variables: Any) -> list[str]:
    return [edge["node"]["type"] for edge in (await _page(ask, **variables))["edges"]]


async def test_page_by_page_it_is_the_whole(lived: Graph, ask: Ask) -> None:
    """Four lines are of one instant, and a page ends among them."""
    whole = [edge["node"] for edge in (await _page(ask, first=100))["edges"]]
    assert len(whole) == 23
    assert [one["at"] for one in whole] == sorted((one["at"] for one in whole), reverse=True)
    for size in (1, 3):
        found, after = [], None
        while True:
            page = await _page(ask, first=size, after=after)
            found += [edge["node"] for edge in page["edges"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert found == whole
    assert [(one["type"], one["text"].partition(": ")[2]) for one in whole[:6]] == [
        ("DEPENDENT", "baby 小** was told of."),
        ("ORDER", "order J-1 (PAID): 1200 JPY for 1 piece."),
        ("STAGE", "stage active, before new as a customer of miaomiao, REFRESH."),
        ("TAG", "tag 金卡 yes came, RULE."),
        ("ORDER", "order C-1 (CANCELLED): 1.00 CNY for 1 piece."),
        ("ORDER", "order C-2 (REFUNDED): 2.00 CNY for 1 piece, 2.00 CNY paid back."),
    ]
    assert [one["of"]["__typename"] for one in whole[:4]] == ["Dependent", "Order", "Change", "Change"]
    assert (whole[0]["of"]["kind"], whole[1]["of"]["number"]) == ("BABY", "J-1")


async def test_of_some_types(lived: Graph, ask: Ask) -> None:
    """Pages of each type are those of the whole, without the rest."""
    whole = await _kinds(ask, first=100)
    for types in (["ORDER"], ["TAG"], ["CONSENT", "STAGE"], ["IDENTITY", "EVENT", "TOUCH", "DEPENDENT"]):
        found = await _kinds(ask, first=100, types=types)
        assert found == [one for one in whole if one in types]
        assert found
    assert await _kinds(ask, first=100, types=["JOURNEY"]) == []


async def test_as_one_brand_sees_it(lived: Graph, ask: Ask) -> None:
    """Its own facts, what was derived of them, and the OneID's story: not the group's tags."""
    seen = [edge["node"] for edge in (await _page(ask, first=100, brands=PETS))["edges"]]
    assert [one["type"] for one in seen] == [
        *("STAGE", "ORDER", "ORDER", "ORDER", "TOUCH", "IDENTITY", "IDENTITY", "CONSENT", "CONSENT"),
        "IDENTITY",
    ]
    assert not any("beibei" in one["text"] for one in seen)


ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("EVENT", ["care", []], "care"),
        ("CONSENT", [False, "SMS", "marketing"], "refused SMS for marketing"),
        ("TOUCH", ["SMS", "spring", None], "message by SMS of spring"),
        ("DEPENDENT", ["PET", None], "a pet was told of"),
        (
            "TAG",
            ["TAG_REMOVED", None, "金卡", None, None, None, None, "小李", True],
            "tag 金卡 went of a dependent, by 小李",
        ),
        (
            "SEGMENT",
            ["SEGMENT_ENTERED", None, "lapsed", None, None, None, None, None, False],
            "entered the segment lapsed",
        ),
        (
            "JOURNEY",
            ["JOURNEY_LEFT", None, "welcome", None, None, "first order", None, None, False],
            "left first order of the journey welcome",
        ),
    ],
)
def test_words(kind: str, told: list[Any], words: str) -> None:
    assert sentence(kind, 1_700_000_000_000_000, told, ZONE, everything=True) == f"2023-11-15 06:13: {words}."
