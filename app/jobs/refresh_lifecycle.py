"""The job `refresh-lifecycle`: everybody's stages and places, then the figures of the whole base.

People are walked by their OneIDs; how far a run has come is on its `JobRun`, where the next attempt goes on.
The figures, bounds of scores and repurchase cycles, are of everybody at once, and are worked out anew by an
attempt that finds the walk done; scores are written where they differ, so nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.graph.queries import read_query
from app.identity.service import Identity
from app.jobs.derivations import Derivation
from app.jobs.reconcile import move_cursor
from app.jobs.refresh import STEP, Refreshing
from app.lifecycle import refresh, repurchase, scoring
from app.tags.refresh import again

NAME = "refresh-lifecycle"
WALK = (Derivation("lifecycle", refresh.stand),)
_MANY = 10_000

_CURSOR = read_query("jobs/cursor")
_PEOPLE = read_query("jobs/people_after")


async def refresh_lifecycle(
    identity: Identity, as_of: datetime, steps: Sequence[Derivation] = WALK
) -> Refreshing:
    """Define what is declared, walk everybody, and work out the figures."""
    run, reader = Refreshing(identity, as_of, steps), identity.graph.reader()
    await refresh.define(identity)
    row = await reader.row(_CURSOR, job=NAME)
    after = (row["cursor"] if row else None) or ""
    while found := await reader.rows(_PEOPLE, after=after, limit=STEP):
        await run.step({one["one_id"]: None for one in found})
        after = found[-1]["one_id"]
        await move_cursor(identity, NAME, after)
    everybody = await _everybody(identity)
    run.counts.update(await scoring.rebase(identity, everybody, as_of))
    run.counts["cycles"] = await repurchase.rework(identity, everybody, as_of)
    await again(identity)
    return run


async def _everybody(identity: Identity) -> list[str]:
    reader, one_ids = identity.graph.reader(), [""]
    while found := await reader.rows(_PEOPLE, after=one_ids[-1], limit=_MANY):
        one_ids += [one["one_id"] for one in found]
    return one_ids[1:]
