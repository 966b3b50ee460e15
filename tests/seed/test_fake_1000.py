"""The thousand damaged records: nothing lost, nothing repaired, and addresses that join one person."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from bench import quality
from seed import fake_1000
from tests.seed.shape import problems

SEED = Path(fake_1000.__file__).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fake")
    fake_1000.write(folder)
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in (folder / "observations.jsonl").read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture(scope="module")
def source() -> list[dict[str, str]]:
    with (SEED / "fake_1000.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_one_observation_a_record_in_the_contracts_shape(written: list[dict[str, Any]]) -> None:
    assert len(written) == len({row["id"] for row in written}) == 1000
    assert [found for row in written for found in problems(row)] == []


def test_every_field_of_every_record_is_kept(
    written: list[dict[str, Any]], source: list[dict[str, str]]
) -> None:
    for row, record in zip(written, source, strict=True):
        said, identifiers = row["member"], row["identifiers"]
        assert identifiers[0]["value"] == f"record-{record['unique_id']}"
        assert said.get("name", "") == f"{record['first_name']} {record['surname']}".strip()
        assert said.get("birthday", "") == record["dob"]
        assert said.get("city", "") == record["city"]
        assert [each["value"] for each in identifiers[1:]] == ([record["email"]] if record["email"] else [])
        assert "" not in said.values()


def test_no_register_holds_two_accounts_of_one_person(
    written: list[dict[str, Any]], source: list[dict[str, str]]
) -> None:
    held = Counter((row["brand"], record["cluster"]) for row, record in zip(written, source, strict=True))
    assert set(held.values()) == {1}
    assert all(row["identifiers"][0]["scope"] == row["brand"] for row in written)


def test_shared_addresses_join_records_of_one_person(written: list[dict[str, Any]], folder: Path) -> None:
    person = {
        (kind, scope, value): who
        for kind, scope, value, who in json.loads((folder / "truth.json").read_text())
    }
    assert len({who for (kind, *_), who in person.items() if kind == "member"}) == 251
    joined: defaultdict[str, set[int]] = defaultdict(set)
    for row in written:
        account, *email = row["identifiers"]
        for each in email:
            joined[each["value"].lower()].add(person["member", account["scope"], account["value"]])
    assert len(joined) == 424
    assert all(people == {person["email", "*", value]} for value, people in joined.items())


def test_the_default_policy_keeps_every_record_and_joins_no_two_people(
    written: list[dict[str, Any]], folder: Path
) -> None:
    comparison = quality.compare("fake_1000", folder)
    assert (comparison.oneid.items, comparison.oneid.missing) == (1424, 0)
    assert comparison.oneid.bcubed_precision == 1
    assert comparison.oneid.bcubed_recall > 0.4


def test_labels_name_records_of_the_file(source: list[dict[str, str]]) -> None:
    with (SEED / "fake_1000_labels.csv").open(encoding="utf-8", newline="") as rows:
        labels = list(csv.DictReader(rows))
    known = {record["unique_id"] for record in source}
    assert {row[side] for row in labels for side in ("unique_id_l", "unique_id_r")} <= known
