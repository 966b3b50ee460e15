"""What accounts say of themselves, as the graph has it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from typing import Any

from neo4j.time import Date

from app.access.sealing import Keyring
from app.graph.queries import read_query
from app.graph.sessions import Reader, Writer
from app.identity.facts import ACCOUNT, Facts

_OF = read_query("identity/facts_of")
_ALL = read_query("identity/all_facts")
_PREFIX = f"{ACCOUNT}|"


async def facts_of(
    writer: Reader | Writer, keyring: Keyring, keys: Iterable[str], fields: Collection[str]
) -> dict[str, Facts]:
    """The facts of those of the identifiers that are accounts; empty of one that says nothing."""
    accounts = sorted({key for key in keys if key.startswith(_PREFIX)})
    found = dict[str, Facts]((key, {}) for key in accounts)
    if accounts and fields:
        names = sorted(fields)
        for row in await writer.rows(_OF, rows={"keys": accounts, "fields": names}):
            found[row["key"]] = _facts(keyring, names, row["said"], row["times"])
    return found


async def all_facts(
    reader: Reader, keyring: Keyring, fields: Collection[str]
) -> AsyncIterator[tuple[str, Facts]]:
    """Every account that says something of these fields, with what it says."""
    names = sorted(fields)
    async for row in reader.stream(_ALL, kind=ACCOUNT, fields=names):
        if facts := _facts(keyring, names, row["said"], row["times"]):
            yield row["key"], facts


def _facts(keyring: Keyring, names: Sequence[str], said: Sequence[Any], times: Sequence[int | None]) -> Facts:
    return {
        name: (at, _value(keyring, value))
        for name, value, at in zip(names, said, times, strict=True)
        if value is not None and at is not None
    }


def _value(keyring: Keyring, value: Any) -> Any:
    if isinstance(value, bytes | bytearray):
        return keyring.unseal(bytes(value))
    return value.to_native() if isinstance(value, Date) else value
