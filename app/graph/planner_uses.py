"""One use of a fragment in a plan: what its parameters are called, and what they are for one request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from graphql import (
    FieldNode,
    GraphQLField,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_argument_values

from app.errors import BadInput
from app.graph.planner_conditions import PARAMETERS, Condition
from app.graph.planner_fields import Asking, Found, Stored
from app.graph.planner_fragments import Fragment
from app.settings import settings

SHARED = frozenset({"brands", "pii", "asOf", "zone", "homeCurrency"})
"""Parameters of fragments that come from the request as a whole rather than from a field's arguments."""


def parameter(name: str) -> str:
    """How a statement says a parameter."""
    return f"${PARAMETERS}.{name}"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a fragment: the field that uses it, and what the fragment's parameters are called in the
    statement.
    """

    definition: GraphQLField
    node: FieldNode
    stored: Stored
    fragment: Fragment
    names: Mapping[str, str]
    fixed: Mapping[str, Any] | None
    variables: Mapping[str, str]
    """What the fragment's variables are called in the statement."""

    def find(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any] = MappingProxyType({})
    ) -> Found:
        """The fragment's parameters for one request. Raises OneIdError for arguments that cannot be meant."""
        arguments = self._arguments(variables, given)
        if self.stored.look_up is not None:
            return self.stored.look_up(asking, arguments)
        params = {name: plain(arguments.get(name)) for name in self.names}
        if self.fragment.cursor is not None:
            params |= self._page(asking, arguments)
        return Found(params)

    async def search(self, asking: Asking, variables: VariableValues, given: Mapping[str, Any]) -> Found:
        """The same, of a field that asks the graph first where it has one."""
        if self.stored.search is None:
            return self.find(asking, variables, given)
        return await self.stored.search(asking, self._arguments(variables, given))

    def _arguments(self, variables: VariableValues, given: Mapping[str, Any]) -> Mapping[str, Any]:
        arguments = self.fixed
        if arguments is None:
            arguments = get_argument_values(self.definition, self.node, variables)
        return {**arguments, **given} if given else arguments

    def named(self, found: Found) -> dict[str, Any]:
        """The parameters under their names in the statement; of a condition its values."""
        given = {name: found.params[own] for own, name in self.names.items()}
        if self.stored.search is not None:
            given |= {name: one.values for name, one in given.items() if isinstance(one, Condition)}
        return given

    def conditions(self, found: Found) -> dict[str, Condition]:
        """The conditions among the parameters, in their places."""
        given = ((name, found.params[own]) for own, name in self.names.items())
        return {name: one.placed(name, self.variables) for name, one in given if isinstance(one, Condition)}

    def unsaid(self) -> dict[str, Any]:
        """The parameters as if the field had been asked without arguments."""
        defaults = {name: argument.default_value for name, argument in self.definition.args.items()}
        given = {own: None if defaults.get(own) is Undefined else defaults.get(own) for own in self.names}
        return {name: given[own] for own, name in self.names.items()}

    def _page(self, asking: Asking, arguments: Mapping[str, Any]) -> dict[str, Any]:
        first, after = arguments.get("first"), arguments.get("after")
        if first is None:
            first = self.definition.args["first"].default_value
        if first < 1:
            raise BadInput("`first` is at least 1", field=("first",))
        opened = None if after is None else asking.open_cursor(self.fragment.name, after)
        return {"first": first, "after": opened}


def fixed_arguments(definition: GraphQLField, node: FieldNode) -> Mapping[str, Any] | None:
    """The arguments of a field that says them without variables, coerced once; else None."""
    return None if _has_variables(node) else get_argument_values(definition, node)


def _has_variables(node: FieldNode) -> bool:
    return any(_holds_variable(argument.value) for argument in node.arguments or ())


def _holds_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(map(_holds_variable, value.values))
    if isinstance(value, ObjectValueNode):
        return any(_holds_variable(field.value) for field in value.fields)
    return isinstance(value, VariableNode)


def plain(value: Any) -> Any:
    """An argument as the database takes it: enum members by their values, times without offset in the
    deployment's zone.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(settings().time_zone))
        return zoned.astimezone(UTC)
    return [plain(item) for item in value] if isinstance(value, list) else value
