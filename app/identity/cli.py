"""`oneid simulate | person | recompute | verify | policy …`."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.errors import BadInput
from app.graph.queries import read_query
from app.identity import policies, recompute
from app.identity.console import bar, run
from app.identity.operations import Refused, named
from app.identity.policy import PolicyInvalid, load_policy
from app.identity.register import Cause, now
from app.identity.service import Identity
from app.identity.simulate import DocumentInvalid, simulate

_PERSON = read_query("identity/person_by_keys")
SHOWN = 20
"""Differences that are printed in full."""

commands = typer.Typer()
policy_commands = typer.Typer(
    help="The identity policy: show, check, apply, history, rollback.", no_args_is_help=True
)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]
_Reason = Annotated[str, typer.Option(help="why, for the history")]


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{file} cannot be read: {error}", suggestion="a file in UTF-8, or - for standard input"
        ) from None


@commands.command("simulate", epilog="Example: oneid simulate world.json")
def simulate_command(
    file: Annotated[Path, typer.Argument(help="policy, observations, operations; - is standard input")],
) -> None:
    """Say who is one person, from a policy and observations in a file. Needs no database."""
    try:
        document = json.loads(_text(file))
    except json.JSONDecodeError as error:
        raise BadInput(f"{file} is not JSON: {error}") from None
    if not isinstance(document, dict):
        raise DocumentInvalid("a document is an object with policy, observations and operations")
    typer.echo(json.dumps(simulate(document), ensure_ascii=False, indent=2))


@commands.command("person", epilog="Example: oneid person phone 13812340001")
def person_command(
    kind: Annotated[str, typer.Argument(help="kind of identifier, as in the policy")],
    value: Annotated[str, typer.Argument(help="its value; a hash as md5=… or sha256=…")],
    scope: Annotated[str, typer.Option(help="its scope: a brand, an app")] = "*",
    as_json: _AsJson = False,
) -> None:
    """Show the person that an identifier belongs to; exit 1 when nobody has it."""
    found = run(lambda identity: _person(identity, kind, value, scope))
    if found is None:
        typer.echo(f"nobody has the {kind} {value}", err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table(
        "kind", "scope", "value", "first seen", "last seen", title=f"{found['oneId']} ({found['status']})"
    )
    for row in found["identifiers"]:
        table.add_row(*(str(row[name]) for name in ("kind", "scope", "value", "firstSeen", "lastSeen")))
    Console().print(table)


async def _person(identity: Identity, kind: str, value: str, scope: str) -> dict[str, Any] | None:
    ledger = identity.region().ledger
    try:
        seen = named(ledger, {"kind": kind, "value": value, "scope": scope}, "identifier")
    except Refused as no:
        raise BadInput(no.message, code=no.code, field=no.field, suggestion="oneid policy show") from None
    keys = [ledger.lookup(seen), *ledger.form_keys(seen.kind, seen.scope, seen.value)]
    row = await identity.graph.reader().row(_PERSON, keys=keys)
    if row is None:
        return None
    names = ("kind", "scope", "value", "firstSeen", "lastSeen")
    identifiers = [
        dict(
            zip(
                names,
                (k, s, v if sealed is None else identity.keyring.unseal(bytes(sealed)), first, last),
                strict=True,
            )
        )
        for k, s, v, sealed, first, last in row["identifiers"]
    ]
    return {
        "oneId": row["one_id"],
        "status": row["status"],
        "since": row["since"],
        "identifiers": identifiers,
    }


@commands.command("verify", epilog="Example: oneid verify")
def verify_command(as_json: _AsJson = False) -> None:
    """Compare what is stored with a full recompute; writes nothing, exit 1 when anything differs."""
    report = run(recompute.verify)
    if as_json:
        typer.echo(json.dumps(_report(report), ensure_ascii=False, indent=2))
    else:
        _print_report(report)
    if report.differences:
        typer.echo("oneid recompute repairs them", err=True)
        raise typer.Exit(1)


@commands.command("recompute", epilog="Example: oneid recompute")
def recompute_command(as_json: _AsJson = False) -> None:
    """Decide everything again from the evidence, and repair what is stored otherwise."""
    cause = Cause("RECOMPUTE", now(), getpass.getuser())
    report = bar("repairing", lambda identity, progress: recompute.recompute(identity, cause, progress))
    typer.echo(json.dumps(_report(report), ensure_ascii=False, indent=2)) if as_json else _print_report(
        report
    )


def _report(report: recompute.Report) -> dict[str, Any]:
    return {
        "identifiers": report.identifiers,
        "evidence": report.evidence,
        "people": report.people,
        "pending": report.pending,
        "differences": report.counts(),
        "first": [f"{one.what}: {one.detail}" for one in report.differences[:SHOWN]],
    }


def _print_report(report: recompute.Report) -> None:
    for one in report.differences[:SHOWN]:
        typer.echo(f"{one.what}: {one.detail}")
    if len(report.differences) > SHOWN:
        typer.echo(f"… and {len(report.differences) - SHOWN:,} more")
    counts = ", ".join(f"{count:,} {what}" for what, count in sorted(report.counts().items())) or "none"
    typer.echo(
        f"{report.identifiers:,} identifiers, {report.evidence:,} pairs of evidence, {report.people:,} people"
        f", {report.pending:,} pending; differences: {counts}"
    )


# -- policy ---


@policy_commands.command("show", epilog="Example: oneid policy show > policy.yaml")
def show_command() -> None:
    """Print the policy that is in force."""
    versions = run(policies.history)
    typer.echo(next(one.text for one in versions if one.current), nl=False)


@policy_commands.command("check", epilog="Example: oneid policy check policy.yaml")
def check_command(
    file: Path,
    offline: Annotated[bool, typer.Option(help="only the file; not whether it fits what is stored")] = False,
) -> None:
    """Say everything that is wrong with a policy; exit 1 when it cannot be put in force."""
    text = _text(file)
    try:
        policy = load_policy(text)
    except PolicyInvalid as error:
        for path, message in error.problems:
            typer.echo(f"{path or 'policy'}: {message}")
        raise typer.Exit(1) from None
    if not offline:
        run(lambda identity: policies.check(identity, text))
    typer.echo(f"{len(policy.kinds)} kinds, nothing wrong", err=True)


@policy_commands.command(
    "apply", epilog="Example: oneid policy apply policy.yaml --reason 'phones of five members'"
)
def apply_command(file: Path, reason: _Reason = "") -> None:
    """Put a policy in force and recompute."""
    text, by = _text(file), getpass.getuser()
    version, report = bar(
        "applying", lambda identity, progress: policies.apply(identity, text, by, reason, progress)
    )
    typer.echo(f"policy version {version} is in force")
    _print_report(report)


@policy_commands.command("history", epilog="Example: oneid policy history --json")
def history_command(as_json: _AsJson = False) -> None:
    """List the versions of the policy: who put each in force, when and why."""
    versions = run(policies.history)
    if as_json:
        rows = [
            {"version": v.version, "at": v.at, "by": v.by, "reason": v.reason, "current": v.current}
            for v in versions
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("version", "at", "by", "reason", "in force")
    for one in versions:
        table.add_row(str(one.version), one.at, one.by, one.reason, "yes" if one.current else "")
    Console().print(table)


@policy_commands.command("rollback", epilog="Example: oneid policy rollback 3 --reason 'too many merged'")
def rollback_command(version: int, reason: _Reason = "") -> None:
    """Put an earlier version in force again, as a new version, and recompute."""
    by = getpass.getuser()
    number, report = bar(
        "rolling back", lambda identity, progress: policies.rollback(identity, version, by, reason, progress)
    )
    typer.echo(f"version {version} is in force again, as version {number}")
    _print_report(report)
