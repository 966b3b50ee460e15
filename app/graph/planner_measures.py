"""How much a document asks for: its depth, aliases, fields and cost.

Fragments are measured once each, however often they are spread, so a document of a kilobyte that unfolds to
millions of fields is refused in the time that reading it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
    ValueNode,
    VariableNode,
    VisitorAction,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

from app.graph.planner_fields import answered_of, stored_of
from app.graph.planner_limits import (
    EVALUATION,
    LIST_SIZE,
    MAX_ALIASES,
    MAX_COST,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_PAGE,
    OverLimit,
    check_list,
    over,
    too_expensive,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """How many objects an answer may hold: a fixed number, and more for each variable that says a size."""

    fixed: int = 0
    sized: tuple["Sized", ...] = ()

    def of(self, variables: Mapping[str, Any]) -> int:
        """The cost with these (coerced) variables. Raises OverLimit for a page or list that is too long."""
        return self.fixed + sum(part.of(variables) for part in self.sized)

    def times(self, size: int) -> "Cost":
        """The cost of so many of it."""
        return Cost(
            size * self.fixed, tuple(Sized(s.variable, s.default, s.each.times(size)) for s in self.sized)
        )


@dataclass(frozen=True, slots=True)
class Sized:
    """A cost as many times as a variable says: a number, or the length of a list."""

    variable: str
    default: int
    each: Cost

    def of(self, variables: Mapping[str, Any]) -> int:
        value = variables.get(self.variable)
        return (self.default if value is None else _size(value)) * self.each.of(variables)


@dataclass(slots=True)
class Measure:
    """What an operation, or a fragment, unfolds to. `variables` are those that its directives use."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    cost: Cost = Cost()
    variables: frozenset[str] = frozenset()

    def add(self, other: "Measure") -> None:
        """Takes in what stands beside it."""
        self.depth = max(self.depth, other.depth)
        self.fields += other.fields
        self.aliases += other.aliases
        self.cost = Cost(self.cost.fixed + other.cost.fixed, self.cost.sized + other.cost.sized)
        self.variables |= other.variables
        if self.fields > MAX_FIELDS:
            raise over("TOO_COMPLEX", f"the document unfolds to more than {MAX_FIELDS} fields")


@dataclass(slots=True)
class Measuring:
    """One document being measured; `of` is memoised by fragment."""

    schema: GraphQLSchema
    document: DocumentNode
    fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _known: dict[str, Measure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self.fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        """The measure of an operation. Raises OverLimit."""
        try:
            measure = self._selections(
                operation.selection_set, self.schema.get_root_type(operation.operation)
            )
        except RecursionError:
            raise over("TOO_DEEP", "the document is nested too deeply") from None
        if measure.depth > MAX_DEPTH:
            raise over("TOO_DEEP", f"fields are nested {measure.depth} deep; {MAX_DEPTH} is the most")
        if measure.aliases > MAX_ALIASES:
            raise over("TOO_MANY_ALIASES", f"{measure.aliases} aliases; {MAX_ALIASES} is the most")
        if measure.cost.fixed > MAX_COST:
            raise too_expensive(measure.cost.fixed)
        return measure

    def _selections(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Measure:
        total = Measure()
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                measure = self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                measure = self._selections(
                    node.selection_set,
                    self.schema.type_map.get(condition.name.value) if condition else parent,
                )
            else:
                assert isinstance(node, FragmentSpreadNode)  # noqa: S101 - there are three
                measure = self._fragment(node.name.value)
            total.add(measure)
            total.variables |= _directive_variables(node)
        return total

    def _fragment(self, name: str) -> Measure:
        if name not in self._known:
            self._known[name] = Measure(fields=1)  # while it is measured; a cycle is for validation to refuse
            if definition := self.fragments.get(name):
                type_ = self.schema.type_map.get(definition.type_condition.name.value)
                measure = self._selections(definition.selection_set, type_)
                measure.add(Measure(fields=1))
                self._known[name] = measure
        return self._known[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Measure:
        for argument in node.arguments or ():
            _check_lists(argument.value)
        definition = None
        if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            definition = parent.fields.get(node.name.value)
        type_ = get_named_type(definition.type) if definition else None
        below = self._selections(node.selection_set, type_)
        measure = Measure(
            below.depth + 1, below.fields + 1, below.aliases + bool(node.alias), variables=below.variables
        )
        if definition is not None and not is_leaf_type(type_):
            each = Cost(1 + below.cost.fixed, below.cost.sized)
            variable, size = _said_size(definition, node)
            measure.cost = Cost(0, (Sized(variable, size, each),)) if variable else each.times(size)
        return measure


class Limits(ValidationRule):
    """The limits as a validation rule; run by itself before the others, some of which a hostile document
    slows.
    """

    def enter_document(self, node: DocumentNode, *_args: Any) -> VisitorAction:
        """Measures every operation, and goes no further."""
        measuring = Measuring(self.context.schema, node)
        for operation in node.definitions:
            if isinstance(operation, OperationDefinitionNode):
                try:
                    measuring.operation(operation)
                except OverLimit as error:
                    self.report_error(GraphQLError(error.message, operation, original_error=error))
        return self.SKIP


def cost_of(measure: Measure, variables: Mapping[str, Any]) -> int:
    """The request's cost. Raises OverLimit."""
    cost = measure.cost.of(variables)
    if cost > MAX_COST:
        raise too_expensive(cost)
    return cost


def _said_size(definition: GraphQLField, node: FieldNode) -> tuple[str | None, int]:
    """The rows that a field may bring: the variable that says it, if one does, and the number without it."""
    told, stored = answered_of(definition), stored_of(definition)
    if told is not None and told.own is not None:
        return None, EVALUATION
    name = (stored.size if stored else None) or ("first" if "first" in definition.args else None)
    if name is None:
        return None, LIST_SIZE if is_list_type(
            get_nullable_type(definition.type)
        ) and stored is not None else 1
    value = next((a.value for a in node.arguments or () if a.name.value == name), None)
    default = _size(definition.args[name].default_value)
    if isinstance(value, VariableNode):
        return value.name.value, default
    if isinstance(value, IntValueNode):
        return None, _size(int(value.value))
    return None, len(value.values) if isinstance(value, ListValueNode) else default


def _size(value: Any) -> int:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return len(value)
    if isinstance(value, int):
        if value > MAX_PAGE:
            raise over("PAGE_TOO_LARGE", f"a page of {value}; {MAX_PAGE} is the most")
        return max(value, 0)
    return LIST_SIZE


def _check_lists(value: ValueNode, *, inside: bool = False) -> None:
    if isinstance(value, ListValueNode):
        check_list(value.values, ObjectValueNode, inside=inside)
        for item in value.values:
            _check_lists(item, inside=True)
    elif isinstance(value, ObjectValueNode):
        for part in value.fields:
            _check_lists(part.value, inside=True)


def _directive_variables(node: FieldNode | InlineFragmentNode | FragmentSpreadNode) -> frozenset[str]:
    if not node.directives:
        return frozenset()
    values = (argument.value for directive in node.directives for argument in directive.arguments or ())
    return frozenset(value.name.value for value in values if isinstance(value, VariableNode))
