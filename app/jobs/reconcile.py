"""Everything that is derived, again, against what is stored: differences are repaired, counted and reported.

None are expected: what changes a person marks it dirty, and the next refresh derives it. So a difference is
somebody who wrote past that, a process that was cut off, or a mistake of ours, and worth a look.
People are walked by their OneIDs; how far a run has come is on its `JobRun`, where the next attempt goes on.
"""

from collections.abc import Sequence
from datetime import datetime

from app.graph.queries import read_query, write_query
from app.identity.live.recompute import recompute
from app.identity.live.register import Cause, now
from app.identity.service import Identity
from app.jobs.derivations import STEPS, Derivation
from app.jobs.refresh import STEP, Refreshing
from app.tags.refresh import recount

NAME = "reconcile"

_CURSOR = read_query("jobs/cursor")
_MOVE = write_query("jobs/cursor_move")
_PEOPLE = read_query("jobs/people_after")


async def reconcile(identity: Identity, as_of: datetime, steps: Sequence[Derivation] = STEPS) -> Refreshing:
    """Identity first, since everything else hangs on it, then every person through every derivation."""
    run, reader = Refreshing(identity, as_of, steps), identity.graph.reader()
    row = await reader.row(_CURSOR, job=NAME)
    after = row["cursor"] if row else None
    if after is None:
        report = await recompute(identity, Cause("RECOMPUTE", now()))
        run.counts["identity"] = len(report.differences)
        after = ""
    while found := await reader.rows(_PEOPLE, after=after, limit=STEP):
        await run.step({one["one_id"]: None for one in found})
        after = found[-1]["one_id"]
        await move_cursor(identity, NAME, after)
    run.counts["tag_sizes"] += await recount(identity)
    return run


async def move_cursor(identity: Identity, job: str, cursor: str) -> None:
    """Write down how far the job's run has come; nothing for work that is not a run of the job."""
    await identity.graph.unit(lambda writer: writer.rows(_MOVE, job=job, cursor=cursor))
