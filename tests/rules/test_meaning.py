"""Every sentence under "Meaning" of the page on rules: the second evaluator says what the tables say."""

from typing import Any

import pytest

from tests.rules.meaning import TIME
from tests.rules.meaning_chains import CHAINS
from tests.rules.meaning_values import VALUES
from tests.rules.oracle import World, matches
from tests.rules.population import person_of
from tests.rules.saying import Case

CASES = [*TIME, *VALUES, *CHAINS]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.says) for case in CASES])
def test_what_the_page_says(case: Case) -> None:
    world = World.at(case.as_of, case.zone)
    people = {name: person_of(name, said) for name, said in case.people.items()}
    found: list[tuple[Any, str]] = []
    for rule, _ in case.rules:
        found.append((rule, " ".join(sorted(name for name in people if matches(rule, people[name], world)))))
    assert found == [(rule, " ".join(sorted(names.split()))) for rule, names in case.rules]
