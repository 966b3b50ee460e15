"""What is done to identity on schedule: expiry, clusters that were too large to decide while somebody
waited.
"""

from __future__ import annotations

from datetime import datetime

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.live.register import Cause, now
from app.identity.live.unit import Written
from app.identity.service import Identity
from app.identity.sighting import micros
from app.identity.steering.settling import CHUNK, mark, settle

_EXPIRY_RUN = write_query("identity/expiry_run")
_TO_EXPIRE = read_query("identity/to_expire")
_PENDING = read_query("identity/pending")


async def expire(identity: Identity, at: datetime) -> int:
    """An expiry run: identifiers unseen for their kind's ttl at that time are out until seen again. Returns
    how many.
    """
    await identity.graph.unit(lambda writer: writer.rows(_EXPIRY_RUN, at=micros(at)))
    await identity.units_in_flight()
    state = await identity.refresh()
    return sum([await _expire_kind(identity, name) for name in state.policy.kinds])


async def _expire_kind(identity: Identity, name: str) -> int:
    """Take out what is expired of one kind, under what is in force at each step."""
    done: set[str] = set()
    while True:
        state = identity.state
        ttl = state.policy.kinds[name].ttl_micros if name in state.policy.kinds else None
        if ttl is None or state.expired_at is None:
            return len(done)
        rows = await identity.graph.reader().rows(
            _TO_EXPIRE, kind=name, before=state.expired_at - ttl, limit=CHUNK
        )
        keys = [row["key"] for row in rows if row["key"] not in done]
        if not keys:
            return len(done)
        await mark(identity, keys, Cause("EXPIRED", now()))
        done.update(keys)


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
        await identity.hold(writer, region, [key])
        return await settle(identity, writer, region, [key], Cause("REPLAYED", now()), limit=False)

    await identity.unit(work)
