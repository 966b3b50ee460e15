"""Lists by upload: any mix of identifiers, each put on a list once; those of nobody are not.

A list holds identifiers, so it goes with them when people merge or split, and a person counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import uuid_utils

from app.errors import BadInput, OneIdError
from app.graph.queries import read_query, write_query
from app.identity.live.lookup import lookup_keys
from app.identity.service import Identity
from app.identity.steering.cli import identifier
from app.segments.saved import MAX_KEY

CHUNK = 500
"""Identifiers of one unit of work."""
SHOWN = 100
"""Unmatched identifiers that are listed."""

_BEGIN = write_query("segments/list_begin")
_FOUND = read_query("segments/list_found")
_STORE = write_query("segments/list_store")
_DROP = write_query("segments/list_drop")
_END = write_query("segments/list_end")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An identifier that is nobody's: `place` counts from 0, `code` is NOT_FOUND or what is wrong."""

    place: int
    identifier: str
    code: str
    message: str


@dataclass(slots=True)
class Uploaded:
    """What became of an upload. `matched` is what is on the list now of it, each identifier once."""

    received: int = 0
    matched: int = 0
    added: int = 0
    removed: int = 0
    duplicates: int = 0
    unmatched: int = 0
    size: int = 0
    shown: list[Unmatched] = field(default_factory=list)
    """The first of the unmatched."""

    def miss(self, place: int, text: str, code: str, message: str) -> None:
        """Count an identifier that cannot be put on the list."""
        self.unmatched += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Unmatched(place, text, code, message))


async def upload(
    identity: Identity,
    key: str,
    identifiers: Iterable[str],
    by: str,
    *,
    name: str | None = None,
    replace: bool = False,
) -> Uploaded:
    """Put identifiers (`kind:value` or `kind:scope:value`) on a list, made where there is none.

    replace: what was on it before and is not among them comes off. Raises BadInput for a key that is none.
    """
    if not key.strip() or len(key) > MAX_KEY or not key.isprintable():
        message = f"a key is a text of 1 to {MAX_KEY} characters"
        raise BadInput(message, code="MALFORMED_VALUE", field=("key",))
    graph, at = identity.graph, datetime.now(UTC)
    said, done = {"key": key, "name": name, "by": by}, Uploaded()
    rows = {"list": key, "upload": str(uuid_utils.uuid7())}
    await graph.unit(lambda writer: writer.rows(_BEGIN, rows={"list": said}))
    seen, lines = set[str](), enumerate(identifiers)
    while chunk := dict(islice(lines, CHUNK)):
        keys = sorted(await _matched(identity, chunk, seen, done))
        done.matched += len(keys)
        done.added += await _added(identity, rows | {"keys": keys}, at)
    removed = 1 if replace else 0
    while removed:
        row = await graph.unit(lambda writer: writer.one(_DROP, rows=rows, at=at, limit=CHUNK))
        removed = row["removed"]
        done.removed += removed
    done.size = (await graph.unit(lambda writer: writer.one(_END, key=key, at=at)))["size"]
    return done


async def _added(identity: Identity, rows: Mapping[str, Any], at: datetime) -> int:
    row = await identity.graph.unit(lambda writer: writer.one(_STORE, rows=rows, at=at))
    return int(row["added"])


async def _matched(identity: Identity, chunk: Mapping[int, str], seen: set[str], done: Uploaded) -> set[str]:
    """The keys of the identifiers of a chunk that somebody holds and that did not come before."""
    sought: dict[int, list[str]] = {}
    for place, text in chunk.items():
        done.received += 1
        try:
            sought[place] = _keys(identity, text.strip())
        except OneIdError as error:
            done.miss(place, text, error.code, error.message)
    asked = list(sought)
    found = await identity.graph.reader().rows(_FOUND, rows={"sought": list(sought.values())})
    known, keys = {asked[row["place"]]: row["key"] for row in found}, set[str]()
    for place in asked:
        if place not in known:
            done.miss(place, chunk[place], "NOT_FOUND", "nobody is known by it")
        elif known[place] in seen:
            done.duplicates += 1
        else:
            seen.add(known[place])
            keys.add(known[place])
    return keys


def _keys(identity: Identity, text: str) -> list[str]:
    policy = identity.state.policy
    one = identifier(policy, text)
    return lookup_keys(policy, identity.keyring, one["kind"], one["scope"], one["value"])
