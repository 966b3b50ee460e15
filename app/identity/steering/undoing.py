"""Undo on the live graph: the same pure `undo` as in `simulate`, and the old OneIDs with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import uuid_utils

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.ledger import Ledger
from app.identity.live import reading
from app.identity.live.region import Region
from app.identity.live.register import Cause, now
from app.identity.live.unit import Written
from app.identity.normalise import normalise
from app.identity.operations import Refused, named
from app.identity.service import Identity, all_forms
from app.identity.sighting import Seen
from app.identity.steering.decisions import CAUSES, Done
from app.identity.steering.settling import mark_all, note, settle
from app.identity.undo import TAKES_BACK, Past, undo

_TAKE = write_query("identity/operation_take")
_GONE = write_query("identity/pins_gone")
_UNREPLACE = write_query("identity/card_unreplace")
_LIFT = write_query("identity/block_lift")
_BLOCKED = read_query("identity/blocked_of_kind")

NAMES = {cause: name for name, cause in CAUSES.items()}


async def undo_operation(identity: Identity, operation: str, by: str, reason: str) -> Done:
    """Take an operation back exactly: its people are those of before, under their old OneIDs.

    Raises `Refused` (NOT_FOUND, NOT_UNDOABLE, ALREADY_UNDONE, NOTHING_LEFT); nothing is stored then.
    """
    await identity.refresh()
    own = str(uuid_utils.uuid7())
    cause = Cause("UNDO", now(), by, reason, own, undoing=operation)
    lifted: list[str] = []

    async def work(writer: Writer) -> Written:
        past, about = await _past(identity, writer, operation)
        if past is not None and past.name == "block" and not past.undone:
            lifted[:] = await _lift(identity, writer, past, cause)
            return Written()
        return await _take_back(identity, writer, past, about, cause)

    written: Written = await identity.unit(work)
    if lifted:
        await identity.units_in_flight()
        await identity.refresh()
        written = await mark_all(identity, await _unblocked(identity, lifted[0]), cause)
    return Done(own, written)


async def _past(identity: Identity, writer: Writer, operation: str) -> tuple[Past | None, list[str]]:
    """The operation, locked, and the identifiers that it is about."""
    row = await writer.row(_TAKE, id=operation)
    if row is None:
        return None, []
    payload = {} if row["payload"] is None else json.loads(identity.keyring.unseal(bytes(row["payload"])))
    return Past(row["id"], NAMES.get(row["type"], row["type"].lower()), payload, row["undone"]), row["about"]


async def _take_back(
    identity: Identity, writer: Writer, past: Past | None, about: list[str], cause: Cause
) -> Written:
    """Undo in one unit of work whatever is no block."""
    region = identity.region()
    ledger = region.ledger
    if past is not None and past.name in TAKES_BACK and not past.undone:
        about = await _read(identity, writer, region, past, about)
    around = _around(ledger, about)
    undo(ledger, past)
    gone = _pins_gone(region)
    if gone:
        await writer.rows(_GONE, rows={"pins": gone})
    if past is not None and past.name == "replaceCard":
        await writer.rows(_UNREPLACE, rows={"operation": past.id, "keys": about})
    written = await settle(identity, writer, region, around | _around(ledger, about), cause)
    kept = {key for key in about if key in ledger.identifiers}
    payload = {"operation": past.id if past else ""}
    await note(identity, writer, region, cause, payload, written, about=kept, undoes=payload["operation"])
    written.one_ids.update(region.person_of[key] for key in kept if key in region.person_of)
    return written


async def _read(
    identity: Identity, writer: Writer, region: Region, past: Past, about: list[str]
) -> list[str]:
    """Read under lock what the operation was about; of a restore that is what it named, in every form."""
    seen: list[Seen] = []
    if past.name == "restore" and past.fields:
        seen = [named(region.ledger, past.fields["identifier"], "identifier")]
        about = await identity.claim(writer, region, seen, observed=False)
    await identity.hold(writer, region, about)
    forms = {form for one in seen for form in all_forms(region.ledger, one)}
    forms |= {form for key in about for form in region.ledger.same(key)} if seen else set()
    if forms:
        await reading.hold(region, writer, sorted(forms))
        await reading.touch(region, writer, [], [], region.stones(forms))
        await reading.exhume(region, writer)
    return sorted({*about, *(form for form in forms if form in region.plain_of)})


def _around(ledger: Ledger, keys: Iterable[str]) -> set[str]:
    return {other for key in keys for other in (key, *ledger.near.get(key, ()))}


def _pins_gone(region: Region) -> list[dict[str, Any]]:
    """The stored pins that the ledger has no more, of identifiers that it still has."""
    ledger = region.ledger
    held: Mapping[str, Mapping[Any, Any]] = {
        "PINNED": ledger.links,
        "UNLINKED": ledger.unlinks,
        "NEVER_LINKED": ledger.nevers,
    }
    return [
        {"type": kind, "a": pair[0], "b": pair[1], "run": run}
        for kind, pair, run in sorted(region.stored_pins)
        if run not in {pin.run for pin in held[kind].get(pair, ())} and not ledger.erased.intersection(pair)
    ]


async def _lift(identity: Identity, writer: Writer, past: Past, cause: Cause) -> list[str]:
    """Lift a block, and put the undo into the audit trail. Returns the kind that was blocked."""
    rows = await writer.rows(_LIFT, operation=past.id, at=cause.at)
    if not rows:
        raise Refused("NOTHING_LEFT", "what it blocked is not blocked any more", ("operation",))
    payload = {"operation": past.id}
    await note(identity, writer, identity.region(), cause, payload, Written(), undoes=past.id)
    return [row["kind"] for row in rows]


async def _unblocked(identity: Identity, kind: str) -> list[str]:
    """The stored identifiers that are still marked as blocked and are not any more."""
    ledger, policy = identity.region().ledger, identity.state.policy
    found = []
    async for row in identity.graph.reader().stream(_BLOCKED, kind=kind):
        text = row["value"] if row["sealed"] is None else identity.keyring.unseal(bytes(row["sealed"]))
        if not ledger.names_nobody(row["kind"], normalise(policy.kinds[row["kind"]], text)):
            found.append(row["key"])
    return found
