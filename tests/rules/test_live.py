"""The cases and the tables of meaning on the real graph; all their people are in it at once."""

from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from app.graph.sessions import Graph
from app.identity.service import Identity
from tests.rules.live import Population, asking, stored
from tests.rules.saying import Case
from tests.rules.test_cases import CASES
from tests.rules.test_meaning import CASES as TABLES

Json = dict[str, Any]


def of_file(case: Json) -> Case:
    """A case of the file as a case of the tables."""
    rules = [(one["rule"], " ".join(one["expect"])) for one in case["rules"] if "expect" in one]
    return Case(case["id"], case["people"], rules, case["asOf"], case["timeZone"])


EVERY = [*map(of_file, CASES), *TABLES]


def named(place: int, case: Case) -> dict[str, str]:
    """Name in the case -> name among the people of all cases."""
    return {name: f"{place}/{name}" for name in case.people}


@pytest_asyncio.fixture(scope="module")
async def population(migrated: Graph, module_identity: Identity) -> Population:
    """Everybody, stored once."""
    people = {
        full: case.people[name]
        for place, case in enumerate(EVERY)
        for name, full in named(place, case).items()
    }
    one_ids = await stored(migrated, module_identity, people)
    return Population(one_ids, asking(migrated, module_identity.keyring))


@pytest.mark.parametrize("place", range(len(EVERY)), ids=[case.says for case in EVERY])
async def test_who_matches_in_the_graph(population: Population, place: int) -> None:
    case = EVERY[place]
    names = named(place, case)
    found = []
    for rule, _ in case.rules:
        matching = await population.matching(
            rule, datetime.fromisoformat(case.as_of), case.zone, names.values()
        )
        found.append((rule, " ".join(sorted(name.partition("/")[2] for name in matching))))
    assert found == [(rule, " ".join(sorted(names.split()))) for rule, names in case.rules]
