"""`oneid import` as a process of its own, watched."""

import asyncio
import subprocess

from app.graph.sessions import Graph
from tests.commands import Run as Run


async def some_progress(graph: Graph, process: subprocess.Popen[str]) -> None:
    """Waits until a unit more is stored than when the process began."""
    done = "MATCH (i:Import) RETURN i.accepted AS accepted"
    begun = [row["accepted"] for row in await graph.reader().compiled(done, {})]
    while [row["accepted"] for row in await graph.reader().compiled(done, {})] == begun:
        assert process.poll() is None, "it ended by itself"
        await asyncio.sleep(0.005)
