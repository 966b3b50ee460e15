"""`oneid list upload | list`."""

from __future__ import annotations

import csv
import getpass
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.graph.queries import read_query
from app.identity.cli import text_of
from app.identity.console import run
from app.identity.service import Identity
from app.segments import lists
from app.segments.preview_cli import AsJson, print_json

commands = typer.Typer(help="Lists of identifiers, for the condition `list` of rules.", no_args_is_help=True)
HEADING = "identifier"

_LISTS = read_query("segments/lists")


@commands.command("upload", epilog="Example: oneid list upload expo.csv --key expo-2026 --replace")
def upload_command(
    file: Annotated[
        Path,
        typer.Argument(help="an identifier (kind:value) a line, or a CSV's first column; - is stdin"),
    ],
    key: Annotated[str, typer.Option(help="the list's key")],
    name: Annotated[str | None, typer.Option(help="what people call it")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="what is on it now comes off")] = False,
    by: Annotated[str | None, typer.Option(help="who does it; the login when left out")] = None,
    as_json: AsJson = False,
) -> None:
    """Put identifiers on a list, made where there is none; exit code 1 when some are nobody's."""
    found_at = dict(_identifiers(text_of(file)))
    lines, rows = list(found_at), list(found_at.values())

    async def work(identity: Identity) -> lists.Uploaded:
        who = by or getpass.getuser()
        return await lists.upload(identity, key, rows, who, name=name, replace=replace)

    done = run(work)
    found = asdict(done)
    shown = found.pop("shown")
    if as_json:
        print_json(found | {"unmatchedIdentifiers": shown})
    else:
        typer.echo(", ".join(f"{word} {count:,}" for word, count in found.items()))
    for one in done.shown:
        typer.echo(f"{lines[one.place]}: {one.code}: {one.message} ({one.identifier})", err=True)
    if done.unmatched:
        raise typer.Exit(1)


def _identifiers(text: str) -> Iterator[tuple[int, str]]:
    """Each with the number of its row in the file, from 1."""
    for number, row in enumerate(csv.reader(text.splitlines())):
        cell = row[0].strip() if row else ""
        if cell and (number or cell.lower() != HEADING):
            yield number + 1, cell


@commands.command("list", epilog="Example: oneid list list --json")
def list_command(as_json: AsJson = False) -> None:
    """Show the lists, with the identifiers and the people on each."""

    async def work(identity: Identity) -> list[Mapping[str, Any]]:
        return [dict(row) for row in await identity.graph.reader().rows(_LISTS)]

    found = run(work)
    if as_json:
        print_json(found)
        return
    for one in found:
        typer.echo(f"{one['key']}  {one['name']} ({one['size']:,} identifiers, {one['people']:,} people)")
