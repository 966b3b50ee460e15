"""`oneid simulate | person | recompute | verify`."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.console import show
from app.errors import BadInput
from app.graph.queries import read_query
from app.identity.console import bar, run
from app.identity.live import recompute
from app.identity.live.register import Cause, now
from app.identity.operations import Refused, named
from app.identity.policies import versions as policies
from app.identity.service import Identity
from app.identity.simulate import DocumentInvalid, simulate

_PERSON = read_query("identity/person_by_keys")
SHOWN = 20
"""Differences that are printed in full."""

commands = typer.Typer()
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]


def text_of(file: Path) -> str:
    """A file's text, or standard input's. Raises BadInput."""
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
        document = json.loads(text_of(file))
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
        value = row["value"] + (f" (replaced by {row['replacedBy']})" if row["replacedBy"] else "")
        table.add_row(row["kind"], row["scope"], value, row["firstSeen"], row["lastSeen"])
    show(table)


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
    names = ("kind", "scope", "value", "firstSeen", "lastSeen", "replacedBy")
    identifiers = [
        dict(
            zip(
                names,
                (k, s, v if sealed is None else identity.keyring.unseal(bytes(sealed)), first, last, by),
                strict=True,
            )
        )
        for k, s, v, sealed, first, last, by in row["identifiers"]
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
        print_report(report)
    if report.differences:
        typer.echo("oneid recompute repairs them", err=True)
        raise typer.Exit(1)


@commands.command("recompute", epilog="Example: oneid recompute")
def recompute_command(as_json: _AsJson = False) -> None:
    """Decide everything again from the evidence, and repair what is stored otherwise.

    A policy whose applying was stopped is finished first.
    """
    cause = Cause("RECOMPUTE", now(), getpass.getuser())

    async def work(identity: Identity, progress: recompute.Progress) -> recompute.Report:
        if finished := await policies.finish(identity, progress):
            typer.echo(f"finished policy version {finished[0].version}: {finished[0].changed()}", err=True)
        return await recompute.recompute(identity, cause, progress)

    report = bar("repairing", work)
    typer.echo(json.dumps(_report(report), ensure_ascii=False, indent=2)) if as_json else print_report(report)


def _report(report: recompute.Report) -> dict[str, Any]:
    return {
        "identifiers": report.identifiers,
        "evidence": report.evidence,
        "people": report.people,
        "pending": report.pending,
        "differences": report.counts(),
        "first": [f"{one.what}: {one.detail}" for one in report.differences[:SHOWN]],
    }


def print_report(report: recompute.Report) -> None:
    """Print what a comparison found, for people."""
    for one in report.differences[:SHOWN]:
        typer.echo(f"{one.what}: {one.detail}")
    if len(report.differences) > SHOWN:
        typer.echo(f"… and {len(report.differences) - SHOWN:,} more")
    counts = ", ".join(f"{count:,} {what}" for what, count in sorted(report.counts().items())) or "none"
    typer.echo(
        f"{report.identifiers:,} identifiers, {report.evidence:,} pairs of evidence, {report.people:,} people"
        f", {report.pending:,} pending; differences: {counts}"
    )
