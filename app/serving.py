"""The service as a process: where it may listen, and what it says to whoever started it."""

import asyncio
import os
from ipaddress import ip_address

import typer
import uvicorn

from app.errors import Misconfigured
from app.graph.child import check_free
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.settings import Settings

_EXAMPLE = read_query("serving/example")

_TOUR = """
Neo4j Browser  {browser}   user {user}, password {password}

Three queries to try in GraphiQL:

  who is this?     {{ person(by: {{identifier: {by}}}) {{ oneId name identifiers {{ kind display }} }} }}
  what ties them?  {{ person(by: {{identifier: {by}}}) {{ identifiers {{ display evidence {{ state }} }} }} }}
  what happened?   {{ changes(first: 10) {{ edges {{ node {{ id type at }} }} }} }}

and one in Neo4j Browser:

  MATCH path = (:Person {{oneId: "{one_id}"}})<-[:IDENTIFIES]-(i)-[:LINKED*0..1]-() RETURN path
"""


async def serve(settings: Settings, host: str, port: int, *, published: bool, tour: bool) -> None:
    """Serves `app.main:app` until it is told to stop; says on stderr where, and with `tour` what to try.

    Raises Misconfigured when the address is taken, or reaches further than the mode allows.
    """
    check_address(settings, host, published=published)
    check_free(port)
    server = uvicorn.Server(
        uvicorn.Config("app.main:app", host=host, port=port, log_level="warning", access_log=False)
    )
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve())
        while not (server.started or serving.done()):  # noqa: ASYNC110 - uvicorn tells in no other way
            await asyncio.sleep(0.05)
        if server.started:
            typer.echo(f"GraphiQL       {_shown(host, port)}/graphql", err=True)
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
    found = row.data() if row else {"kind": "openid", "scope": "*", "value": "…", "one_id": "…"}
    by = '{{kind: "{kind}", scope: "{scope}", value: "{value}"}}'.format(**found)
    return _TOUR.format(
        browser=os.environ.get("NEO4J_BROWSER", "of that server"),
        user=settings.neo4j_user,
        password=settings.password(),
        by=by,
        one_id=found["one_id"],
    )


def _shown(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{'localhost' if host in ('0.0.0.0', '127.0.0.1') else name}:{port}"  # noqa: S104
