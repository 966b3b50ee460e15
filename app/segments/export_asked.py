"""A file of people that was asked for: kept in the graph, written by a job, gone after a day.

    WAITING ─▶ RUNNING ─▶ DONE ─▶ (expires: file and node go)
                       └▶ FAILED

What was RUNNING when its process died is RUNNING still, and is begun anew. The file lies in the data folder.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast

import uuid_utils

from app.errors import BadInput, NotAllowed
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Reader
from app.rules.choice import EVERY, Choice, choice_of, limit_json, limit_stored
from app.rules.model import Rule, canonical
from app.settings import settings

KEPT = timedelta(days=1)
"""How long a file can be fetched once it is written."""

WAITING = 100
"""How many files may be asked for and not yet written."""

_ASK = write_query("segments/export_ask")
_OF = read_query("segments/export_of")
_IN = read_query("segments/exports_in")
_TELL = write_query("segments/export_tell")
_DROP = write_query("segments/export_drop")


@dataclass(frozen=True, slots=True)
class Export:
    """A file as it was asked for, and how far it has come. brands: of a limited caller; None for all."""

    key: str
    status: str
    rule: str
    columns: Sequence[str]
    format: Literal["csv", "parquet"]
    bom: bool
    pii: bool
    brands: Sequence[str] | None
    zone: str
    by: str
    at: datetime
    rows: int = 0
    total: int | None = None
    error: str | None = None
    expires: datetime | None = None
    choice: Choice = EVERY

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.key}.{self.format}"


def _export(said: dict[str, Any]) -> Export:
    expires = said.get("expiresAt")
    return Export(
        key=said["key"],
        status=said["status"],
        rule=said["rule"],
        columns=said["columns"],
        format=cast(Literal["csv", "parquet"], said["format"]),
        bom=said["bom"],
        pii=said["pii"],
        brands=said["brands"] if said["limited"] else None,
        zone=said["zone"],
        by=said["by"],
        at=said["at"].to_native(),
        rows=said.get("rows", 0),
        total=said.get("total"),
        error=said.get("error"),
        expires=None if expires is None else expires.to_native(),
        choice=choice_of(said.get("share"), limit_stored(said.get("limit")), said.get("shareKey") or ""),
    )


async def ask(
    graph: Graph, rule: Rule, brands: Sequence[str] | None, choice: Choice = EVERY, **said: Any
) -> Export:
    """Ask for a file. Raises BadInput (TOO_MANY_EXPORTS) while too many wait."""
    if len(await waiting(graph.reader())) >= WAITING:
        raise BadInput(
            f"{WAITING} files are waiting to be written",
            code="TOO_MANY_EXPORTS",
            suggestion="ask again when some of them are done",
        )
    row = said | {
        "key": str(uuid_utils.uuid7()),
        "name": "export",
        "status": "WAITING",
        "rule": json.dumps(canonical(rule), ensure_ascii=False),
        "brands": list(brands or ()),
        "limited": brands is not None,
        "at": datetime.now(UTC),
        "share": None if choice.share is None else choice.share.part,
        "shareKey": None if choice.share is None else choice.share.key,
        "limit": limit_json(choice.limit),
    }
    await graph.unit(lambda writer: writer.rows(_ASK, rows=row))
    found = await read(graph.reader(), row["key"])
    assert found is not None  # noqa: S101 - it has just been written
    return found


async def read(reader: Reader, key: str) -> Export | None:
    """The file of that key, as it is asked for."""
    row = await reader.row(_OF, p={"key": key})
    return None if row is None else _export(row["export"])


async def waiting(reader: Reader) -> list[Export]:
    """Those that are still to be written, the oldest first."""
    return await _those(reader, "WAITING", "RUNNING")


async def expired(reader: Reader, now: datetime) -> list[Export]:
    """Those whose time has passed."""
    done = await _those(reader, "DONE", "FAILED")
    return [one for one in done if one.expires is not None and one.expires <= now]


async def _those(reader: Reader, *statuses: str) -> list[Export]:
    return [_export(row["export"]) for row in await reader.rows(_IN, p={"statuses": list(statuses)})]


async def tell(graph: Graph, key: str, **said: Any) -> None:
    """Note how far it has come."""
    await graph.unit(lambda writer: writer.rows(_TELL, rows={"key": key, "said": said}))


async def drop(graph: Graph, one: Export) -> None:
    """The file goes, and what is known of it."""
    (folder(graph) / one.file).unlink(missing_ok=True)
    await graph.unit(lambda writer: writer.rows(_DROP, rows={"key": one.key}))


def folder(graph: Graph) -> Path:
    """Where the files lie."""
    return (graph.settings or settings()).data / "exports"


def check_caller(one: Export, scopes: frozenset[str], brands: frozenset[str] | None) -> None:
    """A file is for callers who could have asked for it. Raises NotAllowed (FORBIDDEN)."""
    needed = {"profile:read", "segment:read", *(["pii:read"] if one.pii else [])}
    if missing := sorted(needed - scopes):
        raise NotAllowed(f"this file needs the scope {missing[0]}", code="FORBIDDEN")
    if brands is not None and (one.brands is None or not set(one.brands) <= brands):
        raise NotAllowed("this file is of brands that you do not see", code="FORBIDDEN")
