"""The audit trail: every operation, chained, so that nobody can change, remove or insert one unnoticed.

What an operation was given (its payload, with the reason) is sealed. The chain runs over a salted digest of
it, so an erasure can take payload, salt and reason away and the chain still holds; the operation that did so
names those that it emptied. Links of the chain are keyed: who can write to the database alone cannot make
one. Rule: design page "operations", "Callers".
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from app.access.sealing import Keyring, Unreadable
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Writer

_HEAD = write_query("identity/trail_head")
_APPEND = write_query("identity/trail_append")
_ADD = write_query("identity/trail_add")
_FORGET = write_query("identity/trail_forget")
_TRAIL = read_query("identity/trail")


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as it goes into the trail.

    `type` in UPPER_CASE; `payload` as JSON takes it; `about` are keys of identifiers, `lifted` of tombstones;
    `moved` as in `Written`; `undoes` is the operation that it takes back.
    """

    id: str
    type: str
    at: datetime
    by: str
    payload: Mapping[str, Any]
    reason: str
    about: Sequence[str] = ()
    lifted: Sequence[str] = ()
    moved: Sequence[Mapping[str, Any]] = ()
    undoes: str | None = None


@dataclass(slots=True)
class Checked:
    """What a check of the trail found. `head` is the last link: noted elsewhere, it proves that none was cut
    off.
    """

    operations: int = 0
    emptied: int = 0
    head: str = ""
    problems: list[str] = field(default_factory=list)


async def append(writer: Writer, keyring: Keyring, entry: Entry) -> None:
    """Put an operation at the end of the trail. Locks the end, so it is the last thing that a unit does."""
    head = await writer.one(_HEAD)
    seq, salt, payload = head["seq"] + 1, os.urandom(16), _text({**entry.payload, "reason": entry.reason})
    digest = _digest(salt, payload)
    operation = {
        "id": entry.id,
        "seq": seq,
        "name": f"{entry.type.lower().replace('_', ' ')} by {entry.by}",
        "type": entry.type,
        "at": entry.at,
        "by": entry.by,
        "reason": entry.reason,
        "undoes": entry.undoes,
        "salt": salt,
        "payload": keyring.seal(payload),
        "digest": digest,
    }
    operation["chain"] = _link(keyring, head["chain"], operation | {"at": entry.at.isoformat()})
    rows = {
        "operation": operation,
        "about": sorted(entry.about),
        "lifted": sorted(entry.lifted),
        "undoes": [entry.undoes] if entry.undoes else [],
        "moved": list(entry.moved),
    }
    await writer.rows(_APPEND, rows=rows)


async def add(
    writer: Writer, operation: str, about: Iterable[str], moved: Sequence[Mapping[str, Any]]
) -> None:
    """What a further step of an operation was about, and whom it moved."""
    await writer.rows(_ADD, rows={"operation": operation, "about": sorted(about), "moved": list(moved)})


async def forget(writer: Writer, keys: Iterable[str], stones: Iterable[str]) -> list[str]:
    """Empty the payloads of operations about identifiers that are about to be erased, and of those that
    lifted tombstones which hold again. Returns the operations' ids.
    """
    rows = await writer.rows(_FORGET, rows={"keys": sorted(keys), "stones": sorted(stones)})
    return [row["id"] for row in rows]


async def check(graph: Graph, keyring: Keyring) -> Checked:
    """Read the whole trail and compare every link of the chain with what it is about."""
    found, head = Checked(), ""
    emptied: set[str] = set()
    accounted: set[str] = set()
    async for row in graph.reader().stream(_TRAIL):
        head = row["head"]
        if row["id"] is None:
            continue
        found.problems += [f"operation {row['seq']}: {problem}" for problem in _broken(keyring, found, row)]
        found.operations, found.head = row["seq"], row["chain"]
        if row["payload"] is None:
            emptied.add(row["id"])
        else:
            accounted.update(_opened(keyring, row).get("forgotten", ()))
    found.emptied = len(emptied)
    if found.head != head:
        found.problems.append(f"operations are missing after number {found.operations}")
    found.problems += [
        f"operation {id} was emptied, and not by an erasure" for id in sorted(emptied - accounted)
    ]
    return found


def _broken(keyring: Keyring, before: Checked, row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one operation, given what was found up to the one before it."""
    if row["seq"] != before.operations + 1:
        yield f"number {before.operations + 1} was expected"
    if row["chain"] != _link(keyring, before.head, row):
        yield "it is not what was chained to the one before it"
    if (row["taken_back"] or [None])[0] != row["undoes"]:
        yield "what it undoes was changed"
    if row["payload"] is not None:
        payload = _opened(keyring, row)
        if not payload:
            yield "its payload was changed"
        elif payload["reason"] != row["reason"]:
            yield "its reason was changed"


def _opened(keyring: Keyring, row: Mapping[str, Any]) -> dict[str, Any]:
    """What an operation was given; nothing when it is not what its digest was made of."""
    try:
        text = keyring.unseal(bytes(row["payload"]))
    except Unreadable:
        return {}
    if row["salt"] is None or _digest(bytes(row["salt"]), text) != row["digest"]:
        return {}
    payload: dict[str, Any] = json.loads(text)
    return payload


def _link(keyring: Keyring, before: str, row: Mapping[str, Any]) -> str:
    names = ("seq", "id", "type", "by", "undoes", "digest")
    at = datetime.fromisoformat(row["at"]).isoformat()
    return keyring.digest("/audit", "*", _text([before, at, *(row[name] for name in names)]))


def _digest(salt: bytes, payload: str) -> str:
    return sha256(salt + payload.encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
