"""Saved segments of some people, brought to what the rules say: and only the difference.

rules ──> who matches (one statement for many rules)      outside of the unit
lock the people, read which segments they are in ─┐
decide (pure)                                      ├─  one unit of work
write the difference, with a line of the feed     ─┘

Segments of the first n by a measure are not written here, but noted as stale where it matters (`limited`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime

from app.graph.queries import write_query
from app.graph.sessions import Reader, Writer
from app.identity.service import Identity
from app.rules.compiler import SECONDS
from app.rules.compiler_due import due
from app.rules.compiler_held import gathered, held
from app.rules.due import calendar
from app.rules.names import named
from app.rules.statement import Settings
from app.segments import definitions
from app.segments.limited import standing
from app.segments.moving import Moves
from app.segments.saved import Saved

TOGETHER = 10
"""Rules of one statement: its plan is made once for rules of these shapes."""

_PEOPLE = write_query("segments/people")


async def refresh(
    identity: Identity, one_ids: Sequence[str], as_of: datetime, *, cause: str = "RULE"
) -> Counter[str]:
    """Bring the active segments of some people to what the rules say at a moment.

    Who is not active any more leaves all. Returns how many `entered` and `exited`.
    """
    people, reader = sorted(set(one_ids)), identity.graph.reader()
    known = await definitions.read(reader)
    if not known.saved and not known.gone:
        return Counter()
    followed = [one for one in known.active() if one.limit is None]
    limited = [one for one in known.active() if one.limit is not None]
    rules = [one.rule for one in known.active()]
    settings = await named(reader, identity.keyring, rules, known.evaluation(as_of), people=people)
    matches = await _matching(reader, settings, followed, people)
    ranked = await standing(reader, settings, limited, people)

    async def work(writer: Writer) -> Counter[str]:
        moves, keys = Moves(), [one.key for one in followed]
        held, gone = defaultdict[str, set[str]](set), set[str]()
        there = await writer.row(_PEOPLE, rows={"people": people})
        for one_id, status, stored in there["people"] if there else ():
            inside = set(stored)
            for key in inside:
                held[key].add(one_id)
            if status != "ACTIVE":
                gone.add(one_id)
                for key in sorted(inside):
                    moves.add(one_id, key, status, enter=False)
                continue
            for key in keys:
                if (belongs := key in matches[one_id]) != (key in inside):
                    moves.add(one_id, key, cause, enter=belongs)
        await ranked.note(writer, held, gone)
        moves.write(writer, as_of)
        return moves.counts()

    counts: Counter[str] = await identity.graph.unit(work)
    return counts


async def _matching(
    reader: Reader, settings: Settings, followed: Sequence[Saved], people: Sequence[str]
) -> Mapping[str, Set[str]]:
    """The segments that each of the people belongs in, by OneID."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for start in range(0, len(followed), TOGETHER):
        some = followed[start : start + TOGETHER]
        asked = held([one.rule for one in some], settings, people)
        for row in await gathered(reader, asked):
            hits = (one for one, holds in zip(some, row["holds"], strict=True) if holds)
            found[row["key"]].update(one.key for one in hits if one.takes(row["key"]))
    return found


async def due_days(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Mapping[str, date]:
    """The first day after today on which these people may enter or leave an active segment by the calendar
    alone.
    """
    reader = identity.graph.reader()
    known = await definitions.read(reader)
    rules = (rule for one in known.active() for rule in one.rules)
    days = calendar(*rules, segments=known.rules)
    found = await due(reader, days, known.evaluation(as_of), one_ids, timeout=SECONDS)
    return {one_id: day for one_id, day in found.items() if day is not None}
