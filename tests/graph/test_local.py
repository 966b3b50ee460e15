"""The local server: kept between runs, gone with its parent, and clear about what stands in its way."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Misconfigured
from app.graph.child import claimed, free_port
from app.graph.jars import class_path, java
from app.graph.local import kept, main

WRITE = "CREATE (:Kept {by: 'the first run'})"
READ = "MATCH (n:Kept) RETURN n.by"


def _python(statement: str, after: str = "") -> list[str]:
    """A command that runs one statement on the server that it was given, and prints what comes back."""
    code = f"""
import os, signal, sys, neo4j
auth = (os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"])
with neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=auth) as driver:
    print(driver.execute_query({statement!r}).records, flush=True)
{after}
"""
    return [sys.executable, "-c", code]


def _local(home: Path, ports: tuple[int, int], command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    entry = [sys.executable, "-m", "app.graph.local", "--keep", str(home)]
    entry += ["--bolt", str(ports[0]), "--http", str(ports[1]), "--", *command]
    return subprocess.run(entry, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_killed_by_force_it_leaves_nothing_behind_and_goes_on_where_it_was(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    killed = _local(tmp_path / "neo4j", ports, _python(WRITE, "os.kill(os.getppid(), signal.SIGKILL)"))
    assert killed.returncode == -signal.SIGKILL
    again = _local(tmp_path / "neo4j", ports, _python(READ, "sys.exit(7)"))
    assert "the first run" in again.stdout, again.stderr
    assert again.returncode == 7  # the command's own
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", ports[0])).close()


def test_a_database_that_is_named_is_used(environment: dict[str, str]) -> None:
    """With NEO4J_URI set nothing is started."""
    entry = [sys.executable, "-m", "app.graph.local", "--", *_python("RETURN 'that one'")]
    ran = subprocess.run(entry, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "that one" in ran.stdout
    assert "starting" not in ran.stderr


def test_a_folder_in_use_is_told(tmp_path: Path) -> None:
    again = kept(tmp_path, free_port(), free_port())
    with claimed(tmp_path), pytest.raises(Misconfigured, match=f"process {os.getpid()}") as caught, again:
        pass
    assert caught.value.code == "ALREADY_RUNNING"


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"port {port} is in use"), kept(tmp_path, port, free_port()):
            pass


def test_a_failure_is_one_line_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with claimed(tmp_path):
        assert main(["--keep", str(tmp_path), "--", "true"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("another local Neo4j is using")


def test_a_missing_java_is_told_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Misconfigured, match=r"Java 17 or 21 is missing$") as caught:
        java(tmp_path)
    assert caught.value.suggestion == "install it with  apt-get install openjdk-17-jre-headless"


def test_a_java_that_is_too_old_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Misconfigured, match=f"{old} is 11"):
        java(tmp_path)


def test_a_missing_maven_is_told_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ONEID_CACHE", str(tmp_path / "empty"))
    with pytest.raises(Misconfigured, match="Maven is missing") as caught:
        class_path()
    assert caught.value.suggestion == "install it with  apt-get install maven"
    assert not list(tmp_path.glob("empty/*"))
