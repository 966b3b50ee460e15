"""Two dependents that are shown as one and are two: taken apart by hand, and put together again.

It holds for the two keys, whoever has them: a merge, a split or a recompute changes nothing of it. Each is an
operation of the audit trail.
"""

from __future__ import annotations

from typing import Any

import uuid_utils

from app.graph.queries import WriteQuery, write_query
from app.graph.sessions import Writer
from app.identity.live.register import now
from app.identity.operations import Refused
from app.identity.service import Identity
from app.identity.sighting import micros
from app.identity.steering import trail
from app.identity.steering.service import Answer

_SEPARATE = write_query("dependents/separate")
_JOIN = write_query("dependents/join")


async def separate(identity: Identity, a: str, b: str, by: str, reason: str) -> Answer:
    """Say that two dependents, by their keys, are never the same one."""
    missing = Refused("NOT_FOUND", "there is no dependent with one of these keys", ("a", "b"))
    return await _run(identity, "DEPENDENT_SEPARATE", _SEPARATE, (a, b), by, reason.strip(), missing)


async def join(identity: Identity, a: str, b: str, by: str, reason: str) -> Answer:
    """Take that back: whether they are one is for what is said of them to decide."""
    missing = Refused("NOTHING_LEFT", "nobody has taken these two apart", ("a", "b"))
    return await _run(identity, "DEPENDENT_JOIN", _JOIN, (a, b), by, reason.strip(), missing)


async def _run(
    identity: Identity,
    type_: str,
    query: WriteQuery,
    pair: tuple[str, str],
    by: str,
    reason: str,
    missing: Refused,
) -> Answer:
    if problems := _problems(pair, reason):
        return Answer(problems=problems)
    operation, at = str(uuid_utils.uuid7()), now()
    rows: dict[str, Any] = {"a": min(pair), "b": max(pair), "at": micros(at)}
    if query is _SEPARATE:
        rows["said"] = {"by": by, "reason": reason, "operation": operation}

    async def work(writer: Writer) -> tuple[str, ...]:
        row = await writer.row(query, rows=rows)
        if row is None:
            raise missing
        writer.touched["dependents"].update(pair)
        payload = {"a": rows["a"], "b": rows["b"]}
        about = row["identifiers"]
        await trail.append(
            writer, identity.keyring, trail.Entry(operation, type_, at, by, payload, reason, about)
        )
        return tuple(sorted(row["one_ids"]))

    try:
        return Answer(operation, await identity.unit(work))
    except Refused as no:
        return Answer(problems=[no])


def _problems(pair: tuple[str, str], reason: str) -> list[Refused]:
    found = []
    if not reason:
        found.append(Refused("REASON_REQUIRED", "a reason is needed", ("reason",)))
    if pair[0] == pair[1]:
        found.append(Refused("ONE_OF", "a dependent and itself", ("b",)))
    return found
