"""The job `refresh-tags`: everybody is taken through the tags whose definitions have changed.

In steps by OneID. How far each tag has come is on the tag itself, so a run that ends early, in whatever way,
is gone on with by the next one.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.graph.queries import read_query, write_query
from app.identity.service import Identity
from app.jobs.derivations import Derivation
from app.jobs.refresh import STEP, Refreshing
from app.segments import refresh as segments
from app.tags import definitions
from app.tags.refresh import refresh

_PENDING = read_query("tags/pending")
_MOVE = write_query("tags/pending_move")
_MARK = write_query("jobs/mark_dirty")
_PEOPLE = read_query("jobs/people_after")


async def refresh_tags(identity: Identity, as_of: datetime) -> Refreshing:
    """Everybody, through the pending tags and those that depend on them; nothing when none is pending."""
    reader = identity.graph.reader()
    pending = await reader.rows(_PENDING)
    known = await definitions.read(reader)
    only = definitions.concerned(known, [row["key"] for row in pending])
    cause = "DEFINITION" if any(row["cause"] == "DEFINITION" for row in pending) else "RULE"

    async def tags(own: Identity, one_ids: Sequence[str], moment: datetime) -> Counter[str]:
        return await refresh(own, one_ids, moment, cause=cause, only=only)

    # Segments whose rules ask about tags follow them.
    steps = [Derivation("tags", tags), Derivation("segments", segments.refresh)]
    run = Refreshing(identity, as_of, steps)
    if not pending:
        return run
    rows = [{"key": row["key"], "pending": row["pending"]} for row in pending]
    after = min(row["cursor"] for row in pending)
    while found := await reader.rows(_PEOPLE, after=after, limit=STEP):
        await run.step({one["one_id"]: None for one in found})
        after = found[-1]["one_id"]
        await _move(identity, rows, after)
    await _move(identity, rows, None)
    # Nobody is left behind: who failed is tried again with the dirty.
    if run.failures:
        await identity.graph.unit(lambda writer: writer.rows(_MARK, rows={"people": sorted(run.failures)}))
    return run


async def _move(identity: Identity, tags: list[dict[str, object]], cursor: str | None) -> None:
    await identity.graph.unit(lambda writer: writer.rows(_MOVE, rows={"tags": tags, "cursor": cursor}))
