"""GraphQL over HTTP as a bare ASGI endpoint: the usual router spends more time on a look-up than the look-up
does.
"""

from typing import Any
from urllib.parse import urlsplit

from pydantic_core import to_json
from starlette.types import Receive, Scope, Send
from strawberry.http.ides import get_graphql_ide_html

from app.errors import BadInput
from app.graph.planner_caching import NO_STORE, Headers, kept
from app.graph.planner_errors import written
from app.graph.planner_events import KIND, stream
from app.graph.planner_fields import Asking
from app.graph.planner_limits import MAX_BODY
from app.graph.planner_listening import listen
from app.graph.planner_live import Live, Vouch
from app.graph.planner_requests import Requests, refused
from app.graph.planner_sent import Refusal, Sent, body_of, sent_in_body, sent_in_url, too_large

_JSON = b"application/json"
_GRAPHQL = b"application/graphql-response+json"
_HTML = b"text/html"
_LOADING = (
    "GraphiQL has its scripts from the internet. Where this line stays, the browser does not reach it: "
    "POST your queries to this address, as docs/graphql.md shows."
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class GraphQLEndpoint:
    """POST answers a request, GET a persisted query; otherwise GET shows GraphiQL.

    loopback: names of this machine alone are served. max_age: seconds that a browser may keep what it got.
    live: what answers whoever accepts server-sent events.
    """

    def __init__(
        self,
        requests: Requests,
        vouch: Vouch,
        *,
        loopback: bool,
        max_age: int = 0,
        live: Live | None = None,
    ) -> None:
        self._requests = requests
        self._live = live
        self._vouch = vouch
        self._loopback = loopback
        self._max_age = max_age

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        listen(receive)
        headers: dict[bytes, bytes] = dict(scope["headers"])
        kind = _GRAPHQL if _GRAPHQL in headers.get(b"accept", b"") else _JSON
        try:
            self._check_host(headers)
            if scope["method"] == "GET":
                return await self._get(scope["query_string"], headers, kind, send)
            if scope["method"] != "POST":
                raise Refusal(
                    405, "METHOD_NOT_ALLOWED", "POST a request, or GET the page", allow=b"GET, POST"
                )
            sent, asking = await self._sent(headers, receive)
            if self._live is not None and KIND in headers.get(b"accept", b""):
                return await stream(self._live, sent, send)
            answer = await self._answer(sent, asking)
        except Refusal as refusal:
            body = to_json({"errors": [{"message": str(refusal), "extensions": {"code": refusal.code}}]})
            more = [(b"allow", refusal.allow)] if refusal.allow else []
            return await _respond(send, refusal.status, kind, body, [NO_STORE, *more])
        return await _respond(send, _status(kind, answer), kind, written(answer))

    async def _sent(self, headers: dict[bytes, bytes], receive: Receive) -> tuple[Sent, Asking]:
        asking = self._asking()
        if not headers.get(b"content-type", b"").startswith(_JSON):
            raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json")
        if int(headers.get(b"content-length", b"0")) > MAX_BODY:
            raise too_large()
        return sent_in_body(await body_of(receive)), asking

    async def _get(self, parameters: bytes, headers: dict[bytes, bytes], kind: bytes, send: Send) -> None:
        sent = sent_in_url(parameters)
        if sent is None or sent.query is not None:
            return await self._page(sent, headers, send)
        asking = self._asking()
        if not self._requests.reads(sent.document_id):
            raise Refusal(405, "METHOD_NOT_ALLOWED", "a mutation is sent by POST", allow=b"POST")
        answer = await self._answer(sent, asking)
        body = written(answer)
        asked = headers.get(b"if-none-match", b"")
        unchanged, more = kept(answer, kind, body, asked, self._max_age)
        if unchanged:
            await send({"type": "http.response.start", "status": 304, "headers": more})
            return await send({"type": "http.response.body", "body": b""})
        return await _respond(send, _status(kind, answer), kind, body, more)

    async def _page(self, sent: Sent | None, headers: dict[bytes, bytes], send: Send) -> None:
        """GraphiQL, unless it could ask nothing here, or a program meant its GET as a request."""
        meant = sent is not None and _HTML not in headers.get(b"accept", b"")
        if meant or self._requests.only_persisted:
            raise Refusal(
                400, "PERSISTED_QUERY_REQUIRED", "GET answers persisted queries alone, by `documentId`"
            )
        page = get_graphql_ide_html(graphql_ide="graphiql").replace("Loading...", _LOADING)
        return await _respond(send, 200, b"text/html; charset=utf-8", page.encode())

    async def _answer(self, sent: Sent, asking: Asking) -> dict[str, Any]:
        query = sent.query
        if query is None:
            try:
                query = self._requests.text(sent.document_id)
            except BadInput as error:
                return refused(error)
        return await self._requests.answer(query, sent.variables, sent.operation_name, asking)

    def _asking(self) -> Asking:
        asking = self._vouch()
        if asking is None:
            raise Refusal(401, "UNAUTHENTICATED", "this service answers callers that it knows")
        return asking

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        if self._loopback and not asks_this_machine(headers):
            raise Refusal(403, "FORBIDDEN_HOST", "development mode answers localhost alone")


def asks_this_machine(headers: dict[bytes, bytes]) -> bool:
    """A page on the internet must not reach a service without authentication by renaming this machine."""
    return _is_loopback(headers.get(b"host", b""))


def from_this_machine(headers: dict[bytes, bytes]) -> bool:
    """The same for a WebSocket, which a browser opens for any page: it says which in `Origin`."""
    origin = headers.get(b"origin")
    try:
        page = b"localhost" if origin is None else urlsplit(origin).netloc
    except ValueError:
        return False
    return asks_this_machine(headers) and _is_loopback(page)


def _is_loopback(named: bytes) -> bool:
    host = named.decode("latin-1")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in _LOOPBACK


def _status(kind: bytes, answer: dict[str, Any]) -> int:
    return 400 if kind is _GRAPHQL and "data" not in answer else 200


async def _respond(send: Send, status: int, kind: bytes, body: bytes, more: Headers | None = None) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *(more or ())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
