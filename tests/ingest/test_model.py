"""The shape of an observation: what is taken, and everything that is wrong at once."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.ingest.model import from_input, from_line
from app.ingest.problems import Malformed
from tests.ingest.saying import seen


def line(**rest: Any) -> bytes:
    return json.dumps(seen("member:mumu:M1", **rest)).encode()


def problems(text: bytes) -> list[str]:
    with pytest.raises(Malformed) as raised:
        from_line(text)
    return [str(problem) for problem in raised.value.problems]


def test_everything_that_an_observation_may_say() -> None:
    text = line(
        brand="mumu",
        shop={"key": "tmall-mumu", "name": "天猫", "platform": "tmall", "brand": "mumu"},
        member={
            "name": "王小明",
            "gender": "female",
            "birthday": "1990-05-31",
            "city": "上海",
            "level": "GOLD",
        }
        | {
            "points": 7,
            "joinedAt": "2025-03-01T10:00:00+08:00",
            "attributes": {"a": 1.0, "b": None, "c": True},
        },
        card={
            "level": "GOLD",
            "points": 1,
            "validFrom": "2026-01-01",
            "validTo": "2027-12-31",
            "status": "ACTIVE",
        },
        order={"key": 17, "status": "PAID", "amount": 12.3, "discount": "0.10", "lines": []}
        | {"recipient": {"name": "王**", "phone": "139****", "address": "上海"}},
        touch={"key": "t1", "channel": "SMS", "campaign": "618", "outcome": "SENT"},
        event={"key": "e1", "type": "page_view", "properties": {"page": "home"}, "product": "p1"},
        dependents=[{"key": "d1", "kind": "baby", "birthday": "2026-02-01", "attributes": {"weight": 3.2}}],
        tags=[{"key": "vip", "value": "yes"}],
        consents=[{"channel": "SMS", "purpose": "marketing", "granted": True}],
    )
    read = from_line(text)
    assert read["at"] == datetime(2026, 1, 1, tzinfo=UTC)
    member = read["member"]
    assert member is not None
    assert member["joinedAt"] == datetime(2025, 3, 1, 2, tzinfo=UTC)
    assert member["birthday"] == date(1990, 5, 31)
    assert member["attributes"] == {"a": 1, "c": True}
    order = read["order"]
    assert order is not None
    assert (order["key"], order["amount"], order["discount"]) == ("17", Decimal("12.3"), Decimal("0.10"))


def test_a_caller_that_has_read_times_and_dates_already_says_the_same() -> None:
    said = seen("member:mumu:M1") | {"at": datetime(2026, 1, 1), "member": {"birthday": date(1990, 5, 31)}}
    assert from_input(said) == from_line(line(member={"birthday": "1990-05-31"})) | {
        "identifiers": said["identifiers"]
    }


def test_all_problems_at_once_with_the_field_that_was_meant() -> None:
    text = line(
        souce="x",
        member={"birthday": "1990-5-31", "points": "many", "nam": "王"},
        order={"key": "o1", "status": "PAYED", "amount": "a lot", "lines": [{"prodct": "p", "amount": 1}]},
    )
    told = "; ".join(problems(text))
    for part in (
        "member.birthday: a date is needed",
        "member.points: a whole number is needed",
        "member.nam: unknown field, is it name?",
        "order.status: input should be 'CREATED'",
        "order.amount: an amount is needed",
        "order.lines.0.product: is missing",
        "order.lines.0.prodct: unknown field, is it product?",
        "souce: unknown field, is it source?",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"list": [1]}, "list: a text, number or boolean is needed"),
        ({"map": {"oneId": 1}}, "map: a text, number or boolean is needed"),
        ({"big": 2**63}, "big: beyond 64 bits"),
        ({"": 1}, "a name is a text of 1 to 128 characters"),
        ({f"n{number}": number for number in range(65)}, "at most 64 names are taken, there are 65"),
        ({"long": "x" * 16_400}, "at most 16,384 bytes are taken"),
    ],
)
def test_attributes_are_few_small_and_plain(attributes: dict[str, Any], why: str) -> None:
    assert any(why in problem for problem in problems(line(member={"attributes": attributes})))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'{"id":', "no JSON: EOF while parsing a value at byte 6"),
        (b"[1]", "an object is needed"),
        (b"\xff\xfe{}", "no JSON: expected value at byte 1"),
        (b'{"id": "\xff"}', "no JSON: invalid unicode code point"),
        (b"[" * 100_000, "no JSON: recursion limit exceeded"),
    ],
)
def test_what_is_no_observation_at_all(text: bytes, why: str) -> None:
    assert why in problems(text)[0]


@pytest.mark.parametrize("amount", [12345678901234567.89, True, None, -1, "NaN"])
def test_money_is_exact_or_refused(amount: Any) -> None:
    assert problems(line(order={"key": "o", "status": "PAID", "amount": amount}))


@pytest.mark.parametrize(
    "at", ["yesterday", "", 1767225600, None, "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-23:00"]
)
def test_a_time_that_is_none(at: Any) -> None:
    assert problems(line() if at is ... else json.dumps(seen("member:mumu:M1") | {"at": at}).encode())


def test_no_value_is_quoted_in_a_problem() -> None:
    secret = "13912345678"
    text = json.dumps(
        seen() | {"id": [secret], "at": secret + "x", "source": 1, "brand": {secret: 1}}
    ).encode()
    assert secret not in "; ".join(problems(text))
