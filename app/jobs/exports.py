"""`oneid export …`: what the graph says, as files. It is here since it has the change feed numbered first."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity import export
from app.jobs.sequencer import settled
from app.settings import settings

commands = typer.Typer(help="Write what the graph says to a file.", no_args_is_help=True)


@commands.command(
    "one-ids",
    epilog="Example: oneid export one-ids all.csv; the next day: oneid export one-ids new.csv --since 1234",
)
def one_ids_command(
    file: Annotated[Path, typer.Argument(help="a CSV file, written anew; - for stdout", allow_dash=True)],
    since: Annotated[
        int | None, typer.Option(min=0, help="only the people whom a change after this number names")
    ] = None,
) -> None:
    """Write who every identifier belongs to: one_id, kind, scope and value, one row an identifier.

    Values are plain, so the file holds personal data. The number to use as --since the next time is on
    stderr. With --since, take the rows of a person as all that the person has now.
    """
    count, until = asyncio.run(_one_ids(file, since))
    typer.echo(f"{count:,} identifiers, up to change {until}; the next time: --since {until}", err=True)


async def _one_ids(file: Path, since: int | None) -> tuple[int, int]:
    keyring = Keyring(settings().secret())
    async with await Graph.open(settings()) as graph:
        # Before the first row is read: what changes while rows are read comes again the next time.
        until = await settled(graph)
        reader = graph.reader()
        total = await export.size(reader) if since is None else None
        with progress_of(
            "identifiers", total, shown=file != export.STDOUT or not sys.stdout.isatty()
        ) as seen:
            rows = export.one_ids(reader, keyring, since, until)
            return await export.write(rows, file, seen), until


@contextmanager
def progress_of(what: str, total: int | None, *, shown: bool = True) -> Iterator[Callable[[int], object]]:
    """A bar on stderr where that is a terminal; gives what to tell how many rows came."""
    console = Console(stderr=True)
    hidden = not (shown and console.is_terminal)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=hidden, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)
