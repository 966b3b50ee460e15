"""`oneid migrate`."""

import asyncio

import typer

from app.graph.migrations import migrate
from app.graph.sessions import Graph
from app.settings import settings

commands = typer.Typer()


@commands.command("migrate", epilog="Example: oneid migrate")
def migrate_command() -> None:
    """Bring the graph's constraints and indexes up to date; prints the migrations that it applied."""
    for name in asyncio.run(_migrate()):
        typer.echo(name)


async def _migrate() -> list[str]:
    async with await Graph.open(settings()) as graph:
        return await migrate(graph)
