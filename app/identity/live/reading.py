"""Reads what a unit of work decides about into its region, under lock; `open` is of all that decides, `touch`
of what was observed together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.evidence import Pair, Tombstone
from app.identity.live.facts_stored import facts_of
from app.identity.live.region import Region
from app.identity.one_ids import Person
from app.identity.policy import Policy

_CLAIM = write_query("identity/claim")
_HOLD = write_query("identity/hold")
_LOCK = write_query("identity/lock_people")
_TOUCH = read_query("identity/touch")
_OPEN = read_query("identity/open")
_TOGETHER = read_query("identity/tombstones_together")


class Moved(Exception):
    """What was locked is not what must be, for another unit moved an identifier: start again."""


async def claim(
    region: Region, writer: Writer, plain: Sequence[dict[str, Any]], hashed: Sequence[dict[str, Any]]
) -> list[str]:
    """Make sure these exist and lock them with their people. Returns the keys that they go by."""
    row = await writer.one(_CLAIM, rows={"plain": plain, "hashed": hashed})
    region.epoch = row["epoch"]
    region.locked.update(row["locked"])
    region.known.update(row["known"])
    region.erasures = row["tombstones"] > 0
    region.ledger.aliases.update(dict(row["hashes"]))
    region.moves = [(old, new) for old, new in row["moves"]]
    keys = {r["key"] for r in plain} | {key for _, key in row["hashes"]} | {old for old, _ in region.moves}
    region.claimed.update(keys)
    return sorted(keys)


async def hold(region: Region, writer: Writer, keys: Sequence[str]) -> None:
    """Lock stored identifiers with their people, and read all there is of them."""
    row = await writer.one(_HOLD, rows={"keys": keys})
    region.epoch = row["epoch"]
    region.locked.update(row["locked"])
    await open(region, writer, region.locked, keys, keys)


async def touch(
    region: Region, writer: Writer, keys: Sequence[str], pairs: Sequence[Pair], stones: Mapping[str, str]
) -> None:
    """Read the identifiers, their people, the pairs among them, and tombstones (`buried` key -> key)."""
    rows = {
        "keys": keys,
        "pairs": [list(pair) for pair in pairs],
        "stones": sorted(stones),
        "stronger": stronger_kinds(region.policy),
    }
    row = await writer.one(_TOUCH, rows=rows)
    for one_id, born, owner, owner_row, members, contested, nevers in row["people"]:
        region.persons.setdefault(one_id, Person(one_id, born, owner))
        region.members[one_id] = members
        if contested:
            region.contested.add(one_id)
        if owner is not None:
            region.take_identifier(owner_row)
        for never in nevers:
            region.take_never(never)
    region.take(row["identifiers"], row["neighbours"], row["edges"], row["pins"], row["nevers"])
    for buried, erased, group, restored, lifted in row["tombstones"]:
        key, stone = stones[buried], Tombstone(erased, group, restored, tuple(lifted or ()))
        region.ledger.tombstones[key] = region.stored_stones[key] = stone
    _check_locked(region, row["identifiers"])
    await _hear(region, writer)


async def open(
    region: Region, writer: Writer, people: Iterable[str], keys: Iterable[str], wide: Iterable[str]
) -> None:
    """Read these people and identifiers with everything that deciding about them takes, under lock."""
    people, keys, wide = sorted(set(people)), sorted(set(keys)), sorted(set(wide))
    unlocked = [one_id for one_id in people if one_id not in region.locked]
    if unlocked:
        await writer.rows(_LOCK, rows={"people": unlocked})
        region.locked.update(unlocked)
    row = await writer.one(_OPEN, rows={"people": people, "keys": keys, "wide": wide})
    for one_id, born, status, owner, into, merged_at in row["people"]:
        region.persons[one_id] = Person(one_id, born, owner, into, merged_at or 0, status)
    region.take(row["identifiers"], row["neighbours"], row["edges"], row["pins"], row["nevers"])
    for one_id in people:
        region.members[one_id] = [r[0] for r in row["identifiers"] if r[9] == one_id]
    region.opened.update(r[0] for r in row["identifiers"])
    region.wide.update(wide)
    _check_locked(region, row["identifiers"])
    await _hear(region, writer)


async def _hear(region: Region, writer: Writer) -> None:
    """Read what the accounts that are known by now say of themselves, where that decides anything."""
    if not region.policy.contradictions:
        return
    keys = {*region.plain_of, *(key for members in region.members.values() for key in members)}
    missing = keys - region.stored_traits.keys()
    for key, facts in (
        await facts_of(writer, region.keyring, missing, region.policy.deciding_fields)
    ).items():
        region.ledger.facts[key] = facts
        region.stored_traits[key] = region.ledger.traits(key)


async def exhume(region: Region, writer: Writer) -> None:
    """Read the tombstones of all forms that were erased together with those that are known."""
    groups = sorted({stone.group for stone in region.stored_stones.values()})
    known = {region.buried(key) for key in region.stored_stones}
    for row in await writer.rows(_TOGETHER, groups=groups) if groups else []:
        if row["key"] not in known:
            stone = Tombstone(row["erased"], row["group"], row["restored"], tuple(row["lifted"] or ()))
            region.ledger.tombstones[row["key"]] = region.stored_stones[row["key"]] = stone


def _check_locked(region: Region, rows: Iterable[Sequence[Any]]) -> None:
    """Whoever an identifier belongs to must be locked; if not, it moved while we waited."""
    if any(row[9] is not None and row[9] not in region.locked for row in rows):
        raise Moved


def stronger_kinds(policy: Policy) -> dict[str, list[str]]:
    """For each kind that can be shared: the kinds of the stronger layers, whose ties count."""
    return {
        name: [other for other, its in policy.kinds.items() if its.rank < kind.rank]
        for name, kind in policy.kinds.items()
        if kind.shared_after is not None
    }
