"""Which dependents of a person are the same one, written between them: right after a unit of work that
touched them, and when their people are refreshed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.sealing import Keyring
from app.dependents.kinds import declared
from app.dependents.model import OWN
from app.dependents.same import One, groups
from app.graph.queries import write_query
from app.graph.sessions import Graph, Writer
from app.identity.following import FOLLOWERS, Touched
from app.identity.service import Identity

_READ = write_query("dependents/same_read")
_WRITE = write_query("dependents/same_write")
STEP = 500
"""People in one transaction."""


async def refresh(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Counter[str]:
    """Decide for people again which of their dependents are the same. Returns how much of that changed."""
    done = Counter[str]()
    for start in range(0, len(one_ids), STEP):
        done["changed"] += await derive(identity.graph, identity.keyring, one_ids[start : start + STEP])
    return done


async def derive(graph: Graph, keyring: Keyring, one_ids: Iterable[str], keys: Collection[str] = ()) -> int:
    """Decide it for some hundreds of people, named by OneIDs or by dependents of theirs, and write what is
    different: one read, and one write where something is.
    """
    natural = {name: kind.natural_key for name, kind in declared().kinds.items()}
    parts = sorted({part for key in natural.values() for part in key} - {"name", "gender"})
    asked = {"one_ids": sorted(set(one_ids)), "keys": sorted(set(keys)), "fields": list(map(_field, parts))}
    if not asked["one_ids"] and not asked["keys"]:
        return 0

    async def work(writer: Writer) -> int:
        return await write_same(writer, keyring, await writer.rows(_READ, rows=asked), parts, natural)

    return await graph.unit(work)


async def write_same(
    writer: Writer,
    keyring: Keyring,
    people: Iterable[Mapping[str, Any]],
    parts: Sequence[str],
    natural: Mapping[str, Sequence[str]],
) -> int:
    """Write what is different of what was read; returns how many relationships came or went."""
    gone, same = set[tuple[str, str]](), set[tuple[str, str]]()
    for row in people:
        stored = {(a, b) for a, b in row["same"]}
        wanted = _wanted(keyring, row, parts, natural)
        gone |= (stored - wanted) | {(a, b) for a, b in row["stale"]}
        same |= wanted - stored
    gone -= same
    if gone or same:
        rows = {"gone": [list(one) for one in sorted(gone)], "same": [list(one) for one in sorted(same)]}
        writer.send(_WRITE, rows=rows)
    return len(gone) + len(same)


def _field(part: str) -> str:
    return part if part in OWN else f"a_{part}"


def _wanted(
    keyring: Keyring, row: Mapping[str, Any], parts: Sequence[str], natural: Mapping[str, Sequence[str]]
) -> set[tuple[str, str]]:
    """Each dependent that another one stands for, with that one."""
    if len(row["ones"]) < 2:
        return set()
    ones = [_one(keyring, parts, *one) for one in row["ones"]]
    apart = [frozenset(pair) for pair in row["apart"]]
    return {(key, first) for first, *others in groups(ones, natural, apart) for key in others}


def _one(
    keyring: Keyring,
    parts: Sequence[str],
    key: str,
    kind: str,
    said: int,
    sources: Sequence[str],
    sealed: bytes | None,
    gender: str | None,
    values: Sequence[Any],
) -> One:
    name = None if sealed is None else keyring.unseal(bytes(sealed))
    own = {"name": name, "gender": gender}
    return One(key, kind, said, frozenset(sources), own | dict(zip(parts, values, strict=True)))


async def _follow(identity: Identity, touched: Touched) -> None:
    """After a unit of work: whoever moved, and whose dependents were told of."""
    people, keys = sorted(touched["people"]), sorted(touched["dependents"])
    for start in range(0, max(len(people), len(keys)), STEP):
        end = start + STEP
        await derive(identity.graph, identity.keyring, people[start:end], keys[start:end])


FOLLOWERS.append(_follow)
