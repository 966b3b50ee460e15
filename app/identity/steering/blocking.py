"""A value or a pattern that identifies nobody from now on, on the live graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.access.sealing import mask
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.evidence import Said
from app.identity.live.register import Cause
from app.identity.live.unit import Written
from app.identity.normalise import normalise
from app.identity.operations import blocked_entry
from app.identity.policy import Blocked
from app.identity.service import Identity
from app.identity.steering.settling import mark_all, note

_BLOCK = write_query("identity/block_store")
_OF_KIND = read_query("identity/identifiers_of_kind")


async def block(identity: Identity, fields: Mapping[str, Any], cause: Cause, said: Said) -> Written:
    """Note the block, then take out what is stored of it, chunk by chunk."""
    entry = blocked_entry(identity.region().ledger, fields)

    async def work(writer: Writer) -> None:
        await writer.rows(_BLOCK, **_block_row(identity, entry, cause, said))
        await note(identity, writer, identity.region(), cause, fields, Written())

    await identity.graph.unit(work, retry_races=True)
    await identity.units_in_flight()
    await identity.refresh()
    return await mark_all(identity, await _blocked_keys(identity, entry), cause)


def _block_row(identity: Identity, entry: Blocked, cause: Cause, said: Said) -> dict[str, Any]:
    """A listed value of a personal kind is sealed like any other."""
    value = entry.values[0] if entry.values else None
    pattern = entry.patterns[0] if entry.patterns else None
    kind = identity.state.policy.kinds.get(entry.kind)
    personal = value is not None and (kind is None or kind.pii)
    digest = identity.keyring.digest("/block", entry.kind, value or f"pattern {pattern}")
    shown = pattern if value is None else mask(entry.kind, value) if personal else value
    return {
        "key": f"{entry.kind}|{digest}|{said.operation}",
        "kind": entry.kind,
        "value": None if personal else value,
        "sealed": identity.keyring.seal(value) if personal and value is not None else None,
        "pattern": pattern,
        "name": f"{entry.kind} {shown}",
        "by": said.by,
        "reason": said.reason,
        "at": cause.at,
        "operation": said.operation,
    }


async def _blocked_keys(identity: Identity, entry: Blocked) -> list[str]:
    """The stored identifiers that are blocked now and are not marked so yet."""
    ledger, policy = identity.region().ledger, identity.state.policy
    found = []
    for name in policy.kinds if entry.kind == "*" else [entry.kind]:
        async for row in identity.graph.reader().stream(_OF_KIND, kind=name):
            text = row["value"] if row["sealed"] is None else identity.keyring.unseal(bytes(row["sealed"]))
            if ledger.names_nobody(name, normalise(policy.kinds[name], text)):
                found.append(row["key"])
    return found
