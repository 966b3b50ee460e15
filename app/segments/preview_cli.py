"""`oneid segment preview`, and what the other commands on segments share with it: files, problems, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from app.errors import BadInput
from app.identity.cli import text_of
from app.identity.console import run
from app.identity.service import Identity
from app.rules.check import Wrong
from app.rules.choice import choice_of
from app.segments.inputs import shapes
from app.segments.preview import Evaluation, zone_problem
from app.settings import settings

commands = typer.Typer(help="Segments: who a rule means, now and kept.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text")]
LimitText = Annotated[
    str | None,
    typer.Option(help='how many are taken and by what, JSON or a file with it: {"n": 10000, "by": …}'),
]
Share = Annotated[float | None, typer.Option(help="the part of those who match that is taken: 0.1")]
RuleFile = Annotated[Path, typer.Argument(help="a rule as JSON; - is stdin", allow_dash=True)]


@commands.command("preview", epilog="Example: oneid segment preview rule.json --first 5")
def preview_command(
    file: RuleFile,
    as_of: Annotated[str | None, typer.Option(help="the moment; now when left out: 2026-03-14T12:00")] = None,
    time_zone: Annotated[str | None, typer.Option(help="whose days count; else the deployment's")] = None,
    limit: LimitText = None,
    share: Share = None,
    key: Annotated[str, typer.Option(help="of the segment that it will be: its share is that key's")] = "",
    first: Annotated[int, typer.Option(help="how many OneIDs to show", min=0, max=1000)] = 10,
    as_json: AsJson = False,
) -> None:
    """Say who a rule means: how many, who, how many match each condition. Writes nothing.

    Exit code 1 when something is wrong with the rule.
    """
    zone = time_zone or settings().time_zone
    made = shapes({"rule": json_of(file), "limit": limit_of(limit)})
    rule, choice = made["rule"], choice_of(share, made.get("limit"), key)

    async def work(identity: Identity) -> dict[str, Any]:
        moment = _moment(as_of, zone)
        policy, reader = identity.state.policy, identity.graph.reader()
        one = await Evaluation.of(
            reader,
            policy,
            rule,
            keyring=identity.keyring,
            as_of=moment,
            zone=zone,
            choice=choice,
            own=key or None,
        )
        if one.wrong:
            return {"userErrors": [problem(no) for no in one.wrong]}
        counts = [(".".join(path), count) for path, count in await one.conditions()]
        total = await one.count()
        return {
            "count": {"value": total.value, "precision": total.precision},
            "conditions": [
                {"field": at, "value": count.value, "precision": count.precision} for at, count in counts
            ],
            "members": await one.page(first, None) if first else [],
            "warnings": [problem(no) for no in one.warnings()],
        }

    found = run(work)
    if as_json:
        print_json(found)
    say(found.get("userErrors", []) + found.get("warnings", []))
    if "userErrors" in found:
        raise typer.Exit(1)
    if not as_json:
        _tell_preview(found)


def _tell_preview(found: Mapping[str, Any]) -> None:
    def number(count: Mapping[str, Any]) -> str:
        more = "at least " if count["precision"] == "AT_LEAST" else ""
        return f"{more}{count['value']:,}"

    typer.echo(f"{number(found['count'])} people")
    for one in found["conditions"]:
        typer.echo(f"  {one['field']}: {number(one)}")
    for one_id in found["members"]:
        typer.echo(one_id)


def _moment(text: str | None, zone: str) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no moment"
        raise BadInput(message, field=("asOf",), suggestion="for example 2026-03-14T12:00") from None
    return said if said.tzinfo else said.replace(tzinfo=ZoneInfo("UTC" if zone_problem(zone) else zone))


def json_of(file: Path) -> Any:
    """What a file, or standard input, says. Raises BadInput."""
    try:
        return json.loads(text_of(file))
    except json.JSONDecodeError as error:
        raise BadInput(f"{file} is not JSON: {error}", field=("rule",)) from None


def limit_of(said: str | None) -> Any:
    """What an option says of a limit, as JSON or the name of a file; None of none. Raises BadInput."""
    if said is None or not said.strip():
        return None
    text, where = (said, "--limit") if said.lstrip().startswith("{") else (text_of(Path(said)), said)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        example = '{"n": 10000, "by": {"order": {"measure": "SUM_AMOUNT", "within": {"last": "90d"}}}}'
        raise BadInput(f"{where} is not JSON: {error}", field=("limit",), suggestion=example) from None


def problem(no: Wrong) -> dict[str, Any]:
    """What is wrong, as JSON."""
    return {
        "field": list(no.field),
        "code": no.code,
        "message": no.message,
        "allowed": None if no.allowed is None else list(no.allowed),
        "suggestion": no.suggestion,
    }


def say(problems: Sequence[Mapping[str, Any]]) -> None:
    """Say on stderr what is wrong, each where and what to do."""
    for no in problems:
        where = f" ({'.'.join(no['field'])})" if no["field"] else ""
        advice = f"\n{no['suggestion']}" if no["suggestion"] else ""
        typer.echo(f"{no['code']}: {no['message']}{where}{advice}", err=True)


def print_json(value: Any) -> None:
    """JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
