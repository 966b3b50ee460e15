"""What a unit of work seldom writes: hashes that became their plain value, erasures, and an account of what
an observation erased.
"""

from __future__ import annotations

import uuid_utils

from app.access.sealing import Keyring
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.live.region import Region
from app.identity.live.register import Cause
from app.identity.live.unit import Written
from app.identity.steering import trail

_MOVE = write_query("identity/move_identifiers")
_ERASE = write_query("identity/erase_identifiers")
_FORGET = write_query("identity/forget_in_changes")
_BURY = write_query("identity/bury")


async def write_unusual(writer: Writer, region: Region) -> list[str]:
    """Write what is rare: hashes that became their plain value, and erasures. Returns the operations
    whose payloads went with what was erased.
    """
    ledger, forgotten = region.ledger, list[str]()
    if ledger.moved:
        await writer.rows(_MOVE, rows={"moves": [list(move) for move in sorted(ledger.moved.items())]})
    changed = {
        key: stone for key, stone in ledger.tombstones.items() if region.stored_stones.get(key) != stone
    }
    holding = [region.buried(key) for key, stone in changed.items() if stone.restored is None]
    if ledger.erased or holding:
        forgotten = await trail.forget(writer, ledger.erased, holding)
    if ledger.erased:
        await writer.rows(_ERASE, rows={"keys": sorted(ledger.erased)})
        await writer.rows(_FORGET, rows={"keys": sorted(ledger.erased)})
    stones = [
        {
            "key": region.buried(key),
            "group": region.buried(stone.group),
            "erased": stone.erased,
            "restored": stone.restored,
            "lifted": list(stone.lifted),
        }
        for key, stone in sorted(changed.items())
    ]
    if stones:
        await writer.rows(_BURY, rows={"stones": stones})
    return forgotten


async def account(writer: Writer, keyring: Keyring, written: Written, cause: Cause) -> None:
    """Put into the audit trail which payloads an observation emptied, when it showed that what an
    operation was about had been erased under another form.
    """
    if written.forgotten:
        entry = trail.Entry(
            id=str(uuid_utils.uuid7()),
            type="FORGET",
            at=cause.at,
            by="oneid",
            payload={"forgotten": written.forgotten},
            reason="an observation showed another form of what had been erased",
        )
        await trail.append(writer, keyring, entry)
