"""`oneid segment create | update | delete | list | show | refresh`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.errors import BadInput
from app.graph.queries import read_query
from app.identity.console import run
from app.identity.service import Identity
from app.segments import profile_cli, saving
from app.segments.inputs import changes_of, segment_of
from app.segments.preview_cli import (
    AsJson,
    LimitText,
    RuleFile,
    Share,
    commands,
    json_of,
    limit_of,
    print_json,
    problem,
    say,
)
from app.segments.saving import Done
from app.segments.whole import Ran, ask_days, refresh_whole

__all__ = ["commands", "profile_cli"]

_Key = Annotated[str, typer.Argument(help="the segment's key")]
_Reason = Annotated[str, typer.Option(help="why, kept with what is done")]
_By = Annotated[str | None, typer.Option(help="who does it; the login when left out")]
_Name = Annotated[str | None, typer.Option(help="what people call it")]
_Schedule = Annotated[
    str | None, typer.Option(help="refreshed as a whole so often (6h, 1d) or by five fields of cron")
]
_Owner = Annotated[str | None, typer.Option(help="who answers for it")]

_DEFINITIONS = read_query("segments/definitions")
_SHOWN = read_query("segments/shown")


@commands.command(
    "create", epilog="Example: oneid segment create mums mums.json --active --schedule 1d --reason 'spring'"
)
def create_command(
    key: _Key,
    file: RuleFile,
    reason: _Reason,
    name: _Name = None,
    active: Annotated[bool, typer.Option("--active", help="keep it filled; else it is a draft")] = False,
    schedule: _Schedule = None,
    share: Share = None,
    limit: LimitText = None,
    owner: _Owner = None,
    by: _By = None,
) -> None:
    """Save a segment under a key; exit code 1 when it is refused."""
    given = {"key": key, "rule": json_of(file), "name": name or "", "schedule": schedule, "share": share}
    given |= {"limit": limit_of(limit), "owner": owner, "status": "ACTIVE" if active else "DRAFT"}
    one = segment_of(given)

    async def work(identity: Identity) -> Done:
        check = await saving.checking(identity, one.rule, frozenset(), one.limit)
        return await saving.create(identity, one, _who(by), reason, check)

    _done(run(work), key)


@commands.command("update", epilog="Example: oneid segment update mums --rule mums.json --reason 'and dads'")
def update_command(
    key: _Key,
    reason: _Reason,
    rule: Annotated[Path | None, typer.Option(help="the new rule, a file; - is stdin")] = None,
    name: _Name = None,
    active: Annotated[bool | None, typer.Option("--active/--draft", help="keep it filled, or not")] = None,
    schedule: Annotated[str | None, typer.Option(help="as in create; an empty text: none")] = None,
    share: Annotated[float | None, typer.Option(help="as in create; 1: all")] = None,
    limit: Annotated[str | None, typer.Option(help="as in create; an empty text: none")] = None,
    owner: _Owner = None,
    version: Annotated[int | None, typer.Option(help="only if this version is in force")] = None,
    by: _By = None,
) -> None:
    """Change a segment; what is left out stays. Every version is kept."""
    said: dict[str, Any] = {"name": name, "schedule": schedule, "share": share, "owner": owner}
    said = {field: value for field, value in said.items() if value is not None}
    said |= {field: None for field in ("schedule", "owner") if said.get(field) == ""}
    said |= {"share": None} if share == 1 else {}
    said |= {} if rule is None else {"rule": json_of(rule)}
    said |= {} if limit is None else {"limit": limit_of(limit)}
    said |= {} if active is None else {"status": "ACTIVE" if active else "DRAFT"}
    changes = changes_of(said)

    async def work(identity: Identity) -> Done:
        check = await saving.checking(identity, changes.get("rule"), frozenset(), changes.get("limit"))
        return await saving.update(identity, key, changes, _who(by), reason, check, version=version)

    _done(run(work), key)


@commands.command("delete", epilog="Example: oneid segment delete mums --reason 'over'")
def delete_command(key: _Key, reason: _Reason, by: _By = None) -> None:
    """Delete a segment, and take everybody out of it; exit code 1 while a rule uses it."""

    async def work(identity: Identity) -> Done:
        done = await saving.delete(identity, key, _who(by), reason)
        if not done.problems:
            await refresh_whole(identity, key, datetime.now(UTC))
        return done

    done = run(work)
    say([problem(no) for no in done.problems])
    if done.problems:
        raise typer.Exit(1)


@commands.command("list", epilog="Example: oneid segment list --status ACTIVE")
def list_command(
    status: Annotated[str | None, typer.Option(help="ACTIVE or DRAFT; else all")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the saved segments with their sizes."""

    async def work(identity: Identity) -> list[Mapping[str, Any]]:
        row = await identity.graph.reader().row(_DEFINITIONS)
        return [] if row is None else [one for one in row["segments"] if one.get("rule")]

    found = [_told(one) for one in run(work) if status in (None, one.get("status") or "DRAFT")]
    if as_json:
        print_json(found)
        return
    for one in found:
        when = f", refreshed {one['refreshedAt']}" if "refreshedAt" in one else ""
        how = f", every {one['schedule']}" if "schedule" in one else ""
        pending = ", people are still taken through it" if "pending" in one else ""
        said = f"{one['status']}, {one.get('size', 0):,} people{how}{when}{pending}"
        typer.echo(f"{one['key']}  {one['name']} ({said})")


@commands.command("show", epilog="Example: oneid segment show mums")
def show_command(key: _Key) -> None:
    """Show a segment with every version of its definition and how its size went, as JSON."""

    async def work(identity: Identity) -> Any:
        return await identity.graph.reader().row(_SHOWN, key=key)

    row = run(work)
    if row is None:
        typer.echo(f"no segment has the key {key}", err=True)
        raise typer.Exit(1)
    versions = [dict(one) | {"definition": json.loads(one["definition"])} for one in row["versions"]]
    print_json(_told(row["segment"]) | {"versions": versions, "sizeHistory": row["sizes"]})


@commands.command("refresh", epilog="Example: oneid segment refresh mums --json")
def refresh_command(key: _Key, as_json: AsJson = False) -> None:
    """Bring a segment to what its rule says of everybody now, and note its size."""

    async def work(identity: Identity) -> Ran:
        now = datetime.now(UTC)
        ran = await refresh_whole(identity, key, now)
        await ask_days(identity, key, now)
        return ran

    try:
        ran = run(work)
    except BadInput as error:
        typer.echo(f"{error.code}: {error.message}", err=True)
        raise typer.Exit(1) from None
    found = {"key": key, "size": ran.size, "entered": ran.entered, "exited": ran.exited}
    if as_json:
        print_json(found)
    else:
        typer.echo(f"{key} {ran.size:,} people, {ran.entered:,} entered, {ran.exited:,} exited")


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    names = ("key", "name", "status", "rule", "schedule", "share", "limit", "owner", "version", "size")
    said = {name: one[name] for name in (*names, "refreshedAt", "pending") if one.get(name) is not None}
    said |= {"status": one.get("status") or "DRAFT"}
    return said | {name: json.loads(said[name]) for name in ("rule", "limit") if name in said}


def _done(done: Done, key: str) -> None:
    say([problem(no) for no in done.problems])
    if done.segment is None:
        raise typer.Exit(1)
    typer.echo(f"{key} version {done.segment.version}")
    if done.pending:
        typer.echo(f"people are taken through it within minutes: oneid segment refresh {key}", err=True)


def _who(by: str | None) -> str:
    return by or getpass.getuser()
