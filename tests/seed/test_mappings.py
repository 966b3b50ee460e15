"""The worked examples of docs/import.md and docs/quality.md: mappings read the files, the figures hold."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.identity.policy import load_policy
from app.identity.quality.scores import Score, compared
from app.identity.simulate import simulate
from app.ingest.dry import tried, windows
from app.ingest.mapping import Known
from app.ingest.sources import Source, source_of
from seed import febrl3

SEED = Path(febrl3.__file__).parent
RECORDS = SEED / "mappings" / "records.policy.yaml"
DEFAULT = SEED.parent / "schema" / "policy.yaml"


def source(name: str, policy: Path) -> Source:
    known = Known(kinds=list(load_policy(policy.read_text(encoding="utf-8")).kinds))
    mapping = (SEED / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
    return source_of(SEED / f"{name}.csv", mapping, "Asia/Shanghai", known)


def homes(found: Source, policy: Path) -> dict[str, int]:
    """The component of each identifier, without a database."""
    observations = [json.loads(text) for window in windows(found) for text in window.texts]
    document = {"policy": yaml.safe_load(policy.read_text(encoding="utf-8")), "observations": observations}
    components: list[list[str]] = simulate(document)["components"]
    return {name: number for number, members in enumerate(components) for name in members}


def printed(root: Path, one: Score) -> bool:
    """Whether docs/quality.md prints these figures, as `oneid evaluate` does."""
    figures = (one.bcubed_precision, one.bcubed_recall, one.pair_precision, one.pair_recall)
    row = ["oneid", *(f"{figure:.4f}" for figure in figures), str(one.largest)]
    return row in [
        line.split() for line in (root / "docs" / "quality.md").read_text(encoding="utf-8").splitlines()
    ]


@pytest.mark.parametrize(
    ("name", "policy", "rows"), [("fake_1000", DEFAULT, 1000), ("febrl3", RECORDS, 5000)]
)
def test_every_record_is_accepted(name: str, policy: Path, rows: int) -> None:
    found = tried(source(name, policy), load_policy(policy.read_text(encoding="utf-8")))
    assert (found.accepted, found.rejected) == (rows, [])
    assert not found.warnings


def test_nothing_of_a_record_of_febrl_is_lost_but_its_number(tmp_path: Path) -> None:
    (window,) = windows(source("febrl3", RECORDS))
    with febrl3.DATA.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, skipinitialspace=True))
    for record, text in zip(records, window.texts, strict=True):
        said: dict[str, Any] = json.loads(text)
        member = said["member"]
        told = Counter(map(str, [said["id"], member.get("city"), *member.get("attributes", {}).values()]))
        told.update([said["identifiers"][1]["value"]])
        wanted = {name: value.strip() for name, value in record.items() if value.strip()}
        name = " ".join(wanted.pop(part) for part in ("given_name", "surname") if part in wanted)
        assert member.get("name", "") == name
        assert sorted(told.elements()) == sorted(
            [*wanted.values(), *([] if "suburb" in wanted else ["None"])]
        )


def test_the_truth_of_febrl() -> None:
    people = Counter(person for _, person in febrl3.truth())
    assert (sum(people.values()), len(people), max(people.values())) == (5000, 2000, 6)


def test_the_figures_of_febrl_are_those_of_the_docs(root: Path, tmp_path: Path) -> None:
    febrl3.write(tmp_path)
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {f"member:register:{row['record']}": row["person"] for row in csv.DictReader(file)}
    assert printed(root, compared(truth, homes(source("febrl3", RECORDS), RECORDS)))


@pytest.mark.parametrize("policy", [DEFAULT, RECORDS])
def test_the_figures_of_fake_1000_are_those_of_the_docs(root: Path, policy: Path) -> None:
    with (SEED / "fake_1000.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people: dict[str, set[str]] = {}
    for row in rows:
        people[f"member:register:record-{row['unique_id']}"] = {row["cluster"]}
        if row["email"]:
            people.setdefault(f"email:{row['email'].lower()}", set()).add(row["cluster"])
    truth = {name: next(iter(said)) for name, said in people.items() if len(said) == 1}
    assert printed(root, compared(truth, homes(source("fake_1000", policy), policy)))
