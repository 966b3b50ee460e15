"""What every decision ends with: the clusters around it decided, the difference written, the audit trail
told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.graph.sessions import Writer
from app.identity.live.region import Region
from app.identity.live.register import Cause
from app.identity.live.replay import Replay
from app.identity.live.unit import Written
from app.identity.service import Identity
from app.identity.steering import trail
from app.identity.steering.returning import wanted

CHUNK = 200
"""Identifiers brought up to date in one unit of work."""


async def settle(
    identity: Identity,
    writer: Writer,
    region: Region,
    around: Iterable[str],
    cause: Cause,
    *,
    limit: bool = True,
) -> Written:
    """Decide the clusters around what changed, and write the difference."""
    ledger = region.ledger
    seeds = {key for key in around if key in ledger.identifiers}
    most = identity.state.policy.max_cluster if limit else None
    replay = Replay(region, identity.state.rule, limit=most)
    if seeds:
        await replay.replay(writer, seeds, region.shared_among(seeds))
    if cause.undoing:
        decided = {key for component in replay.outcome.components for key in component.keys}
        region.wanted = await wanted(writer, decided, cause.undoing)
    return await identity.write(writer, region, replay.outcome, cause)


async def note(
    identity: Identity,
    writer: Writer,
    region: Region,
    cause: Cause,
    payload: Mapping[str, Any],
    written: Written,
    *,
    about: Iterable[str] = (),
    undoes: str | None = None,
) -> None:
    """Put an operation into the audit trail: about the ends of its pins, those named, and whom it moved."""
    ledger, operation = region.ledger, cause.operation or ""
    ends = {
        key
        for pins in (ledger.links, ledger.unlinks, ledger.nevers)
        for pair, held in pins.items()
        if any(pin.said.operation == operation for pin in held)
        for key in pair
    }
    lifted = [region.buried(key) for key, stone in ledger.tombstones.items() if operation in stone.lifted]
    entry = trail.Entry(
        id=operation,
        type=cause.name,
        at=cause.at,
        by=cause.by or "",
        payload={**payload, "forgotten": written.forgotten} if written.forgotten else payload,
        reason=cause.reason or "",
        about=sorted({*ends, *about}),
        lifted=sorted(set(lifted)),
        moved=written.moved,
        undoes=undoes,
    )
    await trail.append(writer, identity.keyring, entry)


async def mark_all(identity: Identity, keys: list[str], cause: Cause) -> Written:
    """Bring identifiers up to date with what is in force, chunk by chunk."""
    written = Written()
    for start in range(0, len(keys), CHUNK):
        written = written.plus(await mark(identity, keys[start : start + CHUNK], cause))
    return written


async def mark(identity: Identity, keys: list[str], cause: Cause) -> Written:
    """Bring identifiers up to date with what is in force (blocked or not, expired or not), and decide
    around them. What an operation by hand did with them goes to it in the audit trail.
    """

    async def work(writer: Writer) -> Written:
        region = identity.region()
        await identity.hold(writer, region, keys)
        ledger = region.ledger
        for key in keys:
            if key in ledger.identifiers:
                ledger.identifiers[key].blocked = ledger.blocks(ledger.identifiers[key])
        around = {other for key in keys for other in (key, *ledger.near.get(key, ()))}
        written = await settle(identity, writer, region, around, cause)
        if cause.operation:
            await trail.add(writer, cause.operation, keys, written.moved)
        return written

    written: Written = await identity.unit(work)
    return written
