"""What finds people by parts of their names and by the last digits of their phones: an entry an identifier.

Entries hang on identifiers, never on people, and go with them. Facts write the entry of a name where the
name is written, and that of a phone where the phone is first seen; `rebuild` writes those of a graph that was
filled before there was an index, and mends what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.access.blind import digits_tokens, name_tokens, place_of, slot_tokens
from app.access.sealing import Keyring
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Writer
from app.identity.normalise import Value, normalise
from app.identity.policy import Policy

_INDEXED = read_query("profile/indexed")
_INDEX = write_query("profile/index")
_STRAYS = write_query("profile/index_strays")
_CHUNK = 5_000

Progress = Callable[[int], None]
"""Called with how many more identifiers were looked at."""


def name_entry(keyring: Keyring, key: str, name: str) -> dict[str, str]:
    """The entry of an account's name."""
    return _entry(keyring, "name", key, name_tokens(keyring, name))


def digits_entry(keyring: Keyring, key: str, phone: str) -> dict[str, str]:
    """The entry of a phone."""
    digits = "".join(character for character in phone if character.isdecimal())
    return _entry(keyring, "digits", key, digits_tokens(keyring, digits))


def phone_entries(
    policy: Policy, keyring: Keyring, keys: Collection[str], given: Iterable[tuple[str, str]]
) -> Iterator[dict[str, str]]:
    """The entries of those of the identifiers that are phones; `given` are kinds and values as observed."""
    values = {(kind, normalise(policy.kinds[kind], raw)) for kind, raw in given}
    for key in keys:
        kind, scope, _ = key.split("|", 2)
        for other, value in values:
            if other == kind and not value.hashed and _key(policy, keyring, kind, scope, value) == key:
                yield digits_entry(keyring, key, value.text)


def _key(policy: Policy, keyring: Keyring, kind: str, scope: str, value: Value) -> str:
    return keyring.key(kind, scope, value.text, pii=policy.kinds[kind].pii)


def phone_kinds(policy: Policy) -> frozenset[str]:
    """The kinds whose values end in digits that people are found by."""
    return frozenset(name for name, kind in policy.kinds.items() if kind.normalise == "phone")


def _entry(keyring: Keyring, what: str, key: str, tokens: Sequence[str]) -> dict[str, str]:
    place = place_of(keyring, what, key)
    return {"key": key, "name": what, "tokens": " ".join([*tokens, *slot_tokens(place)]), "place": place}


async def rebuild(graph: Graph, keyring: Keyring, policy: Policy, progress: Progress) -> int:
    """Write every entry that is missing or differs, and drop those of nothing. Returns how many were written.

    In steps of five thousand identifiers, beside whatever else is written; running it again goes on.
    """
    kinds, after, written = sorted(phone_kinds(policy)), "", 0
    while found := await graph.reader().rows(_INDEXED, after=after, limit=_CHUNK):
        rows = [row for one in found for row in _missing(keyring, kinds, one)]
        if rows:
            written += await graph.unit(_writing(_INDEX, rows))
        after = found[-1]["key"]
        progress(len(found))
    dropped: int = await graph.unit(_writing(_STRAYS, kinds))
    return written + dropped


def _missing(keyring: Keyring, kinds: Sequence[str], one: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    key, stored = one["key"], dict(one["entries"])
    due = []
    if one["sealed_name"] is not None:
        due.append(name_entry(keyring, key, keyring.unseal(bytes(one["sealed_name"]))))
    if key.partition("|")[0] in kinds:
        value = one["value"] if one["sealed"] is None else keyring.unseal(bytes(one["sealed"]))
        if "=" not in value:  # of a hash nobody knows the digits
            due.append(digits_entry(keyring, key, value))
    return [row | {"digest": one["digest"]} for row in due if stored.get(row["name"]) != row["tokens"]]


def _writing(query: Any, rows: Any) -> Callable[[Writer], Any]:
    async def work(writer: Writer) -> int:
        row = await writer.one(query, rows={"rows": rows})
        written: int = row["written"]
        return written

    return work
