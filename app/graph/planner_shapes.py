"""How the cells of a statement's row become the answer: one small closure for each selection of a plan.

A `Read` turns a cell that is not null into a value of the answer. Objects come as positional lists in the
asked order, so reading one is a `zip`; only columns that need more than that have a Read of their own.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLEnumType, GraphQLNamedType

from app.graph.planner_fields import Asking


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one row. `strict` raises Incomplete at what the ordinary executor has to complete.

    refused: what is wrong with the arguments of fields below the root, by the number of their use.
    """

    asking: Asking
    strict: bool = True
    refused: Mapping[int, Exception] = field(default_factory=dict)


Read = Callable[[Any, Reading], Any]


class Incomplete(Exception):
    """There is an error, or null where the schema promises a value: the ordinary executor says where."""


KEY = "\0key"
"""Where an object keeps the key of its node, for fields below it that a function answers: no response key."""


class Typed(dict[str, Any]):
    """An object under a field of an interface type: it also knows what it is."""

    __slots__ = ("typename",)

    def __init__(self, typename: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.typename = typename


@dataclass(frozen=True, slots=True)
class Column:
    """One response key of an object: how its cell is read (None: as it is), and whether null is forbidden.

    use: the number of the use of a fragment whose arguments may be refused. refused: what the caller is told
    instead of the field. A column of KEY is there for a function that the ordinary executor calls.
    """

    key: str
    read: Read | None = None
    required: bool = False
    use: int | None = None
    refused: Exception | None = None


def object_of(columns: Sequence[Column]) -> Read:
    """Reads a positional list as an object with these keys."""
    keys = tuple(column.key for column in columns)
    reads = tuple((c.key, place, c.read) for place, c in enumerate(columns) if c.read is not None)
    required = frozenset(place for place, column in enumerate(columns) if column.required)
    forbidden = {column.key: column.refused for column in columns if column.refused is not None}
    uses = tuple((column.key, column.use) for column in columns if column.use is not None)
    calls = KEY in keys

    def read(row: list[Any], reading: Reading) -> dict[str, Any]:
        lacks = None in row and any(row[place] is None for place in required)
        if reading.strict and (forbidden or calls or lacks):
            raise Incomplete
        shaped = dict(zip(keys, row, strict=True))
        for key, place, read_cell in reads:
            cell = row[place]
            if cell is not None:
                shaped[key] = read_cell(cell, reading)
        shaped |= forbidden
        if reading.refused:
            shaped |= {key: reading.refused[use] for key, use in uses if use in reading.refused}
        return shaped

    def read_cells(row: list[Any], reading: Reading) -> dict[str, Any]:
        if None in row and reading.strict and any(row[place] is None for place in required):
            raise Incomplete
        return dict(zip(keys, row))  # noqa: B905 - a statement's row is as long as its columns

    # Most objects of an answer are cells as they are: a batch has a thousand of them.
    return read if reads or uses or forbidden or calls else read_cells


def typed_of(typename: str, read: Read) -> Read:
    """Reads an object that an interface field holds."""
    return lambda cell, reading: Typed(typename, read(cell, reading))


def any_of(reads: Mapping[str, Read]) -> Read:
    """Reads `[name of its type, row]`, each type by its own."""
    return lambda cell, reading: Typed(cell[0], reads[cell[0]](cell[1], reading))


def list_of(read: Read, *, nullable: bool) -> Read:
    """Reads a list; `nullable` when its items may be null."""
    if nullable:
        return lambda cells, reading: [None if c is None else read(c, reading) for c in cells]
    return lambda cells, reading: [read(cell, reading) for cell in cells]


def leaf_of(
    owner: str, name: str, type_: GraphQLNamedType, show: Callable[[Any, Any], Any] | None
) -> Read | None:
    """Reads a scalar or an enum value as the ordinary executor would write it."""
    if show is not None:
        return lambda cell, reading: show(reading.asking, cell)
    if name == "id":
        return lambda cell, _: global_id(owner, cell)
    if isinstance(type_, GraphQLEnumType):
        names = {text: name for name in type_.values for text in (name, name.lower())}
        return lambda cell, _: names.get(cell, cell)
    return None


def cursor_of(field: str) -> Read:
    """Reads sort values as the sealed cursor of a connection field."""
    return lambda values, reading: reading.asking.seal_cursor(field, values)


def page_of(
    asked: Sequence[tuple[str, str]], field: str
) -> Callable[[bool, bool, list[Any], Reading], dict[str, Any]]:
    """Makes the PageInfo of a page: (whether it starts after a cursor, whether there is more, its rows)."""

    def page(after: bool, more: bool, rows: list[Any], reading: Reading) -> dict[str, Any]:
        ends = (
            [reading.asking.seal_cursor(field, row[0]) for row in (rows[0], rows[-1])]
            if rows
            else [None, None]
        )
        values = {
            "__typename": "PageInfo",
            "hasNextPage": more,
            "hasPreviousPage": after,
            "startCursor": ends[0],
            "endCursor": ends[1],
        }
        return {key: values[name] for key, name in asked}

    return page


def connection_of(parts: Sequence[tuple[str, Any]]) -> Read:
    """Reads `[first, whether after a cursor, rows]`; a row more than `first` says that there is a next page.

    parts: response key with a text (`__typename`), with (column, Read) of the edges, or with what `page_of`
    made.
    """

    def read(cell: list[Any], reading: Reading) -> dict[str, Any]:
        first, after, rows = cell
        shown = rows[:first]
        shaped: dict[str, Any] = {}
        for key, part in parts:
            if isinstance(part, str):
                shaped[key] = part
            elif isinstance(part, tuple):
                shaped[key] = [part[1](row[part[0]], reading) for row in shown]
            else:
                shaped[key] = part(after, len(rows) > first, shown, reading)
        return shaped

    return read


def global_id(typename: str, key: str) -> str:
    """The Relay id of a node: its type and key, in base64."""
    return b64encode(f"{typename}:{key}".encode()).decode()
