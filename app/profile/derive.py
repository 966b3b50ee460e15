"""The resolved attributes of people, written on them: right after a unit of work that touched them, and when
they are refreshed.

The unit and this are two transactions. A crash in between leaves `dirtyAt` set, so the refresh does it; two
at once wait for each other at the person's lock, so whoever comes last has seen everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from neo4j.time import Date

from app.access.sealing import Keyring, mask_name
from app.graph.queries import write_query
from app.graph.sessions import Graph, Writer
from app.identity.following import FOLLOWERS, Touched
from app.identity.service import Identity
from app.profile.attribute_rules import BUILT_IN, declared, field_of
from app.profile.attributes import Resolved
from app.profile.words import Resolving, resolving

_READ = write_query("profile/attributes_read")
_WRITE = write_query("profile/attributes_write")
STEP = 500
"""People in one transaction."""


async def refresh(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Counter[str]:
    """Resolve the attributes of people again. Returns of how many something changed."""
    done = Counter[str]()
    for start in range(0, len(one_ids), STEP):
        step = one_ids[start : start + STEP]
        done["changed"] += await derive(identity.graph, identity.keyring, step)
    return done


async def derive(graph: Graph, keyring: Keyring, one_ids: Iterable[str], keys: Collection[str] = ()) -> int:
    """Resolve the attributes of some hundreds of people, named by OneIDs or by identifiers that they hold,
    and write what is different: one read, and one write where something is. Returns of how many.
    """
    own = resolving()
    asked = {"one_ids": sorted(set(one_ids)), "keys": sorted(set(keys)), "fields": own.fields}
    if not asked["one_ids"] and not asked["keys"]:
        return 0

    async def work(writer: Writer) -> int:
        rows = await writer.rows(_READ, rows=asked)
        people = [row for one in rows if (row := _different(own, keyring, one)) is not None]
        if people:
            writer.send(_WRITE, rows={"people": people})
        return len(people)

    return await graph.unit(work)


def _different(own: Resolving, keyring: Keyring, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What of one person is stored otherwise than it is now."""
    found = own.resolved(own.words(keyring, row["words"]))
    said = list(_name(keyring, found.pop("name", None), row))
    for name, stored in zip(own.names, row["stored"], strict=True):
        value = found[name].value if name in found else None
        if not _equal(value, stored):
            said.append([field_of(name), value])
    return {"one_id": row["one_id"], "said": said} if said else None


def _name(keyring: Keyring, found: Resolved | None, row: Mapping[str, Any]) -> Iterable[list[Any]]:
    """A name is stored sealed, which is different each time: it is compared in the clear."""
    value = None if found is None else str(found.value)
    stored = None if row["name"] is None else keyring.unseal(bytes(row["name"]))
    if value != stored:
        yield ["sealedName", None if value is None else keyring.seal(value)]
        yield ["nameMasked", None if value is None else mask_name(value)]


def _equal(value: object, stored: object) -> bool:
    stored = stored.to_native() if isinstance(stored, Date) else stored
    return type(value) is type(stored) and value == stored


def told_of(writer: Writer, accounts: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Note which member accounts a unit tells of: by key, with what it says. From level and points alone
    nothing follows.
    """
    names = declared().rules.keys()
    for key, facts in accounts:
        if any(facts.get(name) for name in BUILT_IN) or names & (facts.get("attributes") or {}).keys():
            writer.touched["accounts"].add(key)


async def _follow(identity: Identity, touched: Touched) -> None:
    """After a unit of work: whoever moved, and whose accounts were told of."""
    people, keys = sorted(touched["people"]), sorted(touched["accounts"])
    for start in range(0, max(len(people), len(keys)), STEP):
        end = start + STEP
        await derive(identity.graph, identity.keyring, people[start:end], keys[start:end])


FOLLOWERS.append(_follow)
