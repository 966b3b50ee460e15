"""A person by the number of an order, which two brands may have given."""

import json
from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from tests.reads.conftest import Ask

BABIES, PETS = frozenset({"beibei"}), frozenset({"miaomiao"})
ONE, TWO = {"oneId": "one-1"}, {"oneId": "one-2"}
PERSON = "query ($order: String!) { person(by: {order: $order}) { oneId } }"


@pytest.fixture
async def twice(small_world: Graph) -> Graph:
    """The number H-1 is also that of an order of the other brand, by somebody else; two have B-2, both of
    one person.
    """
    async with small_world.session(WRITE_ACCESS) as session:
        await session.run(
            "MATCH (card:Identifier {key: 'card|miaomiao|C001'}) CREATE (:Order {key: 'miaomiao|H-1', "
            "number: 'H-1', brand: 'miaomiao', at: datetime('2024-03-07T04:00:00Z')})-[:PLACED_BY]->(card)"
        )
    small_world.calls = 0
    return small_world


@pytest.mark.parametrize(
    ("order", "brands", "found"),
    [
        ("B-1", None, ONE),
        ("beibei|B-1", None, ONE),
        ("B-2", None, ONE),
        ("H-1", BABIES, TWO),
        ("H-1", PETS, ONE),
        ("beibei|H-1", None, TWO),
        ("miaomiao|H-1", None, ONE),
    ],
)
async def test_who_placed_it(twice: Graph, ask: Ask, order: str, brands: Any, found: Any) -> None:
    assert (await ask(PERSON, {"order": order}, brands=brands, calls=2))["data"]["person"] == found


async def test_nobody(twice: Graph, ask: Ask) -> None:
    """Unknown; of another brand; older than the openid's being this person's."""
    for order, brands in (("none", None), ("B-1", PETS), ("beibei|B-1", PETS), ("B-0", None)):
        assert (await ask(PERSON, {"order": order}, brands=brands, calls=1))["data"]["person"] is None


async def test_an_ambiguous_number_says_which_there_are(twice: Graph, ask: Ask) -> None:
    [error] = (await ask(PERSON, {"order": "H-1"}))["errors"]
    assert error["extensions"]["code"] == "AMBIGUOUS_ORDER"
    assert "beibei|H-1, miaomiao|H-1" in error["extensions"]["suggestion"]


async def test_among_many(twice: Graph, ask: Ask) -> None:
    """What cannot be told apart is told at its place, and the others are found."""
    orders = ["H-1", "B-1", "none", "beibei|H-1"]
    by: list[dict[str, Any]] = [{"order": one} for one in orders]
    by.append({"identifier": {"kind": "card", "value": "C001", "scope": "miaomiao"}})
    answer = await ask("query ($by: [PersonBy!]!) { people(by: $by) { oneId } }", {"by": by}, calls=2)
    assert answer["data"]["people"] == [None, ONE, None, TWO, ONE]
    assert [error["path"] for error in answer["errors"]] == [["people", 0]]


async def test_the_search_finds_order_numbers(twice: Graph, ask: Ask) -> None:
    for text, brands, found in (
        ("H-1", None, ["one-1", "one-2"]),
        (" B-1 ", None, ["one-1"]),
        ("B-1", PETS, []),
        ("H-1", PETS, ["one-1"]),
        ("B-0", None, []),
    ):
        people = f"{{ searchPeople(text: {json.dumps(text)}) {{ edges {{ node {{ oneId }} }} }} }}"
        answer = await ask(people, brands=brands, calls=2)
        assert sorted(edge["node"]["oneId"] for edge in answer["data"]["searchPeople"]["edges"]) == found
