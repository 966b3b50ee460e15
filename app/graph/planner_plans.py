"""A compiled operation, and what running it takes: one statement, its parameters, and how its row is read.

A plan holds no value of any request but the ones that its text spells out; the same plan serves every caller
with the same scopes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from graphql import FieldNode, GraphQLField, ListValueNode, ObjectValueNode, ValueNode, VariableNode
from graphql.execution.values import VariableValues, get_argument_values

from app.errors import BadInput, OneIdError
from app.graph.planner_fields import Asking, Found, Stored
from app.graph.planner_fragments import Fragment
from app.graph.planner_shapes import Incomplete, Read, Reading

PATIENCE = 30.0  # seconds that one request's statement may take
SHARED = frozenset({"brands", "pii", "asOf"})
"""Parameters of fragments that come from the caller rather than from a field's arguments."""


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

    def find(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any] = MappingProxyType({})
    ) -> Found:
        """The fragment's parameters for one request. Raises OneIdError for arguments that cannot be meant."""
        arguments = self.fixed
        if arguments is None:
            arguments = get_argument_values(self.definition, self.node, variables)
        if given:
            arguments = {**arguments, **given}
        if self.stored.look_up is not None:
            return self.stored.look_up(asking, arguments)
        params = {name: _plain(arguments.get(name)) for name in self.names}
        if self.fragment.cursor is not None:
            params |= self._page(asking, arguments)
        return Found(params)

    def named(self, found: Found) -> dict[str, Any]:
        """The parameters under their names in the statement."""
        return {name: found.params[own] for own, name in self.names.items()}

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


def _plain(value: Any) -> Any:
    """An argument as the database takes it: enum members by their values."""
    if isinstance(value, Enum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Part:
    """One way to answer a root field: its expression, how its cell is read, and every use of a fragment in
    it.
    """

    expression: str
    read: Read
    own: Use
    below: tuple[Use, ...]
    shared: frozenset[str]

    def parameters(self, asking: Asking, variables: VariableValues, found: Found) -> dict[str, Any]:
        """All parameters of the expression. Raises OneIdError for arguments below that cannot be meant."""
        params = self.own.named(found)
        for use in self.below:
            params |= use.named(use.find(asking, variables))
        if self.shared:
            caller = asking.shared()
            params |= {name: caller[name] for name in self.shared}
        return params

    def shaped(self, cell: Any, asking: Asking) -> tuple[Any, bool]:
        """The cell as callers see it, and whether it holds every value that the schema promises."""
        if cell is None:
            return None, True
        try:
            return self.read(cell, Reading(asking)), True
        except Incomplete:
            return self.read(cell, Reading(asking, strict=False)), False


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its parts by variant ("" where there is one way), or why the caller may not have it."""

    key: str
    parts: Mapping[str, Part]
    refused: OneIdError | None = None

    def chosen(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any]
    ) -> tuple[Part | None, Found]:
        """The part that the arguments lead to; None where they lead nowhere, and the answer is null."""
        if self.refused is not None:
            raise self.refused
        found = next(iter(self.parts.values())).own.find(asking, variables, given)
        return (None if found.variant is None else self.parts[found.variant]), found


@dataclass(frozen=True, slots=True)
class Tree:
    """An operation's answer by response key. Not `complete`: holds errors or forbidden nulls, or misses
    fields.
    """

    values: dict[str, Any]
    complete: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The roots of an operation. `constants` are its `__typename`s; `rest` when some of it is not in the
    graph.
    """

    keys: tuple[str, ...]
    roots: tuple[Root, ...]
    constants: Mapping[str, str]
    rest: bool
    texts: dict[tuple[int, ...], str] = field(default_factory=dict)

    async def answer(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any] = MappingProxyType({})
    ) -> Tree:
        """Asks the graph once, for everything; not at all when nothing is left to ask.

        given: arguments that come from the program rather than from the document.
        """
        values: dict[str, Any] = dict.fromkeys(self.keys)
        values.update(self.constants)
        wanted: list[tuple[Root, Part, Found]] = []
        params: dict[str, Any] = {}
        complete = not self.rest
        for root in self.roots:
            try:
                part, found = root.chosen(asking, variables, given)
                if part is not None:
                    params |= part.parameters(asking, variables, found)
                    wanted.append((root, part, found))
            except OneIdError as error:
                values[root.key], complete = error, False
        if wanted:
            complete &= await self._fetch(asking, wanted, params, values)
        return Tree(values, complete)

    async def _fetch(
        self,
        asking: Asking,
        wanted: list[tuple[Root, Part, Found]],
        params: dict[str, Any],
        values: dict[str, Any],
    ) -> bool:
        """Fills in the values; False when one of them is an error or a forbidden null."""
        try:
            text = self._text([part for _, part, _ in wanted])
            rows = await asking.reader().compiled(text, params, timeout=PATIENCE)
        except Exception as error:  # each field says what became of it, and the rest of the request goes on
            values.update({root.key: error for root, _, _ in wanted})
            return False
        complete = True
        for (root, part, found), cell in zip(wanted, rows[0], strict=True):
            values[root.key], whole = part.shaped(cell, asking)
            for place, refusal in found.refused.items():
                values[root.key][place] = refusal
            complete &= whole and not found.refused
        return complete

    def _text(self, parts: list[Part]) -> str:
        """`RETURN … AS r0, … AS r1`: joined once for each choice of variants."""
        chosen = tuple(map(id, parts))
        if chosen not in self.texts:
            columns = ",\n".join(f"{part.expression} AS r{i}" for i, part in enumerate(parts))
            self.texts[chosen] = f"RETURN {columns}"
        return self.texts[chosen]
