"""Everything of one kind, page by page in the order of keys: how what reads the whole graph reads it.

A page is one record with a list of rows. A record each costs the driver ten times as much as the row in it,
and each page is a short transaction of its own, found by the index: nothing is held while millions pass.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from app.graph.queries import ReadQuery
from app.graph.sessions import Reader

PAGE = 5_000
"""Identifiers on a page."""


async def pages(reader: Reader, query: ReadQuery) -> AsyncIterator[list[Any]]:
    """The rows of a statement that takes `after` and `size`, and returns `last` and `rows`, page by page."""
    after: str | None = ""
    while after is not None:
        row = await reader.row(query, after=after, size=PAGE)
        after = row["last"] if row else None
        if row and row["rows"]:
            yield row["rows"]
