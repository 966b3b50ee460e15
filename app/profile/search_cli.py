"""`oneid search TEXT`, and `oneid search --rebuild`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from app.access.sealing import Keyring
from app.console import show
from app.context import DEVELOPER, Context
from app.errors import BadInput
from app.graph.queries import read_query
from app.identity.console import run
from app.identity.service import Identity
from app.profile import search_index
from app.profile.search import At, search
from app.profile.search_graphql import cursor_of, opened

_FOUND = read_query("profile/found")

commands = typer.Typer()


@commands.command(
    "search", epilog="Example: oneid search 王小明, oneid search 0001, oneid search M1002 --first 50"
)
def search_command(
    text: Annotated[
        str, typer.Argument(help="a name or a part of it, a number, the last digits of a phone")
    ] = "",
    first: Annotated[int, typer.Option(help="how many people at most", min=1, max=1000)] = 20,
    after: Annotated[str, typer.Option(help="the cursor that the page before ended with")] = "",
    rebuild: Annotated[
        bool, typer.Option(help="write the index anew where it is missing or differs")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table")] = False,
) -> None:
    """Find people by a part of a name, last digits of a phone or any identifier; exit 1 for nobody."""
    if bool(text) == rebuild:
        raise BadInput("either a text or --rebuild", suggestion="oneid search --help")
    if rebuild:
        typer.echo(f"{_rebuilt():,} entries written or dropped")
        return
    found = run(lambda identity: _found(identity, text, first, after or None))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif found["people"]:
        _show(found)
    if not found["people"]:
        typer.echo("nobody was found", err=True)
        raise typer.Exit(1)


def _rebuilt() -> int:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} identifiers"))
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task("", total=None)
        return run(
            lambda identity: search_index.rebuild(
                identity.graph,
                identity.keyring,
                identity.state.policy,
                lambda more: shown.advance(task, more),
            )
        )


async def _found(identity: Identity, text: str, first: int, after: str | None) -> dict[str, Any]:
    context = Context(DEVELOPER, identity.graph, identity.keyring, identity.state.policy, identity=identity)
    at = At() if after is None else opened(context, text, after)
    page = await search(context, text, first, at)
    rows = await identity.graph.reader().rows(_FOUND, one_ids=[hit.one_id for hit in page.hits])
    people = [_person(identity.keyring, row["one_id"], row["names"], row["identifiers"]) for row in rows]
    end = cursor_of(context, text, page.hits[-1].at) if page.more else None
    return {"people": people, "after": end}


def _person(keyring: Keyring, one_id: str, names: Any, identifiers: Any) -> dict[str, Any]:
    known = sorted({keyring.unseal(bytes(name)) for name in names})
    held = [
        {"kind": kind, "scope": scope, "value": value if sealed is None else keyring.unseal(bytes(sealed))}
        for kind, scope, value, sealed in identifiers
    ]
    return {"oneId": one_id, "names": known, "identifiers": held}


def _show(found: dict[str, Any]) -> None:
    table = Table("OneID", "names", "phones", "accounts and cards")
    table.columns[0].no_wrap, table.columns[0].overflow = True, "fold"
    for one in found["people"]:
        held = one["identifiers"]
        phones = [i["value"] for i in held if i["kind"] == "phone"]
        numbers = [f"{i['scope']} {i['value']}" for i in held if i["kind"] != "phone"]
        table.add_row(one["oneId"], *(", ".join(part) for part in (one["names"], phones, numbers)))
    show(table)
    if found["after"]:
        typer.echo(f"more: --after {found['after']}", err=True)
