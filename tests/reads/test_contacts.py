"""How often somebody was contacted, and whether it led to orders."""

from typing import Any

import pytest

from app.graph.sessions import Graph
from tests.reads.conftest import Ask

BABIES, PETS = frozenset({"beibei"}), frozenset({"miaomiao"})
SMS, WECHAT = {"channel": "SMS", "count": 2}, {"channel": "WECHAT", "count": 1}


@pytest.mark.parametrize(
    ("arguments", "brands", "found"),
    [
        ('last: "3y"', None, [SMS, WECHAT]),
        ('last: "3y", channel: "WECHAT"', None, [WECHAT]),
        ('last: "3y", outcome: "SENT"', None, [SMS | {"count": 1}]),
        ('last: "3y", brand: "miaomiao"', None, [WECHAT]),
        ('last: "3y"', PETS, [WECHAT]),
        # 788 days before the first of May 2026 it is the fourth of March 2024, on which two were sent.
        ('last: "788d"', None, [SMS | {"count": 1}, WECHAT]),
        ('last: "787d"', None, []),
        ("", None, []),
    ],
)
async def test_contacts(small_world: Graph, ask: Ask, arguments: str, brands: Any, found: Any) -> None:
    field = f"contacts({arguments})" if arguments else "contacts"
    answer = await ask(
        f'{{ person(by: {{oneId: "one-1"}}) {{ {field} {{ channel count }} }} }}', brands=brands
    )
    assert answer["data"]["person"]["contacts"] == found


async def test_a_length_that_is_none(small_world: Graph, ask: Ask) -> None:
    """Is told at its path; everything beside it is answered."""
    answer = await ask('{ person(by: {oneId: "one-1"}) { oneId contacts(last: "soon") { count } } }')
    [error] = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["person", "contacts"], "BAD_USER_INPUT")


CONVERSION = "touchConversion({}) {{ touched converted rate medianDays }}"
NOBODY = {"touched": 0, "converted": 0, "rate": None, "medianDays": None}


@pytest.mark.parametrize(
    ("arguments", "brands", "found"),
    [
        # From 28 February, 04:00, to the order of 1 March, 04:00: 2024 has a 29th between them.
        ('campaign: "spring"', None, {"converted": 1, "rate": 1.0, "medianDays": 2.0}),
        ('channel: "SMS"', None, {"converted": 1, "rate": 1.0, "medianDays": 2.0}),
        ('channel: "SMS", outcome: "FAILED"', None, {"converted": 1, "rate": 1.0, "medianDays": 1.0}),
        ('channel: "SMS", within: "48h"', None, {"converted": 1, "rate": 1.0, "medianDays": 2.0}),
        ('campaign: "spring", within: "23h"', None, {"converted": 0, "rate": 0.0, "medianDays": None}),
        ('campaign: "spring", from: "2024-03-04T12:00"', None,
         {"converted": 1, "rate": 1.0, "medianDays": 1.0}),
        ('campaign: "spring", to: "2024-02-28T12:00:00"', None, NOBODY),
        ('campaign: "spring", brand: "beibei"', None, {"converted": 1, "rate": 1.0, "medianDays": 2.0}),
        ('channel: "WECHAT"', PETS, {"converted": 1, "rate": 1.0, "medianDays": 1.0}),
        ('channel: "WECHAT"', BABIES, NOBODY),
        ('campaign: "winter"', None, NOBODY),
    ],
)  # fmt: skip
async def test_conversion(small_world: Graph, ask: Ask, arguments: str, brands: Any, found: Any) -> None:
    """m-0 is older than the openid's being this person's."""
    answer = await ask(f"{{ {CONVERSION.format(arguments)} }}", brands=brands)
    assert answer["data"]["touchConversion"] == {"touched": 1} | found


async def test_what_cannot_be_meant(small_world: Graph, ask: Ask) -> None:
    for arguments, field in (('within: "7d"', "campaign"), ('channel: "SMS", within: "1m"', "within")):
        answer = await ask(f"{{ {CONVERSION.format(arguments)} }}", calls=0)
        assert answer["errors"][0]["extensions"]["field"] == [field]
