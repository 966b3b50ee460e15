"""A process of its own that writes lines of the change feed: for tests of who follows it.

python -m tests.feed.writing COUNT says that it is ready, writes once a line comes in, and ends.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from app.feed.lines import line, write
from app.graph.sessions import Graph, Writer
from app.settings import ROOT, settings


async def main(count: int) -> None:
    """Writes so many lines, three a commit."""
    async with await Graph.open(settings()) as graph:
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        for _ in range(count // 3):
            made = [line("TAG_ADDED", "one-1", "RULE", datetime.now(UTC), tag="vip") for _ in range(3)]

            async def work(writer: Writer, lines: list[dict[str, object]] = made) -> None:
                write(writer, lines)

            await graph.unit(work)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A process that waits for its word."""

    process: Process

    async def go(self) -> None:
        """Has it write, and waits for its end."""
        await self.process.communicate(b"\n")
        assert self.process.returncode == 0


@asynccontextmanager
async def written_elsewhere(environment: dict[str, str], count: int) -> AsyncIterator[Elsewhere]:
    """A process that will write so many lines; killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.feed.writing", str(count)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield Elsewhere(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
