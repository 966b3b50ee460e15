"""`oneid policy simulate`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.console import results
from app.identity.cli import text_of
from app.identity.console import bar
from app.identity.policies.cli import commands
from app.identity.simulation.diff import PolicyDiff
from app.identity.simulation.simulate_policy import simulate_policy

SHOWN = 20
"""Changes that are printed; --json has all that are told."""


@commands.command("simulate", epilog="Example: oneid policy simulate my-policy.yaml")
def simulate_command(
    file: Annotated[Path, typer.Argument(help="the policy, as YAML; - is standard input")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables")] = False,
) -> None:
    """Say what another policy would change, and why. Writes nothing; exit 1 when it cannot be in force."""
    gc.disable()  # it would walk millions of objects that stay until the end, and take half the time
    text = text_of(file)
    found = bar("simulating", lambda identity, progress: simulate_policy(identity, text, progress))
    if as_json:
        typer.echo(found.model_dump_json(by_alias=True, indent=2))
    else:
        _print(found)
    if found.user_errors:
        raise typer.Exit(1)


def _print(found: PolicyDiff) -> None:
    for problem in (*found.user_errors, *found.warnings):
        typer.echo(f"{'.'.join(problem.field[1:]) or 'policy'}: {problem.message}")
    if found.user_errors:
        return
    typer.echo(
        f"{found.identifiers:,} identifiers; people {found.people_before:,}, then {found.people_after:,}\n"
        f"{found.merged:,} would be merged into others, {found.split:,} split, {found.created:,} be new, "
        f"{found.returned:,} return; {found.gained:,} gain identifiers, {found.lost:,} lose some\n"
        f"{found.dropped:,} identifiers would take no part any more, {found.revived:,} would again"
    )
    console = results()
    pairs = Table("pairs of evidence", "reason", "now", "then")
    for count in found.evidence:
        pairs.add_row(count.state, count.reason or "", f"{count.before:,}", f"{count.after:,}")
    console.print(pairs)
    if not found.changes:
        return
    changes = Table("moved", "of", "what", title=f"the largest of {found.changes_total:,} changes")
    for change in found.changes[:SHOWN]:
        changes.add_row(str(change.moved), str(change.identifiers), change.says)
    console.print(changes, markup=False)
