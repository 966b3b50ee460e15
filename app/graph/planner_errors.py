"""Errors as callers see them: a message, where, and a code to compare; of an unexpected one a correlation id
alone.
"""

import json
from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from pydantic_core import PydanticSerializationError, to_json

from app.errors import BadInput, OneIdError

_UNPARSED = "GRAPHQL_PARSE_FAILED"
_OURS = "something went wrong on our side; quote the correlation id"
_HALF = "half of a surrogate pair is no character: cut texts between characters"
_SYNTAX = {
    "Document contains more than": "TOO_MANY_TOKENS",
    "Source contains more than": "DOCUMENT_TOO_LONG",
    "nested too deeply": "TOO_DEEP",
}
"""What the parser says of a document over its limits, and the code of that."""

log = structlog.get_logger(__name__)


def formatted(error: GraphQLError, code: str = "BAD_USER_INPUT") -> dict[str, Any]:
    """The error in the shape of a GraphQL response; `code` is that of one that GraphQL itself raised."""
    cause = _cause(error)
    shown: dict[str, Any] = {"message": error.message}
    if isinstance(cause, OneIdError):
        shown["message"] = cause.message
    elif cause is not None:
        shown["message"] = _OURS
    if error.locations:
        shown["locations"] = [location.formatted for location in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown | {"extensions": _extensions(error, cause, code)}


def unexpected(error: Exception) -> dict[str, Any]:
    """What is said of something that went wrong beside any field."""
    return {"message": _OURS, "extensions": {"code": "INTERNAL", "correlationId": _logged(error)}}


def written(answer: Any) -> bytes:
    """An answer as JSON; half of a surrogate pair that it quotes from the request is escaped as it came."""
    try:
        return to_json(answer)
    except PydanticSerializationError:
        return json.dumps(answer).encode()


def _extensions(error: GraphQLError, cause: Exception | None, code: str) -> dict[str, Any]:
    if isinstance(cause, OneIdError):
        told = {"code": cause.code, "field": list(cause.field), "suggestion": cause.suggestion}
        return {key: value for key, value in told.items() if value}
    if cause is not None:
        return {"code": "INTERNAL", "correlationId": _logged(cause)}
    if isinstance(error, GraphQLSyntaxError):
        return {"code": next((told for part, told in _SYNTAX.items() if part in error.message), _UNPARSED)}
    return {"code": code}


def _cause(error: GraphQLError) -> Exception | None:
    """What was raised underneath while a field was answered; None when it is the request that is wrong."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, UnicodeEncodeError):
        # Nothing that is stored has half of a surrogate pair; the caller's text has, a name cut in an emoji.
        return BadInput("a text is needed that can be written as UTF-8", suggestion=_HALF)
    return cause if error.path or isinstance(cause, OneIdError) else None


def _logged(cause: Exception) -> str:
    """Logs where it happened, not with what values: those may be personal. Returns the correlation id."""
    correlation_id = uuid4().hex
    frames, trace = [], cause.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("unexpected", correlation_id=correlation_id, type=type(cause).__name__, frames=frames[-8:])
    return correlation_id
