"""The read compiler: a GraphQL selection becomes one Cypher statement, whose one row becomes the answer.

    {person(by: …) {oneId cards {level}}}

    RETURN head(COLLECT {
      MATCH (:Identifier {key: $key_0_1})-[:IDENTIFIES]->(it_1:Person)
      RETURN [it_1.oneId, COLLECT { MATCH (it_1)<-[:IDENTIFIES]-(it_2:Card) RETURN [it_2.level] }]
    }) AS r0

Each field is an expression on its parent's variable. Rows are positional lists (a Cypher map comes back in
its own key order). Every value is a parameter, and no name or value of a request becomes part of the text.
Only this module composes Cypher, and what it composes are the files of `planner_fragments`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetails

from app.graph.planner_fields import Stored, stored_of
from app.graph.planner_fragments import Fragment, fragments
from app.graph.planner_plans import SHARED, Use, fixed_arguments
from app.graph.planner_shapes import (
    Column,
    Read,
    connection_of,
    cursor_of,
    leaf_of,
    list_of,
    object_of,
    page_of,
    typed_of,
)

Selection = Mapping[str, list[FieldDetails]]
"""Uses of fields by response key."""

Below = Callable[[GraphQLObjectType, list[FieldDetails]], Selection]


class Expression:
    """One root's expression while it grows: the fragments and parameters that it has used so far.

    below: what is asked of an object of a type, given the uses of the field that it is in.
    place: the root's among those of its statement, which all share one space of parameters.
    """

    def __init__(self, schema: GraphQLSchema, below: Below, place: int) -> None:
        self.schema = schema
        self.below = below
        self.place = place
        self.uses: list[Use] = []
        self.shared: set[str] = set()

    def looked_up(
        self,
        parent: str,
        definition: GraphQLField,
        stored: Stored,
        details: list[FieldDetails],
        fragment: Fragment,
    ) -> tuple[str, Read | None]:
        """A field that a fragment answers: its expression on the parent's variable, and its Read."""
        named = get_named_type(definition.type)
        query = self._placed(fragment, parent, self._use(definition, details[0].node, stored, fragment))
        if is_leaf_type(named):
            owner, _, name = fragment.name.partition(".")
            read = leaf_of(owner, name, named, stored.show)
            if fragment.expression:
                return _as_text(query.value, named), read
            return _one_or_all(definition, query.collected(_as_text(query.value, named))), read
        if fragment.cursor is not None:
            return self._connection(named, details, query)
        row, read = self._row(_object(self.schema, fragment.it), query.it, details)
        return _one_or_all(definition, query.collected(_where_any(definition, query.it, row))), _several(
            definition, read if isinstance(named, GraphQLObjectType) else typed_of(fragment.it or "", read)
        )

    def _field(
        self, type_: GraphQLObjectType, variable: str, details: list[FieldDetails]
    ) -> tuple[str, Read | None]:
        """A field of an object: by its fragment, or the property of its name."""
        name = details[0].node.name.value
        if name == "__typename":
            return f"'{type_.name}'", None
        definition = type_.fields[name]
        stored = stored_of(definition) or Stored()
        if fragment := fragments().get(f"{type_.name}.{name}"):
            return self.looked_up(variable, definition, stored, details, fragment)
        named = get_named_type(definition.type)
        read = leaf_of(type_.name, name, named, stored.show)
        if is_list_type(get_nullable_type(definition.type)):
            return f"coalesce({variable}.{name}, [])", read
        return _as_text(f"{variable}.{name}", named), read

    def _row(self, type_: GraphQLObjectType, variable: str, details: list[FieldDetails]) -> tuple[str, Read]:
        """The positional list of everything that is asked of an object."""
        texts, columns = [], []
        for key, below in self.below(type_, details).items():
            text, read = self._field(type_, variable, below)
            definition = type_.fields.get(below[0].node.name.value)
            texts.append(text)
            columns.append(Column(key, read, definition is not None and is_non_null_type(definition.type)))
        return f"[{', '.join(texts)}]", object_of(columns)

    def _connection(
        self, type_: GraphQLNamedType, details: list[FieldDetails], query: "_Placed"
    ) -> tuple[str, Read]:
        """`[first, whether after a cursor, rows]`; a row is its sort values, then a list for each `edges`
        asked.
        """
        assert isinstance(type_, GraphQLObjectType)  # noqa: S101 - connections are objects
        texts, parts = [query.cursor], list[tuple[str, Any]]()
        for key, below in self.below(type_, details).items():
            name = below[0].node.name.value
            if name == "__typename":
                parts.append((key, type_.name))
                continue
            part_type = get_named_type(type_.fields[name].type)
            assert isinstance(part_type, GraphQLObjectType)  # noqa: S101
            if name == "edges":
                text, read = self._edge(part_type, below, query)
                parts.append((key, (len(texts), read)))
                texts.append(text)
            else:
                asked = [(k, d[0].node.name.value) for k, d in self.below(part_type, below).items()]
                parts.append((key, page_of(asked, query.fragment.name)))
        rows = query.collected(f"[{', '.join(texts)}]")
        return f"[{query.parameter('first')}, {query.parameter('after')} IS NOT NULL, {rows}]", connection_of(
            parts
        )

    def _edge(
        self, type_: GraphQLObjectType, details: list[FieldDetails], query: "_Placed"
    ) -> tuple[str, Read]:
        texts, columns = [], []
        for key, below in self.below(type_, details).items():
            name = below[0].node.name.value
            if name == "node":
                text, read = self._row(_object(self.schema, query.fragment.it), query.it, below)
            elif name == "cursor":
                text, read = query.cursor, cursor_of(query.fragment.name)
            else:
                text, read = f"'{type_.name}'", as_it_is
            texts.append(text)
            columns.append(Column(key, read))
        return f"[{', '.join(texts)}]", object_of(columns)

    def _use(self, definition: GraphQLField, node: FieldNode, stored: Stored, fragment: Fragment) -> Use:
        number = len(self.uses) + 1
        names = {name: f"{name}_{self.place}_{number}" for name in fragment.params - SHARED}
        use = Use(definition, node, stored, fragment, names, fixed_arguments(definition, node))
        self.uses.append(use)
        self.shared |= fragment.params & SHARED
        return use

    def _placed(self, fragment: Fragment, parent: str, use: Use) -> "_Placed":
        number = len(self.uses)
        renamed = {name: f"{name}_{number}" for name in ("it", *fragment.locals)} | {"this": parent}
        return _Placed(fragment, use.names, renamed)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A fragment in its place: with variables of its own, on its parent's, and its parameters under their
    names.
    """

    fragment: Fragment
    names: Mapping[str, str]
    variables: Mapping[str, str]

    @property
    def it(self) -> str:
        return self.variables["it"]

    @property
    def value(self) -> str:
        return self._renamed(self.fragment.value)

    @property
    def cursor(self) -> str:
        return f"[{self._renamed(self.fragment.cursor or '')}]"

    def parameter(self, name: str) -> str:
        return f"${self.names[name]}"

    def collected(self, row: str) -> str:
        """The list of what the fragment finds, each as this row, in the fragment's order."""
        body, tail = self._renamed(self.fragment.body), self._renamed(self.fragment.tail)
        return f"COLLECT {{ {body}\nRETURN {row}{tail} }}"

    def _renamed(self, text: str) -> str:
        text = re.sub(r"\$(\w+)", lambda m: f"${self.names.get(m[1], m[1])}", text)
        return re.sub(r"(?<![\w.$:])[A-Za-z]\w*", lambda m: self.variables.get(m[0], m[0]), text)


def _object(schema: GraphQLSchema, name: str | None) -> GraphQLObjectType:
    type_ = schema.type_map[name or ""]
    assert isinstance(type_, GraphQLObjectType)  # noqa: S101 - a test walks all fragments
    return type_


def _one_or_all(definition: GraphQLField, rows: str) -> str:
    return rows if is_list_type(get_nullable_type(definition.type)) else f"head({rows})"


def _where_any(definition: GraphQLField, variable: str, row: str) -> str:
    """The row, or null where a list has a place without anybody."""
    return f"CASE WHEN {variable} IS NULL THEN null ELSE {row} END" if _items_nullable(definition) else row


def _several(definition: GraphQLField, read: Read) -> Read:
    if not is_list_type(get_nullable_type(definition.type)):
        return read
    return list_of(read, nullable=_items_nullable(definition))


def _items_nullable(definition: GraphQLField) -> bool:
    type_ = get_nullable_type(definition.type)
    return is_list_type(type_) and not is_non_null_type(type_.of_type)


def _as_text(expression: str, type_: GraphQLNamedType) -> str:
    """Times leave the database as text: the driver's own temporal values cost more than the rest of a row."""
    return f"toString({expression})" if type_.name in ("DateTime", "Date") else expression


def as_it_is(cell: Any, _: object) -> Any:
    return cell
