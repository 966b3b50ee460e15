"""What one request may ask for: hostile documents are refused with a code, and the graph hears of none."""

import time
from typing import Any

import pytest

from tests.reads.conftest import Ask

PERSON = 'person(by: {oneId: "one-1"})'


def chain(length: int) -> str:
    """Fragments that each spread the next one twice: two to the power of `length` fields."""
    links = [f"fragment F{n} on Person {{...F{n + 1} ...F{n + 1}}}" for n in range(length)]
    return f"{{{PERSON}{{...F0}}}} {' '.join(links)} fragment F{length} on Person {{oneId}}"


def deep(levels: int) -> str:
    """A person's identifiers' person's identifiers …"""
    return f"{{ {PERSON} {{ {'identifiers { person { ' * levels} oneId {'} } ' * levels} }} }}"


ALIASES = f"{{ {' '.join(f'a{n}: __typename' for n in range(1_000))} }}"
IDS = "query ($by: [PersonBy!]!) { people(by: $by) { oneId } }"
PAGE = "query ($first: Int) { changes(first: $first) { edges { node { type } } } }"
EVERYTHING = IDS.replace("oneId }", "identifiers { evidence { other { evidence { state } } } } }")

HOSTILE: list[Any] = [
    pytest.param(chain(20), {}, "TOO_COMPLEX", id="a chain of fragments"),
    pytest.param(chain(300), {}, "TOO_COMPLEX", id="a long chain of fragments"),
    pytest.param(chain(3) + " fragment F4 on Person {...F4}", {}, "GRAPHQL_VALIDATION_FAILED", id="a cycle"),
    pytest.param(ALIASES, {}, "TOO_MANY_ALIASES", id="a thousand aliases"),
    pytest.param(deep(30), {}, "TOO_DEEP", id="sixty deep"),
    pytest.param(deep(400), {}, "TOO_DEEP", id="eight hundred deep"),
    pytest.param("{" * 5_000, {}, "GRAPHQL_PARSE_FAILED", id="ten thousand braces"),
    pytest.param("{ a " * 2_900, {}, "TOO_DEEP", id="thousands of fields deep"),
    pytest.param("{" + " oneId" * 15_000 + "}", {}, "TOO_MANY_TOKENS", id="many tokens"),
    pytest.param("{ a }" + " " * 1_000_000, {}, "DOCUMENT_TOO_LONG", id="a million spaces"),
    pytest.param("#\n" * 40_000 + "{ a }", {}, "TOO_MANY_TOKENS", id="many comments"),
    pytest.param(IDS, {"by": [{"oneId": "x"}] * 30_000}, "LIST_TOO_LONG", id="thirty thousand ids"),
    pytest.param(IDS, {"by": [{"oneId": "x"}] * 1_001}, "LIST_TOO_LONG", id="an id too many"),
    pytest.param(IDS, {"by": [{"oneId": "x"}], "more": {str(n): n for n in range(200_000)}},
                 "VARIABLES_TOO_LARGE", id="many values"),
    pytest.param(EVERYTHING, {"by": [{"oneId": "x"}] * 1_000}, "TOO_EXPENSIVE", id="everything of everybody"),
    pytest.param(PAGE, {"first": 1_001}, "PAGE_TOO_LARGE", id="a long page"),
    pytest.param("{ changes(first: 100000) { edges { cursor } } }", {}, "PAGE_TOO_LARGE", id="a longer page"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "variables", "code"), HOSTILE)
async def test_hostile_documents_are_refused(ask: Ask, query: str, variables: Any, code: str) -> None:
    answer = await ask(query, variables, calls=0)
    assert "data" not in answer
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}


async def test_deep_variables_are_refused(ask: Ask) -> None:
    value: Any = "x"
    for _ in range(100):
        value = {"a": value}
    answer = await ask(IDS, {"by": [value]}, calls=0)
    assert answer["errors"][0]["extensions"]["code"] == "VARIABLES_TOO_LARGE"


def test_a_refusal_costs_no_more_than_reading_the_document() -> None:
    """Counted in steps, not in time: each fragment is measured once, however often it is spread."""
    from graphql import parse

    from app.api import GRAPHQL
    from app.graph.planner_limits import OverLimit
    from app.graph.planner_measures import Measuring

    started = time.process_time()
    for length in (20, 200):
        document = parse(chain(length))
        measuring = Measuring(GRAPHQL, document)
        with pytest.raises(OverLimit):
            measuring.operation(document.definitions[0])  # type: ignore[arg-type]
        assert len(measuring._known) <= length + 1
    assert time.process_time() - started < 10  # against 2**200


async def test_the_cost_of_a_request_is_told(ask: Ask) -> None:
    look_up = await ask(f"{{ {PERSON} {{ oneId }} }}")
    assert look_up["extensions"] == {"cost": 1}
    wider = await ask(f"{{ {PERSON} {{ identifiers {{ kind evidence {{ state }} }} }} }}")
    assert wider["extensions"] == {"cost": 1 + 10 * (1 + 10)}
    batch = await ask(IDS, {"by": [{"oneId": "x"}] * 7})
    assert batch["extensions"] == {"cost": 7}
    page = await ask(PAGE, {"first": 5})
    assert page["extensions"] == {"cost": 5 * 3}
    default = await ask(PAGE, {})
    assert default["extensions"] == {"cost": 100 * 3}


@pytest.mark.parametrize("first", [0, -1])
async def test_a_page_has_at_least_one_row(ask: Ask, first: int) -> None:
    answer = await ask(PAGE, {"first": first}, calls=0)
    assert answer["errors"][0]["extensions"] == {
        "code": "BAD_USER_INPUT",
        "field": ["first"],
    }


async def test_introspection_is_within_the_limits(ask: Ask) -> None:
    from graphql import get_introspection_query

    answer = await ask(get_introspection_query(), calls=0)
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"
