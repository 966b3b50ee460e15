"""The schema made executable: stored fields read the plan's tree, answered fields call their function."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
)
from graphql.execution.collect_fields import FieldDetails
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition

from app.errors import NotAllowed
from app.graph.planner_fields import Answered, answered_of, stored_of
from app.graph.planner_kept import Kept
from app.graph.planner_operations import Compiler
from app.graph.planner_plans import Plan
from app.graph.planner_shapes import KEY


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """The Strawberry schema's own types, with resolvers for what lives in the graph."""
    made: GraphQLSchema = schema._schema
    for type_ in made.type_map.values():
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            type_.resolve_type = lambda value, _info, _type: value.typename
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            _connect(type_)
        if isinstance(type_, GraphQLInputObjectType):
            # Strawberry looks at such a value on its own, which ends at the first that is wrong and tells no
            # path; GraphQL itself tells all of them.
            type_.is_one_of = _definition(type_).is_one_of
    return made


def _definition(type_: GraphQLInputObjectType) -> StrawberryObjectDefinition:
    definition: StrawberryObjectDefinition = type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return definition


def _connect(type_: GraphQLObjectType) -> None:
    for field in type_.fields.values():
        if stored_of(field) is not None:
            field.resolve = _read
            type_.is_type_of = None
        elif found := answered_of(field):
            field.resolve = _calling(found)
        elif not field.args:
            field.resolve = _plain


def _read(source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """What the plan read; below an object that a function answered, a plan of its own."""
    return source[info.path.key] if isinstance(source, dict) else _planned(source, info)


@dataclass(frozen=True, slots=True)
class _Below:
    """A kept plan below an answered object; it holds the nodes that it is kept under, whose ids thus stay
    theirs.
    """

    nodes: Sequence[FieldNode]
    plan: Plan


_BELOW = Kept[_Below](1_000)


async def _planned(source: Any, info: GraphQLResolveInfo[Any]) -> Any:
    key, nodes, scopes = str(info.path.key), info.field_nodes, info.context.scopes

    def compiled() -> _Below:
        compiler = Compiler(info.schema, info.fragments, info.operation, info.variable_values, scopes)
        fields = {key: [FieldDetails(one, None) for one in nodes]}
        return _Below(nodes, compiler.plan_fields(info.parent_type, fields))

    # Directives below decide what is asked, and take booleans alone.
    asked = ((name, value) for name, value in info.variable_values.coerced.items() if isinstance(value, bool))
    below = _BELOW.get((*map(id, nodes), info.parent_type.name, scopes, *sorted(asked)), compiled)
    tree = await below.plan.answer(info.context, info.variable_values, source.given)
    return tree.values[key]


def _plain(source: Any, info: GraphQLResolveInfo[Any]) -> Any:
    if isinstance(source, dict):
        return source[info.path.key]
    return getattr(source, _snake(info.field_name))


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _calling(told: Answered) -> Any:
    async def call(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if told.scope not in info.context.scopes:
            raise NotAllowed(f"this needs the scope {told.scope}", code="FORBIDDEN")
        own = {} if told.own is None else {told.own: source[KEY]}
        return await told.resolve(info.context, **own, **arguments)

    return call
