"""What a change of the schema does to a persisted query that it does not refuse.

Front ends are built against the types, too: a field that may be null from now on, or an input that asks for
more, leaves the document valid and breaks the page.
"""

import re
from collections.abc import Iterator

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    Visitor,
    find_breaking_changes,
    get_named_type,
    type_from_ast,
    visit,
)

from app.graph.persisted import Persisted


def broken_by(persisted: list[Persisted], before: GraphQLSchema, after: GraphQLSchema) -> Iterator[str]:
    """Every breaking change of the schema beside each query that uses what it is about."""
    changes = [change.description for change in find_breaking_changes(before, after)]
    about = {change: {*re.findall(r"\w+", change), *re.findall(r"\w+\.\w+", change)} for change in changes}
    for one in persisted:
        used = _used(one, before)
        yield from (f"{one.file.name}: {change}" for change in changes if about[change] & used)


def _used(one: Persisted, schema: GraphQLSchema) -> set[str]:
    """What the query relies on: `Type.field` of outputs and inputs, the names of inputs and enums."""
    uses = _Uses(schema)
    assert one.operation.document.ast is not None  # noqa: S101 - it has been loaded
    visit(one.operation.document.ast, TypeInfoVisitor(uses.info, uses))
    return uses.names


class _Uses(Visitor):
    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.info = TypeInfo(schema)
        self.names: set[str] = set()
        self._schema = schema

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent, field = self.info.get_parent_type(), self.info.get_field_def()
        if parent and field:
            self.names.add(f"{parent.name}.{node.name.value}")
            self._enum(get_named_type(field.type))
            for argument in node.arguments or ():
                if argument.name.value in field.args:
                    self._input(get_named_type(field.args[argument.name.value].type))

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
        if type_ := type_from_ast(self._schema, node.type):
            self._input(get_named_type(type_))

    def _enum(self, type_: GraphQLNamedType) -> None:
        if isinstance(type_, GraphQLEnumType):
            self.names.add(type_.name)

    def _input(self, type_: GraphQLNamedType) -> None:
        self._enum(type_)
        if isinstance(type_, GraphQLInputObjectType) and type_.name not in self.names:
            self.names.add(type_.name)
            for name, field in type_.fields.items():
                self.names.add(f"{type_.name}.{name}")
                self._input(get_named_type(field.type))
