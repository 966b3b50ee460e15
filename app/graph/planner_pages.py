"""Relay's connections, in pages by keyset: `Connection[Change]` is the GraphQL type `ChangeConnection`.

The field's fragment says its order and, in its header, the sort values that a page starts after (`cursor:`).
"""

from typing import Generic, TypeVar

import strawberry

Item = TypeVar("Item")


@strawberry.type(description="Where a page stands.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more after it.")
    has_previous_page: bool = strawberry.field(description="Whether it started after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of its first row.")
    end_cursor: str | None = strawberry.field(
        description="The cursor of its last row: `after` for the next page."
    )


@strawberry.type(description="A row of a page.")
class Edge(Generic[Item]):
    cursor: str = strawberry.field(description="`after` for what follows this row.")
    node: Item = strawberry.field(description="The row.")


@strawberry.type(description="A page, placed by sort values: what is written meanwhile never shifts it.")
class Connection(Generic[Item]):
    edges: list[Edge[Item]] = strawberry.field(description="The rows, in their order.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
