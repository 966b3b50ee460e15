"""`oneid tag list | show | define | delete | assign | remove`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.errors import BadInput
from app.graph.queries import read_query
from app.identity.cli import text_of
from app.identity.console import run
from app.identity.service import Identity
from app.rules.model import RuleMalformed
from app.tags import defining, files
from app.tags.assigning import Said
from app.tags.defining import Defined
from app.tags.files import Counted
from app.tags.inputs import definition_of
from app.tags.model import PERSON, Definition, Problem
from app.tags.words import checking, kind_names

commands = typer.Typer(help="Tags: definitions, and who carries them.", no_args_is_help=True)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text")]
_Reason = Annotated[str, typer.Option(help="why, kept with what is done")]
_By = Annotated[str | None, typer.Option(help="who does it; the login when left out")]
_Tag = Annotated[str, typer.Option("--tag", help="the tag's key")]
_File = Annotated[
    Path, typer.Argument(help="CSV: an identifier (kind:value) and a value; - is stdin", allow_dash=True)
]

_DEFINITIONS = read_query("tags/definitions")
_SHOWN = read_query("tags/shown")


@commands.command("list", epilog="Example: oneid tag list --subject BABY")
def list_command(
    subject: Annotated[str | None, typer.Option(help="PERSON, or a kind of dependent")] = None,
    as_json: _AsJson = False,
) -> None:
    """Show the tags that there are, in their tree of categories, with how many carry each."""

    async def work(identity: Identity) -> list[Mapping[str, Any]]:
        row = await identity.graph.reader().row(_DEFINITIONS)
        return [] if row is None else list(row["tags"])

    found = [one for one in run(work) if not one.get("retired")]
    tags = [one for one in found if subject in (None, one.get("subject") or PERSON)]
    if as_json:
        _print_json([_told(one) for one in tags])
        return
    before: list[str] = []
    for one in sorted(tags, key=lambda one: (one.get("category") or "", one["key"])):
        path = [part for part in (one.get("category") or "").split("/") if part]
        for depth, part in enumerate(path):
            if path[: depth + 1] != before[: depth + 1]:
                typer.echo(f"{'  ' * depth}{part}/")
        before = path
        typer.echo(f"{'  ' * len(path)}{one['key']}  {_line(one)}")


def _line(one: Mapping[str, Any]) -> str:
    about = one.get("subject") or PERSON
    how = one.get("setBy") or "MANUAL"
    pending = ", people are still taken through it" if one.get("pending") else ""
    return f"{one.get('name') or ''} ({about}, {how}, {one.get('size') or 0:,} carry it{pending})"


@commands.command("show", epilog="Example: oneid tag show high-value")
def show_command(key: Annotated[str, typer.Argument(help="the tag's key")]) -> None:
    """Show a tag with every version of its definition, as JSON."""

    async def work(identity: Identity) -> Any:
        return await identity.graph.reader().row(_SHOWN, key=key)

    row = run(work)
    if row is None:
        typer.echo(f"no tag has the key {key}", err=True)
        raise typer.Exit(1)
    versions = [dict(one) | {"definition": json.loads(one["definition"])} for one in row["versions"]]
    _print_json(_told(row["tag"]) | {"versions": versions})


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    names = ("key", "name", "category", "subject", "valueType", "setBy", "choices", "rule", "group", "rank")
    more = ("validFor", "owner", "version", "defined", "retired", "size", "pending")
    said = {name: one[name] for name in (*names, *more) if one.get(name) is not None}
    return said | ({"rule": json.loads(said["rule"])} if "rule" in said else {})


@commands.command("define", epilog="Example: oneid tag define tags.json --reason 'spring campaign'")
def define_command(
    file: Annotated[
        Path, typer.Argument(help="a definition as JSON, or a list; - is stdin", allow_dash=True)
    ],
    reason: _Reason,
    by: _By = None,
    as_json: _AsJson = False,
) -> None:
    """Define tags or change them, each on its own; the fields are those of `tagDefine` in GraphQL."""
    given = _definitions(file)

    async def work(identity: Identity) -> list[tuple[str, Defined]]:
        made = []
        for one in given:
            check = await checking(identity, one.rule, frozenset())
            done = await defining.define(identity, one, _who(by), reason, kinds=kind_names(), check=check)
            made.append((one.key, done))
        return made

    done = run(work)
    if as_json:
        _print_json([_defined(key, one) for key, one in done])
    for key, one in done:
        _tell(one.problems, key)
        if one.tag is not None and not as_json:
            typer.echo(f"{key} version {one.tag.version}")
    if any(one.pending for _, one in done):
        typer.echo("everybody is taken through it within minutes: oneid jobs run refresh-tags", err=True)
    _end(any(one.problems for _, one in done))


def _definitions(file: Path) -> list[Definition]:
    try:
        said = json.loads(text_of(file))
        return [definition_of(one) for one in (said if isinstance(said, list) else [said])]
    except json.JSONDecodeError as error:
        raise BadInput(f"{file} is not JSON: {error}") from None
    except RuleMalformed as error:
        raise BadInput(str(error), field=("rule", *error.field), suggestion=error.suggestion) from None
    except (KeyError, TypeError, AttributeError):
        raise BadInput(f"{file} holds no definitions: each is an object with a key") from None


@commands.command("delete", epilog="Example: oneid tag delete spring-2025 --reason 'over'")
def delete_command(
    key: Annotated[str, typer.Argument(help="the tag's key")], reason: _Reason, by: _By = None
) -> None:
    """Take a tag out of use; refused while a rule asks about it."""

    async def work(identity: Identity) -> Defined:
        return await defining.retire(identity, key, _who(by), reason)

    done = run(work)
    _tell(done.problems, key)
    _end(bool(done.problems))


@commands.command("assign", epilog="Example: oneid tag assign vips.csv --tag vip --reason 'gala dinner'")
def assign_command(
    file: _File,
    tag: _Tag,
    reason: _Reason,
    value: Annotated[str | None, typer.Option(help="the value of lines without one")] = None,
    by: _By = None,
    as_json: _AsJson = False,
) -> None:
    """Set a tag of everybody in a file; exit code 1 when a line could not be done."""
    _bulk(file, tag, reason, by, as_json=as_json, value=value, off=False)


@commands.command("remove", epilog="Example: oneid tag remove vips.csv --tag vip --reason 'over'")
def remove_command(file: _File, tag: _Tag, reason: _Reason, by: _By = None, as_json: _AsJson = False) -> None:
    """Take a tag off everybody in a file; what a rule sets, its rule takes off."""
    _bulk(file, tag, reason, by, as_json=as_json, value=None, off=True)


def _bulk(
    file: Path, tag: str, reason: str, by: str | None, *, as_json: bool, value: str | None, off: bool
) -> None:
    if not reason.strip():
        raise BadInput("a reason is needed", code="REASON_REQUIRED", field=("reason",))
    rows = text_of(file).splitlines()

    async def work(identity: Identity) -> Counted:
        said = Said(_who(by), reason.strip(), datetime.now(UTC), hand=False)
        return await files.carry_out(identity, tag, rows, said, value=value, off=off)

    counted = run(work)
    counts = {
        name: getattr(counted, name) for name in ("lines", "matched", "changed", "unmatched", "duplicates")
    }
    if as_json:
        problems = [{"line": line, **_problem(no)} for line, no in counted.problems]
        _print_json(counts | {"problems": problems})
    else:
        typer.echo(", ".join(f"{name} {count:,}" for name, count in counts.items()))
    for line, no in counted.problems:
        typer.echo(f"line {line}: {no.code}: {no.message}", err=True)
    _end(bool(counted.problems))


def _defined(key: str, one: Defined) -> dict[str, Any]:
    version = one.tag.version if one.tag else None
    return {"key": key, "version": version, "userErrors": [_problem(no) for no in one.problems]}


def _problem(no: Problem) -> dict[str, Any]:
    return {"field": list(no.field), "code": no.code, "message": no.message, "suggestion": no.suggestion}


def _tell(problems: Iterable[Problem], key: str) -> None:
    for no in problems:
        advice = f"\n{no.suggestion}" if no.suggestion else ""
        typer.echo(f"{key}: {no.code}: {no.message} ({'.'.join(no.field)}){advice}", err=True)


def _who(by: str | None) -> str:
    return by or getpass.getuser()


def _end(failed: bool) -> None:
    if failed:
        raise typer.Exit(1)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
