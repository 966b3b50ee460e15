"""`oneid import` and `oneid seed`."""

import asyncio
import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from app.access.sealing import Keyring
from app.console import results
from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest import dry, importing
from app.ingest.lines import Survey, survey
from app.ingest.mapping import read_mapping
from app.ingest.rejects import Rejects, opened
from app.ingest.service import Ingest
from app.ingest.sources import Lines, Source, check_kinds, source_of
from app.settings import settings
from seed import world

_EMPTY = read_query("ingest/is_empty")
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

commands = typer.Typer()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `already`: before, so that nothing was done."""

    file: Path
    rejects: Path
    lines: int
    progress: importing.Progress
    resumed: bool
    already: bool
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        found = self.progress
        return {
            "file": str(self.file),
            "lines": self.lines,
            "accepted": found.accepted,
            "rejected": found.rejected,
            "warnings": dict(zip(found.warnings, found.warned, strict=True)),
            "rejects": str(self.rejects) if found.rejected else None,
            "already": self.already,
            "seconds": round(self.seconds, 3),
        }

    def __str__(self) -> str:
        found = self.progress
        codes = ", ".join(
            f"{code} {count:,}" for code, count in zip(found.warnings, found.warned, strict=True)
        )
        told = f"{found.accepted:,} observations accepted, {found.rejected:,} rejected, "
        told += f"{sum(found.warned):,} warnings" + (f" ({codes})" if codes else "")
        if self.already:
            return f"{told}; all of this had been imported before (--again does it again)"
        rate = "" if self.resumed else f", {self.lines / max(self.seconds, 0.001):,.0f} lines a second"
        return f"{told}; {self.seconds:,.1f} s{rate}"


@commands.command(
    "import",
    epilog="Example: oneid import observations.jsonl, or oneid import members.xlsx --mapping members.yaml",
)
def import_command(
    file: Annotated[
        Path,
        typer.Argument(help="observations: one JSON object a line, or CSV, Excel, Parquet with a mapping"),
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="which column is what, in YAML; oneid mapping init FILE proposes one")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help="where rejected lines go; FILE.rejects.jsonl or .csv when left out"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show the first observations and every problem; write nothing")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="from the beginning, also what was imported before")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the counts as JSON")] = False,
) -> None:
    """Import observations; after Ctrl-C or a crash the same command goes on where it was.

    Exit 0: all of it is stored; 1: some lines were rejected; 130: stopped. A dry run needs no database and
    asks the policy of ONEID_POLICY.
    """
    text = read_mapping(mapping) if mapping else None
    if dry_run:
        found_dry = dry.run(file, text, settings())
        typer.echo(found_dry.as_json()) if as_json else found_dry.show(results())
        raise typer.Exit(1 if found_dry.rejected else 0)
    found = _run(source_of(file, text, settings().time_zone), rejects, again=again)
    typer.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else str(found))
    if found.progress.rejected:
        typer.echo(f"why lines were rejected: {found.rejects}", err=True)
        raise typer.Exit(1)


@commands.command("seed", epilog="Example: oneid seed --people 3000")
def seed_command(
    people: Annotated[int, typer.Option(min=1, help="how many people")] = 3000,
    seed: Annotated[int, typer.Option(help="another number is another world")] = 1,
    force: Annotated[bool, typer.Option("--force", help="also when the graph is not empty")] = False,
) -> None:
    """Import the demo world, made up of people whose identity is known, into an empty graph.

    A world whose import was stopped goes on.
    """
    folder = settings().data / f"demo-{people}-{seed}"
    file = folder / "observations.jsonl"
    if not force and not asyncio.run(_wanted(survey(file) if file.exists() else None)):
        typer.echo("the graph is not empty: the demo world stays out (--force adds it)", err=True)
        return
    if not file.exists():
        typer.echo(f"making the demo world: {people:,} people", err=True)
        _make(people, seed, folder)
    typer.echo(str(_run(Lines(file), None, again=False)))


def _make(people: int, seed: int, folder: Path) -> None:
    """Write a world that ends yesterday, so that nothing of it lies ahead; whole, or not at all."""
    draft = folder.with_name(f".{folder.name}")
    world.write(people, seed, draft, "all", until=(datetime.now(UTC) - timedelta(days=1)).date())
    draft.rename(folder)


async def _wanted(made: Survey | None) -> bool:
    """Whether the graph is empty, or holds a part of the file that was made."""
    async with await Graph.open(settings()) as graph:
        if await graph.reader().row(_EMPTY) is None:
            return True
        progress = await importing.known(graph, made, "") if made else None
        return progress is not None and not progress.finished


def _run(source: Source, rejects: Path | None, *, again: bool) -> Imported:
    """Import a file to its end."""
    began, found, file = monotonic(), source.survey(), source.path
    ending = "jsonl" if source.columns is None else "csv"
    target = rejects or file.with_name(f"{file.name}.rejects.{ending}")
    if target.exists() and target.samefile(file):
        raise BadInput(
            f"{target} is the file that is imported",
            field=("--rejects",),
            suggestion="--rejects ANOTHER-FILE",
        )
    try:
        progress, resumed, already = asyncio.run(_import(source, found, target, again=again))
    except KeyboardInterrupt:
        typer.echo("stopped; the same command goes on from here", err=True)
        raise typer.Exit(STOPPED) from None
    return Imported(file, target, found.lines, progress, resumed, already, monotonic() - began)


async def _import(
    source: Source, found: Survey, rejects: Path, *, again: bool
) -> tuple[importing.Progress, bool, bool]:
    """The import's progress at its end; whether it went on with an earlier one, and whether that was all."""
    # What lives now lives to the end, and most of a unit's garbage goes with its last reference.
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
    async with await Graph.open(settings()) as graph:
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        check_kinds(source, identity.state.policy.kinds)
        with opened(rejects, source.columns) as refused:
            progress = await importing.known(graph, found, source.path.name)
            if progress and (why := _again(progress, refused, identity.state.version, again=again)):
                typer.echo(f"{why}: from the beginning", err=True)
                progress = None
            resumed, already = progress is not None, progress is not None and progress.finished
            if resumed and not already:
                typer.echo("going on where it was stopped", err=True)
            progress = progress or importing.Progress(
                found.digest, source.path.name, found.size, identity.state.version
            )
            with _bar(found.lines) as told:
                await importing.run(Ingest(identity), source, refused, progress, told)
            refused.finish()
    return progress, resumed, already


def _again(progress: importing.Progress, refused: Rejects, policy: int, *, again: bool) -> str | None:
    """Why a file that was imported, or a part of it, is imported from its beginning."""
    if again:
        return "once more"
    if progress.finished and progress.policy != policy:
        return "the policy has changed since this was imported"
    if refused.size < progress.rejects:
        return f"not all that was rejected is in {refused.path}"
    return None


class _Rate(ProgressColumn):
    """Lines a second, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:,.0f} lines/s", style="progress.data.speed")


@contextmanager
def _bar(lines: int) -> Iterator[importing.Told]:
    """A bar with rate and remaining time, on a terminal."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=lines)
        yield lambda count: bar.advance(task, count)
