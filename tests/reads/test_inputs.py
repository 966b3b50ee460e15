"""Variables are coerced as graphql-core coerces them, whatever they are; the short walk is only quicker."""

from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, VariableDefinitionNode, build_schema, parse
from graphql.execution.values import VariableValues, get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from app.api import GRAPHQL
from app.graph import planner_inputs
from app.graph.planner_inputs import inputs_of

OTHER = build_schema(
    """
    input Tree { name: String! = "leaf", size: Int, kinds: [Kind!]! = [A], below: [Tree!], flag: Boolean }
    enum Kind { A B }
    input Way @oneOf { name: String, size: Int }
    type Query { trees(of: [Tree], kind: Kind, first: Int, at: [[Int!]], by: Way): Int }
    """
)
DOCUMENTS = [
    (GRAPHQL, "query ($by: PersonBy!) { person(by: $by) { oneId } }"),
    (GRAPHQL, "query ($by: [PersonBy!]!, $kinds: [String!]) { people(by: $by) { oneId } }"),
    (GRAPHQL, "query ($first: Int = 3, $after: String) { changes(first: $first) { edges { cursor } } }"),
    (OTHER, "query ($of: [Tree], $kind: Kind, $first: Int! = 3, $at: [[Int!]]) { trees }"),
    (OTHER, "query ($by: Way) { trees(by: $by) }"),
]
_NAMES = st.sampled_from(
    [
        *("by", "kinds", "first", "after", "of", "kind", "at", "oneId", "identifier", "value", "scope"),
        *("name", "size", "below", "flag", "unknown"),
    ]
)
_LEAVES = st.sampled_from([None, "phone", "A", "C", 1, 2**40, 1.0, 1.5, True, "", float("nan")])
_VALUES = st.recursive(
    _LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(_NAMES, below, max_size=3),
    max_leaves=8,
)
_IDENTIFIER = st.fixed_dictionaries(
    {"kind": st.text(max_size=3) | _LEAVES, "value": st.text(max_size=3)}, optional={"scope": _LEAVES}
)
_BY = st.fixed_dictionaries({}, optional={"identifier": _IDENTIFIER, "oneId": st.text(max_size=3) | _LEAVES})
_TREE = st.deferred(
    lambda: st.fixed_dictionaries(
        {},
        optional={"name": _LEAVES, "size": _LEAVES, "kinds": _VALUES, "below": st.lists(_TREE, max_size=2)},
    )
)
_GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "by": _BY
        | st.dictionaries(st.sampled_from(["name", "size"]), _LEAVES, max_size=2)
        | st.lists(_BY, max_size=3)
        | _VALUES,
        "of": st.lists(_TREE, max_size=3) | _VALUES,
        "kinds": st.lists(st.text(max_size=3), max_size=3) | _VALUES,
        "kind": st.sampled_from(["A", "B"]) | _VALUES,
        "first": st.integers() | _VALUES,
        "after": st.text(max_size=3) | _VALUES,
        "at": st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=3) | _VALUES,
    },
)


def _definitions(text: str) -> tuple[VariableDefinitionNode, ...]:
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return tuple(operation.variable_definitions)


def _told(found: VariableValues | list[GraphQLError]) -> Any:
    if isinstance(found, list):
        return [error.message for error in found]
    sources = {name: (source.signature.type, source.value) for name, source in found.sources.items()}
    return repr((sources, found.coerced))


@pytest.mark.parametrize(("schema", "text"), DOCUMENTS)
@given(given_=_GIVEN)
def test_both_ways_give_the_same(schema: Any, text: str, given_: dict[str, Any]) -> None:
    definitions = _definitions(text)
    short = inputs_of(schema, definitions).coerced(given_)
    assert _told(short) == _told(get_variable_values(schema, definitions, given_, max_errors=50))


def test_what_is_well_formed_takes_the_short_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    def long_way(*_: Any, **__: Any) -> VariableValues:
        raise AssertionError

    monkeypatch.setattr(planner_inputs, "get_variable_values", long_way)
    by = [{"identifier": {"kind": "openid", "scope": "app-1", "value": "o-1"}}, {"oneId": "one-1"}]
    found = inputs_of(GRAPHQL, _definitions(DOCUMENTS[1][1])).coerced({"by": by})
    assert isinstance(found, VariableValues)
    assert found.coerced == {"by": by}
    tree = {"below": [{"name": "a", "kinds": ["B"]}]}
    found = inputs_of(OTHER, _definitions(DOCUMENTS[3][1])).coerced({"of": [tree], "first": 1})
    assert isinstance(found, VariableValues)
    below = {"name": "a", "kinds": ["B"]}
    assert found.coerced == {"of": [{"name": "leaf", "kinds": ["A"], "below": [below]}], "first": 1}


def test_everything_that_is_wrong_is_told_at_its_path() -> None:
    definitions = _definitions("query ($rule: SegmentRule!, $asOf: DateTime) { tags { key } }")
    rule = {"all": [{"order": {}, "touch": {}}, {}, {"order": {"within": {}}}, {"order": {"were": {}}}]}
    told = inputs_of(GRAPHQL, definitions).coerced({"rule": rule, "asOf": "yesterday"})
    assert isinstance(told, list)
    wrong = [error.message.split(": ", 1)[0] for error in told]
    assert wrong == [
        *(f"Variable '$rule' has invalid value at .all[{n}]{below}" for n, below in
          ((0, ""), (1, ""), (2, ".order.within"), (3, ".order"))),
        "Variable '$asOf' has invalid value",
    ]  # fmt: skip
    assert "2026-05-01T10:00:00+08:00" in told[-1].message


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-01"])
def test_a_time_is_one_in_every_zone(text: str) -> None:
    (definition,) = definitions = _definitions("query ($asOf: DateTime) { tags { key } }")
    told = inputs_of(GRAPHQL, definitions).coerced({definition.variable.name.value: text})
    assert isinstance(told, list)
    assert len(told) == 1
