"""`oneid webhook create | list | delete | test | dead | replay`."""

import asyncio
import getpass
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Any, TypeVar

import typer
from rich.table import Table

from app.access.sealing import Keyring
from app.console import show
from app.errors import BadInput
from app.feed import webhooks
from app.feed.sending import Sending
from app.feed.webhooks import Asked, Webhook
from app.graph.sessions import Graph
from app.identity.graphql import ChangeType
from app.settings import settings

T = TypeVar("T")

commands = typer.Typer(help="Addresses that are told of changes as they happen.", no_args_is_help=True)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]
_Key = Annotated[str, typer.Argument(help="the webhook, of `oneid webhook list`")]
_Only = typer.Option(help="only lines about this one")


@commands.command("create", epilog="Example: oneid webhook create https://crm.example.com/ --tag high-value")
def create_command(
    url: Annotated[str, typer.Argument(help="where to tell: https://…")],
    types: Annotated[list[str] | None, typer.Option("--type", help="a type of lines; several times")] = None,
    brand: Annotated[str | None, typer.Option(help="only what a caller of this brand would see")] = None,
    tag: Annotated[str | None, _Only] = None,
    segment: Annotated[str | None, _Only] = None,
    stage: Annotated[str | None, _Only] = None,
    journey: Annotated[str | None, _Only] = None,
    after: Annotated[
        int | None, typer.Option(help="from this number of the feed on; else from now on", min=0)
    ] = None,
    as_json: _AsJson = False,
) -> None:
    """Register an address. The secret that signs deliveries is shown this once."""
    asked = Asked(url, _known(types), brand, tag, segment, stage, journey)

    async def create(graph: Graph, keyring: Keyring) -> tuple[str, str]:
        return await webhooks.create(graph, keyring, asked, getpass.getuser(), _sending(), None, after)

    key, secret = _run(create)
    if as_json:
        _print_json({"id": key, "secret": secret})
    else:
        typer.echo(f"{key}\nsecret {secret}")


@commands.command("list", epilog="Example: oneid webhook list --json")
def list_command(as_json: _AsJson = False) -> None:
    """Show every webhook: what it is told, up to where it was, since when it fails."""
    found = _run(lambda graph, _: webhooks.webhooks(graph.reader(), None))
    if as_json:
        _print_json([_plain(one) for one in found])
        return
    table = Table("webhook", "url", "told of", "told up to", "behind", "failing since", "error", "dead")
    for one in found:
        since = f"{one.failing_since:%Y-%m-%d %H:%M:%S}Z" if one.failing_since else ""
        numbers = [str(one.delivered_to), str(one.behind)]
        state = [since, one.error or "", str(one.dead_letters)]
        table.add_row(one.key, one.asked.url, _told_of(one), *numbers, *state)
    show(table)


@commands.command("delete", epilog="Example: oneid webhook delete 019a…")
def delete_command(key: _Key) -> None:
    """Forget a webhook and its dead letters."""
    _run(lambda graph, _: webhooks.delete(graph, key, None))
    typer.echo(f"{key} deleted")


@commands.command("test", epilog="Example: oneid webhook test 019a…")
def test_command(key: _Key) -> None:
    """Send a delivery of the type TEST; exit code 1 when it is not taken."""
    answered = _run(lambda graph, keyring: webhooks.test(graph.reader(), keyring, key, _sending(), None))
    typer.echo(f"{answered.error or 'taken'} after {answered.milliseconds} ms")
    if answered.error:
        raise typer.Exit(1)


@commands.command("dead", epilog="Example: oneid webhook dead 019a… --json")
def dead_command(
    key: _Key,
    limit: Annotated[int, typer.Option(help="how many", min=1, max=10_000)] = 100,
    as_json: _AsJson = False,
) -> None:
    """Show what a webhook could not be told, in the order of the feed."""
    found = _run(lambda graph, _: webhooks.dead_letters(graph.reader(), key, None, limit))
    if as_json:
        _print_json([asdict(one) for one in found])
        return
    table = Table("number", "attempts", "error", "last tried", "sent again", "body")
    for one in found:
        again = "soon" if one.replay else ""
        tried = f"{one.at:%Y-%m-%d %H:%M:%S}Z"
        table.add_row(str(one.number), str(one.attempts), one.error, tried, again, one.body[:100])
    show(table)


@commands.command("replay", epilog="Example: oneid webhook replay 019a… --number 4711")
def replay_command(
    key: _Key,
    numbers: Annotated[
        list[int] | None, typer.Option("--number", help="the line with this number; several times")
    ] = None,
) -> None:
    """Have dead letters sent again, by the service: all, or those of some numbers; 1 when there are none."""
    letters = _run(lambda graph, _: webhooks.replay(graph, key, numbers or None, None))
    typer.echo(f"{letters} dead letters are sent again")
    if not letters:
        raise typer.Exit(1)


def _known(types: list[str] | None) -> list[str] | None:
    if wrong := sorted(set(types or ()) - set(ChangeType.__members__)):
        raise BadInput(
            f"no line is of the type {', '.join(wrong)}",
            code="UNKNOWN_TYPE",
            field=("type",),
            suggestion=f"there are {', '.join(ChangeType.__members__)}",
        )
    return types or None


def _told_of(hook: Webhook) -> str:
    asked = hook.asked
    named = [f"{n} {v}" for n in ("brand", "tag", "segment", "stage", "journey") if (v := getattr(asked, n))]
    return "; ".join([*(asked.types or ()), *named, *([] if asked.active else ["(not active)"])]) or "all"


def _plain(hook: Webhook) -> dict[str, Any]:
    return {name: value for name, value in asdict(hook).items() if name != "sealed"}


def _sending() -> Sending:
    return Sending.of(settings())


def _run(work: Callable[[Graph, Keyring], Awaitable[T]]) -> T:
    async def opened() -> T:
        async with await Graph.open(settings()) as graph:
            return await work(graph, Keyring(settings().secret()))

    return asyncio.run(opened())


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
