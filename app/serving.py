"""The service as a process: where it may listen, and what it says to whoever started it."""

import asyncio
import os
from ipaddress import ip_address
from json import dumps

import typer
import uvicorn

from app.api import GRAPHQL
from app.errors import Misconfigured
from app.graph.child import check_free
from app.graph.persisted import files_in, load
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.settings import Settings

_EXAMPLE = read_query("serving/example")

# By what a person would ask, with %s for an identifier that is in the graph; a test holds them to the schema.
TOUR = {
    "who is this?": "{ person(by: {identifier: %s}) { oneId since identifiers { kind display lastSeen } } }",
    "what ties them?": (
        "{ person(by: {identifier: %s})"
        " { identifiers { display evidence { other { display } state reason sources } } } }"
    ),
    "what happened?": "{ changes(first: 10) { edges { node { number type at oneId cause } } } }",
}
IN_BROWSER = 'MATCH path = (:Person {oneId: "%s"})<-[:IDENTIFIES]-(i)-[:LINKED*0..1]-() RETURN path'
_NOBODY = {"kind": "phone", "scope": "*", "value": "13900000000", "one_id": "…"}


async def serve(settings: Settings, host: str, port: int, *, published: bool, tour: bool) -> None:
    """Serves `app.main:app` until it is told to stop; says on stderr where, and with `tour` what to try.

    Raises Misconfigured when the address is taken, or reaches further than the mode allows, and for persisted
    queries that cannot be answered.
    """
    check_address(settings, host, published=published)
    check_free(port)
    load(GRAPHQL, files_in(settings.persisted))  # again in the server; there nobody would read what is wrong
    server = uvicorn.Server(
        uvicorn.Config("app.main:app", host=host, port=port, log_level="warning", access_log=False)
    )
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve())
        while not (server.started or serving.done()):  # noqa: ASYNC110 - uvicorn tells in no other way
            await asyncio.sleep(0.05)
        if server.started:
            page = "GraphQL " if settings.persisted_only else "GraphiQL"
            typer.echo(f"{page}       {_shown(host, port)}/graphql", err=True)
            typer.echo(await told(settings) if tour else "", err=True, nl=tour)


def check_address(settings: Settings, host: str, *, published: bool) -> None:
    """Development has no authentication: it listens on loopback, or in a container published to loopback."""
    if settings.mode == "production":
        settings.secret()
    elif not (published or _is_loopback(host)):
        raise Misconfigured(
            f"development mode has no authentication and does not listen on {host}",
            suggestion="leave --host out, or set ONEID_MODE=production",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def told(settings: Settings) -> str:
    """What to open and to try, with an identifier that is in this graph."""
    async with await Graph.open(settings) as graph:
        row = await graph.reader().row(_EXAMPLE)
    found = row.data() if row else _NOBODY
    browser = os.environ.get("NEO4J_BROWSER", "that of the server at NEO4J_URI")
    queries = "".join(f"  {title:17}{query}\n" for title, query in tour(found).items())
    return (
        f"Neo4j Browser  {browser}   user {settings.neo4j_user}, password {settings.password()}\n\n"
        f"Three queries to try in GraphiQL:\n{queries}\n"
        f"and one in Neo4j Browser:\n  {IN_BROWSER % found['one_id']}\n"
    )


def tour(found: dict[str, str]) -> dict[str, str]:
    """The queries to try, about that identifier."""
    by = f"{{kind: {dumps(found['kind'])}, scope: {dumps(found['scope'])}, value: {dumps(found['value'])}}}"
    return {title: query.replace("%s", by) for title, query in TOUR.items()}


def _shown(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{'localhost' if host in ('0.0.0.0', '127.0.0.1') else name}:{port}"  # noqa: S104
