"""`person` and `people`: who answers to what."""

import pytest

from app.context import SCOPES
from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.world import FORMS, PHONE

BY_IDENTIFIER = """
query ($by: IdentifierInput!) { person(by: {identifier: $by}) { oneId } }
"""


@pytest.mark.parametrize(
    "value",
    [PHONE, "13912345678", "139 1234 5678", "0086-139-1234-5678", FORMS[0], FORMS[2], FORMS[1].upper()],
)
async def test_every_spelling_of_a_phone_finds_its_person(small_world: Graph, ask: Ask, value: str) -> None:
    answer = await ask(BY_IDENTIFIER, {"by": {"kind": "phone", "value": value}})
    assert answer["data"] == {"person": {"oneId": "one-1"}}


async def test_a_scope_is_part_of_an_identifier(small_world: Graph, ask: Ask) -> None:
    found = await ask(BY_IDENTIFIER, {"by": {"kind": "openid", "scope": "app-1", "value": "o-1"}})
    other = await ask(BY_IDENTIFIER, {"by": {"kind": "openid", "scope": "app-2", "value": "o-1"}})
    assert (found["data"]["person"], other["data"]["person"]) == ({"oneId": "one-1"}, None)


async def test_an_unknown_kind_is_told(small_world: Graph, ask: Ask) -> None:
    answer = await ask(BY_IDENTIFIER, {"by": {"kind": "fax", "value": "1"}}, calls=0)
    assert answer["data"] == {"person": None}
    assert answer["errors"][0]["extensions"]["code"] == "UNKNOWN_KIND"
    assert answer["errors"][0]["path"] == ["person"]


async def test_a_person_with_everything(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        """{
          person(by: {oneId: "one-1"}) {
            __typename oneId status since formerOneIds mergedInto { oneId }
            identifiers(kinds: ["phone", "openid"]) { kind scope value display firstSeen lastSeen }
            members { display name gender birthday city level points joinedAt source
                      attributes { name value } brand { key name } shop { key name platform }
                      identifier { kind } }
            cards { display level points validFrom validTo status brand { name } shop { key } }
            shops { key brand { key } }
          }
        }"""
    )
    assert answer["data"]["person"] == {
        "__typename": "Person",
        "oneId": "one-1",
        "status": "ACTIVE",
        "since": "2024-01-01T08:00:00Z",
        "formerOneIds": ["one-3"],
        "mergedInto": None,
        "identifiers": [
            {
                "kind": "openid",
                "scope": "app-1",
                "value": "o-1",
                "display": "o-1",
                "firstSeen": "2024-01-01T08:00:00Z",
                "lastSeen": "2024-01-02T08:00:00Z",
            },
            {
                "kind": "phone",
                "scope": "*",
                "value": PHONE,
                "display": "139****5678",
                "firstSeen": "2024-01-01T08:00:00Z",
                "lastSeen": "2024-06-01T00:00:00.25Z",
            },
        ],
        "members": [
            {
                "display": "M001",
                "name": "王小明",
                "gender": "F",
                "birthday": "1990-02-28",
                "city": "上海",
                "level": "gold",
                "points": 120,
                "joinedAt": "2023-12-31T16:00:00Z",
                "source": "crm",
                "attributes": [
                    {"name": "children", "value": 2},
                    {"name": "favourite", "value": "小熊"},
                    {"name": "vip", "value": True},
                ],
                "brand": {"key": "beibei", "name": "贝贝"},
                "shop": {"key": "tmall-1", "name": "贝贝天猫旗舰店", "platform": "tmall"},
                "identifier": {"kind": "member"},
            }
        ],
        "cards": [
            {
                "display": "C001",
                "level": "silver",
                "points": 7,
                "validFrom": "2024-03-01",
                "validTo": "2025-02-28",
                "status": "VALID",
                "brand": {"name": "喵喵"},
                "shop": None,
            }
        ],
        "shops": [
            {"key": "app-1", "brand": {"key": "beibei"}},
            {"key": "tmall-1", "brand": {"key": "beibei"}},
        ],
    }


async def test_personal_values_are_for_those_who_may_read_them(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        '{ person(by: {oneId: "one-1"}) { identifiers { value display } members { name } } }',
        scopes=SCOPES - {"pii:read"},
    )
    person = answer["data"]["person"]
    assert {"value": None, "display": "139****5678"} in person["identifiers"]
    assert {"value": "o-1", "display": "o-1"} in person["identifiers"]
    assert person["members"] == [{"name": None}]
    assert PHONE not in str(answer)


async def test_a_brand_sees_its_own(small_world: Graph, ask: Ask) -> None:
    query = """{ person(by: {oneId: "one-1"}) {
      identifiers { kind } members { level } cards { level } shops { key }
    } }"""
    pets = await ask(query, brands=frozenset({"miaomiao"}))
    assert pets["data"]["person"] == {
        "identifiers": [{"kind": "card"}],
        "members": [],
        "cards": [{"level": "silver"}],
        "shops": [],
    }
    every = await ask(query)
    assert [i["kind"] for i in every["data"]["person"]["identifiers"]] == [
        "card",
        "member",
        "openid",
        "phone",
    ]


async def test_reading_needs_its_scope(small_world: Graph, ask: Ask) -> None:
    answer = await ask('{ person(by: {oneId: "one-1"}) { oneId } }', scopes=frozenset(), calls=0)
    assert answer["data"] == {"person": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_merged_one_id_leads_to_the_survivor_and_its_node_answers_itself(
    small_world: Graph, ask: Ask
) -> None:
    by = await ask('{ person(by: {oneId: "one-3"}) { id oneId } }')
    assert by["data"]["person"]["oneId"] == "one-1"
    former = await ask(
        """query ($id: ID!) { node(id: $id) {
          ... on Person { oneId status mergedInto { id oneId } identifiers { id } }
        } }""",
        {"id": "UGVyc29uOm9uZS0z"},
    )
    assert former["data"]["node"] == {
        "oneId": "one-3",
        "status": "MERGED",
        "mergedInto": {"id": by["data"]["person"]["id"], "oneId": "one-1"},
        "identifiers": [],
    }


async def test_an_erased_one_id_says_so(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        '{ person(by: {oneId: "one-4"}) { oneId status identifiers { id } history { by reason } } }'
    )
    assert answer["data"]["person"] == {
        "oneId": "one-4",
        "status": "ERASED",
        "identifiers": [],
        "history": [{"by": "客服小李", "reason": "本人要求"}],
    }


async def test_people_come_in_the_order_they_are_asked_in(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        "query ($by: [PersonBy!]!) { people(by: $by) { oneId identifiers { kind } } }",
        {
            "by": [
                {"oneId": "one-2"},
                {"oneId": "nobody"},
                {"identifier": {"kind": "phone", "value": "13912345678"}},
                {"oneId": "one-3"},
                {"oneId": "one-2"},
                {"identifier": {"kind": "cookie", "value": "c-1"}},
                {"identifier": {"kind": "cookie", "value": "c-2"}},
            ]
        },
    )
    people = answer["data"]["people"]
    assert [person and person["oneId"] for person in people] == [
        "one-2", None, "one-1", "one-1", "one-2", "one-2", None,
    ]  # fmt: skip
    assert people[0] == {"oneId": "one-2", "identifiers": [{"kind": "cookie"}]}
    assert people[2] == people[3]


async def test_people_of_kinds_without_hashes(small_world: Graph, ask: Ask) -> None:
    by = [
        {"identifier": {"kind": "cookie", "value": "c-1"}},
        {"oneId": "one-3"},
        {"identifier": {"kind": "openid", "value": "o-1", "scope": "app-2"}},
        {"identifier": {"kind": "openid", "value": "o-1", "scope": "app-1"}},
        {"oneId": "one-4"},
    ]
    answer = await ask("query ($by: [PersonBy!]!) { people(by: $by) { oneId status } }", {"by": by})
    assert answer["data"]["people"] == [
        {"oneId": "one-2", "status": "ACTIVE"},
        {"oneId": "one-1", "status": "ACTIVE"},
        None,
        {"oneId": "one-1", "status": "ACTIVE"},
        {"oneId": "one-4", "status": "ERASED"},
    ]


async def test_one_bad_item_of_people_leaves_the_others(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        "query ($by: [PersonBy!]!) { people(by: $by) { oneId } }",
        {"by": [{"oneId": "one-1"}, {"identifier": {"kind": "fax", "value": "1"}}, {"oneId": "one-2"}]},
    )
    assert answer["data"]["people"] == [{"oneId": "one-1"}, None, {"oneId": "one-2"}]
    assert [(e["path"], e["extensions"]["code"]) for e in answer["errors"]] == [
        (["people", 1], "UNKNOWN_KIND")
    ]


async def test_a_thousand_people_are_one_statement(small_world: Graph, ask: Ask) -> None:
    answer = await ask(
        "query ($by: [PersonBy!]!) { people(by: $by) { oneId } }",
        {"by": [{"oneId": f"one-{n % 5}"} for n in range(1_000)]},
    )
    assert [p and p["oneId"] for p in answer["data"]["people"][:6]] == [
        None, "one-1", "one-2", "one-1", "one-4", None,
    ]  # fmt: skip
    assert len(answer["data"]["people"]) == 1_000


async def test_exactly_one_way_to_name_a_person(small_world: Graph, ask: Ask) -> None:
    both = await ask(
        "query ($by: PersonBy!) { person(by: $by) { oneId } }",
        {"by": {"oneId": "one-1", "identifier": {"kind": "phone", "value": "1"}}},
        calls=0,
    )
    literal = await ask("{ person(by: {}) { oneId } }", calls=0)
    assert "data" not in both
    assert "data" not in literal
