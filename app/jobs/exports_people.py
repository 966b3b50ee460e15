"""`oneid export people | segment`: people with chosen columns, as CSV or Parquet."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import typer

from app.errors import BadInput
from app.identity.console import run
from app.identity.service import Identity
from app.jobs.exports import commands, progress_of
from app.rules.model import Rule
from app.segments import exporting
from app.segments.export_columns import DEFAULT, About, columns
from app.segments.exporting import Asked
from app.segments.inputs import together
from app.segments.preview import Evaluation
from app.settings import settings

__all__ = ["commands"]

_File = Annotated[Path, typer.Argument(help="a file that ends in .csv or .parquet, written anew")]
_Columns = Annotated[
    str, typer.Option(help="with commas: oneId, name, city, identifier.phone, attribute.NAME, tags …")
]
_DEFAULT = ",".join(DEFAULT)
_Masked = Annotated[bool, typer.Option("--masked", help="personal values masked, as the columns then say")]
_Bom = Annotated[bool, typer.Option("--bom", help="a CSV for Excel: begin with the mark of UTF-8")]


@commands.command("people", epilog="Example: oneid export people all.parquet --columns oneId,city,tags")
def people_command(
    file: _File, columns: _Columns = _DEFAULT, masked: _Masked = False, bom: _Bom = False
) -> None:
    """Write everybody, one row a person. Personal values are plain unless --masked."""
    _export(file, None, columns, masked, bom)


@commands.command(
    "segment", epilog="Example: oneid export segment mums.csv --segment mums --columns oneId,identifier.phone"
)
def segment_command(
    file: _File,
    segment: Annotated[str, typer.Option(help="the segment's key")],
    columns: _Columns = _DEFAULT,
    masked: _Masked = False,
    bom: _Bom = False,
) -> None:
    """Write who is in a segment by its definition now, its share and limit included, one row a person.

    Personal values are plain unless --masked.
    """
    _export(file, segment, columns, masked, bom)


def format_of(file: Path) -> Literal["csv", "parquet"]:
    """The format that a file's name says. Raises BadInput (BAD_FILE)."""
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in ("csv", "parquet"):
        raise BadInput(f"{file.name}: a file of people is .csv or .parquet", code="BAD_FILE", field=("file",))
    return cast(Literal["csv", "parquet"], suffix)


def _meant(one: Evaluation) -> None:
    """Raises BadInput for people who cannot be meant."""
    if one.wrong:
        first = one.wrong[0]
        raise BadInput(first.message, code=first.code, field=first.field, suggestion=first.suggestion)


def _export(file: Path, segment: str | None, names: str, masked: bool, bom: bool) -> None:
    async def work(identity: Identity) -> int:
        own, policy, reader = settings(), identity.state.policy, identity.graph.reader()
        said = [one.strip() for one in names.split(",") if one.strip()]
        when: dict[str, Any] = {"as_of": datetime.now(UTC), "zone": own.time_zone}
        when["keyring"] = identity.keyring
        if segment is None:
            one = await Evaluation.of(reader, policy, Rule(everyone=True), **when)
        else:
            one = await Evaluation.of_segment(reader, policy, segment, **when)
        format_, chosen, _ = together(
            lambda: format_of(file), lambda: columns(said, policy, None), lambda: _meant(one)
        )
        about = About(identity.keyring, not masked, own.currency)
        asked = Asked(one.rule, one.settings, chosen, about, format_, bom, one.choice)
        with progress_of("people", await exporting.size(reader, asked)) as seen:

            async def told(count: int) -> object:
                return seen(count)

            return await exporting.write(reader, asked, file, told)

    typer.echo(f"{run(work):,} people: {file}", err=True)
