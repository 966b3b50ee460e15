"""`simulate` against the oracle, on random documents; and what the design promises of any document.

Arrival order does not matter, and delivering an observation again changes nothing.
"""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.identity.simulate import simulate
from tests.identity import oracle, worlds

Json = dict[str, Any]

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
some = settings(relaxed, max_examples=100)
many = settings(relaxed, max_examples=300)
DOCUMENTS = worlds.any_features()


def answer(evaluate: Any, document: Json) -> Json:
    """The answer without what the design leaves open: wording, and how often one warning is given."""
    found = evaluate(copy.deepcopy(document))
    return {
        "components": found["components"],
        "suppressed": sorted(
            (*sorted((row["a"], row["b"])), row["reason"], *row["blockedBy"]) for row in found["suppressed"]
        ),
        "rejected": [(row["id"], row["code"]) for row in found["rejected"]],
        "warnings": sorted({(row["id"], row["code"]) for row in found["warnings"]}),
    }


def people(document: Json) -> Json:
    """Who is one person, and which evidence lost why."""
    found = answer(simulate, document)
    return {key: found[key] for key in ("components", "suppressed")}


@pytest.mark.parametrize("feature", worlds.FEATURES)
def test_one_feature_as_the_oracle_says(feature: str) -> None:
    @some
    @given(worlds.documents(feature))
    def compare(document: Json) -> None:
        assert answer(simulate, document) == answer(oracle.simulate, document)

    compare()


@many
@given(DOCUMENTS)
def test_all_features_as_the_oracle_says(document: Json) -> None:
    assert answer(simulate, document) == answer(oracle.simulate, document)


@many
@given(worlds.any_features(operations=False), st.randoms(use_true_random=False))
def test_any_permutation_gives_the_same_people(document: Json, r: Any) -> None:
    shuffled = copy.deepcopy(document)
    r.shuffle(shuffled["observations"])
    assert people(shuffled) == people(document)


@many
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_any_permutation_between_operations_gives_the_same_people(document: Json, r: Any) -> None:
    stretches, operations = anchored(document)
    shuffled = []
    for stretch in stretches:
        r.shuffle(stretch)
        shuffled.append(stretch)
    assert people(joined(document, shuffled, operations)) == people(joined(document, stretches, operations))


@many
@given(DOCUMENTS, st.integers(min_value=0))
def test_delivering_again_changes_nothing(document: Json, which: int) -> None:
    """At the end, whatever was decided in between; but a restore, or a block taken back, says that later
    observations count again.
    """
    document["operations"] = [o for o in document["operations"] if o["op"] not in ("restore", "undo")]
    again = copy.deepcopy(document)
    again["observations"].append(again["observations"][which % len(again["observations"])])
    assert people(again) == people(document)


def anchored(document: Json) -> tuple[list[list[Json]], list[list[Json]]]:
    """The observations in the stretches between operations, and the dated operations after each stretch."""
    stretches: list[list[Json]] = [[]]
    operations: list[list[Json]] = []
    done: set[str] = set()

    def run_after(name: str) -> None:
        due = [
            o | {"at": o.get("at", "2026-01-07T00:00:00Z")}
            for o in document["operations"]
            if o["after"] == name
        ]
        if due and name not in done:
            operations.append(due)
            stretches.append([])
        done.add(name)

    run_after("e0")
    for row in document["observations"]:
        stretches[-1].append(row)
        run_after(row["id"])
    return stretches, [*operations, []]


def joined(document: Json, stretches: list[list[Json]], operations: list[list[Json]]) -> Json:
    """One document again: observations numbered anew, each operation after the last one of its stretch."""
    rows: list[Json] = []
    moved: list[Json] = []
    for stretch, due in zip(stretches, operations, strict=True):
        rows += [row | {"id": f"e{len(rows) + number}"} for number, row in enumerate(stretch, start=1)]
        moved += [operation | {"after": f"e{len(rows)}"} for operation in due]
    return {"policy": document["policy"], "observations": rows, "operations": moved}
