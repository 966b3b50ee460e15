"""What figures are measured on: a database of the bench's own, and the demo world in it.

The graph is filled by `oneid import`, in a process of its own, once a run: every figure that needs a graph is
measured on the same one. It is never a graph that somebody uses: a database that holds anything is refused.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from neo4j import Driver, GraphDatabase
from pydantic import SecretStr

from app.errors import Misconfigured
from app.graph import local
from app.graph.migrations import migrate
from app.graph.sessions import Graph
from app.settings import ROOT, Settings
from seed import world

_ANYTHING = "MATCH (node) WHERE NOT node:Migration RETURN count(node) > 0 AS anything"
# Relationships first: those of a few popular products are more than a transaction may hold.
_EMPTY = (
    "MATCH ()-[it]->() CALL (it) { DELETE it } IN TRANSACTIONS OF 20000 ROWS",
    "MATCH (it) WHERE NOT it:Migration CALL (it) { DELETE it } IN TRANSACTIONS OF 20000 ROWS",
)
KEY = "a key for figures"


@dataclass
class Ground:
    """A database and a folder for the run, and how large its worlds are."""

    settings: Settings
    folder: Path
    people: int
    quick: bool = False
    """For trying out: streams and rounds a tenth of what figures are quoted for, and nothing warmed."""
    _worlds: dict[tuple[int, int, str], Path] = field(default_factory=dict)
    _filled: bool = False

    def driver(self) -> Driver:
        """A plain driver on the database: what the floors are written with."""
        return GraphDatabase.driver(
            self.settings.neo4j_uri,
            auth=(self.settings.neo4j_user, self.settings.password()),
            telemetry_disabled=True,
            notifications_min_severity="OFF",
        )

    def environment(self) -> dict[str, str]:
        """The environment in which a process of its own finds the same database and key."""
        return os.environ | {
            "NEO4J_URI": self.settings.neo4j_uri,
            "NEO4J_USER": self.settings.neo4j_user,
            "NEO4J_PASSWORD": self.settings.password(),
            "NEO4J_DATABASE": self.settings.neo4j_database,
            "ONEID_SECRET_KEY": self.settings.secret(),
            "ONEID_DATA": str(self.settings.data),
        }

    def observations(self, people: int | None = None, seed: int = 1, facts: str = "core") -> Path:
        """The file of a demo world, written at the first call for it; `facts` are those of `seed.world`."""
        size = people or self.people
        if (size, seed, facts) not in self._worlds:
            folder = self.folder / f"world-{size}-{seed}-{facts}"
            self._worlds[size, seed, facts] = world.write(size, seed, folder, facts).observations
        return self._worlds[size, seed, facts]

    def oneid(self, *arguments: str, exits: Collection[int] = (0,)) -> float:
        """Runs the command in a process of its own; the seconds that it took, its start included. Raises
        RuntimeError when it ends otherwise than with one of `exits`.
        """
        start = perf_counter()
        ran = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode not in exits:
            raise RuntimeError(f"oneid {' '.join(arguments)}: {ran.stderr.strip()[-2000:]}")
        return perf_counter() - start

    def fill(self) -> float | None:
        """The demo world in the graph. Seconds that the import took, None when it was there already."""
        if self._filled:
            return None
        took = self.oneid("import", str(self.observations()), "--rejects", str(self.folder / "rejects.jsonl"))
        self._filled = True
        return took

    def empty(self) -> None:
        """Nothing is left in the graph but its schema."""
        with self.driver() as driver, driver.session(database=self.settings.neo4j_database) as session:
            for statement in _EMPTY:
                session.run(statement).consume()
        self._filled = False


@contextmanager
def ground(people: int, *, quick: bool = False, database: bool = True) -> Iterator[Ground]:
    """A ground on a throwaway database, or on the one of NEO4J_URI if that is empty; emptied at the end.

    Without `database` only the folder, for figures that need no more. Raises Misconfigured when NEO4J_URI
    names a database that holds something.
    """
    with TemporaryDirectory(prefix="oneid-bench-") as name, ExitStack() as stack:
        own = Settings(data=Path(name), secret_key=SecretStr(KEY))
        if not database:
            yield Ground(own, Path(name), people, quick)
            return
        theirs = "neo4j_uri" in own.model_fields_set
        if not theirs:
            server = stack.enter_context(local.throwaway(local.USUAL))
            found = {"neo4j_uri": server.uri, "neo4j_password": SecretStr(server.password)}
            own = own.model_copy(update=found)
        made = Ground(own, Path(name), people, quick)
        asyncio.run(_prepare(made))
        if theirs:
            stack.callback(made.empty)
        yield made


async def _prepare(made: Ground) -> None:
    async with await Graph.open(made.settings) as graph:
        if (await graph.reader().compiled(_ANYTHING, {}))[0]["anything"]:
            raise Misconfigured(
                f"the database at {made.settings.neo4j_uri} is not empty, and the figures empty theirs",
                suggestion="unset NEO4J_URI for a database that is thrown away",
            )
        await migrate(graph)
