"""The scorer on partitions whose scores are known by hand, and the noisy world byte for byte."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from app.identity.policy import load_policy
from bench import noisy_world, quality

POLICY = load_policy(quality.POLICY.read_text(encoding="utf-8"))


def test_equal_partitions_score_one() -> None:
    truth = {"a": 1, "b": 1, "c": 2}
    found = quality.score(truth, {"a": "x", "b": "x", "c": "y"})
    assert (found.bcubed_precision, found.bcubed_recall, found.pair_precision, found.pair_recall) == (
        1,
        1,
        1,
        1,
    )
    assert (found.items, found.missing, found.largest) == (3, 0, 2)


def test_everything_joined_costs_precision() -> None:
    found = quality.score({"a": 1, "b": 1, "c": 2}, dict.fromkeys("abc", "x"))
    assert found.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert found.bcubed_recall == 1
    assert found.pair_precision == pytest.approx(1 / 3)


def test_everything_apart_costs_recall() -> None:
    found = quality.score({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "y", "c": "z"})
    assert found.bcubed_precision == 1
    assert found.bcubed_recall == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)
    assert found.pair_recall == 0


def test_items_without_a_group_are_missing_and_strangers_do_not_count() -> None:
    found = quality.score({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "stranger": "x"})
    assert (found.items, found.missing, found.largest) == (2, 1, 2)


def test_an_export_is_scored_after_normalising_both_sides(tmp_path: Path) -> None:
    truth = [
        ["phone", "*", "13912345670", 0],
        ["email", "*", "A@Example.com", 0],
        ["member", "mumu", "M1", 1],
    ]
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    with (tmp_path / "one-ids.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["one_id", "kind", "scope", "value"])
        rows.writerow(["P1", "phone", "*", "+8613912345670"])
        rows.writerow(["P1", "email", "*", "a@example.com"])
        rows.writerow(["P2", "member", "mumu", "M1"])
    found = quality.score_export(quality.POLICY, tmp_path / "truth.json", tmp_path / "one-ids.csv")
    assert (found.items, found.missing, found.bcubed_precision, found.bcubed_recall) == (3, 0, 1, 1)


def test_plain_components_join_whatever_was_seen_together_and_hashes_with_their_value() -> None:
    digest = hashlib.md5(b"13912345670").hexdigest().upper()
    seen = [
        [("member", "mumu", "M1"), ("phone", "*", "139 1234 5670")],
        [("idfa", "*", "D1"), ("phone", "*", f"md5={digest}")],
        [("member", "mumu", "M2"), ("cookie", "*", "c")],
    ]
    observations = [
        {"identifiers": [{"kind": kind, "scope": scope, "value": value} for kind, scope, value in row]}
        for row in seen
    ]
    found = {frozenset(component) for component in quality.plain_components(POLICY, observations)}
    assert found == {
        frozenset({"member:mumu:M1", "phone:+8613912345670", "idfa:d1"}),
        frozenset({"member:mumu:M2", "cookie:c"}),
    }


@pytest.mark.parametrize(
    ("seed", "observations", "truth"),
    [
        (
            1,
            "e945524b1103f8bfd82664afba108443854e61b6114a665a9b0cf532aa29ea10",
            "c82d343296735310549a610f96a71c23f1b6b9bfbb7ddb44d5c4c074d9821946",
        ),
        (
            2,
            "6ec2fb8d0418be92ac317790c2ba00f7e72bde88fe61ba8f042042ae1b20a417",
            "4a33143a8676aaf24f38cb315b634ac504645f487fc6b44c9aae1d8b7588a000",
        ),
    ],
)
def test_the_noisy_world_keeps_its_bytes(tmp_path: Path, seed: int, observations: str, truth: str) -> None:
    noisy_world.write(500, seed, tmp_path)
    digest = [
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("observations.jsonl", "truth.json")
    ]
    assert digest == [observations, truth]


def test_the_default_policy_tells_people_apart_on_a_small_noisy_world(tmp_path: Path) -> None:
    """A guard: the figures asked for are those of 3,000 people, which the bench prints."""
    noisy_world.write(600, 1, tmp_path)
    comparison = quality.compare("small", tmp_path)
    assert comparison.oneid.bcubed_precision >= quality.PRECISION - 0.01
    assert comparison.recall_ratio >= quality.RECALL - 0.01
    assert comparison.oneid.largest < 50 < comparison.plain.largest


def test_the_command_prints_the_scores_of_an_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "truth.json").write_text(
        '[["cookie", "*", "c1", 0], ["cookie", "*", "c2", 0]]', encoding="utf-8"
    )
    (tmp_path / "one-ids.csv").write_text(
        "one_id,kind,scope,value\nP1,cookie,*,c1\nP2,cookie,*,c2\n", encoding="utf-8"
    )
    assert quality.main([str(tmp_path / "truth.json"), str(tmp_path / "one-ids.csv")]) == 0
    assert json.loads(capsys.readouterr().out)["bcubed_recall"] == 0.5
