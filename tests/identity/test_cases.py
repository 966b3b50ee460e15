"""The cases that other products document and the hand-made tricky ones, in Python and through the command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.__main__ import cli
from app.identity.simulate import simulate
from tests.identity import oracle

Json = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "cases"
CASES: list[Json] = json.loads((FOLDER / "identity.json").read_text())
TRICKY: list[Json] = json.loads((FOLDER / "tricky.json").read_text())
EVALUATORS = {"service": simulate, "oracle": oracle.simulate}
# One of each: a rejection, operations, hashes. Starting a process costs more than all cases together.
AS_A_PROCESS = ("hand-groups-01", "hand-restore-01", "hand-hash-01")


def by_id(cases: list[Json]) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in cases]


def said(answer: Json) -> Json:
    """What a case states: people, rejected ids."""
    return {"components": answer["components"], "rejected": [row["id"] for row in answer["rejected"]]}


def expected(case: Json) -> Json:
    return {"components": case["components"], "rejected": case.get("rejected", [])}


@pytest.mark.parametrize("evaluate", EVALUATORS.values(), ids=EVALUATORS)
@pytest.mark.parametrize("case", by_id(CASES))
def test_case(case: Json, evaluate: Any) -> None:
    assert said(evaluate(case["input"])) == expected(case)


@pytest.mark.parametrize("case", by_id(CASES))
def test_case_through_the_command(case: Json, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case["input"]))
    result = CliRunner().invoke(cli, ["simulate", str(file)])
    assert result.exit_code == 0, result.output
    assert said(json.loads(result.stdout)) == expected(case)


@pytest.mark.parametrize("name", AS_A_PROCESS)
def test_case_as_a_process(name: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case["id"] == name)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case["input"]))
    run = subprocess.run(
        [sys.executable, "-m", "app", "simulate", str(file)], capture_output=True, text=True, check=True
    )
    assert said(json.loads(run.stdout)) == expected(case)


@pytest.mark.parametrize("evaluate", EVALUATORS.values(), ids=EVALUATORS)
@pytest.mark.parametrize("case", by_id(TRICKY))
def test_tricky(case: Json, evaluate: Any) -> None:
    """Derived by hand, a sentence of the design each; the title quotes it."""
    answer = evaluate(case["input"])
    assert answer["components"] == case["components"]
    for key in ("rejected", "warnings"):
        assert [f"{row['id']} {row['code']}" for row in answer[key]] == case.get(key, []), key
    suppressed = [
        f"{row['a']} - {row['b']}: {row['reason']} {', '.join(row['blockedBy'])}".rstrip()
        for row in answer["suppressed"]
    ]
    assert sorted(suppressed) == sorted(case.get("suppressed", []))
