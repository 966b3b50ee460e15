"""A saved segment refreshed as a whole: its rule over everybody, and only the difference written.

    the database's clock ──> who matches (one statement) ──> who is in it
    the difference, some hundreds a unit: lock, look again, write, tell the feed
    the size, with who came and went since the size before

It is gone on with by beginning again: what was written is no difference any more. Who is looked at by
themselves meanwhile (`refresh`) is left to that, since it knows better.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import BadInput
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.rules import compiler
from app.rules.check_values import closest
from app.rules.compiler_due import due
from app.rules.compiler_sizes import sized
from app.rules.due import calendar
from app.rules.names import named
from app.segments import definitions
from app.segments.definitions import Definitions, taken
from app.segments.moving import Moves
from app.segments.saved import ACTIVE, Saved

BATCH = 500
"""People of one unit of work."""
PATIENCE = 300.0
"""Seconds that the rule may take over everybody: nobody waits for it at a screen."""
STEP = 2_000
"""People who are asked at once for the day on which the calendar moves them."""

_MOMENT = read_query("segments/moment")
_MEMBERS = read_query("segments/members")
_MOVES = write_query("segments/moves")
_FINISH = write_query("segments/finish")
_PEOPLE = read_query("jobs/people_after")
_DUE = write_query("segments/due")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a whole refresh came to."""

    segment: str
    size: int
    entered: int
    exited: int
    pending: bool = False
    """Whether people are still to be asked for the days on which the calendar moves them."""


async def refresh_whole(identity: Identity, key: str, as_of: datetime) -> Ran:
    """Bring everybody into a segment who belongs there at a moment, and take the others out.

    Nobody belongs in a draft, or in a deleted one. Raises BadInput (NOT_FOUND, SEGMENT_CHANGED), TimedOut.
    """
    reader = identity.graph.reader()
    known = await definitions.read(reader)
    one, version = known.saved.get(key), known.gone.get(key)
    if one is None and version is None:
        near = closest(key, sorted(known.saved))
        raise BadInput(f"no segment has the key {key}", code="NOT_FOUND", field=("key",), suggestion=near)
    version = version or 0 if one is None else one.version
    moment = await reader.row(_MOMENT)
    wanted = await _wanted(identity, known, one, as_of)
    inside = {row["one_id"] async for row in reader.stream(_MEMBERS, key=key)}
    people = _difference(wanted, inside)
    rows = {"segment": key, "version": version, "read": moment and moment["now"]}
    cause = "DELETED" if one is None else "RULE" if one.pending is None else "DEFINITION"
    moved = [0, 0]
    for start in range(0, len(people), BATCH):
        entered, exited = await _batch(
            identity, rows | {"people": people[start : start + BATCH]}, cause, as_of
        )
        moved = [moved[0] + entered, moved[1] + exited]
    left = _left(known, one)
    ended = {"segment": key, "version": version, "whole": one is not None, "done": not left}
    size = await _finished(identity, ended, as_of)
    return Ran(key, size, moved[0], moved[1], left)


async def note(identity: Identity, one: Saved, as_of: datetime) -> None:
    """Note the size of a segment that people came into or left one by one."""
    rows = {"segment": one.key, "version": one.version, "whole": False, "done": one.pending is None}
    await _finished(identity, rows, as_of)


async def ask_days(identity: Identity, key: str, as_of: datetime) -> int:
    """Note of everybody on which day the calendar may move them in or out: after the rule has changed.

    How far it has come is on the segment, so what ends early is gone on with. Returns how many were asked.
    """
    reader = identity.graph.reader()
    known = await definitions.read(reader)
    one, asked = known.saved.get(key), 0
    if one is None or not _left(known, one):
        return asked
    days, settings = calendar(one.rule, segments=known.rules), known.evaluation(as_of)
    after = one.cursor or ""
    while found := [row["one_id"] for row in await reader.rows(_PEOPLE, after=after, limit=STEP)]:
        after = found[-1]
        dates = await due(reader, days, settings, found, timeout=PATIENCE)
        people = [{"one_id": one_id, "due": day} for one_id, day in sorted(dates.items()) if day is not None]
        await _asked(identity, one, people, after)
        asked += len(found)
    await _asked(identity, one, [], None)
    return asked


async def _asked(identity: Identity, one: Saved, people: list[dict[str, Any]], cursor: str | None) -> None:
    rows = {"segment": one.key, "version": one.version, "people": people, "cursor": cursor}
    await identity.graph.unit(lambda writer: writer.rows(_DUE, rows=rows))


def _left(known: Definitions, one: Saved | None) -> bool:
    """Whether people are still to be asked for their days."""
    if one is None or one.pending is None or one.status != ACTIVE:
        return False
    return bool(calendar(one.rule, segments=known.rules))


async def _wanted(
    identity: Identity, known: Definitions, one: Saved | None, as_of: datetime
) -> set[str]:
    if one is None or one.status != ACTIVE:
        return set()
    reader = identity.graph.reader()
    settings = await named(reader, identity.keyring, [one.rule], known.evaluation(as_of))
    asked = compiler.everybody(one.rule, await sized(reader, one.rule, settings))
    rows = await reader.compiled(asked.text, asked.params, timeout=PATIENCE)
    return {row["oneId"] for row in rows if taken(one, row["oneId"])}


def _difference(wanted: Set[str], inside: Set[str]) -> list[dict[str, Any]]:
    """In the order of OneIDs, which is the order in which people are locked."""
    return [{"one_id": one_id, "enter": one_id in wanted} for one_id in sorted(wanted ^ inside)]


async def _batch(identity: Identity, rows: dict[str, Any], cause: str, as_of: datetime) -> Sequence[int]:
    async def work(writer: Writer) -> Sequence[int]:
        moves = Moves()
        for row in await writer.rows(_MOVES, rows=rows):
            why = cause if row["status"] == "ACTIVE" else row["status"]
            moves.add(row["one_id"], rows["segment"], why, enter=row["enter"])
        moves.write(writer, as_of)
        return len(moves.enter), len(moves.exit)

    counts: Sequence[int] = await identity.graph.unit(work)
    return counts


async def _finished(identity: Identity, rows: dict[str, Any], as_of: datetime) -> int:
    found = await identity.graph.unit(lambda writer: writer.row(_FINISH, rows=rows, at=as_of))
    if found is None:
        message = f"{rows['segment']} was defined anew meanwhile: refresh it again"
        raise BadInput(message, code="SEGMENT_CHANGED", field=("key",))
    return int(found["size"])
