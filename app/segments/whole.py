"""A saved segment refreshed as a whole: its rule over everybody, and only the difference written.

    the database's clock ──> who belongs in it (one statement, one moment), in order, into a file
    beside that who is in it, in order, in pages
    the difference, some hundreds a unit: lock, look again, write, tell the feed
    the size, with who came and went since the size before

So it takes as much memory for a million as for a thousand. It is gone on with by beginning again: what was
written is no difference any more. Who is looked at by themselves meanwhile (`refresh`) is left to that, since
it knows better; but of the first n by a measure nobody else decides (`limited`), and of two that rank at once
the one that began last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import BadInput
from app.graph.queries import read_query, write_query
from app.graph.sessions import Reader, Writer
from app.identity.service import Identity
from app.rules.check_values import closest
from app.rules.compiler import Compiled
from app.rules.compiler_choice import everybody
from app.rules.compiler_due import due
from app.rules.compiler_sizes import sized
from app.rules.due import calendar
from app.rules.names import named
from app.segments import definitions
from app.segments.definitions import Definitions
from app.segments.limited import Edge, edge_text
from app.segments.moving import Moves
from app.segments.saved import ACTIVE, Saved
from app.segments.spooled import Spooled, spooled

BATCH = 500
"""People of one unit of work."""
PATIENCE = 300.0
"""Seconds that the rule may take over everybody: nobody waits for it at a screen."""
PAGE = 5_000
"""People who are in it already that are read at once."""
STEP = 2_000
"""People who are asked at once for the day on which the calendar moves them."""

_MOMENT = read_query("segments/moment")
_BEGIN = write_query("segments/begin")
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
    rows = {"segment": key, "version": version} | await _begun(identity, one, version)
    cause = "DELETED" if one is None else "RULE" if one.pending is None else "DEFINITION"
    asked = await _asked_of(identity, known, one, as_of)
    async with spooled(reader, asked, PATIENCE) as wanted:
        moved = await _moved(identity, wanted, rows, cause, as_of)
        edge = _edge(one, wanted)
    left = _left(known, one)
    ended = {"whole": one is not None, "done": not left, "edge": edge_text(edge)}
    size = await _finished(identity, rows | ended, as_of)
    return Ran(key, size, moved["entered"], moved["exited"], left)


async def _begun(identity: Identity, one: Saved | None, version: int) -> dict[str, Any]:
    """When it began, by the database: who was looked at by themselves since is left alone (`read`), or, of
    the first n, who ranks anew since takes over (`ranking`).
    """
    if one is None or one.limit is None:
        moment = await identity.graph.reader().row(_MOMENT)
        return {"read": moment and moment["now"], "ranking": None}
    rows = {"segment": one.key, "version": version}
    begun = await identity.graph.unit(lambda writer: writer.row(_BEGIN, rows=rows))
    if begun is None:
        raise _changed(one.key)
    return {"read": None, "ranking": begun["ranking"]}


async def _moved(
    identity: Identity, wanted: Iterable[str], rows: dict[str, Any], cause: str, as_of: datetime
) -> Counter[str]:
    """Bring in who is wanted, and take out the others, some hundreds a unit."""
    moved, people = Counter[str](), list[dict[str, Any]]()
    inside = _inside(identity.graph.reader(), rows["segment"])
    async for one in _difference(wanted, inside):
        people.append(one)
        if len(people) == BATCH:
            moved += await _batch(identity, rows | {"people": people}, cause, as_of)
            people = []
    if people:
        moved += await _batch(identity, rows | {"people": people}, cause, as_of)
    return moved


def _edge(one: Saved | None, found: Spooled) -> Edge | None:
    """The last of the first n; None where fewer are there."""
    full = one is not None and one.limit is not None and found.count >= one.limit.n
    return found.last if full else None


async def note(identity: Identity, one: Saved, as_of: datetime) -> None:
    """Note the size of a segment that people came into or left one by one."""
    rows = {"segment": one.key, "version": one.version, "whole": False, "done": one.pending is None}
    rows |= {"ranking": None, "edge": None}
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
    days, settings = calendar(*one.rules, segments=known.rules), known.evaluation(as_of)
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
    return bool(calendar(*one.rules, segments=known.rules))


async def _asked_of(
    identity: Identity, known: Definitions, one: Saved | None, as_of: datetime
) -> Compiled | None:
    """What finds who belongs in it; None where nobody does."""
    if one is None or one.status != ACTIVE:
        return None
    reader = identity.graph.reader()
    settings = await named(reader, identity.keyring, [one.rule], known.evaluation(as_of))
    return everybody(one.rule, await sized(reader, one.rule, settings), one.choice)


async def _inside(reader: Reader, key: str) -> AsyncIterator[str]:
    """Who is in it, in the order of OneIDs; who comes in meanwhile lies before where it has come."""
    after = ""
    while found := [row["one_id"] for row in await reader.rows(_MEMBERS, key=key, after=after, limit=PAGE)]:
        for one_id in found:
            yield one_id
        after = found[-1]


async def _difference(wanted: Iterable[str], inside: AsyncIterator[str]) -> AsyncIterator[dict[str, Any]]:
    """Both in the order of OneIDs, which is the order in which people are locked."""
    coming = iter(wanted)
    next_one = next(coming, None)
    async for there in inside:
        while next_one is not None and next_one < there:
            yield {"one_id": next_one, "enter": True}
            next_one = next(coming, None)
        if next_one == there:
            next_one = next(coming, None)
        else:
            yield {"one_id": there, "enter": False}
    while next_one is not None:
        yield {"one_id": next_one, "enter": True}
        next_one = next(coming, None)


async def _batch(identity: Identity, rows: dict[str, Any], cause: str, as_of: datetime) -> Counter[str]:
    async def work(writer: Writer) -> Counter[str]:
        moves = Moves()
        for row in await writer.rows(_MOVES, rows=rows):
            why = cause if row["status"] == "ACTIVE" else row["status"]
            moves.add(row["one_id"], rows["segment"], why, enter=row["enter"])
        moves.write(writer, as_of)
        return moves.counts()

    counts: Counter[str] = await identity.graph.unit(work)
    return counts


async def _finished(identity: Identity, rows: dict[str, Any], as_of: datetime) -> int:
    found = await identity.graph.unit(lambda writer: writer.row(_FINISH, rows=rows, at=as_of))
    if found is None:
        raise _changed(rows["segment"])
    return int(found["size"])


def _changed(key: str) -> BadInput:
    return BadInput(
        f"{key} was defined anew, or ranked anew by another process, meanwhile",
        code="SEGMENT_CHANGED",
        field=("key",),
        suggestion="refresh it again",
    )
