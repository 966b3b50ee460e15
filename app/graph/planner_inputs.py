"""Variables as an operation takes them: coerced in one walk where they are well-formed.

The walk is made once for each operation, out of a closure for each input type. A value that it does not take
(a wrong one, a list of one without its brackets, a default) is left to graphql-core from the start, which
coerces it as the specification says, or says everything that is wrong with it. Of a batch of a hundred this
saves half of the service's own time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLString,
    Undefined,
    VariableDefinitionNode,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values
from graphql.utilities.coerce_input_value import coerce_default_value

_MOST_ERRORS = 50

Coerce = Callable[[Any], Any]


class Unusual(Exception):
    """The walk does not take this value."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The variables that one operation declares."""

    schema: GraphQLSchema
    definitions: Sequence[VariableDefinitionNode]
    walks: Sequence[tuple[VariableValueSource, Coerce, bool]]
    """Of each variable its source when it is left out, how it is coerced, and whether it may be left out."""

    def coerced(self, given: dict[str, Any]) -> VariableValues | list[GraphQLError]:
        """The variables of a request, or everything that is wrong with them."""
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, Any] = {}
        try:
            for source, coerce, optional in self.walks:
                name = source.signature.name
                if name in given:
                    sources[name] = VariableValueSource(source.signature, given[name])
                    coerced[name] = coerce(given[name])
                elif optional:
                    sources[name] = source
                else:
                    raise Unusual
        except Unusual:
            return get_variable_values(self.schema, self.definitions, given, max_errors=_MOST_ERRORS)
        return VariableValues(sources, coerced)


def inputs_of(schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]) -> Inputs:
    """The variables of an operation of a valid document."""
    walks = []
    for definition in definitions:
        signature = get_variable_signature(schema, definition)
        assert not isinstance(signature, GraphQLError)  # noqa: S101 - the document is valid
        optional = signature.default is None and not is_non_null_type(signature.type)
        walks.append((VariableValueSource(signature), _walk(signature.type, {}), optional))
    return Inputs(schema, definitions, walks)


def _walk(type_: GraphQLInputType, known: dict[str, Coerce]) -> Coerce:
    """How a value of the type is coerced; `known` are the input objects that are being made, by name."""
    if is_non_null_type(type_):
        return _present(_walk_present(type_.of_type, known))
    walk = _walk_present(type_, known)
    return lambda value: None if value is None else walk(value)


def _present(walk: Coerce) -> Coerce:
    def coerce(value: Any) -> Any:
        if value is None:
            raise Unusual
        return walk(value)

    return coerce


def _walk_present(type_: Any, known: dict[str, Coerce]) -> Coerce:
    if is_list_type(type_):
        return _list(_walk(type_.of_type, known))
    if is_input_object_type(type_):
        if type_.name not in known:
            known[type_.name] = lambda value: made(value)  # for a type that holds itself
            made = known[type_.name] = _object(type_, known)
        return known[type_.name]
    return _text(type_) if type_ in (GraphQLString, GraphQLID) else _leaf(type_)


def _list(item: Coerce) -> Coerce:
    def coerce(value: Any) -> list[Any]:
        if type(value) is not list:
            raise Unusual
        return [item(one) for one in value]

    return coerce


def _object(type_: GraphQLInputObjectType, known: dict[str, Coerce]) -> Coerce:
    fields = [
        (name, field.out_name or name, _walk(field.type, known)) for name, field in type_.fields.items()
    ]
    names = type_.fields.keys()
    required = {name for name, field in type_.fields.items() if is_required_input_field(field)}
    defaults = _defaults(type_)
    one_of, finish = type_.is_one_of, type_.out_type

    def coerce(value: Any) -> Any:
        if type(value) is not dict or not required <= value.keys() <= names:
            raise Unusual
        if one_of and (len(value) != 1 or None in value.values()):
            raise Unusual
        coerced = {}
        for name, out, walk in fields:
            if name in value:
                coerced[out] = walk(value[name])
            elif name in defaults:
                coerced[out] = defaults[name]
        try:
            return finish(coerced)
        except GraphQLError:  # the type refuses it: graphql-core says so in its own words
            raise Unusual from None

    return coerce


def _defaults(type_: GraphQLInputObjectType) -> Mapping[str, Any]:
    """Values of fields that are left out."""
    defaults = {name: coerce_default_value(field) for name, field in type_.fields.items()}
    return {name: value for name, value in defaults.items() if value is not Undefined}


def _text(type_: Any) -> Coerce:
    other = _leaf(type_)
    return lambda value: value if type(value) is str else other(value)


def _leaf(type_: Any) -> Coerce:
    def coerce(value: Any) -> Any:
        try:
            coerced = type_.coerce_input_value(value)
        except Exception:
            raise Unusual from None
        if coerced is Undefined:
            raise Unusual
        return coerced

    return coerce
