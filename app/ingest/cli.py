"""`oneid import` and `oneid seed`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from app.access.sealing import Keyring
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest import importing
from app.ingest.service import Ingest
from app.settings import settings
from seed import world

_EMPTY = read_query("ingest/is_empty")
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

commands = typer.Typer()
_AsJson = Annotated[bool, typer.Option("--json", help="the counts as JSON")]


@commands.command("import", epilog="Example: oneid import observations.jsonl --rejects rejects.jsonl")
def import_command(
    file: Annotated[Path, typer.Argument(help="observations, one JSON object a line")],
    rejects: Annotated[
        Path | None, typer.Option(help="where rejected lines go; FILE.rejects.jsonl when left out")
    ] = None,
    as_json: _AsJson = False,
) -> None:
    """Import observations; after Ctrl-C or a crash the same command goes on where it was.

    Exit 0: all of it is stored; 1: some lines were rejected; 130: stopped.
    """
    found = _finished(file, rejects or file.with_name(f"{file.name}.rejects.jsonl"), as_json)
    if found.rejected:
        raise typer.Exit(1)


@commands.command("seed", epilog="Example: oneid seed --people 3000")
def seed_command(
    people: Annotated[int, typer.Option(min=1, help="how many people")] = 3000,
    seed: Annotated[int, typer.Option(help="another number is another world")] = 1,
    force: Annotated[bool, typer.Option("--force", help="also when the graph is not empty")] = False,
) -> None:
    """Import the demo world, made up of people whose identity is known, into an empty graph."""
    if not force and not asyncio.run(_is_empty()):
        typer.echo("the graph is not empty: the demo world stays out (--force adds it)", err=True)
        return
    folder = settings().data / f"demo-{people}-{seed}"
    typer.echo(f"making the demo world: {people:,} people", err=True)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    world.write(people, seed, folder, until=yesterday)
    _finished(folder / "observations.jsonl", folder / "rejects.jsonl", as_json=False)


async def _is_empty() -> bool:
    async with await Graph.open(settings()) as graph:
        return await graph.reader().row(_EMPTY) is None


def _finished(file: Path, rejects: Path, as_json: bool) -> importing.Progress:
    """Import a file to its end and say what came of it."""
    try:
        found, seconds = asyncio.run(_import(file, rejects))
    except KeyboardInterrupt:
        typer.echo("stopped; the same command goes on from here", err=True)
        raise typer.Exit(STOPPED) from None
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return found
    again = " (it had been imported before)" if found.resumed and seconds == 0 else ""
    rate = f", {found.line / seconds:,.0f} lines a second" if seconds and not found.resumed else ""
    typer.echo(
        f"{found.line:,} lines: {found.accepted:,} accepted, {found.rejected:,} rejected,"
        f" {found.warnings:,} warnings{rate}{again}"
    )
    if found.rejected:
        typer.echo(f"why lines were rejected: {rejects}", err=True)
    return found


async def _import(file: Path, rejects: Path) -> tuple[importing.Progress, float]:
    async with await Graph.open(settings()) as graph:
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        ingest = Ingest(identity)
        progress = await importing.start(ingest, file)
        if progress.done:
            return progress, 0.0
        if progress.resumed:
            typer.echo(f"going on after line {progress.line:,}", err=True)
        began = monotonic()
        with _bar(file, progress) as told:
            await importing.run(ingest, file, rejects, progress, told)
        return progress, monotonic() - began


@contextmanager
def _bar(file: Path, progress: importing.Progress) -> Iterator[importing.Told]:
    """A bar with rate and remaining time on a terminal; a line every ten seconds elsewhere."""
    console = Console(stderr=True)
    with file.open("rb") as lines:
        total = sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b""))
    rate = TextColumn("{task.fields[rate]}/s")
    columns = (TextColumn("importing"), BarColumn(), MofNCompleteColumn(), TaskProgressColumn(), rate)
    began, start = monotonic(), progress.line
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("importing", total=total, completed=start, rate="…")
        spoken = began

        def told(count: int) -> None:
            nonlocal spoken
            bar.advance(task, count)
            done, now = int(bar.tasks[0].completed), monotonic()
            speed = (done - start) / max(now - began, 0.001)
            bar.update(task, rate=f"{speed:,.0f}")
            if not console.is_terminal and now - spoken >= 10:
                spoken = now
                left = (total - done) / max(speed, 0.001)
                typer.echo(
                    f"{done:,} of {total:,} lines, {speed:,.0f} a second, {left:,.0f} s left", err=True
                )

        yield told
