"""Operations on the live graph: the same pure `operate` as in `simulate`, on the part of the graph that it
can reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import uuid_utils

from app.graph.queries import read_query
from app.graph.sessions import Writer
from app.identity.cluster import Decision, decide
from app.identity.evidence import UNSAID, Said, pair_of
from app.identity.ledger import Ledger
from app.identity.live import reading
from app.identity.live.region import Region
from app.identity.live.register import Cause, now
from app.identity.live.replay import Replay
from app.identity.live.unit import Written
from app.identity.match.proposed import still_proposed
from app.identity.operations import Refused, named, operate
from app.identity.service import Identity, all_forms
from app.identity.sighting import Seen, micros
from app.identity.steering.blocking import block
from app.identity.steering.cards import linked, replace_card
from app.identity.steering.settling import note, settle

_ERASURE = read_query("identity/erasure")
CAUSES = {
    "link": "LINK",
    "unlink": "UNLINK",
    "neverLink": "NEVER_LINK",
    "block": "BLOCK",
    "erase": "ERASE",
    "restore": "RESTORE",
    "replaceCard": "REPLACE_CARD",
}
"""Operations, and what changes of theirs and the audit trail call them."""

GIVEN = ("a", "b", "identifier", "person", "kind", "value", "pattern", "card", "by")
"""What an operation may be given."""


def given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What an operation was given, as the audit trail keeps it."""
    return {name: fields[name] for name in GIVEN if fields.get(name) is not None}


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that holds: its id, and what it wrote."""

    operation: str
    written: Written
    erasure: Erasure | None = None


async def run_operation(
    identity: Identity,
    name: str,
    fields: Mapping[str, Any],
    by: str,
    reason: str,
    at: datetime | None = None,
    *,
    proposed: bool = False,
) -> Done:
    """Run one operation now, or as of `at`. Raises `Refused`; nothing is stored then.

    `proposed`: only while a match rule proposes its two identifiers (NOT_PROPOSED), so that a proposal is
    answered once, whoever answers it at the same time.
    """
    await identity.refresh()
    said = Said(str(uuid_utils.uuid7()), by, reason)
    cause = Cause(CAUSES[name], now(), by, reason, said.operation)
    if name == "block":
        return Done(said.operation, await block(identity, given(fields), cause, said))

    async def work(writer: Writer) -> Done:
        unit = _Unit(identity, writer, identity.region(), cause, proposed)
        return await unit.run(name, fields, micros(at or cause.at), said)

    done: Done = await identity.unit(work)
    return done


async def rehearse(identity: Identity, fields: Mapping[str, Any], at: datetime | None = None) -> Erasure:
    """What an erasure would take away; nothing is stored. Raises `Refused` as the erasure would."""
    await identity.refresh()
    cause = Cause(CAUSES["erase"], now())

    async def work(writer: Writer) -> None:
        unit = _Unit(identity, writer, identity.region(), cause)
        await unit.decide("erase", fields, micros(at or cause.at), UNSAID)
        raise _Rehearsed(await unit.erasure())

    try:
        await identity.unit(work)
    except _Rehearsed as found:
        return found.erasure
    raise AssertionError("a rehearsal always ends its transaction")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure takes away. `identifiers` are kind, scope and masked name; `facts` what hangs on them,
    `operations` those of the audit trail whose payload is emptied.
    """

    identifiers: tuple[tuple[str, str, str], ...]
    one_ids: tuple[str, ...]
    evidence: int
    decisions: int
    facts: int
    operations: int


class _Rehearsed(Exception):
    """Ends a rehearsal's transaction, so that nothing of it is stored."""

    def __init__(self, erasure: Erasure) -> None:
        super().__init__("rehearsed")
        self.erasure = erasure


class _Unit:
    """One operation in one unit of work."""

    def __init__(
        self, identity: Identity, writer: Writer, region: Region, cause: Cause, proposed: bool = False
    ) -> None:
        self.identity, self.writer, self.region, self.cause = identity, writer, region, cause
        self.proposed = proposed
        self.ledger = region.ledger
        self.ledger.run = micros(cause.at)

    async def run(self, name: str, fields: Mapping[str, Any], at: int, said: Said) -> Done:
        """Decide, settle what the decision can reach, and put both into the audit trail."""
        around = await self.decide(name, fields, at, said)
        payload, erasure = given(fields), await self.erasure() if name == "erase" else None
        if erasure:  # what is erased is not written down again
            kinds = Counter(kind for kind, _, _ in erasure.identifiers)
            payload = {"person": "person" in payload, "erased": dict(kinds)}
        if name == "replaceCard":
            await replace_card(self.writer, self.ledger, said.operation, fields, self.cause)
        written = await settle(self.identity, self.writer, self.region, around, self.cause)
        await note(self.identity, self.writer, self.region, self.cause, payload, written)
        return Done(said.operation, written, erasure)

    async def decide(self, name: str, fields: Mapping[str, Any], at: int, said: Said) -> set[str]:
        """Change the ledger. Returns what is to be settled."""
        if name == "replaceCard":
            name, fields = "link", linked(fields)
        seen = [
            named(self.ledger, fields[path], path)
            for path in ("a", "b", "identifier", "person")
            if fields.get(path)
        ]
        keys = await self._read(seen)
        if self.proposed:
            pair = pair_of(*(self.ledger.lookup(one) for one in seen))
            if not await still_proposed(self.writer, self.region, pair):
                raise Refused("NOT_PROPOSED", "no match rule proposes these two now", ("a", "b"))
        deciding = await self._deciding(keys, person=fields.get("person") is not None)
        before = self._around(keys, person=fields.get("person") is not None)
        operate(self.ledger, name, fields, at, said, deciding)
        return before | self._around(keys)

    async def erasure(self) -> Erasure:
        """What the decision took out of the ledger, as it is still stored."""
        row = await self.writer.one(_ERASURE, rows={"keys": sorted(self.ledger.erased)})
        people = {self.region.person_of[key] for key in self.ledger.erased if key in self.region.person_of}
        return Erasure(
            tuple(tuple(name) for name in sorted(row["names"])),
            tuple(sorted(people)),
            *(row[name] for name in ("evidence", "decisions", "facts", "operations")),
        )

    async def _read(self, seen: Iterable[Seen]) -> list[str]:
        """Everything that is stored of what the operation names, under lock."""
        seen, ledger = list(seen), self.ledger
        keys = await self.identity.claim(self.writer, self.region, seen, observed=False)
        stones = self.region.stones(form for one in seen for form in all_forms(ledger, one))
        await reading.touch(self.region, self.writer, keys, [], stones)
        await reading.exhume(self.region, self.writer)
        named_or_hashed = sorted({*keys, *(form for one in seen for form in all_forms(ledger, one))})
        await reading.hold(self.region, self.writer, named_or_hashed)
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
