"""Which OneIDs an undo gives back."""

from __future__ import annotations

from collections.abc import Iterable

from app.graph.queries import read_query
from app.graph.sessions import Writer

_MOVES = read_query("identity/moves")


async def wanted(writer: Writer, keys: Iterable[str], undoing: str) -> dict[str, str]:
    """Whom identifiers belonged to before all that has been taken back by now, this undo included.

    Operations that still stand are where the look back ends, so undos in any order lead to where no operation
    led away from.
    """
    found = {}
    for row in await writer.rows(_MOVES, rows={"keys": sorted(keys), "undoing": undoing}):
        before = None
        for one_id, taken_back in row["moves"]:
            if not taken_back:
                break
            before = one_id
        if before is not None:
            found[row["key"]] = before
    return found
