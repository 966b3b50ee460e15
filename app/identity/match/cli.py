"""`oneid match run | list | approve | reject`.

Exit 0: done; 1: some could not be answered as asked; 2: what was asked cannot be meant.
"""

from __future__ import annotations

import csv
import getpass
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from app.console import show
from app.errors import BadInput
from app.identity.console import bar, run
from app.identity.match import run as match_run
from app.identity.match.proposals import (
    Answer,
    Answered,
    Named,
    No,
    Proposal,
    answer_all,
    answer_some,
    proposals,
)
from app.identity.policy import Policy
from app.identity.service import Identity
from app.identity.steering.cli import AsJson, By, Reason, identifier
from app.identity.steering.refusals import advice

commands = typer.Typer(
    help="Match rules: which accounts are perhaps one person's, and what people say to that.",
    no_args_is_help=True,
)
_Rule = Annotated[str | None, typer.Option(help="only what this rule finds")]
_Least = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="only what is at least so sure")
]
_Named = Annotated[str | None, typer.Argument(help="kind:value or kind:scope:value")]
_File = Annotated[
    Path | None, typer.Option(help="a CSV file with the columns a and b, as match list --csv writes it")
]
_All = Annotated[bool, typer.Option("--all", help="all that the rule and the confidence leave")]
SHOWN = 20


@commands.command("run", epilog="Example: oneid match run --rule birthday-surname-city --dry-run")
def run_command(
    rule: _Rule = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would change, write nothing")] = False,
    as_json: AsJson = False,
) -> None:
    """Look for accounts that are perhaps one person's; run again, it changes what has changed."""
    by = getpass.getuser()
    done = bar(
        "matching",
        lambda identity, progress: match_run.run(identity, rule, dry_run=dry_run, by=by, progress=progress),
    )
    crowds = [{"rule": crowd.rule, "accounts": crowd.accounts} for crowd in done.crowds]
    if as_json:
        found = {"accounts": done.accounts, "found": done.found, "changed": done.changed, "crowds": crowds}
        typer.echo(json.dumps(found | {"dryRun": dry_run}, ensure_ascii=False, indent=2))
        return
    for name, count in sorted(done.found.items()):
        typer.echo(f"{name}: {count:,} pairs")
    for crowd in done.crowds[:SHOWN]:
        typer.echo(
            f"{crowd.rule}: {crowd.accounts:,} accounts share its facts, which proves nothing: left out"
        )
    if len(done.crowds) > SHOWN:
        typer.echo(f"… and {len(done.crowds) - SHOWN:,} more such crowds")
    changed = ", ".join(f"{count:,} {what}" for what, count in sorted(done.changed.items())) or "nothing new"
    typer.echo(f"{done.accounts:,} accounts; {'would be: ' if dry_run else ''}{changed}")


@commands.command("list", epilog="Example: oneid match list --min-confidence 0.8 --csv > proposals.csv")
def list_command(
    rule: _Rule = None,
    least: _Least = 0.0,
    first: Annotated[int, typer.Option(min=1, help="how many; all with --csv")] = 50,
    as_csv: Annotated[bool, typer.Option("--csv", help="all of them as CSV, for approve and reject")] = False,
    as_json: AsJson = False,
) -> None:
    """List what the rules propose, the surest first."""
    found = run(lambda identity: _listed(identity, rule, least, None if as_csv else first))
    rows = [(_text(one.a), _text(one.b), one.rule, one.confidence) for one in found]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([("a", "b", "rule", "confidence"), *rows])
    elif as_json:
        names = ("a", "b", "rule", "confidence")
        typer.echo(
            json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=2)
        )
    else:
        table = Table("account", "account", "rule", "confidence")
        for a, b, by, sure in rows:
            table.add_row(a, b, by, f"{sure:g}")
        show(table)


async def _listed(identity: Identity, rule: str | None, least: float, most: int | None) -> list[Proposal]:
    match_run.check_rule((await identity.refresh()).policy, rule)
    found: list[Proposal] = []
    async for one in proposals(identity, rule, least):
        found.append(one)
        if most is not None and len(found) >= most:
            break
    return found


def _text(one: Named) -> str:
    scope = "" if one["scope"] == "*" else f"{one['scope']}:"
    return f"{one['kind']}:{scope}{one['value']}"


@commands.command(
    "approve",
    epilog="Example: oneid match approve --all --rule birthday-surname-city --reason 'looked at fifty'",
)
def approve_command(
    a: _Named = None,
    b: _Named = None,
    *,
    rule: _Rule = None,
    least: _Least = 0.0,
    everything: _All = False,
    file: _File = None,
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Link what is proposed: one pair, those of a file, or all. Stopped half-way, run it again."""
    _answer("approve", _asked(a, b, file, everything), rule, least, reason, by, as_json)


@commands.command(
    "reject", epilog="Example: oneid match reject member:mumu:M1 member:pet:M9 --reason 'twins'"
)
def reject_command(
    a: _Named = None,
    b: _Named = None,
    *,
    rule: _Rule = None,
    least: _Least = 0.0,
    everything: _All = False,
    file: _File = None,
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Never link what is proposed: one pair, those of a file, or all. Stopped half-way, run it again."""
    _answer("reject", _asked(a, b, file, everything), rule, least, reason, by, as_json)


def _asked(a: str | None, b: str | None, file: Path | None, everything: bool) -> list[tuple[str, str]] | None:
    """The pairs that are named; None for all. Raises BadInput unless exactly one of the ways is taken."""
    ways = (a is not None or b is not None, file is not None, everything)
    if sum(ways) != 1 or (a is None) != (b is None):
        raise BadInput(
            "say which proposals",
            code="ONE_OF",
            suggestion="two identifiers, --file FILE, or --all with --rule and --min-confidence",
        )
    if file is not None:
        return list(_pairs_in(file))
    return None if everything else [(a or "", b or "")]


def _pairs_in(file: Path) -> Iterator[tuple[str, str]]:
    """The pairs of a CSV file. Raises BadInput with every line that names none."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.DictReader(text))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}", suggestion="a CSV file in UTF-8") from None
    wrong = [str(line) for line, row in enumerate(rows, start=2) if not (row.get("a") and row.get("b"))]
    if wrong:
        raise BadInput(
            f"{file}: nothing in the columns a and b in lines {', '.join(wrong[:SHOWN])}",
            suggestion="oneid match list --csv writes such a file",
        )
    yield from ((row["a"], row["b"]) for row in rows)


def _answer(
    answer: Answer,
    asked: list[tuple[str, str]] | None,
    rule: str | None,
    least: float,
    reason: str,
    by: str | None,
    as_json: bool,
) -> None:
    if not reason.strip():
        raise BadInput("a reason is needed", code="REASON_REQUIRED", field=("reason",))
    who, console = by or getpass.getuser(), Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"))
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task(answer, total=None)

        async def work(identity: Identity) -> Answered:
            def progress(count: int) -> None:
                shown.update(task, completed=count)

            policy = (await identity.refresh()).policy
            match_run.check_rule(policy, rule)
            if asked is not None:
                return await answer_some(identity, answer, _named(policy, asked), who, reason, progress)
            return await answer_all(identity, answer, who, reason, rule=rule, least=least, progress=progress)

        done = run(work)
    _tell(answer, done, as_json)
    if done.refused:
        raise typer.Exit(1)


def _named(policy: Policy, asked: list[tuple[str, str]]) -> list[tuple[Named, Named]]:
    return [(identifier(policy, a), identifier(policy, b)) for a, b in asked]


def _tell(answer: Answer, done: Answered, as_json: bool) -> None:
    if as_json:
        found: dict[str, Any] = {
            "operations": done.operations,
            "notProposed": [_as_json(no) for no in done.gone],
            "refused": [_as_json(no) for no in done.refused],
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for no in done.refused:
        typer.echo(f"{no.refused.code}: {_text(no.a)} and {_text(no.b)}: {no.refused.message}", err=True)
    said = "approved" if answer == "approve" else "rejected"
    typer.echo(
        f"{len(done.operations):,} {said}, {len(done.refused):,} refused, "
        f"{len(done.gone):,} not proposed any more"
    )


def _as_json(no: No) -> dict[str, Any]:
    return {
        "a": _text(no.a),
        "b": _text(no.b),
        "code": no.refused.code,
        "message": no.refused.message,
        "suggestion": advice(no.refused),
    }
