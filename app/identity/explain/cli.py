"""`oneid why | why-not | owner-of | history`: in words, or with --json as data.

Exit 0: the answer; 1: the answer is no; 2: what was asked cannot be meant.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from app.errors import BadInput
from app.identity.console import run
from app.identity.explain import history, owning
from app.identity.explain import why as reasons
from app.identity.explain.answers import Why, WhyNot
from app.identity.service import Identity
from app.identity.sighting import moment
from app.identity.steering.cli import AsJson, identifier
from app.settings import settings

commands = typer.Typer()
_Named = Annotated[str, typer.Argument(help="kind:value or kind:scope:value")]
_TIMES = frozenset({"at", "first", "last", "since"})
"""Fields of answers that are times, in microseconds."""


@commands.command("why", epilog="Example: oneid why member:mumu:M100234 phone:13812340001")
def why_command(a: _Named, b: _Named, as_json: AsJson = False) -> None:
    """Say why two identifiers are one person; when they are not, why not, and exit 1."""

    async def work(identity: Identity) -> Why | WhyNot:
        two = _two(identity, a, b)
        found = await reasons.why(identity, *two, zone=_zone())
        return found if found.joined else await reasons.why_not(identity, *two, zone=_zone())

    found = run(work)
    _tell(found, yes=found.joined, as_json=as_json)


@commands.command("why-not", epilog="Example: oneid why-not member:mumu:M100234 phone:13812340001")
def why_not_command(a: _Named, b: _Named, as_json: AsJson = False) -> None:
    """Say why two identifiers are not one person, and what one could do; exit 1 when they are one."""

    async def work(identity: Identity) -> WhyNot:
        return await reasons.why_not(identity, *_two(identity, a, b), zone=_zone())

    found = run(work)
    _tell(found, yes=not found.joined, as_json=as_json)


@commands.command("owner-of", epilog="Example: oneid owner-of phone:13812340001 --at 2026-03-01")
def owner_of_command(
    named: _Named,
    at: Annotated[str, typer.Option(help="a time or a day, 2026-03-01 or 2026-03-01T10:00:00+08:00")],
    as_json: AsJson = False,
) -> None:
    """Say whose an identifier was at a time; of a day, at its end. Exit 1 when it was nobody's."""
    found = run(
        lambda identity: owning.owner_of(
            identity, identifier(identity.state.policy, named), _time(at), zone=_zone()
        )
    )
    _tell(found, yes=found.one_id is not None, as_json=as_json)


@commands.command("history", epilog="Example: oneid history phone:13812340001")
def history_command(
    named: Annotated[str, typer.Argument(help="kind:value, kind:scope:value, or a OneID")],
    as_json: AsJson = False,
) -> None:
    """Say what happened to a person and to those merged into it; exit 1 when nobody is meant."""

    async def work(identity: Identity) -> history.History | None:
        if ":" not in named:
            return await history.of_one_id(identity, named, zone=_zone())
        return await history.of_identifier(identity, identifier(identity.state.policy, named), zone=_zone())

    found = run(work)
    if found is None:
        typer.echo(f"nobody has {named}", err=True)
        raise typer.Exit(1)
    _tell(found, yes=True, as_json=as_json)


def _two(identity: Identity, a: str, b: str) -> tuple[dict[str, str], dict[str, str]]:
    policy = identity.state.policy
    return identifier(policy, a), identifier(policy, b)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings().time_zone)


def _time(text: str) -> datetime:
    """A time; a day means its last instant, and what has no offset is in the deployment's zone."""
    try:
        found = datetime.fromisoformat(text if len(text) > len("2026-03-01") else f"{text}T23:59:59.999999")
    except ValueError:
        raise BadInput(f"{text!r} is no time", suggestion="2026-03-01 or 2026-03-01T10:00:00+08:00") from None
    return found if found.tzinfo else found.replace(tzinfo=_zone())


def _tell(found: Any, *, yes: bool, as_json: bool) -> None:
    sentences: Sequence[str] = found.sentences
    typer.echo(
        json.dumps(_plain(asdict(found)), ensure_ascii=False, indent=2) if as_json else "\n".join(sentences)
    )
    if not yes:
        raise typer.Exit(1)


def _plain(value: Any, name: str = "") -> Any:
    """Fields in camel case, times in ISO 8601, without keys that nobody can read."""
    if isinstance(value, dict):
        return {_camel(key): _plain(item, key) for key, item in value.items() if key != "key"}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return moment(value).isoformat() if name in _TIMES and value is not None else value


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)
