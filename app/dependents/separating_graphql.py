"""Taking dependents apart and putting them together again, as mutations."""

from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from app.context import Context
from app.dependents import separating
from app.graph.planner_fields import answered
from app.identity.operations import Refused
from app.identity.service import Identity
from app.identity.steering.graphql import IdentityPayload, payload
from app.identity.steering.service import Answer

_SCOPE = "identity:write"
Work = Callable[[Identity, str, str, str, str], Awaitable[Answer]]


def _two(a: strawberry.ID, b: strawberry.ID, reason: str) -> Any: ...


def _mutation(work: Work, description: str) -> Any:
    async def run(context: Context, a: str, b: str, reason: str) -> IdentityPayload:
        if context.caller.brands is not None:
            no = Refused("FORBIDDEN", "what is one dependent is decided for all brands together")
            return payload(Answer(problems=[no]))
        return payload(await work(context.identity, _key(a), _key(b), context.caller.name, reason))

    return answered(run, description, of=IdentityPayload, arguments=_two, scope=_SCOPE)


def _key(given: str) -> str:
    """The key of a dependent, also of its global id."""
    try:
        typename, _, key = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return given
    return key if typename == "Dependent" else given


@strawberry.type
class DependentMutations:
    dependent_separate: IdentityPayload = _mutation(
        separating.separate,
        "Says that two dependents, by key or id, are never the same one, whatever is said of them.",
    )
    dependent_join: IdentityPayload = _mutation(
        separating.join, "Takes a `dependentSeparate` back: what is said of the two decides again."
    )
