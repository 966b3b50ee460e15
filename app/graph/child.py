"""Child processes that cannot outlive this one, and the folder and ports that only one of them may have."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from app.errors import Misconfigured

HOST = "127.0.0.1"
_PR_SET_PDEATHSIG = 1
_AFTERLIFE = 20.0  # seconds that a server may take to stop after its parent was killed


def spawn(
    command: Sequence[str], console: IO[bytes], ending: signal.Signals, keep: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """A child that gets `ending` when this process dies, however that comes. `keep` stays open in it.

    It is in a session of its own, since Ctrl-C is for the service.
    """
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=console,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=ends_with_parent(ending),
        pass_fds=keep,
    )


def ends_with_parent(ending: signal.Signals) -> Callable[[], None] | None:
    """What a child does first: asks the kernel for a signal at its parent's death. Linux only."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, ending)
        if os.getppid() != parent:  # died in between
            os._exit(1)

    return ask


def stop(process: subprocess.Popen[bytes], ending: signal.Signals) -> None:
    """Ends the child, by force when it takes longer than half a minute."""
    process.send_signal(ending)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def claimed(home: Path) -> Iterator[int]:
    """The folder for this process, and for the children that keep the file whose number it gives.

    The kernel drops the claim with the last of them, so none is ever stale; a server that is still stopping
    because its parent was killed is waited for.
    """
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "claim", "a+") as claim:
        _claim(claim, home)
        claim.truncate(0)
        claim.write(str(os.getpid()))
        claim.flush()
        yield claim.fileno()


def _claim(claim: IO[str], home: Path) -> None:
    deadline = monotonic() + _AFTERLIFE
    while True:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.seek(0)
            owner = claim.read().strip()
            if not _alive(owner) and monotonic() < deadline:
                sleep(0.1)
                continue
            raise Misconfigured(
                f"another local Neo4j is using {home} (process {owner})",
                code="ALREADY_RUNNING",
                suggestion="stop that one, or use it: it is what `oneid` finds without NEO4J_URI",
            ) from None
        return


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def check_free(port: int) -> None:
    """Raises Misconfigured when something listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Misconfigured(
                f"port {port} is in use",
                code="PORT_IN_USE",
                suggestion=f"stop what listens there (ss -ltnp 'sport = :{port}' names it)",
            ) from None


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
