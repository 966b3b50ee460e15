"""A command of `oneid` in a process of its own, for work that would take this one's processor for a minute.

The service goes on answering beside it: what runs there shares neither its event loop nor its memory, gives
way to it (nice), and ends with it, with whoever waits for it, or when its time is up.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from app.errors import TimedOut, Unavailable
from app.graph.child import ends_with_parent
from app.settings import ROOT, Settings

_NICE = 10


async def run_apart(settings: Settings, arguments: Sequence[str], text: str, seconds: float) -> bytes:
    """What the command prints, given `text` as its input; exit codes 0 and 1 are answers.

    Raises TimedOut when it takes longer than so many seconds, and Unavailable when it fails.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        *arguments,
        cwd=ROOT,
        env=environment(settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=ends_with_parent(signal.SIGKILL),
    )
    try:
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        async with asyncio.timeout(seconds):
            out, err = await process.communicate(text.encode())
    except TimeoutError:
        raise TimedOut(f"this took longer than {seconds:g} s, and was ended") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode in (0, 1) and out:
        return out
    raise Unavailable(_said(err.decode(errors="replace")), suggestion="try again")


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which a process of its own has these settings."""
    return os.environ | {
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.password(),
        "NEO4J_DATABASE": settings.neo4j_database,
        "ONEID_MODE": settings.mode,
        "ONEID_SECRET_KEY": settings.secret(),
        "ONEID_POLICY": str(settings.policy.resolve()),
        "ONEID_ATTRIBUTES": str(settings.attributes.resolve()),
        "ONEID_DEPENDENTS": str(settings.dependents.resolve()),
        "ONEID_TIME_ZONE": settings.time_zone,
        "ONEID_CURRENCY": settings.currency,
        "ONEID_DATA": str(settings.data.resolve()),
    }


def _said(errors: str) -> str:
    """The last line of what a command said, if it is one of ours (CODE: message); nobody else's reaches
    callers.
    """
    last = next((line for line in errors.splitlines() if line.partition(":")[0].isupper()), "")
    return last or "the process that worked on this ended without an answer"
