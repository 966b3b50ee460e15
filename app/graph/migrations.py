"""Schema changes of the graph: `schema/graph/0001_name.cypher` and on, applied in order, once, upwards only.

A file is either schema (CREATE or DROP of constraints and indexes, each statement in a transaction of its own
and repeatable by IF [NOT] EXISTS, since Neo4j does not mix the two) or data (all statements in one
transaction with the line that says so). The graph keeps each file's checksum: an applied file that was
changed, or is gone, is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.errors import MigrationRefused
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Writer
from app.settings import ROOT

FOLDER = ROOT / "schema" / "graph"

_APPLIED = read_query("graph/migrations")
_CLAIM = write_query("graph/migration_claim")
_NAME = re.compile(r"^\d{4}_[a-z0-9_]+$")
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_SCHEMA = re.compile(r"^(CREATE|DROP)\s+(\w+\s+)*?(CONSTRAINT|INDEX)\b", re.IGNORECASE)
_REPEATABLE = re.compile(r"\bIF\s+(NOT\s+)?EXISTS\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its name without ending, the SHA-256 of its text, and its statements."""

    name: str
    checksum: str
    statements: tuple[str, ...]
    schema: bool


async def migrate(graph: Graph, folder: Path = FOLDER) -> list[str]:
    """Applies what the graph has not been through, and returns those names; raises MigrationRefused."""
    files = read_migrations(folder)
    applied = {row["name"]: row["checksum"] for row in await graph.reader().rows(_APPLIED)}
    todo = pending(files, applied)
    return [migration.name for migration in todo if await _apply(graph, migration)]


async def require_migrated(graph: Graph, folder: Path = FOLDER) -> None:
    """Raises MigrationRefused when something of the folder is still to be applied.

    Without its constraints a graph takes twice what it may hold once, slowly, and cannot be given them later.
    """
    applied = {row["name"] for row in await graph.reader().rows(_APPLIED)}
    if todo := [found.name for found in read_migrations(folder) if found.name not in applied]:
        raise MigrationRefused(
            f"the graph is not ready: it lacks {len(todo)} migrations, the first is {todo[0]}",
            code="MIGRATION_NEEDED",
            suggestion="oneid migrate",
        )


def read_migrations(folder: Path) -> list[Migration]:
    """The folder's migrations in order; their numbers go from 1 up without a gap."""
    files = [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.cypher"))]
    for number, migration in enumerate(files, 1):
        if int(migration.name[:4]) != number:
            raise MigrationRefused(f"{migration.name} stands where number {number:04} is due")
    return files


def parse(name: str, text: str) -> Migration:
    """The migration that a file says; MigrationRefused when it mixes schema and data, or cannot repeat."""
    if not _NAME.match(name):
        raise MigrationRefused(f"{name}.cypher: migrations are named like 0001_identity.cypher")
    statements = tuple(part.strip() for part in _COMMENT.sub("", text).split(";") if part.strip())
    schema = [bool(_SCHEMA.match(statement)) for statement in statements]
    if not statements or len(set(schema)) > 1:
        raise MigrationRefused(f"{name}.cypher: a migration is all schema or all data, and not empty")
    if schema[0] and not all(_REPEATABLE.search(statement) for statement in statements):
        raise MigrationRefused(f"{name}.cypher: every schema statement says IF NOT EXISTS or IF EXISTS")
    return Migration(name, sha256(text.encode()).hexdigest(), statements, schema[0])


def pending(files: Sequence[Migration], applied: dict[str, str]) -> list[Migration]:
    """Those still to be applied; raises MigrationRefused when the applied ones are not the first files."""
    known = {migration.name: migration.checksum for migration in files}
    if gone := sorted(applied.keys() - known.keys()):
        raise MigrationRefused(
            f"the graph has been through {', '.join(gone)}, which is not in schema/graph",
            suggestion="run the version of the program that the graph was last used with, or a newer one",
        )
    if changed := sorted(name for name, checksum in applied.items() if known[name] != checksum):
        raise MigrationRefused(
            f"{', '.join(changed)} was changed after it was applied",
            suggestion="put the file back as it was, and say what is new in a migration of its own",
        )
    todo = [migration for migration in files if migration.name not in applied]
    if todo and applied and todo[0].name < max(applied):
        raise MigrationRefused(f"{todo[0].name} comes before {max(applied)}, which was applied already")
    return todo


async def _apply(graph: Graph, migration: Migration) -> bool:
    """Applies one; False when another process was faster."""
    if migration.schema:
        for statement in migration.statements:
            await graph.unit(lambda writer, text=statement: writer.run(text, {}))  # type: ignore[misc]
        await graph.unit(lambda writer: writer.run("CALL db.awaitIndexes(300)", {}))

    async def work(writer: Writer) -> bool:
        row = await writer.row(_CLAIM, name=migration.name, checksum=migration.checksum)
        first = row is not None and bool(row["first"])
        if first and not migration.schema:
            for statement in migration.statements:
                await writer.run(statement, {})
        return first

    return await graph.unit(work)
