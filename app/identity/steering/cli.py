"""`oneid link | unlink | never-link | block | erase | restore | undo | replace-card`.

Exit 0: done; 1: refused, or not confirmed; 2: what was asked cannot be meant.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from app.errors import BadInput
from app.identity.console import run
from app.identity.operations import Refused
from app.identity.policy import Policy
from app.identity.service import Identity
from app.identity.steering.refusals import ADVICE, BAD_USAGE, advice
from app.identity.steering.service import Answer, steer

commands = typer.Typer()

Reason = Annotated[str, typer.Option(help="why, for the audit trail")]
By = Annotated[str | None, typer.Option(help="who decides it; the login when left out")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text")]
_Named = Annotated[str, typer.Argument(help="kind:value or kind:scope:value")]
_SHOWN = 20
"""Identifiers of an erasure that are listed."""


def identifier(policy: Policy, text: str) -> dict[str, str]:
    """`kind:value` or `kind:scope:value`. Raises BadInput.

    Values of kinds that drop separators (imei, mac) may hold colons; they have no scope here.
    """
    kind, colon, rest = text.partition(":")
    if not colon or not kind:
        raise BadInput(f"{text!r} is no identifier", suggestion="kind:value or kind:scope:value")
    declared = policy.kinds.get(kind)
    if declared is not None and declared.pii and "**" in rest:
        raise BadInput(
            f"{text} is masked, and may be anybody's",
            code="MASKED",
            suggestion=ADVICE["MASKED"],
        )
    scope, colon, value = rest.partition(":")
    if not colon or (declared is not None and declared.normalise == "compact"):
        return {"kind": kind, "scope": "*", "value": rest}
    return {"kind": kind, "scope": scope, "value": value}


def _decide(
    name: str,
    words: Mapping[str, str | None],
    *,
    reason: str,
    by: str | None,
    as_json: bool,
    plain: Mapping[str, str | None] | None = None,
    dry_run: bool = False,
) -> Answer:
    """Run an operation on identifiers (`words`) and plain fields, and say what became of it."""

    async def work(identity: Identity) -> Answer:
        policy = identity.state.policy
        named = {word: identifier(policy, text) for word, text in words.items() if text is not None}
        given = {**named, **(plain or {})}
        return await steer(identity, name, given, by or getpass.getuser(), reason, dry_run=dry_run)

    answer = run(work)
    show(answer, as_json=as_json)
    return answer


def show(answer: Answer, *, as_json: bool) -> None:
    """Say what became of an operation. Raises Exit: 1 where it was refused, 2 where it cannot be meant."""
    if as_json:
        typer.echo(json.dumps(_as_json(answer), ensure_ascii=False, indent=2))
    for no in answer.problems:
        typer.echo(_told(no), err=True)
    if answer.problems:
        raise typer.Exit(2 if any(no.code in BAD_USAGE for no in answer.problems) else 1)
    if not as_json:
        _print(answer)


def _told(no: Refused) -> str:
    where, what = ".".join(no.field), advice(no)
    return f"{no.code}: {no.message}" + (f" ({where})" if where else "") + (f"\n{what}" if what else "")


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "operation": answer.operation,
        "people": list(answer.one_ids),
        "pending": answer.pending,
        "erasure": asdict(answer.erasure) if answer.erasure else None,
        "userErrors": [
            {"field": list(no.field), "code": no.code, "message": no.message, "suggestion": advice(no)}
            for no in answer.problems
        ],
    }


def _print(answer: Answer) -> None:
    if answer.erasure and not answer.operation:
        found = answer.erasure
        for kind, scope, name in found.identifiers[:_SHOWN]:
            typer.echo(f"{kind} {name}" + ("" if scope == "*" else f" ({scope})"))
        if len(found.identifiers) > _SHOWN:
            typer.echo(f"… and {len(found.identifiers) - _SHOWN:,} more")
        typer.echo(
            f"{len(found.identifiers):,} identifiers of {len(found.one_ids):,} people would go, with "
            f"{found.evidence:,} pairs of evidence, {found.decisions:,} decisions and {found.facts:,} facts"
        )
    if answer.operation:
        typer.echo(f"operation {answer.operation}")
        typer.echo("people: " + (", ".join(answer.one_ids) or "none"))
    if answer.pending:
        typer.echo("a large cluster is still to be decided: oneid jobs run replay-pending", err=True)


@commands.command("link", epilog="Example: oneid link phone:13812340001 openid:app-1:o-7 --reason 'case 7'")
def link_command(a: _Named, b: _Named, reason: Reason, by: By = None, as_json: AsJson = False) -> None:
    """Say that two identifiers are of one person."""
    _decide("link", {"a": a, "b": b}, reason=reason, by=by, as_json=as_json)


@commands.command("unlink", epilog="Example: oneid unlink phone:13812340001 member:mumu:M1 --reason 'case 7'")
def unlink_command(
    a: _Named,
    b: Annotated[str | None, typer.Argument(help="the other end; all of them when left out")] = None,
    *,
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take a pair apart, or everything that joins an identifier."""
    words = {"identifier": a} if b is None else {"a": a, "b": b}
    answer = _decide("unlink", words, reason=reason, by=by, as_json=as_json)
    if b is not None and len(answer.one_ids) == 1:
        typer.echo("they are one person still, over others: oneid why says which", err=True)


@commands.command(
    "never-link", epilog="Example: oneid never-link member:mumu:M1 member:mumu:M2 --reason 'twins'"
)
def never_link_command(a: _Named, b: _Named, reason: Reason, by: By = None, as_json: AsJson = False) -> None:
    """Say that two identifiers are never of one person."""
    _decide("neverLink", {"a": a, "b": b}, reason=reason, by=by, as_json=as_json)


@commands.command("block", epilog="Example: oneid block phone 13800000001 --reason 'a test number'")
def block_command(
    kind: Annotated[str, typer.Argument(help="kind of identifier; * is every kind")],
    value: Annotated[str | None, typer.Argument(help="the value")] = None,
    pattern: Annotated[str | None, typer.Option(help="a pattern (RE2) instead of a value")] = None,
    *,
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say that a value, or what a pattern finds, identifies nobody."""
    plain = {"kind": kind, "value": value, "pattern": pattern}
    _decide("block", {}, plain=plain, reason=reason, by=by, as_json=as_json)


@commands.command("erase", epilog="Example: oneid erase phone:13812340001 --person --reason 'request 12'")
def erase_command(
    a: _Named,
    person: Annotated[bool, typer.Option("--person", help="everything of the person who holds it")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would go")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="without asking")] = False,
    *,
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Delete an identifier, or all of a person's, for good; shows what would go and asks."""
    words = {"person" if person else "identifier": a}
    if dry_run or not yes:
        _decide("erase", words, reason=reason, by=by, as_json=as_json and dry_run, dry_run=True)
    if dry_run:
        return
    if not yes and not typer.confirm("erase this for good?", err=True):
        raise typer.Exit(1)
    _decide("erase", words, reason=reason, by=by, as_json=as_json)


@commands.command("restore", epilog="Example: oneid restore phone:13812340001 --reason 'signed up again'")
def restore_command(a: _Named, reason: Reason, by: By = None, as_json: AsJson = False) -> None:
    """Consent has returned: what is observed from now on counts for the identifier."""
    _decide("restore", {"identifier": a}, reason=reason, by=by, as_json=as_json)


@commands.command(
    "replace-card", epilog="Example: oneid replace-card card:mumu:C1 card:mumu:C2 --reason 'lost card'"
)
def replace_card_command(
    old: _Named, new: _Named, reason: Reason, by: By = None, as_json: AsJson = False
) -> None:
    """Move a lost card to a new number."""
    _decide("replaceCard", {"card": old, "by": new}, reason=reason, by=by, as_json=as_json)


@commands.command("undo", epilog="Example: oneid undo 01a2011f-7e1b-7c4e-b6a4-0a8f4c1f2d3e --reason 'case 7'")
def undo_command(
    operation: Annotated[str, typer.Argument(help="its id, as `oneid operations` shows it")],
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take an operation back exactly."""
    _decide("undo", {}, plain={"operation": operation}, reason=reason, by=by, as_json=as_json)
