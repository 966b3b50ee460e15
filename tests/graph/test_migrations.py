"""Migrations go up, once, in order, and are never rewritten."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.access.sealing import Keyring
from app.errors import MigrationRefused
from app.graph.migrations import FOLDER, migrate, parse, read_migrations
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings

DATA = "UNWIND ['a', 'b'] AS key\nCREATE (:Brand {key: key});\nMATCH (n:Brand) SET n.name = n.key;"


class Folder:
    """A copy of the project's migrations, to be gone on with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.next = len(read_migrations(path)) + 1

    def add(self, what: str, text: str) -> str:
        """Writes the next migration; returns its name."""
        name = f"{self.next:04}_{what}"
        (self.path / f"{name}.cypher").write_text(text)
        self.next += 1
        return name


@pytest_asyncio.fixture
async def folder(graph: Graph, tmp_path: Path) -> AsyncIterator[Folder]:
    """The folder; what a test applies beyond the project's own is taken back, with the tests' index."""
    own = [migration.name for migration in read_migrations(FOLDER)]
    yield Folder(Path(shutil.copytree(FOLDER, tmp_path / "graph")))
    forget = "MATCH (n:Migration) WHERE NOT n.name IN $own DELETE n"
    await graph.unit(lambda writer: writer.run(forget, {"own": own}))
    await graph.unit(lambda writer: writer.run("DROP INDEX test_index IF EXISTS", {}))


async def test_a_graph_without_all_of_them_is_not_worked_on(graph: Graph, settings: Settings) -> None:
    last = read_migrations(FOLDER)[-1].name
    gone = "MATCH (n:Migration {name: $name}) DELETE n"
    await graph.unit(lambda writer: writer.run(gone, {"name": last}))
    try:
        with pytest.raises(MigrationRefused, match=f"lacks 1 migrations, the first is {last}") as no:
            await Identity.open(graph, Keyring("a key for tests"), settings.policy)
        assert (no.value.code, no.value.suggestion) == ("MIGRATION_NEEDED", "oneid migrate")
        assert await _rows(graph, "MATCH (n:Policy) RETURN n.name") == []
    finally:
        await migrate(graph)
    assert (await Identity.open(graph, Keyring("a key for tests"), settings.policy)).state.version == 1


async def _rows(graph: Graph, text: str) -> list[list[object]]:
    return [list(row.values()) for row in await graph.reader().compiled(text, {})]


async def test_applied_once_in_order(graph: Graph, folder: Folder) -> None:
    index = folder.add("index", "// why\nCREATE INDEX test_index IF NOT EXISTS FOR (n:Brand) ON (n.test);\n")
    data = folder.add("data", DATA)
    assert await migrate(graph, folder.path) == [index, data]
    assert await migrate(graph, folder.path) == []
    assert await _rows(graph, "MATCH (n:Brand) RETURN n.name ORDER BY n.name") == [["a"], ["b"]]
    assert await _rows(graph, "SHOW INDEXES YIELD name, state WHERE name = 'test_index' RETURN state") == [
        ["ONLINE"]
    ]
    kept = await _rows(
        graph, "MATCH (n:Migration) RETURN n.name, size(n.checksum), n.at IS NOT NULL ORDER BY n.name"
    )
    assert kept[-2:] == [[index, 64, True], [data, 64, True]]


async def test_a_changed_migration_is_refused(graph: Graph, folder: Folder) -> None:
    name = folder.add("data", DATA)
    await migrate(graph, folder.path)
    (folder.path / f"{name}.cypher").write_text(DATA + "\nCREATE (:Brand {key: 'c'});")
    later = folder.add("later", DATA)
    with pytest.raises(MigrationRefused, match=f"{name} was changed after it was applied"):
        await migrate(graph, folder.path)
    assert later not in str(await _rows(graph, "MATCH (n:Migration) RETURN n.name"))


async def test_a_migration_that_is_gone_is_refused(graph: Graph, folder: Folder) -> None:
    name = folder.add("data", DATA)
    await migrate(graph, folder.path)
    (folder.path / f"{name}.cypher").unlink()
    with pytest.raises(MigrationRefused, match=f"has been through {name}, which is not in schema/graph"):
        await migrate(graph, folder.path)


async def test_data_is_all_or_nothing(graph: Graph, folder: Folder) -> None:
    folder.add("data", "CREATE (:Brand {key: 'a'});\nCREATE (:Brand {key: 'a'});")
    with pytest.raises(Exception, match="already exists"):
        await migrate(graph, folder.path)
    assert await _rows(graph, "MATCH (n:Brand) RETURN n") == []
    assert len(await _rows(graph, "MATCH (n:Migration) RETURN n")) == len(read_migrations(FOLDER))


async def test_two_processes_at_once_apply_it_once(graph: Graph, folder: Folder) -> None:
    name = folder.add("data", "CREATE (:Brand {key: randomUUID()});")
    applied = await asyncio.gather(*(migrate(graph, folder.path) for _ in range(4)))
    assert sorted(applied) == [[], [], [], [name]]
    assert len(await _rows(graph, "MATCH (n:Brand) RETURN n")) == 1


def test_numbers_have_no_gap(tmp_path: Path) -> None:
    for name in ("0001_a", "0003_b"):
        (tmp_path / f"{name}.cypher").write_text("CREATE (:Brand {key: 'a'});")
    with pytest.raises(MigrationRefused, match="0003_b stands where number 0002 is due"):
        read_migrations(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("1_a", "CREATE (:Brand)", "named like 0001_identity.cypher"),
        ("0001_a", "// nothing\n", "not empty"),
        (
            "0001_a",
            "CREATE (:Brand);\nCREATE INDEX x IF NOT EXISTS FOR (n:A) ON (n.b);",
            "all schema or all data",
        ),
        ("0001_a", "CREATE INDEX x FOR (n:A) ON (n.b);", "IF NOT EXISTS or IF EXISTS"),
        ("0001_a", "CREATE FULLTEXT INDEX x FOR (n:A) ON EACH [n.b];", "IF NOT EXISTS or IF EXISTS"),
    ],
)
def test_a_migration_that_cannot_be_is_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(MigrationRefused, match=message):
        parse(name, text)
