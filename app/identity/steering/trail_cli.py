"""`oneid operations`: the audit trail, and whether anybody changed it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.table import Table

from app.console import show
from app.graph.queries import read_query
from app.identity.console import run
from app.identity.live.lookup import lookup_keys
from app.identity.service import Identity
from app.identity.steering import trail
from app.identity.steering.cli import AsJson, identifier

_OPERATIONS = read_query("identity/operations")

commands = typer.Typer()


@commands.command("operations", epilog="Example: oneid operations --identifier phone:13812340001")
def operations_command(
    by: Annotated[str | None, typer.Option(help="of one actor")] = None,
    kind: Annotated[str | None, typer.Option(help="of one kind: link, unlink, never-link, erase …")] = None,
    about: Annotated[
        str | None, typer.Option("--identifier", help="about kind:value or kind:scope:value")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many, the newest")] = 50,
    verify: Annotated[
        bool, typer.Option("--verify", help="check the whole trail instead; exit 1 when it was changed")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what people decided about identity, the newest first."""
    if verify:
        _verify(as_json=as_json)
        return
    rows = run(lambda identity: _operations(identity, by, kind, about, limit))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("no.", "operation", "what", "when", "who", "why", "about")
    for row in rows:
        what = row["type"] + (" (undone)" if row["undoneBy"] else "")
        why = "(erased)" if row["erased"] else row["reason"]
        table.add_row(
            str(row["number"]), row["id"], what, row["at"][:19], row["by"], why, ", ".join(row["about"])
        )
    show(table)


async def _operations(
    identity: Identity, by: str | None, kind: str | None, about: str | None, limit: int
) -> list[dict[str, Any]]:
    keys = None
    if about is not None:
        policy = identity.state.policy
        keys = lookup_keys(policy, identity.keyring, **identifier(policy, about))
    name = None if kind is None else kind.upper().replace("-", "_")
    rows = await identity.graph.reader().rows(_OPERATIONS, by=by, type=name, keys=keys, limit=limit)
    found = []
    for row in rows:
        told = row.data()
        found.append(told | {"undoneBy": told.pop("undone_by")})
    return found


def _verify(*, as_json: bool) -> None:
    found = run(lambda identity: trail.check(identity.graph, identity.keyring))
    if as_json:
        told = {name: getattr(found, name) for name in ("operations", "emptied", "head", "problems")}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for problem in found.problems:
            typer.echo(problem)
        typer.echo(f"{found.operations:,} operations, {found.emptied:,} of them emptied; head {found.head}")
    if found.problems:
        raise typer.Exit(1)
