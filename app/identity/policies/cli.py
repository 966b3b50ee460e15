"""`oneid policy show | check | apply | history | rollback`."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.console import show
from app.identity.cli import text_of
from app.identity.console import bar, run
from app.identity.live.recompute import Report
from app.identity.policies import versions as policies
from app.identity.policy import PolicyInvalid, load_policy

commands = typer.Typer(
    help="The identity policy: show, check, apply, history, rollback.", no_args_is_help=True
)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]
MEANT = {
    "evidence": "pairs of evidence",
    "identifier": "marks of identifiers",
    "owner": "owners",
    "person": "people",
    "register": "OneIDs",
}
"""The kinds of differences, as people call them."""


def _said(reason: str) -> str:
    if not reason.strip():
        raise typer.BadParameter("say why, for the history")
    return reason.strip()


_Reason = Annotated[str, typer.Option(help="why, for the history", callback=_said)]


@commands.command("show", epilog="Example: oneid policy show > policy.yaml")
def show_command() -> None:
    """Print the policy that is in force."""
    versions = run(policies.history)
    typer.echo(next(one.text for one in versions if one.current), nl=False)


@commands.command("check", epilog="Example: oneid policy check policy.yaml")
def check_command(
    file: Path,
    offline: Annotated[bool, typer.Option(help="only the file; not whether it fits what is stored")] = False,
) -> None:
    """Say everything that is wrong with a policy; exit 1 when it cannot be put in force."""
    text = text_of(file)
    try:
        policy = load_policy(text)
    except PolicyInvalid as error:
        for path, message in error.problems:
            typer.echo(f"{path or 'policy'}: {message}")
        raise typer.Exit(1) from None
    if not offline:
        run(lambda identity: policies.check(identity, text))
    typer.echo(f"{len(policy.kinds)} kinds, nothing wrong", err=True)


@commands.command("apply", epilog="Example: oneid policy apply policy.yaml --reason 'phones of five members'")
def apply_command(file: Path, reason: _Reason, as_json: _AsJson = False) -> None:
    """Put a policy in force and recompute, in steps; after Ctrl-C or a crash the same command goes on."""
    text, by = text_of(file), getpass.getuser()
    version, report = bar(
        "applying", lambda identity, progress: policies.apply(identity, text, by, reason, progress)
    )
    _tell(f"policy version {version.version} is in force", version, report, as_json=as_json)


@commands.command("history", epilog="Example: oneid policy history --json")
def history_command(as_json: _AsJson = False) -> None:
    """List the versions of the policy: who put each in force, when and why."""
    versions = run(policies.history)
    if as_json:
        rows = [
            {
                "version": v.version,
                "at": v.at,
                "by": v.by,
                "reason": v.reason,
                "current": v.current,
                "unfinished": v.unfinished,
                "changes": v.told(),
            }
            for v in versions
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("version", "at", "by", "reason", "in force", "changed")
    for one in versions:
        force = "unfinished" if one.unfinished else "yes" if one.current else ""
        table.add_row(str(one.version), one.at, one.by, one.reason, force, one.changed())
    show(table)


@commands.command("rollback", epilog="Example: oneid policy rollback 3 --reason 'too many merged'")
def rollback_command(version: int, reason: _Reason, as_json: _AsJson = False) -> None:
    """Put an earlier version in force again, as a new version, and recompute."""
    by = getpass.getuser()
    again, report = bar(
        "rolling back", lambda identity, progress: policies.rollback(identity, version, by, reason, progress)
    )
    told = f"version {version} is in force again, as version {again.version}"
    _tell(told, again, report, as_json=as_json)


def _tell(what: str, version: policies.Version, report: Report, *, as_json: bool) -> None:
    """Say what putting a version in force changed, since it was begun, and how many people there are now."""
    turned = report.written.changes
    people = report.people + turned["CREATED"] + turned["RETURNED"] - turned["MERGED"]
    if as_json:
        told = {"version": version.version, "changes": version.told(), "people": people}
        typer.echo(json.dumps(told | {"decidedOtherwise": report.counts()}, indent=2))
        return
    typer.echo(f"{what}: {version.changed()}")
    counts = ", ".join(f"{count:,} {MEANT[kind]}" for kind, count in sorted(report.counts().items()))
    typer.echo(f"{people:,} people now; decided otherwise: {counts or 'nothing'}")
