"""`oneid health`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.console import results
from app.identity.console import run
from app.identity.health.found import ATTENTION, NOTICE, OK
from app.identity.health.measure import measure
from app.identity.health.store import last, store
from app.identity.service import Identity

commands = typer.Typer()


@commands.command("health", epilog="Example: oneid health --first 10")
def health_command(
    stored: Annotated[bool, typer.Option("--last", help="what was measured last, without a look")] = False,
    first: Annotated[int, typer.Option(help="findings of each check", min=0, max=100)] = 5,
    strict: Annotated[bool, typer.Option(help="exit 1 for a notice, too")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables")] = False,
    only: Annotated[
        bool, typer.Option("--measure", hidden=True, help="measure, print, store nothing")
    ] = False,
) -> None:
    """Measure how the graph is, and say what to do about it. Exit 1 when something needs attention."""
    if only:
        typer.echo(run(measure).model_dump_json())
        return
    found = run(lambda identity: _found(identity, first, measured=not stored))
    if found is None:
        typer.echo("nothing has been measured yet: oneid health, or oneid jobs run measure-health", err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)
    if found["level"] == ATTENTION or (strict and found["level"] == NOTICE):
        raise typer.Exit(1)


async def _found(identity: Identity, first: int, *, measured: bool) -> dict[str, Any] | None:
    if measured:
        await store(identity, await measure(identity))
    return await last(identity.graph.reader(), first)


def _print(found: dict[str, Any]) -> None:
    console = results()
    console.print(
        f"{found['identifiers']:,} identifiers, {found['people']:,} people, {found['pairs']:,} pairs; "
        f"measured {found['measuredAt'][:19]} UTC in {found['seconds']:.1f} s",
        markup=False,
    )
    for check in found["checks"]:
        console.print(f"\n{check['level']:<9} {check['name']}: {check['says']}", markup=False, soft_wrap=True)
        for finding in check["findings"]:
            console.print(f"    {_told(finding)}", markup=False, soft_wrap=True)
        if check["level"] != OK:
            console.print(f"  next: {check['next']}", markup=False, soft_wrap=True)
            if check["command"]:
                console.print(f"        {check['command']}", markup=False, soft_wrap=True)
    _print_rates(console, [rate for rate in found["rates"] if rate["level"] != OK])


def _told(finding: dict[str, Any]) -> str:
    """A finding with whom it is about, and its command with their names in it."""
    names = [_named(one) for one in finding["identifiers"]]
    about = ", ".join([*(f"P-{one_id[-4:]}" for one_id in finding["people"]), *names])
    words = dict(zip(("A", "B"), names, strict=False))
    for one in finding["identifiers"][:1]:
        words |= {"KIND": one["kind"], "VALUE": one["value"] or one["display"]}
    command = " ".join(words.get(word, word) for word in (finding["command"] or "").split(" "))
    said = f"{about}: {finding['says']}" if about else finding["says"]
    return said + (f"  [{command}]" if command else "")


def _named(one: dict[str, str]) -> str:
    scope = [one["scope"]] if one["scope"] != "*" else []
    return ":".join([one["kind"], *scope, one["value"] or one["display"]])


def _print_rates(console: Console, rates: list[dict[str, Any]]) -> None:
    if not rates:
        return
    table = Table("kind or source", "active", "suppressed", "lost", "level", "reasons", title="conflicts")
    for rate in rates:
        table.add_row(
            f"{rate['of'].lower()} {rate['name']}",
            f"{rate['active']:,}",
            f"{rate['suppressed']:,}",
            f"{rate['share']:.1%}",
            rate["level"],
            ", ".join(rate["reasons"]),
        )
    console.print(table, markup=False)
