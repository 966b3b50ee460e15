"""The CDNOW purchases: every line an order of its own, every cent and every disc kept."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from seed import cdnow
from tests.seed.shape import problems


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("cdnow")
    cdnow.write(folder)
    return [
        json.loads(line) for line in (folder / "observations.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_observations_have_the_contracts_shape(written: list[dict[str, Any]]) -> None:
    assert [found for row in written for found in problems(row)] == []


def test_totals_are_those_of_the_raw_file(written: list[dict[str, Any]]) -> None:
    raw = [line.split() for line in cdnow.DATA.read_text(encoding="ascii").splitlines()]
    orders = [row["order"] for row in written]
    assert len(raw) == len(orders) == 69_659
    assert len({row["identifiers"][0]["value"] for row in written}) == len({row[0] for row in raw}) == 23_544
    amount = sum(Decimal(order["amount"]) for order in orders)
    assert amount == sum(Decimal(row[3]) for row in raw) == Decimal("2500315.63")
    assert sum(Decimal(line["amount"]) for order in orders for line in order["lines"]) == amount
    quantity = sum(line["quantity"] for order in orders for line in order["lines"])
    assert quantity == sum(int(row[2]) for row in raw) == 167_881


def test_each_customer_and_day_keeps_its_amount(written: list[dict[str, Any]]) -> None:
    expected: dict[tuple[str, str], list[Decimal]] = {}
    for customer, day, _, amount in (
        line.split() for line in cdnow.DATA.read_text(encoding="ascii").splitlines()
    ):
        expected.setdefault((customer, f"{day[:4]}-{day[4:6]}-{day[6:]}"), []).append(Decimal(amount))
    found: dict[tuple[str, str], list[Decimal]] = {}
    for row in written:
        key = row["identifiers"][0]["value"], row["order"]["paidAt"][:10]
        found.setdefault(key, []).append(Decimal(row["order"]["amount"]))
    assert found == expected


def test_equal_lines_are_orders_of_their_own(written: list[dict[str, Any]]) -> None:
    keys = [row["order"]["key"] for row in written]
    assert len(set(keys)) == len(keys)
    thrice = [key for key in keys if key.startswith("00499-20211015")]
    assert thrice == [f"00499-20211015-{number}" for number in range(1, len(thrice) + 1)]
    assert len(thrice) > 3


def test_a_key_does_not_depend_on_the_lines_of_others(tmp_path: Path) -> None:
    lines = cdnow.DATA.read_bytes().splitlines(keepends=True)
    of_one = [line for line in lines if line.split()[0] == b"00499"]
    (tmp_path / "one.txt").write_bytes(b"".join(of_one))
    alone = [bought.key for bought in cdnow.purchases(tmp_path / "one.txt")]
    assert alone == [bought.key for bought in cdnow.purchases() if bought.customer == "00499"]
