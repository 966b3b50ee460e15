"""What becomes of a failed call of the database: tried again, told to the caller, or a defect of ours."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from neo4j.exceptions import (
    AuthError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
)

from app.errors import Misconfigured, OneIdError, TimedOut, Unavailable

T = TypeVar("T")

_PAUSE = (0.005, 0.050)  # seconds, evenly spread, so that two that met once do not meet again
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


async def retried(attempt: Callable[[], Awaitable[T]], patience: float, *, races: bool) -> T:
    """What `attempt` returns, tried again for `patience` seconds while what it meets may pass."""
    deadline = monotonic() + patience
    while True:
        try:
            return await attempt()
        except (Neo4jError, DriverError) as error:
            if not _passes(error, races):
                raise told(error) from error
            if monotonic() >= deadline:
                raise Unavailable(
                    f"the database could not finish this in {patience:g} s: {_reason(error)}",
                    suggestion="try again",
                ) from error
        await asyncio.sleep(random.uniform(*_PAUSE))  # noqa: S311 - a pause, not a secret


def _passes(error: Neo4jError | DriverError, races: bool) -> bool:
    """Whether the same work may succeed the next time; not after a commit that may have happened."""
    if isinstance(error, IncompleteCommit):
        return False
    return error.is_retryable() or (races and isinstance(error, ConstraintError))


def told(error: Neo4jError | DriverError) -> OneIdError | Neo4jError | DriverError:
    """The error for callers where it is theirs to handle, and itself where it is a defect of ours."""
    if isinstance(error, Neo4jError) and str(error.code).startswith(_TIMED_OUT):
        return TimedOut(
            "the statement ran longer than it may, and was ended", suggestion="ask for less at once"
        )
    if isinstance(error, ServiceUnavailable):
        return Unavailable(f"the database went away: {_reason(error)}", suggestion="try again")
    return error


def unreachable(uri: str, error: Exception) -> OneIdError:
    """What is told when the graph cannot be opened."""
    if isinstance(error, AuthError):
        return Misconfigured(
            f"the database at {uri} refuses this user and password",
            suggestion="NEO4J_USER and NEO4J_PASSWORD must be those of that server",
        )
    return Unavailable(
        f"no Neo4j answers at {uri}: {_reason(error)}",
        suggestion="`make run` starts one here; NEO4J_URI names another",
    )


def _reason(error: Exception) -> str:
    """The error in one line; a driver's text can quote several addresses on lines of their own."""
    code = getattr(error, "code", None)
    return str(code or str(error).partition("\n")[0])
