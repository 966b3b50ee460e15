"""`oneid attribute correct | restore`. Exit 0: done; 1: refused; 2: what was asked cannot be meant."""

from __future__ import annotations

import getpass
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

import typer

from app.identity.console import run
from app.identity.service import Identity
from app.identity.steering.cli import AsJson, By, Reason, identifier, show
from app.identity.steering.service import Answer
from app.profile import corrections

commands = typer.Typer(help="Correct what is known of a person.", no_args_is_help=True)

_Person = Annotated[str, typer.Argument(help="a OneID, kind:value or kind:scope:value")]
_Name = Annotated[str, typer.Argument(help="name, gender, birthday, city, or a declared attribute")]


def _decide(
    person: str, as_json: bool, work: Callable[[Identity, Mapping[str, Any]], Awaitable[Answer]]
) -> None:
    async def decide(identity: Identity) -> Answer:
        named = (
            {"identifier": identifier(identity.state.policy, person)} if ":" in person else {"oneId": person}
        )
        return await work(identity, named)

    show(run(decide), as_json=as_json)


@commands.command(
    "correct", epilog="Example: oneid attribute correct member:mumu:M1 city 上海 --reason 'she called'"
)
def correct_command(
    person: _Person,
    name: _Name,
    value: Annotated[str, typer.Argument(help="what it is; a day as 1990-02-28")],
    reason: Reason,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say what an attribute of a person is, whatever accounts say."""
    who = by or getpass.getuser()
    _decide(person, as_json, lambda own, named: corrections.correct(own, named, name, value, who, reason))


@commands.command(
    "restore", epilog="Example: oneid attribute restore member:mumu:M1 city --reason 'the shop was right'"
)
def restore_command(
    person: _Person, name: _Name, reason: Reason, by: By = None, as_json: AsJson = False
) -> None:
    """Take the corrections of an attribute back."""
    who = by or getpass.getuser()
    _decide(person, as_json, lambda own, named: corrections.restore(own, named, name, who, reason))
