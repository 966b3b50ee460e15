"""What a caller of one brand sees: what its own brand was told, and nobody that its brand does not know."""

import json
from typing import Any

import pytest

from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.test_identity import global_id

BABIES, PETS, BOTH = frozenset({"beibei"}), frozenset({"miaomiao"}), frozenset({"beibei", "miaomiao"})
BY_KEY = 'person(by: {{identifier: {{kind: "{kind}", value: "{value}", scope: "{scope}"}}}}) {{ oneId }}'
CARD = BY_KEY.format(kind="card", value="C001", scope="miaomiao")
MEMBER = BY_KEY.format(kind="member", value="M001", scope="beibei")


async def _seen(ask: Ask, field: str, brands: frozenset[str] | None) -> Any:
    [found] = (await ask(f"{{ found: {field} }}", brands=brands))["data"].values()
    return found


@pytest.mark.parametrize(
    ("field", "brands", "found"),
    [
        (CARD, PETS, {"oneId": "one-1"}),
        (CARD, BOTH, {"oneId": "one-1"}),
        (CARD, BABIES, None),
        (MEMBER, BABIES, {"oneId": "one-1"}),
        (MEMBER, PETS, None),
        (MEMBER, frozenset({"another"}), None),
        ('person(by: {oneId: "one-1"}) { oneId }', PETS, {"oneId": "one-1"}),
        ('person(by: {oneId: "one-3"}) { oneId }', PETS, {"oneId": "one-1"}),
        ('person(by: {oneId: "one-1"}) { oneId }', frozenset({"another"}), None),
        ('person(by: {oneId: "one-4"}) { oneId }', PETS, None),
        ('people(by: [{oneId: "one-1"}, {oneId: "one-2"}]) { oneId }', frozenset({"another"}), [None, None]),
        ("brands { edges { node { key } } }", PETS, {"edges": [{"node": {"key": "miaomiao"}}]}),
        ("changes { edges { node { number } } }", frozenset({"another"}), {"edges": []}),
    ],
)
async def test_who_is_found(
    small_world: Graph, ask: Ask, field: str, brands: frozenset[str], found: Any
) -> None:
    assert await _seen(ask, field, brands) == found


async def test_a_batch_hides_who_the_brand_does_not_know(small_world: Graph, ask: Ask) -> None:
    """By hashable and by plain kinds: two statements of their own."""
    card = '{identifier: {kind: "card", value: "C001", scope: "miaomiao"}}'
    phone = '{identifier: {kind: "phone", value: "139 1234 5678"}}'
    for items, known in ((f"[{card}]", PETS), (f"[{phone}]", BABIES), (f"[{phone}, {card}]", BOTH)):
        asked = f"people(by: {items}) {{ oneId }}"
        assert await _seen(ask, asked, known) == [{"oneId": "one-1"}] * items.count("kind")
        assert await _seen(ask, asked, frozenset({"another"})) == [None] * items.count("kind")
    assert await _seen(ask, f"people(by: [{phone}, {card}]) {{ oneId }}", PETS) == [None, {"oneId": "one-1"}]


NAMES = ["Person:one-1", "Person:one-3", "Identifier:card|miaomiao|C001", "Card:card|miaomiao|C001",
         "Member:member|beibei|M001", "Change:c-3", "Brand:miaomiao", "Brand:beibei"]  # fmt: skip


@pytest.mark.parametrize(
    ("brands", "seen"),
    [
        (PETS, ["Person", "Person", "Identifier", "Card", None, "Change", "Brand", None]),
        (BABIES, ["Person", "Person", None, None, "Member", "Change", None, "Brand"]),
        (frozenset({"another"}), [None] * 8),
        (None, ["Person", "Person", "Identifier", "Card", "Member", "Change", "Brand", "Brand"]),
    ],
)
async def test_node_and_nodes_agree(
    small_world: Graph, ask: Ask, brands: Any, seen: list[str | None]
) -> None:
    ids = [global_id(name) for name in NAMES]
    together = (await ask(f"{{ nodes(ids: {json.dumps(ids)}) {{ __typename }} }}", brands=brands))["data"][
        "nodes"
    ]
    fields = " ".join(f'n{place}: node(id: "{one}") {{ __typename }}' for place, one in enumerate(ids))
    alone = list((await ask(f"{{ {fields} }}", brands=brands))["data"].values())
    assert together == alone == [None if name is None else {"__typename": name} for name in seen]


async def test_evidence_names_the_brands_that_the_caller_may_see(small_world: Graph, ask: Ask) -> None:
    asked = 'person(by: {oneId: "one-1"}) { identifiers { kind evidence { brands other { kind } } } }'
    everything = json.dumps(await _seen(ask, asked, None))
    assert "miaomiao" in everything
    babies = await _seen(ask, asked, BABIES)
    assert "miaomiao" not in json.dumps(babies)
    assert {i["kind"] for i in babies["identifiers"]} == {"openid", "phone", "member"}


async def test_one_text_for_two_brands_in_turn(small_world: Graph, ask: Ask) -> None:
    """Brands are values, never part of a plan."""
    for _ in range(2):
        for brands, kinds in ((BABIES, {"openid", "phone", "member"}), (PETS, {"card"}), (None, None)):
            found = await _seen(ask, 'person(by: {oneId: "one-1"}) { identifiers { kind } }', brands)
            kinds = kinds or {"openid", "phone", "member", "card"}
            assert {identifier["kind"] for identifier in found["identifiers"]} == kinds
