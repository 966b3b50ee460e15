"""`oneid dependent separate | join`. Exit 0: done; 1: refused; 2: what was asked cannot be meant."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from app.dependents import separating
from app.identity.console import run
from app.identity.steering.cli import AsJson, By, Reason, show

commands = typer.Typer(help="Say which dependents are one.", no_args_is_help=True)

_Key = Annotated[str, typer.Argument(help="its key: brand|key, as GraphQL shows it")]


@commands.command(
    "separate", epilog="Example: oneid dependent separate 'mumu|b-1' 'mumu|b-2' --reason 'twins'"
)
def separate_command(a: _Key, b: _Key, reason: Reason, by: By = None, as_json: AsJson = False) -> None:
    """Say that two dependents are never the same one."""
    who = by or getpass.getuser()
    show(run(lambda identity: separating.separate(identity, a, b, who, reason)), as_json=as_json)


@commands.command(
    "join", epilog="Example: oneid dependent join 'mumu|b-1' 'mumu|b-2' --reason 'one baby after all'"
)
def join_command(a: _Key, b: _Key, reason: Reason, by: By = None, as_json: AsJson = False) -> None:
    """Take that back."""
    who = by or getpass.getuser()
    show(run(lambda identity: separating.join(identity, a, b, who, reason)), as_json=as_json)
