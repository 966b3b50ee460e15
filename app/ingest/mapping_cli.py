"""`oneid mapping init | check`."""

from pathlib import Path
from typing import Annotated

import typer

from app.identity.policy import Policy, load_policy
from app.ingest.dry import tried
from app.ingest.mapping import Known, MappingInvalid, load_mapping, read_mapping
from app.ingest.proposing import SAMPLE, proposed
from app.ingest.records import Layout
from app.ingest.sources import Rows, table_of
from app.ingest.tables import opened
from app.settings import settings

SHOWN = 20
"""Rows with problems that are printed."""

commands = typer.Typer(help="Mappings of columns for import: propose one, check one.", no_args_is_help=True)


@commands.command("init", epilog="Example: oneid mapping init members.xlsx > members.yaml")
def init_command(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or Parquet")],
    sheet: Annotated[
        str | None, typer.Option(help="the sheet of a workbook; the first when left out")
    ] = None,
    header: Annotated[
        int | None, typer.Option(min=0, help="the row of the column names; 0 when there is none")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, gb18030, utf-16; found out when left out")
    ] = None,
) -> None:
    """Propose a mapping for a file, from its header and its values, with comments. Needs no database."""
    layout = Layout(encoding=encoding, sheet=sheet, header=header)
    typer.echo(proposed(opened(file, layout), _policy()), nl=False)


@commands.command("check", epilog="Example: oneid mapping check members.yaml members.xlsx")
def check_command(
    mapping: Annotated[Path, typer.Argument(help="the mapping, in YAML")],
    file: Annotated[Path | None, typer.Argument(help="a file that it is for")] = None,
) -> None:
    """Say everything that is wrong with a mapping, for a file or alone; exit 1 when it cannot be used.

    Of a file the header and the first thousand rows are looked at. Needs no database.
    """
    text, policy = read_mapping(mapping), _policy()
    try:
        table = table_of(file, text) if file else None
        parsed = load_mapping(text, Known(table.columns if table else None, list(policy.kinds)))
    except MappingInvalid as error:
        for path, message in error.problems:
            typer.echo(f"{path or 'mapping'}: {message}")
        raise typer.Exit(1) from None
    if table is None:
        typer.echo("nothing wrong", err=True)
        return
    found = tried(Rows(table, parsed, settings().time_zone, SAMPLE), policy, 1)
    for one in found.rejected[:SHOWN]:
        typer.echo(f"line {one.index}: {one.code}: {one.message}")
    told = f"{found.accepted:,} of {found.accepted + len(found.rejected):,} rows looked at would be accepted"
    typer.echo(f"{len(table.columns)} columns; {told}", err=True)
    if found.rejected and not found.accepted:
        raise typer.Exit(1)


def _policy() -> Policy:
    return load_policy(settings().policy.read_text(encoding="utf-8"))
