"""An operation's plan: its root fields, each with an expression for every way that it may be looked up."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

from app.graph.planner import Expression, Selection, as_it_is
from app.graph.planner_fields import Stored, stored_of
from app.graph.planner_fragments import Fragment, fragments
from app.graph.planner_plans import Part, Plan, Root


@dataclass(frozen=True, slots=True)
class Compiler:
    """One operation of a valid document, for callers with these scopes.

    `variables` matter for @include and @skip alone: the plan is kept under the values that those use.
    """

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    operation: OperationDefinitionNode
    variables: VariableValues
    scopes: frozenset[str]

    def plan(self) -> Plan:
        """The plan of the whole operation."""
        root_type = self.schema.get_root_type(self.operation.operation)
        assert root_type is not None  # noqa: S101 - the document is valid
        collected = collect_fields(self.schema, self._details(), self.variables, root_type, self.operation)
        return self.plan_fields(root_type, collected.grouped_field_set)

    def plan_fields(self, parent: GraphQLObjectType, selection: Selection) -> Plan:
        """The plan of some fields of a type, which become the roots of one statement."""
        roots: list[Root] = []
        constants: dict[str, str] = {}
        rest = False
        for key, details in selection.items():
            name = details[0].node.name.value
            definition = parent.fields.get(name)
            stored = stored_of(definition) if definition else None
            if name == "__typename":
                constants[key] = parent.name
            elif definition is None or stored is None:
                rest = True
            else:
                roots.append(self._root(len(roots), parent.name, key, details, definition, stored))
        return Plan(tuple(selection), tuple(roots), constants, rest)

    def _root(
        self,
        place: int,
        parent: str,
        key: str,
        details: list[FieldDetails],
        definition: GraphQLField,
        stored: Stored,
    ) -> Root:
        if refused := stored.refusal(self.scopes):
            return Root(key, {}, refused)
        base = f"{parent}.{details[0].node.name.value}"
        files = {
            name.removeprefix(base).lstrip("."): fragment
            for name, fragment in fragments().items()
            if _is_for(name, base)
        }
        return Root(key, {way: self._part(place, details, definition, stored, f) for way, f in files.items()})

    def _part(
        self,
        place: int,
        details: list[FieldDetails],
        definition: GraphQLField,
        stored: Stored,
        fragment: Fragment,
    ) -> Part:
        growing = Expression(self.schema, self.below, place, self.scopes)
        text, read = growing.looked_up("", definition, stored, details, fragment)
        own = growing.uses[0]
        below = {number: use for number, use in enumerate(growing.uses) if number and use.names}
        return Part(text, read or as_it_is, own, below, frozenset(growing.shared))

    def below(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> Selection:
        """What is asked of an object, merged by response key just as the ordinary executor merges it."""
        return collect_subfields(
            self.schema, self._details(), self.variables, self.operation, type_, details
        ).grouped_field_set

    def _details(self) -> dict[str, FragmentDetails]:
        return {name: FragmentDetails(definition) for name, definition in self.fragments.items()}


def _is_for(file: str, field: str) -> bool:
    return file == field or file.startswith(f"{field}.")
