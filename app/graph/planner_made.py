"""Values that a function makes of what the graph holds, for what Cypher cannot say: rules of a deployment's
own, sealed texts. What is asked of them is read by name, in the same statement's answer.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType, get_named_type, get_nullable_type, is_list_type
from graphql.execution.collect_fields import FieldDetails

from app.graph.planner_fields import Make
from app.graph.planner_shapes import Read, Reading, list_of

Below = Callable[[GraphQLObjectType, list[FieldDetails]], Mapping[str, list[FieldDetails]]]


def made_of(make: Make, type_: GraphQLOutputType, details: list[FieldDetails], below: Below) -> Read:
    """Reads a cell that a function makes a value of this type of."""
    shape = _shape(type_, details, below)

    def read(cell: Any, reading: Reading) -> Any:
        made = make(reading.asking, cell)
        return None if made is None else shape(made, reading)

    return read


def _shape(type_: GraphQLOutputType, details: list[FieldDetails], below: Below) -> Read:
    named = get_named_type(type_)
    if not isinstance(named, GraphQLObjectType):
        return lambda value, _: value
    fields: list[tuple[str, str | None, Read]] = []
    for key, asked in below(named, details).items():
        name = asked[0].node.name.value
        if name == "__typename":
            fields.append((key, None, lambda value, _: value))
        else:
            fields.append((key, name, _shape(named.fields[name].type, asked, below)))
    item = _item(named.name, fields)
    return list_of(item, nullable=False) if is_list_type(get_nullable_type(type_)) else item


def _item(typename: str, fields: list[tuple[str, str | None, Read]]) -> Read:
    """Reads a mapping by its fields: response key, name in GraphQL (None: that of the type)."""

    def read(made: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
        shaped: dict[str, Any] = {}
        for key, name, read_value in fields:
            value = typename if name is None else made[name]
            shaped[key] = None if value is None else read_value(value, reading)
        return shaped

    return read
