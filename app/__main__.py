"""The command line: `oneid …`. A capability's commands live in its `cli.py`; here they are put together.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 the answer is no, 2 bad usage.
"""

import asyncio
import sys
from contextlib import suppress
from typing import Annotated

import structlog
import typer

from app.dependents import cli as dependents_cli
from app.errors import BadInput, OneIdError
from app.feed import webhooks_cli
from app.graph import cli as graph_cli
from app.graph import persisted_cli
from app.graph.child import check_free
from app.graph.window import open_window
from app.identity import cli as identity_cli
from app.identity.explain import cli as why_cli
from app.identity.health import cli as health_cli
from app.identity.match import cli as match_cli
from app.identity.policies import cli as policy_cli
from app.identity.simulation import cli as _simulation  # noqa: F401 - a command of `policy`
from app.identity.steering import cli as steering_cli
from app.identity.steering import trail_cli
from app.ingest import cli as ingest_cli
from app.ingest import evaluate_cli, mapping_cli
from app.jobs import cli as jobs_cli
from app.jobs import exports_people
from app.lifecycle import cli as lifecycle_cli
from app.profile import corrections_cli, search_cli
from app.segments import cli as segment_cli
from app.segments import lists_cli
from app.serving import check_address, serve
from app.settings import settings
from app.tags import cli as tag_cli

cli = typer.Typer(
    name="oneid",
    help="One OneID for every person: identifiers and evidence in, people out.",
    epilog="Example: oneid serve, or oneid COMMAND --help for an example of each",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(graph_cli.commands)
cli.add_typer(identity_cli.commands)
cli.add_typer(steering_cli.commands)
cli.add_typer(trail_cli.commands)
cli.add_typer(why_cli.commands)
cli.add_typer(search_cli.commands)
cli.add_typer(corrections_cli.commands, name="attribute")
cli.add_typer(dependents_cli.commands, name="dependent")
cli.add_typer(ingest_cli.commands)
cli.add_typer(evaluate_cli.commands)
cli.add_typer(policy_cli.commands, name="policy")
cli.add_typer(match_cli.commands, name="match")
cli.add_typer(mapping_cli.commands, name="mapping")
cli.add_typer(health_cli.commands)
cli.add_typer(jobs_cli.commands, name="jobs")
cli.add_typer(lifecycle_cli.commands, name="lifecycle")
cli.add_typer(lifecycle_cli.others)
cli.add_typer(tag_cli.commands, name="tag")
cli.add_typer(segment_cli.commands, name="segment")
cli.add_typer(lists_cli.commands, name="list")
cli.add_typer(persisted_cli.commands, name="persisted")
cli.add_typer(webhooks_cli.commands, name="webhook")
cli.add_typer(exports_people.commands, name="export")


@cli.command("serve", epilog="Example: oneid serve --port 8000")
def serve_command(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)] = 8000,
    published: Annotated[
        bool, typer.Option(help="in a container whose port is published to loopback alone")
    ] = False,
    tour: Annotated[
        bool, typer.Option(help="say what to open and to try, with the database's login")
    ] = False,
) -> None:
    """Serve GraphQL, with GraphiQL, until Ctrl-C."""
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(settings(), host, port, published=published, tour=tour))


@cli.command("window", epilog="Example: oneid window --port 7688")
def window_command(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)] = 7688,
    browser: Annotated[
        str, typer.Option(help="the address, without path, that Neo4j Browser is opened at")
    ] = "http://localhost:7474",
    published: Annotated[
        bool, typer.Option(help="in a container whose port is published to loopback alone")
    ] = False,
) -> None:
    """Let analysts use Neo4j Browser and only read: they connect here instead of to the database."""
    check_address(settings(), host, published=published)
    check_free(port)
    with suppress(KeyboardInterrupt):
        asyncio.run(open_window(settings().neo4j_uri, host, port, [browser]))


def main() -> None:
    """The `oneid` command."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        cli()
    except OneIdError as error:
        typer.echo(told(error), err=True)
        sys.exit(2 if isinstance(error, BadInput) else 1)


def told(error: OneIdError) -> str:
    """The error as a person reads it: what is wrong where, its code, and what to do."""
    where = f" ({'.'.join(error.field)})" if error.field else ""
    advice = f"\n{error.suggestion}" if error.suggestion else ""
    return f"{error.code}: {error.message}{where}{advice}"


if __name__ == "__main__":
    main()
