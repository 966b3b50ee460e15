"""`oneid jobs list | run | history`."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from app.access.sealing import Keyring
from app.console import show
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs import history
from app.jobs.catalogue import JOBS, job_named
from app.jobs.lease import Held
from app.jobs.model import Job
from app.jobs.run import Ran, run
from app.settings import settings

commands = typer.Typer(
    help="Scheduled work: what there is, its history, and a run of it now.", no_args_is_help=True
)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]


@commands.command("list", epilog="Example: oneid jobs list --json")
def list_command(as_json: _AsJson = False) -> None:
    """Show every job: when it is due next, who is at it, and how its latest run ended."""
    zone = ZoneInfo(settings().time_zone)
    found = asyncio.run(_standings(zone))
    if as_json:
        _print_json([_standing_json(one) for one in found])
        return
    rows = (
        [
            one.job.name,
            one.job.schedule,
            _time(one.next, zone) if one.job.recorded else "",
            one.holder or "",
            *(_run_cells(one.last, zone) if one.last else ["", "", ""]),
        ]
        for one in found
    )
    _print_table(["job", "schedule", "next", "running at", "last started", "status", "result"], rows)


@commands.command("run", epilog="Example: oneid jobs run expire-evidence")
def run_command(
    name: Annotated[str, typer.Argument(help="the job's name, of `oneid jobs list`")],
    as_json: _AsJson = False,
) -> None:
    """Run a job now, whatever its schedule; exit code 1 when it did not finish all it had to do."""
    ran = asyncio.run(_run(job_named(name)))
    if isinstance(ran, Held):
        died = "if that was killed, try again in half a minute"
        typer.echo(f"{name} is running at {ran.holder}; {died}", err=True)
        raise typer.Exit(1)
    if ran is None:
        typer.echo(f"{name} was taken over by another process", err=True)
        raise typer.Exit(1)
    if as_json:
        _print_json(asdict(ran))
    else:
        typer.echo(f"{name} {ran.status} {_result(ran)}".strip())
    if ran.status != "DONE":
        raise typer.Exit(1)


@commands.command("history", epilog="Example: oneid jobs history --job prune --limit 50")
def history_command(
    job: Annotated[str | None, typer.Option(help="of this job only")] = None,
    limit: Annotated[int, typer.Option(help="how many runs", min=1, max=10_000)] = 20,
    as_json: _AsJson = False,
) -> None:
    """Show the latest runs, the last started first."""
    names = [job_named(job).name] if job else [known.name for known in JOBS]
    found = asyncio.run(_history(names, limit))[:limit]
    if as_json:
        _print_json([asdict(one) for one in found])
        return
    zone = ZoneInfo(settings().time_zone)
    rows = ([one.job, _time(one.slot, zone), *_run_cells(one, zone), str(one.attempts)] for one in found)
    _print_table(["job", "slot", "started", "status", "result", "attempts"], rows)


async def _standings(zone: ZoneInfo) -> list[history.Standing]:
    async with await Graph.open(settings()) as graph:
        return await history.standings(graph.reader(), datetime.now(UTC), zone)


async def _history(names: list[str], limit: int) -> list[history.JobRun]:
    async with await Graph.open(settings()) as graph:
        return await history.runs(graph.reader(), names, limit)


async def _run(job: Job) -> Ran | Held | None:
    async with await Graph.open(settings()) as graph:
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        return await run(identity, job)


def _standing_json(one: history.Standing) -> dict[str, Any]:
    return {
        "name": one.job.name,
        "about": one.job.about,
        "schedule": one.job.schedule,
        "next": one.next,
        "holder": one.holder,
        "last": asdict(one.last) if one.last else None,
    }


def _run_cells(one: history.JobRun, zone: ZoneInfo) -> list[str]:
    return [_time(one.started, zone), one.status, _result(one)]


def _result(one: Ran | history.JobRun) -> str:
    counts = [f"{name} {count}" for name, count in one.counts.items()]
    failures = [f"failed: {', '.join(one.failures)}"] if one.failures else []
    return "; ".join([*counts, *failures, *([one.error] if one.error else [])])


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _print_table(columns: list[str], rows: Iterable[list[str]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*row)
    # A pipe has no width: there, what was asked for counts more than how it looks.
    show(table)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_iso))


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
