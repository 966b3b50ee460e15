"""The ASGI application: GraphQL on /graphql, health and metrics beside it."""

import gc
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import DEVELOPER, Context
from app.dependents import kinds
from app.feed.arrivals import Arrivals
from app.graph.persisted import by_text, files_in, load
from app.graph.planner_http import GraphQLEndpoint, from_this_machine
from app.graph.planner_live import Live
from app.graph.planner_requests import Requests
from app.graph.planner_socket import GraphQLSocket
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs import schedule
from app.lifecycle import declared as stages
from app.lifecycle import journeys
from app.lifecycle import refresh as standing
from app.profile import attribute_rules
from app.segments import export_http
from app.settings import Settings, settings

log = structlog.get_logger(__name__)


class Service:
    """What the process holds while it serves; there is a graph between `open` and the end of the lifespan."""

    graph: Graph
    identity: Identity

    def __init__(self, own: Settings) -> None:
        self.settings = own
        # What is wrong with any of these files stops the start.
        attribute_rules.declared()
        kinds.declared()
        stages.declared()
        journeys.journeys()
        persisted = by_text(load(GRAPHQL, files_in(own.persisted)))
        self.requests = Requests(GRAPHQL, persisted, only_persisted=own.persisted_only)
        self.arrivals = Arrivals(lambda: self.graph.reader())
        self.live = Live(self.requests, self.context, self.arrivals.beyond)

    @property
    def development(self) -> bool:
        return self.settings.mode == "development"

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Opens the graph and runs the jobs; ends both when the process does."""
        async with await Graph.open(self.settings) as self.graph:
            keyring = Keyring(self.settings.secret())
            self.identity = await Identity.open(self.graph, keyring, self.settings.policy)
            await standing.define(self.identity)  # so that rules may name stages that nobody is in yet
            if self.development:
                log.warning(
                    "DEVELOPMENT MODE: no authentication, every request may do everything; loopback only"
                )
            jobs = await schedule.start(self.identity, ZoneInfo(self.settings.time_zone))
            try:
                yield
            finally:
                await self.arrivals.close()
                await jobs.stop()

    def context(self) -> Context | None:
        """What a new request carries; None for a caller that nobody vouches for."""
        if not self.development:
            return None
        own = self.identity
        return Context(DEVELOPER, self.graph, own.keyring, own.state.policy, identity=own)

    def metrics(self) -> Iterator[str]:
        """Counters in Prometheus' text format."""
        yield f"oneid_graph_calls_total {self.graph.calls}"
        yield f"oneid_persisted_documents {len(self.requests.persisted)}"
        yield f"oneid_subscriptions {self.live.active}"
        for name in ("documents", "operations", "plans", "persisted_plans"):
            kept = getattr(self.requests, name)
            yield f"oneid_{name}_kept {len(kept)}"
            yield f"oneid_{name}_weight {kept.weight}"
            yield f"oneid_{name}_hits_total {kept.hits}"
            yield f"oneid_{name}_misses_total {kept.misses}"


def log_to_stderr() -> None:
    """Structured logs: a line of JSON each, or for people where stderr is a terminal."""
    shown = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


class Application(FastAPI):
    """FastAPI with one endpoint before its middleware, which costs a look-up a tenth of its time."""

    graphql: GraphQLEndpoint
    socket: GraphQLSocket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self.graphql(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"] == "/graphql":
            await self.socket(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def application(own: Settings) -> FastAPI:
    """The application for these settings."""
    log_to_stderr()
    service = Service(own)
    made = Application(
        title="OneID", lifespan=service.lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    made.graphql = GraphQLEndpoint(
        service.requests,
        service.context,
        loopback=service.development,
        max_age=own.persisted_max_age,
        live=service.live,
    )
    made.socket = GraphQLSocket(
        service.live, lambda headers: not service.development or from_this_machine(headers)
    )

    @made.get("/health/live")
    async def live() -> JSONResponse:
        """The process runs."""
        return JSONResponse({"status": "live"})

    @made.get("/health/ready")
    async def ready() -> JSONResponse:
        """The database answers."""
        try:
            await service.graph.driver.verify_connectivity()
        except Exception:  # whatever it is, requests would meet it too
            return JSONResponse({"status": "unavailable"}, status_code=503)
        return JSONResponse({"status": "ready"})

    @made.get("/exports/{key}")
    async def export(key: str, request: Request) -> Response:
        """A file of people that was asked for."""
        if service.development and not from_this_machine(dict(request.headers.raw)):
            return JSONResponse({"code": "FORBIDDEN"}, status_code=403)
        return await export_http.download(service.context(), key)

    @made.get("/metrics")
    async def metrics() -> PlainTextResponse:
        """What has been counted since the process started."""
        return PlainTextResponse("\n".join(service.metrics()) + "\n", media_type="text/plain; version=0.0.4")

    return made


def spare_the_collector() -> None:
    """What is loaded by now stays: the collector need not walk it again in the middle of requests.

    Without this one request in a hundred takes three times as long.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def __getattr__(name: str) -> FastAPI:
    """`app`, for the server: made when it is asked for, so that importing this module reads no settings."""
    if name == "app":
        made = application(settings())
        spare_the_collector()
        return made
    raise AttributeError(name)
