"""What a caller is told of each observation, and that nothing of a rejected one is stored."""

from typing import Any

import pytest

from app.errors import BadInput
from app.graph.sessions import Graph
from tests.ingest.conftest import Send
from tests.ingest.held import held
from tests.ingest.saying import seen

PLAIN = {"brand": "mumu", "shop": {"key": "wx-mumu", "brand": "mumu"}}


async def test_each_is_accepted_or_rejected_on_its_own_in_order(send: Send, graph: Graph) -> None:
    result = await send(
        seen("member:mumu:M1", "phone:13912345678", id="good", member={"level": "GOLD"}),
        {"id": "shapeless", "at": "never"},
        seen("phone:13912345678", id="subjectless", member={"level": "GOLD"}),
        seen("faxx:1", id="kindless"),
        seen("phone:13912345678", "phone:13800138000", id="warned"),
        {"at": "2026-01-01T00:00:00Z"},
    )
    assert [(one.index, one.id, one.code) for one in result.rejected] == [
        (1, "shapeless", "BAD_USER_INPUT"),
        (2, "subjectless", "AMBIGUOUS_SUBJECT"),
        (3, "kindless", "UNKNOWN_KIND"),
        (5, None, "BAD_USER_INPUT"),
    ]
    assert [(one.index, one.id, one.code) for one in result.warnings] == [(4, "warned", "BLOCKED")]
    assert (result.accepted, result.pending, len(result.one_ids)) == (2, False, 1)
    assert {key for labels, *_, key in _keys(await held(graph)) if "Identifier" in labels} == {
        "member|mumu|M1",
        "phone",
    }


def _keys(found: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Labels and key of every node; of a personal key its kind alone."""
    nodes = [one for one in found if isinstance(one[0], tuple)]
    keys = [(labels, dict(said)["key"].strip("'")) for labels, said, *_ in nodes]
    return {(labels, key if "member" in key else key.split("|")[0]) for labels, key in keys}


@pytest.mark.parametrize(
    ("identifiers", "facts", "code"),
    [
        (["phone:13912345678"], {"member": {"level": "A"}}, "AMBIGUOUS_SUBJECT"),
        (["member:mumu:M1", "member:lumi:M1"], {"member": {"level": "A"}}, "AMBIGUOUS_SUBJECT"),
        (["member:mumu:M1"], {"card": {"level": "A"}}, "AMBIGUOUS_SUBJECT"),
        (["card:mumu:C1", "card:mumu:C2"], {"card": {"level": "A"}}, "AMBIGUOUS_SUBJECT"),
        ([], {"member": {"level": "A"}}, "AMBIGUOUS_SUBJECT"),
        (["phone:null"], {"order": {"key": "o", "status": "PAID", "amount": 1}}, "NO_IDENTIFIER"),
        (["phone:13912345678"], {"at": "2126-01-01T00:00:00Z"}, "BAD_TIME"),
        ([f"phone:1391234{n:04}" for n in range(21)], {}, "TOO_MANY_IDENTIFIERS"),
        ([f"phone:1391234{n:04}" for n in range(4)], {}, "LIMIT_EXCEEDED"),
        (["phone:1|2:13912345678"], {}, "MALFORMED_SCOPE"),
        (["phone:13912345678"], {"shop": {"key": ""}}, "MALFORMED_SCOPE"),
        (["openid:o1"], {"brand": "mumu"}, "SCOPE_REQUIRED"),
        (
            ["phone:13912345678"],
            {"identifiers": [{"kind": "phone", "value": 13912345678}]},
            "MALFORMED_VALUE",
        ),
        (["phone:13912345678"], {"identifers": []}, "BAD_USER_INPUT"),
    ],
)
async def test_a_rejected_observation_leaves_nothing(
    send: Send, graph: Graph, identifiers: list[str], facts: dict[str, object], code: str
) -> None:
    result = await send(seen(*identifiers, **facts))
    assert [one.code for one in result.rejected] == [code]
    assert (result.accepted, result.one_ids) == (0, [])
    assert await held(graph) == set()


async def test_the_same_account_named_twice_is_one_subject(send: Send) -> None:
    result = await send(seen("member:mumu:M1", "member:mumu: M1 ", member={"level": "A"}))
    assert (result.accepted, result.rejected) == (1, [])


async def test_facts_of_an_account_that_was_dropped_are_said_to_be_so(send: Send) -> None:
    result = await send(seen("member:mumu:null", "phone:13912345678", member={"level": "A"}))
    assert [(one.code, one.field[0]) for one in result.warnings] == [
        ("BLOCKED", "identifiers"),
        ("NOT_STORED", "member"),
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"brand": "lumi"}, ("brand",)),
        ({"brand": None}, ("brand",)),
        ({"shop": {"key": "wx-mumu", "brand": "lumi"}}, ("shop", "brand")),
        ({"shop": {"key": "wx-lumi"}}, ("shop", "key")),
        ({"identifiers": [{"kind": "member", "value": "M1", "scope": "lumi"}]}, ("member",)),
    ],
)
async def test_a_caller_writes_its_own_brands_alone(
    send: Send, changed: dict[str, object], field: tuple[str, ...]
) -> None:
    await send(seen("phone:13800000001", brand="lumi", shop={"key": "wx-lumi", "brand": "lumi"}))
    said = seen("member:mumu:M1", member={"level": "A"}, **PLAIN)
    assert (await send(said, brands={"mumu"})).accepted == 1
    result = await send(said | changed, brands={"mumu"})
    assert [(one.code, one.field) for one in result.rejected] == [("FORBIDDEN_KEY", field)]
    assert (await send(said | changed)).rejected == []


async def test_at_most_a_thousand(send: Send) -> None:
    with pytest.raises(BadInput) as raised:
        await send(*[seen("phone:13912345678")] * 1001)
    assert raised.value.code == "TOO_MANY_OBSERVATIONS"
    assert (await send(*[seen("phone:13912345678")] * 1000)).accepted == 1000
