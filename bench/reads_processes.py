"""The processes that are compared, each started as it is served, and the CPU that each of them takes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from app.errors import Misconfigured
from app.graph.child import HOST, free_port, spawn, stop
from app.settings import ROOT
from bench.ground import Ground

PEER = ROOT / "bench" / "peer"
_NODE = 20  # the oldest Node.js that the peer's packages are for
_PATIENCE = 60.0  # seconds for a start


@contextmanager
def service(ground: Ground) -> Iterator[tuple[int, int]]:
    """This service as `oneid serve` runs it: its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with _running(command, ROOT, ground.environment(), port, ground.folder / "service.log") as process:
        yield port, process


@contextmanager
def peer(ground: Ground) -> Iterator[tuple[int, int]]:
    """The peer, its packages installed first if they are not: its port and its process.

    Raises Misconfigured when Node.js is missing or too old.
    """
    node = check_node()
    _install()
    port = free_port()
    environment = ground.environment() | {"PORT": str(port), "NODE_ENV": "production"}
    with _running([node, "server.mjs"], PEER, environment, port, ground.folder / "peer.log") as process:
        yield port, process


def check_node() -> str:
    """The path of Node.js. Raises Misconfigured when there is none that the peer runs on."""
    node, npm = shutil.which("node"), shutil.which("npm")
    said = (
        subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if node
        else ""
    )
    found = re.match(r"v(\d+)", said)
    if node is None or npm is None or found is None or int(found[1]) < _NODE:
        raise Misconfigured(
            f"Node.js {_NODE} or newer with npm is missing (found: {said.strip() or 'none'})",
            code="NODE_MISSING",
            suggestion="install it with  apt-get install nodejs npm, or leave the figure `reads` out",
        )
    return node


def _install() -> None:
    """`npm ci`, unless what is installed is what the lock file says."""
    lock, done = PEER / "package-lock.json", PEER / "node_modules" / ".package-lock.json"
    if done.is_file() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    ran = subprocess.run(command, cwd=PEER, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"npm ci: {ran.stderr.strip()[-2000:]}")
    done.touch()


@contextmanager
def _running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], port: int, log: Path
) -> Iterator[int]:
    assignments = [f"{name}={value}" for name, value in environment.items() if os.environ.get(name) != value]
    with log.open("wb") as console:
        process = spawn(["/usr/bin/env", "-C", str(folder), *assignments, *command], console, signal.SIGTERM)
        try:
            _await(process, port, log)
            yield process.pid
        finally:
            stop(process, signal.SIGTERM)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = monotonic() + _PATIENCE
    while monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError(f"it did not start: {log.read_text(errors='replace').strip()[-2000:]}")


def cpu(process: int | str | None) -> float:
    """Seconds of CPU that a process ("self": this one) has used; not a number where there is none."""
    if process is None:
        return float("nan")
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def database_process(uri: str) -> int | None:
    """The process that listens at the database's address; None when it is not to be seen from here."""
    address = urlsplit(uri)
    if address.hostname not in ("localhost", HOST):
        return None
    inodes = set(_listening(address.port or 7687))
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(opened) in inodes for opened in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:  # somebody else's, or ended meanwhile
            continue
    return None


def _listening(port: int) -> Iterator[str]:
    """Sockets that listen on a port, as links in /proc name them."""
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                yield f"socket:[{fields[9]}]"
