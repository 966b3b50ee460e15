"""`oneid persisted list | add | check`."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from graphql import GraphQLError, GraphQLSchema, build_schema

from app.errors import BadInput
from app.graph.persisted import Persisted, PersistedInvalid, files_in, load
from app.graph.persisted_changes import broken_by
from app.settings import ROOT, settings

SCHEMA = ROOT / "schema" / "api.graphql"

commands = typer.Typer(
    help="Persisted queries, which callers name by their checksum: list, add, check.", no_args_is_help=True
)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of lines")]


@commands.command("list", epilog="Example: oneid persisted list --json")
def list_command(as_json: _AsJson = False) -> None:
    """Show every persisted query: its id, its operation, its file."""
    rows = [_row(one) for one in _loaded(_schema(SCHEMA), files_in(settings().persisted))]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo("  ".join(row.values()))


@commands.command("add", epilog="Example: oneid persisted add src/OrderPage.graphql")
def add_command(
    files: Annotated[list[Path], typer.Argument(help="documents of one operation each", metavar="FILE...")],
) -> None:
    """Persist documents: all that are given, or none when one of them cannot be; exit 1 then."""
    folder = settings().persisted
    known = {file.name: file for file in files_in(folder)}
    new = [file for file in files if file.name not in known or _bytes(file) != _bytes(known[file.name])]
    problems = _misnamed(new, set(known))
    try:
        loaded = load(_schema(SCHEMA), [*known.values(), *new])
    except PersistedInvalid as invalid:
        problems += invalid.problems
    if problems:
        _refuse(problems)
    for one in loaded:
        if one.file in new:
            (folder / one.file.name).write_bytes(one.text.encode())
            typer.echo("  ".join(_row(one).values()))
    typer.echo(f"{len(new)} added, {len(files) - len(new)} there before; their types: make types", err=True)


@commands.command("check", epilog="Example: oneid persisted check --schema next.graphql")
def check_command(
    schema: Annotated[
        Path | None, typer.Option(help="another schema, as SDL; without it, the service's own")
    ] = None,
) -> None:
    """Say which persisted queries the schema would break, and how; exit 1 when any."""
    files, now = files_in(settings().persisted), _schema(SCHEMA)
    found = _loaded(now, files)
    if schema is not None:
        after = _schema(schema)
        problems = _problems(after, files)
        refused = {problem.partition(":")[0] for problem in problems}
        problems += [
            change
            for change in broken_by(found, now, after)
            if change.partition(":")[0] not in refused or not change.endswith("was removed.")
        ]  # of what was removed, the refusal says where
        if problems:
            _refuse(problems)
    typer.echo(f"{len(found)} persisted queries, none broken", err=True)


def _misnamed(new: list[Path], known: set[str]) -> list[str]:
    names = [file.name for file in new]
    taken = [
        f"{name}: is persisted with another text, which front ends go on asking for;"
        " give the new text a file and an operation of a new name"
        for name in names
        if name in known
    ]
    endings = [f"{name}: is not called *.graphql" for name in names if not name.endswith(".graphql")]
    return [
        *taken,
        *endings,
        *(f"{name}: is given twice" for name in {n for n in names if names.count(n) > 1}),
    ]


def _loaded(schema: GraphQLSchema, files: list[Path]) -> list[Persisted]:
    """The persisted queries; ends the command when the schema refuses one."""
    try:
        return load(schema, files)
    except PersistedInvalid as invalid:
        _refuse(invalid.problems)


def _problems(schema: GraphQLSchema, files: list[Path]) -> list[str]:
    try:
        load(schema, files)
    except PersistedInvalid as invalid:
        return invalid.problems
    return []


def _refuse(problems: list[str]) -> NoReturn:
    for problem in problems:
        typer.echo(problem)
    raise typer.Exit(1)


def _schema(file: Path) -> GraphQLSchema:
    try:
        return build_schema(_bytes(file).decode())
    except (UnicodeDecodeError, GraphQLError, TypeError) as error:
        raise BadInput(
            f"{file} is no schema: {error}", suggestion="GraphQL's own language, in UTF-8"
        ) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error}", suggestion="the path of a file") from None


def _row(one: Persisted) -> dict[str, str]:
    name = one.operation.name or ""
    return {
        "documentId": one.document_id,
        "kind": one.operation.node.operation.value,
        "operation": name,
        "file": one.file.name,
    }
