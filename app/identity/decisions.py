"""Operations on the live graph: the same pure `operate` as in `simulate`, on the part of the graph that it
can reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import uuid_utils

from app.access.sealing import mask
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.cluster import Decision, decide
from app.identity.evidence import Said
from app.identity.ledger import Ledger
from app.identity.normalise import normalise
from app.identity.operations import Refused, blocked_entry, named, operate
from app.identity.policy import Blocked
from app.identity.region import Region
from app.identity.register import Cause, now
from app.identity.replay import Replay
from app.identity.service import Identity, all_forms
from app.identity.sighting import Seen, micros
from app.identity.unit import Written

_BLOCK = write_query("identity/block_store")
_OF_KIND = read_query("identity/identifiers_of_kind")
CHUNK = 200
"""Identifiers taken out in one unit of work."""

CAUSES = {
    "link": "LINK",
    "unlink": "UNLINK",
    "neverLink": "NEVER_LINK",
    "block": "BLOCK",
    "erase": "ERASE",
    "restore": "RESTORE",
}


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that holds: its id, and what it wrote."""

    operation: str
    written: Written


async def run_operation(
    identity: Identity, name: str, fields: Mapping[str, Any], by: str, reason: str, at: datetime | None = None
) -> Done:
    """Run one operation now, or as of `at`. Raises `Refused`; nothing is stored then."""
    await identity.refresh()
    cause = Cause(CAUSES[name], now(), by, reason)
    said = Said(str(uuid_utils.uuid7()), by, reason)
    if name == "block":
        return Done(said.operation, await _block(identity, fields, cause, said))

    async def work(writer: Writer) -> Written:
        return await _Unit(identity, writer, identity.region(), cause).run(
            name, fields, micros(at or cause.at), said
        )

    return Done(said.operation, await identity.unit(work))


class _Unit:
    """One operation in one unit of work."""

    def __init__(self, identity: Identity, writer: Writer, region: Region, cause: Cause) -> None:
        self.identity, self.writer, self.region, self.cause = identity, writer, region, cause
        self.ledger = region.ledger
        self.ledger.run = micros(cause.at)

    async def run(self, name: str, fields: Mapping[str, Any], at: int, said: Said) -> Written:
        seen = [
            named(self.ledger, fields[path], path)
            for path in ("a", "b", "identifier", "person")
            if fields.get(path)
        ]
        keys = await self._read(seen)
        deciding = await self._deciding(keys, person=fields.get("person") is not None)
        before = self._around(keys, person=fields.get("person") is not None)
        operate(self.ledger, name, fields, at, said, deciding)
        return await settle(self.identity, self.writer, self.region, before | self._around(keys), self.cause)

    async def _read(self, seen: Iterable[Seen]) -> list[str]:
        """Everything that is stored of what the operation names, under lock."""
        seen, ledger = list(seen), self.ledger
        keys = await self.identity.claim(self.writer, self.region, seen, observed=False)
        stones = self.region.stones(form for one in seen for form in all_forms(ledger, one))
        await self.region.touch(self.writer, keys, [], stones)
        await self.region.exhume(self.writer)
        named_or_hashed = sorted({*keys, *(form for one in seen for form in all_forms(ledger, one))})
        await self.region.hold(self.writer, named_or_hashed)
        return [key for key in named_or_hashed if key in self.region.plain_of]

    async def _deciding(self, keys: list[str], *, person: bool) -> Any:
        """Who is one person now, and who would be if nothing had expired, among what the operation can
        reach.
        """
        now_ = await self._closed(keys)
        ever = await self._closed(keys, ever=True) if person and self.ledger.expired_at is not None else now_

        def deciding(ledger: Ledger) -> Decision:
            closed, shared = ever if ledger.expired_at is None else now_
            return decide(ledger, self.identity.state.rule, closed, shared)

        return deciding

    async def _closed(self, keys: list[str], *, ever: bool = False) -> tuple[set[str], set[str]]:
        view = self.region if not ever else replace(self.region, ledger=replace(self.ledger, expired_at=None))
        replay = Replay(view, self.identity.state.rule, limit=None)
        closure = await replay.closure(self.writer, {key for key in keys if key in self.ledger.identifiers})
        return closure.keys, replay.sharing.among(closure.keys)

    def _around(self, keys: Iterable[str], *, person: bool = False) -> set[str]:
        """The identifiers named and their neighbours; of a person, those of everybody who was read."""
        keys = set(self.ledger.identifiers) if person else set(keys)
        return keys | {other for key in keys for other in self.ledger.near.get(key, ())}


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
    return await identity.write(writer, region, replay.outcome, cause)


# -- blocking ---


async def _block(identity: Identity, fields: Mapping[str, Any], cause: Cause, said: Said) -> Written:
    """Note the block, then take out what is stored of it, chunk by chunk."""
    entry = blocked_entry(identity.region().ledger, fields)
    await identity.graph.unit(lambda writer: writer.rows(_BLOCK, **_block_row(identity, entry, cause, said)))
    await identity.units_in_flight()
    await identity.refresh()
    written = Written()
    keys = await _blocked_keys(identity, entry)
    for start in range(0, len(keys), CHUNK):
        part = await mark(identity, keys[start : start + CHUNK], cause)
        written = Written(
            written.one_ids | part.one_ids, written.pending or part.pending, written.rows + part.rows
        )
    return written


def _block_row(identity: Identity, entry: Blocked, cause: Cause, said: Said) -> dict[str, Any]:
    """A listed value of a personal kind is sealed like any other."""
    value = entry.values[0] if entry.values else None
    pattern = entry.patterns[0] if entry.patterns else None
    kind = identity.state.policy.kinds.get(entry.kind)
    personal = value is not None and (kind is None or kind.pii)
    digest = identity.keyring.digest("/block", entry.kind, value or f"pattern {pattern}")
    shown = pattern if value is None else mask(entry.kind, value) if personal else value
    return {
        "key": f"{entry.kind}|{digest}",
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


async def mark(identity: Identity, keys: list[str], cause: Cause) -> Written:
    """Bring identifiers up to date with what is in force (blocked or not, expired or not), and decide
    around them.
    """

    async def work(writer: Writer) -> Written:
        region = identity.region()
        await identity.hold(writer, region, keys)
        ledger = region.ledger
        for key in keys:
            if key in ledger.identifiers:
                ledger.identifiers[key].blocked = ledger.blocks(ledger.identifiers[key])
        around = {other for key in keys for other in (key, *ledger.near.get(key, ()))}
        return await settle(identity, writer, region, around, cause)

    written: Written = await identity.unit(work)
    return written


__all__ = ["CAUSES", "Done", "Refused", "mark", "run_operation", "settle"]
