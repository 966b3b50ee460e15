"""Lines of the feed past their keep time go; never the history of OneIDs, nor what is still to be told.

Each type is walked from its oldest line on, by the index that has its lines in their order, until one is too
young: what is kept is not looked at.
"""

from datetime import datetime
from typing import get_args

from app.feed.lines import LineType
from app.graph.queries import write_query
from app.graph.sessions import Graph, Writer

BATCH = 5_000

_PRUNE = write_query("feed/prune")


async def prune(graph: Graph, before: datetime) -> int:
    """Drops lines of tags, stages, journeys, segments and corrections of before a time; returns how many.

    What a webhook has not been told stays, also while the webhook is not active.
    """
    total = 0
    for kind in get_args(LineType):
        pruned = BATCH
        while pruned == BATCH:
            pruned = await _batch(graph, kind, before)
            total += pruned
    return total


async def _batch(graph: Graph, kind: str, before: datetime) -> int:
    async def work(writer: Writer) -> int:
        row = await writer.one(_PRUNE, type=kind, before=before, limit=BATCH)
        return int(row["pruned"])

    return await graph.unit(work)
