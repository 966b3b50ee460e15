"""What commands on identity run on: the graph of the settings, and a bar for those that take long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.live.recompute import Progress as Told
from app.identity.service import Identity
from app.settings import settings

T = TypeVar("T")


def run(work: Callable[[Identity], Awaitable[T]]) -> T:
    """Run some work on the graph of the settings."""

    async def opened() -> T:
        async with await Graph.open(settings()) as graph:
            identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
            return await work(identity)

    return asyncio.run(opened())


def bar(what: str, work: Callable[[Identity, Told], Awaitable[T]]) -> T:
    """Run some work with a progress bar, which shows on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task(what, total=None)
        return run(
            lambda identity: work(identity, lambda done, of: shown.update(task, completed=done, total=of))
        )
