"""`oneid serve | window`: what goes on until Ctrl-C."""

import asyncio
from contextlib import suppress
from typing import Annotated

import typer

from app.graph.child import check_free
from app.graph.window import open_window
from app.serving import check_address, serve
from app.settings import settings

commands = typer.Typer()


@commands.command("serve", epilog="Example: oneid serve --port 8000")
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


@commands.command("window", epilog="Example: oneid window --port 7688")
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
