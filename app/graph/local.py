"""A Neo4j Community server for `make run` and `make test`: the real one, started and stopped here.

    python -m app.graph.local [--keep FOLDER --bolt PORT --http PORT] -- COMMAND…

runs the command with NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD of a server that lives exactly as long as it;
where NEO4J_URI is set already, the command runs with that. The server ends with its parent even by kill -9:
the kernel tells it, so nothing has to be left running to watch.
"""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from app.errors import Misconfigured, OneIdError, Unavailable
from app.graph.child import HOST, check_free, claimed, ends_with_parent, free_port, spawn, stop
from app.graph.jars import class_path, java
from app.settings import made_once, settings

USER = "neo4j"
PATIENCE = 120.0  # seconds for a start; eight on an idle machine
_FLAGS = [
    "-XX:+ExitOnOutOfMemoryError",
    "-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider",
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")),
]


@dataclass(frozen=True, slots=True)
class Size:
    """What a server may use: Java heap and page cache, as Java writes sizes."""

    heap: str
    page_cache: str


SMALL = Size("1g", "256m")  # tests
USUAL = Size("3g", "2g")  # two cores and 24 GiB, shared with the service and whoever works there


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running server: where it answers, and its login."""

    bolt: int
    http: int
    password: str

    @property
    def uri(self) -> str:
        """The address for NEO4J_URI."""
        return f"bolt://{HOST}:{self.bolt}"

    @property
    def browser(self) -> str:
        """The address of Neo4j Browser."""
        return f"http://{HOST}:{self.http}/browser/"

    def environment(self) -> dict[str, str]:
        """The variables by which a process finds this server."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USER": USER,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": "neo4j",
            "NEO4J_BROWSER": self.browser,
        }


@contextmanager
def throwaway(size: Size = SMALL) -> Iterator[LocalServer]:
    """A server on free ports, small unless it is told otherwise, whose data is gone with it."""
    home = Path(tempfile.mkdtemp(prefix="oneid-neo4j-"))
    try:
        with _running(home, free_port(), free_port(), size, signal.SIGKILL, secrets.token_hex(16)) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def kept(home: Path, bolt: int, http: int) -> Iterator[LocalServer]:
    """A server on these ports whose data and password stay in `home` for the next time.

    Raises Misconfigured when another one uses the folder or a port, or Java or Maven is missing.
    """
    with claimed(home) as claim:
        for port in (bolt, http):
            check_free(port)
        password = made_once(home / "password")
        with _running(home, bolt, http, USUAL, signal.SIGTERM, password, [claim]) as server:
            yield server


@contextmanager
def _running(
    home: Path,
    bolt: int,
    http: int,
    size: Size,
    ending: signal.Signals,
    password: str,
    keep: Sequence[int] = (),
) -> Iterator[LocalServer]:
    _configure(home, bolt, http, size)
    command = [java(), "-cp", class_path()]
    if not (home / "data" / "databases").exists():
        _set_password(command, home, password)
    server = LocalServer(bolt, http, password)
    main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home}/conf"]
    with open(home / "console.log", "wb") as console:
        process = spawn([*command, f"-Xmx{size.heap}", *_FLAGS, *main], console, ending, keep)
    try:
        _await_start(server, process, home)
        yield server
    finally:
        stop(process, ending)


def _configure(home: Path, bolt: int, http: int, size: Size) -> None:
    lines = {
        "server.default_listen_address": HOST,
        "server.bolt.listen_address": f"{HOST}:{bolt}",
        "server.bolt.advertised_address": f"{HOST}:{bolt}",
        "server.http.listen_address": f"{HOST}:{http}",
        "server.http.advertised_address": f"{HOST}:{http}",
        "server.memory.pagecache.size": size.page_cache,
        "dbms.usage_report.enabled": "false",
        # A graph that is emptied for every test would have every statement planned again and again.
        **({"dbms.cypher.min_replan_interval": "1h"} if size is SMALL else {}),
        "client.allow_telemetry": "false",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "1 files",
        # Without these two a stop waits ten seconds for connections that are closed already.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
        "internal.server.bolt.connection_shutdown_wait_time": "1s",
    }
    folder = home / "conf"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "neo4j.conf").write_text("".join(f"{key}={value}\n" for key, value in lines.items()))


def _set_password(command: list[str], home: Path, password: str) -> None:
    tool = [*command, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    ran = subprocess.run(tool, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        raise Misconfigured(f"Neo4j refused its first password: {ran.stderr.strip()[-300:]}")


def _await_start(server: LocalServer, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = monotonic() + PATIENCE
    with GraphDatabase.driver(server.uri, auth=(USER, server.password), telemetry_disabled=True) as driver:
        while True:
            try:
                with driver.session(database="neo4j") as session:
                    session.run("RETURN 1").consume()
            except (Neo4jError, DriverError) as error:
                if process.poll() is not None or monotonic() > deadline:
                    raise _failed(home) from error
                sleep(0.1)
            else:
                return


def _failed(home: Path) -> OneIdError:
    """The start's failure in one line, from the log that has the reason."""
    said = ""
    for log in (home / "console.log", home / "logs" / "neo4j.log", home / "logs" / "debug.log"):
        lines = log.read_text(errors="replace").splitlines() if log.is_file() else []
        causes = [
            line for line in lines if "Caused by" in line or "ERROR" in line or line.startswith("Error")
        ]
        said = causes[-1].strip() if causes else said
    return Unavailable(
        f"the local Neo4j did not start: {said[:300] or 'no reason given'}",
        code="NEO4J_FAILED",
        suggestion=f"the whole story is in {home}/logs and {home}/console.log",
    )


def main(arguments: Sequence[str]) -> int:
    """The command of this module; returns the exit code of the command that it ran."""
    parser = argparse.ArgumentParser(
        "python -m app.graph.local", description="A command with a Neo4j of its own."
    )
    parser.add_argument(
        "--keep", type=Path, help="data and password stay in this folder; else they are thrown away"
    )
    parser.add_argument("--bolt", type=int, default=7687)
    parser.add_argument("--http", type=int, default=7474)
    parser.add_argument("command", nargs="+", help="after --")
    given = parser.parse_args(arguments)
    try:
        with ExitStack() as stack:
            if "neo4j_uri" not in settings().model_fields_set:
                server = kept(given.keep.resolve(), given.bolt, given.http) if given.keep else throwaway()
                print("starting Neo4j", file=sys.stderr)
                os.environ.update(stack.enter_context(server).environment())
            return _run(given.command)
    except OneIdError as error:
        print(f"{error.message}. {error.suggestion or ''}".strip(), file=sys.stderr)
        return 1


def _run(command: Sequence[str]) -> int:
    """Runs it in the foreground: Ctrl-C reaches it from the terminal, a request to end is handed on."""
    process = subprocess.Popen(command, preexec_fn=ends_with_parent(signal.SIGTERM))  # noqa: S603
    signal.signal(signal.SIGINT, lambda *_: None)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: process.send_signal(number))
    code = process.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
