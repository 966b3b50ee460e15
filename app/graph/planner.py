"""The read compiler: a GraphQL selection becomes one Cypher statement, whose one row becomes the answer.

    {person(by: …) {oneId cards {level}}}

    RETURN head(COLLECT {
      MATCH (:Identifier {key: $p.key_0_1})-[:IDENTIFIES]->(it_1:Person)
      RETURN [it_1.oneId, COLLECT { MATCH (it_1)<-[:IDENTIFIES]-(it_2:Card) RETURN [it_2.level] }]
    }) AS r0

Each field is an expression on its parent's variable. Rows are positional lists (a Cypher map comes back in
its own key order). Every value is a parameter, and no name or value of a request becomes part of the text.
Only this module composes Cypher, and what it composes are the files of `planner_fragments`, each put in its
place by `planner_placed`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetails

from app.graph.planner_fields import Stored, answered_of, stored_of
from app.graph.planner_fragments import Fragment, fragments
from app.graph.planner_made import made_of
from app.graph.planner_placed import Placed
from app.graph.planner_shapes import (
    KEY,
    Column,
    Read,
    any_of,
    connection_of,
    cursor_of,
    leaf_of,
    list_of,
    object_of,
    page_of,
    typed_of,
)
from app.graph.planner_uses import SHARED, Use, fixed_arguments

Selection = Mapping[str, list[FieldDetails]]
"""Uses of fields by response key."""

Below = Callable[[GraphQLObjectType, list[FieldDetails]], Selection]


class Expression:
    """One root's expression while it grows: the fragments and parameters that it has used so far.

    below: what is asked of an object of a type, given the uses of the field that it is in.
    place: the root's among those of its statement, which all share one space of parameters.
    scopes: what the caller may do; a field that needs more is answered by its refusal, and never read.
    """

    def __init__(self, schema: GraphQLSchema, below: Below, place: int, scopes: frozenset[str]) -> None:
        self.schema = schema
        self.below = below
        self.place = place
        self.scopes = scopes
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
        use = self._use(definition, details[0].node, stored, fragment, parent)
        query = Placed(fragment, use.names, use.variables)
        if stored.make is not None:
            found = query.value if fragment.expression else query.collected(query.value)
            return found, made_of(stored.make, definition.type, details, self.below)
        if is_leaf_type(named):
            owner, _, name = fragment.name.partition(".")
            read = leaf_of(owner, name, named, stored.show)
            if fragment.expression:
                return _as_text(query.value, named), read
            return _one_or_all(definition, query.collected(_as_text(query.value, named))), read
        if fragment.cursor is not None:
            return self._connection(named, details, query)
        row, read = self._item(named, query, details)
        return _one_or_all(definition, query.collected(_where_any(definition, query.it, row))), _several(
            definition, read
        )

    def _item(self, named: GraphQLNamedType, query: Placed, details: list[FieldDetails]) -> tuple[str, Read]:
        """What is asked of each `it`. Of a type that only its row knows: `[name of the type, row of it]`."""
        fragment = query.fragment
        if fragment.type is None:
            row, read = self._row(_object(self.schema, fragment.it), query.it, details)
            return row, read if isinstance(named, GraphQLObjectType) else typed_of(fragment.it or "", read)
        whens, reads = [], dict[str, Read]()
        for type_ in possible_types(self.schema, fragment.it):
            row, reads[type_.name] = self._row(type_, query.it, details)
            whens.append(f"WHEN '{type_.name}' THEN ['{type_.name}', {row}]")
        return f"CASE {query.type} {' '.join(whens)} END", any_of(reads)

    def _field(
        self, type_: GraphQLObjectType, variable: str, key: str, details: list[FieldDetails]
    ) -> tuple[str, Column]:
        """A field of an object: by its fragment, or the property of its name."""
        name = details[0].node.name.value
        if name == "__typename":
            return f"'{type_.name}'", Column(key)
        definition = type_.fields[name]
        required = is_non_null_type(definition.type)
        if answered_of(definition) is not None:
            return f"{variable}.key", Column(KEY)
        stored = stored_of(definition) or Stored()
        if refused := stored.refusal(self.scopes):
            return "null", Column(key, None, required, refused=refused)
        if fragment := fragments().get(stored.file or f"{type_.name}.{name}"):
            use = len(self.uses)
            text, read = self.looked_up(variable, definition, stored, details, fragment)
            return text, Column(key, read, required, use)
        named = get_named_type(definition.type)
        read = leaf_of(type_.name, name, named, stored.show)
        if is_list_type(get_nullable_type(definition.type)):
            return f"coalesce({variable}.{name}, [])", Column(key, read, required)
        return _as_text(f"{variable}.{name}", named), Column(key, read, required)

    def _row(self, type_: GraphQLObjectType, variable: str, details: list[FieldDetails]) -> tuple[str, Read]:
        """The positional list of everything that is asked of an object."""
        asked = self.below(type_, details).items()
        fields = [self._field(type_, variable, key, below) for key, below in asked]
        return f"[{', '.join(text for text, _ in fields)}]", object_of([column for _, column in fields])

    def _connection(
        self, type_: GraphQLNamedType, details: list[FieldDetails], query: Placed
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

    def _edge(self, type_: GraphQLObjectType, details: list[FieldDetails], query: Placed) -> tuple[str, Read]:
        texts, columns = [], []
        for key, below in self.below(type_, details).items():
            name = below[0].node.name.value
            if name == "node":
                text, read = self._item(get_named_type(type_.fields[name].type), query, below)
            elif name == "cursor":
                text, read = query.cursor, cursor_of(query.fragment.name)
            else:
                text, read = f"'{type_.name}'", as_it_is
            texts.append(text)
            columns.append(Column(key, read))
        return f"[{', '.join(texts)}]", object_of(columns)

    def _use(
        self, definition: GraphQLField, node: FieldNode, stored: Stored, fragment: Fragment, parent: str
    ) -> Use:
        number = len(self.uses) + 1
        names = {name: f"{name}_{self.place}_{number}" for name in fragment.params - SHARED}
        renamed = {name: f"{name}_{number}" for name in ("it", *fragment.locals)} | {"this": parent}
        use = Use(definition, node, stored, fragment, names, fixed_arguments(definition, node), renamed)
        self.uses.append(use)
        self.shared |= fragment.params & SHARED
        return use


def _object(schema: GraphQLSchema, name: str | None) -> GraphQLObjectType:
    type_ = schema.type_map[name or ""]
    assert isinstance(type_, GraphQLObjectType)  # noqa: S101 - a test walks all fragments
    return type_


def possible_types(schema: GraphQLSchema, name: str | None) -> Sequence[GraphQLObjectType]:
    """The types that a row of an interface or a union may be."""
    type_ = schema.type_map[name or ""]
    assert is_abstract_type(type_)  # noqa: S101 - a test walks all fragments
    return schema.get_possible_types(type_)


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
