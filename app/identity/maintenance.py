"""What is done to identity on schedule: expiry, clusters that were too large to decide while somebody
waited.
"""

from __future__ import annotations

from datetime import datetime

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.decisions import CHUNK, mark, settle
from app.identity.register import Cause, now
from app.identity.service import Identity
from app.identity.sighting import micros
from app.identity.unit import Written

_EXPIRY_RUN = write_query("identity/expiry_run")
_TO_EXPIRE = read_query("identity/to_expire")
_PENDING = read_query("identity/pending")


async def expire(identity: Identity, at: datetime) -> int:
    """An expiry run: identifiers unseen for their kind's ttl at that time are out until seen again. Returns
    how many.
    """
    await identity.graph.unit(lambda writer: writer.rows(_EXPIRY_RUN, at=micros(at)))
    state = await identity.refresh()
    cause, count = Cause("EXPIRED", now()), 0
    for name, kind in state.policy.kinds.items():
        if kind.ttl_micros is None:
            continue
        before = (state.expired_at or 0) - kind.ttl_micros
        while rows := await identity.graph.reader().rows(_TO_EXPIRE, kind=name, before=before, limit=CHUNK):
            await mark(identity, [row["key"] for row in rows], cause)
            count += len(rows)
    return count


async def replay_pending(identity: Identity) -> int:
    """Decide the clusters over `max_cluster` that writes left pending. Returns how many waited."""
    await identity.refresh()
    count = 0
    while row := await identity.graph.reader().row(_PENDING, limit=1):
        await _replay(identity, row["key"])
        count += 1
    return count


async def _replay(identity: Identity, key: str) -> None:
    async def work(writer: Writer) -> Written:
        region = identity.region()
        await region.hold(writer, [key])
        return await settle(identity, writer, region, [key], Cause("REPLAYED", now()), limit=False)

    await identity.unit(work)
