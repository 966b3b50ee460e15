"""What rules set, kept as the rules say: for some people and their dependents, and only the difference.

    rules ──> who matches (one statement for many rules)            outside of the unit
    lock the people and their dependents, read what they carry ─┐
    decide (pure): tiers, by hand first, what ran out           ├─  one unit of work
    write the difference, with a line of the feed for each      ─┘

Tags whose rules ask about other tags come after those, level by level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from app.feed import lines
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.rules.due import Calendar
from app.tags import definitions
from app.tags.deciding import Asserted, Deciding, Difference, End, unpack
from app.tags.definitions import Definitions
from app.tags.due import dependents_due, of_dependents
from app.tags.matching import matching
from app.tags.model import PERSON, Definition

_PEOPLE = write_query("tags/people")
_DEPENDENTS = write_query("tags/dependents")
_STORE = write_query("tags/store")
_AGAIN = write_query("tags/pending_again")
_RECOUNT = write_query("tags/recount")


async def refresh(
    identity: Identity,
    one_ids: Sequence[str],
    as_of: datetime,
    *,
    cause: str = "RULE",
    only: Set[str] | None = None,
) -> Counter[str]:
    """Bring the tags of some people, and of their dependents, to what the rules say at a moment.

    `only` evaluates some tags and leaves the others as they are. Returns how many were `added` and `removed`.
    """
    people, changed = sorted(set(one_ids)), Counter[str]()
    known = await definitions.read(identity.graph.reader())
    levels = definitions.levels(known)
    asked = [[one for one in level if only is None or one.key in only] for level in levels]
    # Also without a rule: what was asserted comes, goes and runs out.
    for evaluated in [level for level in asked if level] or [[]]:
        changed += await _level(identity, known, people, evaluated, as_of, cause)
    return changed


async def refresh_standing(
    identity: Identity, one_ids: Sequence[str], as_of: datetime, *, cause: str = "RULE"
) -> Counter[str]:
    """The tags whose rules ask for a stage or for scores, once these are derived; nothing without any."""
    known = await definitions.read(identity.graph.reader())
    if not (asking := known.standing()):
        return Counter()
    return await refresh(identity, one_ids, as_of, cause=cause, only=definitions.concerned(known, asking))


async def again(identity: Identity) -> None:
    """Let everybody be taken through these tags: scores were worked out of everybody anew."""
    known = await definitions.read(identity.graph.reader())
    if asking := known.standing():
        await identity.graph.unit(lambda writer: writer.rows(_AGAIN, rows={"tags": asking}))


async def recount(identity: Identity) -> int:
    """Count who carries each tag, and correct the sizes that are stored. Returns how many were wrong."""
    row = await identity.graph.unit(lambda writer: writer.one(_RECOUNT))
    return int(row["corrected"])


async def _level(
    identity: Identity,
    known: Definitions,
    people: Sequence[str],
    evaluated: Sequence[Definition],
    as_of: datetime,
    cause: str,
) -> Counter[str]:
    matches = await matching(identity, known, evaluated, people, as_of)
    clock, calendars = known.evaluation(as_of).clock, dict[str, Calendar]()
    deciding = Deciding(known.tags, clock, {one.key for one in evaluated}, cause)

    async def work(writer: Writer) -> Difference:
        found = Difference()
        stored = await writer.rows(_PEOPLE, rows={"people": people})
        for row in stored:
            deciding.decide(_person(row), matches.get(row["one_id"], {}), found)
        dependents = sorted({key for row in stored for key in row["dependents"]})
        due: list[dict[str, Any]] = []
        for row in await writer.rows(_DEPENDENTS, rows={"dependents": dependents}) if dependents else ():
            runs_out = deciding.decide(_dependent(row), matches.get(row["key"], {}), found)
            own = calendars.setdefault(row["kind"], of_dependents(known, row["kind"]))
            due += _day(row, dependents_due(own, _texts(row["said"]), clock), runs_out)
        _write(writer, found, due, as_of)
        return found

    found: Difference = await identity.graph.unit(work)
    kinds = Counter(one["type"] for one in found.changes)
    return Counter({"added": kinds["TAG_ADDED"], "removed": kinds["TAG_REMOVED"]})


def _person(row: Mapping[str, Any]) -> End:
    gone = None if row["status"] == "ACTIVE" else str(row["status"])
    return _end("Person", row["one_id"], row["one_id"], PERSON, row, gone)


def _dependent(row: Mapping[str, Any]) -> End:
    people = row["people"]
    return _end(
        "Dependent", row["key"], people[0] if people else "", row["kind"], row, None if people else "MOVED"
    )


def _end(label: str, key: str, one_id: str, subject: str, row: Mapping[str, Any], gone: str | None) -> End:
    asserted = [_asserted(one) for one in row["asserted"]]
    return End(label, key, one_id, subject, dict(row["ruled"]), unpack(row["told"]), asserted, gone)


def _asserted(row: Mapping[str, Any]) -> Asserted:
    since, until, removed, hand = (_native(row.get(name)) for name in ("since", "until", "removed", "hand"))
    assert since is not None  # noqa: S101 - every assertion is dated
    by_hand = hand is not None and hand == since
    return Asserted(
        tag=row["tag"],
        at=row["at"],
        value=row.get("value"),
        since=since,
        until=until,
        removed=removed,
        by=row.get("removedBy") if removed else row.get("by"),
        brand=row.get("brand"),
        reason=row.get("reason") if by_hand or removed else None,
        source="MANUAL" if by_hand else "IMPORTED",
    )


def _native(moment: Any) -> datetime | None:
    return None if moment is None else moment.to_native()


def _texts(said: Iterable[Sequence[Any]]) -> dict[str, str]:
    """What is said of a dependent, as text: days are looked for in it."""
    dates = ((name, value.iso_format() if hasattr(value, "iso_format") else value) for name, value in said)
    return {name: value for name, value in dates if isinstance(value, str)}


def _day(row: Mapping[str, Any], *days: date | None) -> list[dict[str, Any]]:
    """The next day of a dependent, where it is another one than is stored."""
    due = min((day for day in days if day is not None), default=None) if row["people"] else None
    before = None if row["due"] is None else row["due"].to_native()
    return [{"key": row["key"], "due": due}] if due != before else []


def _write(writer: Writer, found: Difference, due: list[dict[str, Any]], as_of: datetime) -> None:
    def of(rows: Iterable[dict[str, Any]], label: str) -> list[dict[str, Any]]:
        return [row for row in rows if row["label"] == label]

    rows: dict[str, list[dict[str, Any]]] = {
        "people": of(found.adds, "Person"),
        "dependents": of(found.adds, "Dependent"),
        "people_off": of(found.removes, "Person"),
        "dependents_off": of(found.removes, "Dependent"),
        "told_people": of(found.told, "Person"),
        "told_dependents": of(found.told, "Dependent"),
        "ends_people": of(found.ends, "Person"),
        "ends_dependents": of(found.ends, "Dependent"),
        "due": due,
        "sizes": [{"tag": tag, "more": more} for tag, more in sorted(found.sizes.items()) if more],
    }
    if any(rows.values()):
        writer.send(_STORE, rows=rows, at=as_of)
    lines.write(writer, found.changes)
