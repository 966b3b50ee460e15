"""The figures can be measured, on the smallest of worlds; what they are is no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from bench import __main__ as command
from bench import demo_import, floor, recompute, simulate_policy, told_apart
from bench.figure import Figure
from bench.ground import Ground


@pytest.fixture
def ground(settings: Settings, tmp_path: Path) -> Ground:
    """A ground for a handful of people, on the run's database."""
    return Ground(settings, tmp_path, people=20, quick=True)


async def test_the_floor_writes_what_the_import_left(graph: Graph, ground: Ground) -> None:
    identity = await Identity.open(graph, Keyring(ground.settings.secret()), ground.settings.policy)
    await identity.observe([json.loads(line) for line in ground.observations().open("rb")])
    with ground.driver() as driver:
        before = floor.counts(driver, "neo4j")
        left = _everything(ground)
        race = demo_import.run_floor(ground, imported=1.0, file=ground.observations())
        assert floor.counts(driver, "neo4j") == before
        assert _everything(ground) == left
        assert before["LINKED",][0] > 0
        assert race.rows == sum(count for count, _ in before.values())


def _everything(ground: Ground) -> list[str]:
    """The graph as rows in an order of their own, times and sealed bytes included."""
    with ground.driver() as driver:
        rows = floor.read_back(driver, "neo4j")
    nodes = [f"{labels} {sorted(row.items())}" for labels, group in rows.nodes.items() for row in group.rows]
    ends = [
        f"{type_} {sorted(row.items())}" for type_, group in rows.relationships.items() for row in group.rows
    ]
    return sorted(nodes + ends)


def test_a_relationship_whose_end_has_no_key_is_refused(graph: Graph, ground: Ground) -> None:
    with ground.driver() as driver:
        driver.execute_query("CREATE (:Nameless)-[:OF]->(:Nameless)")
        with pytest.raises(LookupError):
            floor.read_back(driver, "neo4j")


def test_a_simulated_policy_is_measured(graph: Graph, ground: Ground) -> None:
    time, memory = simulate_policy.measure(ground)
    assert time.value > 0
    assert 0.05 < memory.value < 2
    assert "identifiers" in time.terms[0]


def test_recompute_is_measured_without_a_database(tmp_path: Path) -> None:
    (found,) = recompute.measure(Ground(Settings(data=tmp_path), tmp_path, people=20, quick=True))
    assert found.value > 0


def test_quality_is_measured_without_a_database(tmp_path: Path) -> None:
    found = list(told_apart.measure(Ground(Settings(data=tmp_path), tmp_path, people=20, quick=True)))
    assert [figure.name for figure in found[:2]] == ["precision, seed 1", "recall, seed 1"]


def test_a_figure_says_whether_it_was_reached() -> None:
    assert Figure("import", 0.6, 0.6, "of the floor's speed").reached
    assert Figure("observation", 4.0, 4.0, "transactions", most=True).reached
    assert Figure("observation", 4.1, 4.0, "transactions", most=True).row().split()[-1] == "missed"


def test_a_database_in_use_is_refused(
    graph: Graph,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert command.main(["observation", "--quick", "--people", "5"]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_unknown_figures_are_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["speed"])
    assert "no figure is called speed" in capsys.readouterr().err
