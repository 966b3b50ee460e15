"""`oneid lifecycle show | check`, `oneid rfm`, `oneid journey KEY` and `oneid repurchase`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.console import show
from app.graph.queries import read_query
from app.identity.console import run
from app.identity.service import Identity
from app.lifecycle import declared, journeys
from app.lifecycle.declared import GROUP
from app.lifecycle.reading import FileInvalid, text_of
from app.lifecycle.repurchase import ALL
from app.money import money_text
from app.settings import settings

_SHOW = read_query("lifecycle/show")
_RFM = read_query("lifecycle/rfm_show")
_JOURNEY = read_query("lifecycle/journey_show")
_CYCLE = read_query("lifecycle/cycle_show")

commands = typer.Typer(help="Stages of the lifecycle: how many are in which, and what is declared.")
others = typer.Typer()
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]
_Brand = Annotated[str, typer.Option(help="as this brand's customers; else as the group's")]
_NOTHING = (
    "nothing is known of that: nobody has bought it, it is spelt in another way, or it has not been worked "
    "out yet (oneid jobs run refresh-lifecycle)"
)


@commands.command("show", epilog="Example: oneid lifecycle show --brand mumu")
def show_command(brand: _Brand = GROUP, as_json: _AsJson = False) -> None:
    """Show how many people are in which stage, in the declared order; exit 1 of a brand that nobody knows."""
    found = run(lambda identity: _rows(identity, _SHOW, brand=brand))
    if not found:
        typer.echo(_NOTHING, err=True)
        raise typer.Exit(1)
    _print(found, as_json)


@commands.command("check", epilog="Example: oneid lifecycle check lifecycle.yaml --journeys journeys.yaml")
def check_command(
    file: Annotated[Path | None, typer.Argument(help="else the file that is in force")] = None,
    journeys_file: Annotated[
        Path | None, typer.Option("--journeys", help="else the file that is in force")
    ] = None,
) -> None:
    """Say everything that is wrong with the stages, scores and journeys that files declare; exit 1 if any."""
    own, wrong = settings(), []
    for path, parse in (
        (file or own.lifecycle, declared.parse),
        (journeys_file or own.journeys, journeys.parse),
    ):
        try:
            parse(text_of(path, str(path)))
        except FileInvalid as error:
            wrong += [f"{path.name}: {at}: {why}" for at, why in error.problems.items()]
    for one in wrong:
        typer.echo(one)
    if wrong:
        raise typer.Exit(1)
    typer.echo("nothing wrong", err=True)


@others.command("rfm", epilog="Example: oneid rfm --brand mumu")
def rfm_command(brand: _Brand = GROUP, as_json: _AsJson = False) -> None:
    """Show what RFM scores mean, and how many people are called what; exit 1 before the daily job has run."""
    found = run(lambda identity: _rows(identity, _RFM, brand=brand))
    if not found:
        typer.echo(_NOTHING, err=True)
        raise typer.Exit(1)
    (base,) = found
    base["monetary"] = [money_text(one, base["currency"]) for one in base["monetary"]]
    if as_json:
        typer.echo(json.dumps(base, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{base['people']:,} people, by {base['by']}, as of {base['asOf']}")
    ends = [
        {"score": 5 - place if name == "recency" else 1 + place, "measure": name, "up to": str(value)}
        for name in ("recency", "frequency", "monetary")
        for place, value in enumerate([*base[name], "…"])
    ]
    _print([{"measure": one["measure"], "score": one["score"], "up to": one["up to"]} for one in ends], False)
    _print(base["segments"], False)


@others.command("journey", epilog="Example: oneid journey customer")
def journey_command(
    key: Annotated[str, typer.Argument(help="its key in the journeys file")], as_json: _AsJson = False
) -> None:
    """Show how many are where on a journey, and how many go on, after how many days in the middle."""
    found = run(lambda identity: _rows(identity, _JOURNEY, key=key, zone=settings().time_zone))
    if not found:
        typer.echo(f"nobody has been on a journey called {key} so far", err=True)
        raise typer.Exit(1)
    _print(found, as_json)


@others.command("repurchase", epilog="Example: oneid repurchase diaper --brand mumu")
def repurchase_command(
    category: Annotated[str, typer.Argument(help="of products; else whatever was bought")] = ALL,
    brand: _Brand = GROUP,
    as_json: _AsJson = False,
) -> None:
    """Show how long people take to buy again; exit 1 where nobody has bought when it was worked out."""
    found = run(lambda identity: _rows(identity, _CYCLE, key=f"{brand}|{category}"))
    if not found:
        typer.echo(_NOTHING, err=True)
        raise typer.Exit(1)
    _print(found, as_json)


async def _rows(identity: Identity, query: Any, **params: Any) -> list[dict[str, Any]]:
    return [row.data() for row in await identity.graph.reader().rows(query, **params)]


def _print(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(*(rows[0] if rows else ["nothing"]))
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    show(table)
