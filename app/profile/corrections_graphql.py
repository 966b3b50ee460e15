"""Corrections of attributes as mutations. A refusal is a `userErrors` entry and stores nothing."""

from collections.abc import Mapping
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import answered
from app.graph.planner_scalars import Value
from app.identity.graphql import PersonBy
from app.identity.operations import Refused
from app.identity.steering.graphql import IdentityPayload, payload
from app.identity.steering.service import Answer
from app.profile import corrections

_SCOPE = "identity:write"
_ALL_BRANDS = Refused("FORBIDDEN", "a correction counts for all brands together")


def _correct(person: PersonBy, name: str, value: Value, reason: str) -> Any: ...


def _restore(person: PersonBy, name: str, reason: str) -> Any: ...


async def _run_correct(
    context: Context, person: Mapping[str, Any], name: str, value: Any, reason: str
) -> IdentityPayload:
    if context.caller.brands is not None:
        return payload(Answer(problems=[_ALL_BRANDS]))
    by = context.caller.name
    return payload(await corrections.correct(context.identity, person, name, value, by, reason))


async def _run_restore(
    context: Context, person: Mapping[str, Any], name: str, reason: str
) -> IdentityPayload:
    if context.caller.brands is not None:
        return payload(Answer(problems=[_ALL_BRANDS]))
    by = context.caller.name
    return payload(await corrections.restore(context.identity, person, name, by, reason))


@strawberry.type
class AttributeMutations:
    attribute_correct: IdentityPayload = answered(
        _run_correct,
        "Says what an attribute of a person is, whatever accounts say: until `attributeRestore`, or a newer "
        "correction.",
        of=IdentityPayload,
        arguments=_correct,
        scope=_SCOPE,
    )
    attribute_restore: IdentityPayload = answered(
        _run_restore,
        "Takes the corrections of an attribute back: what accounts say counts again.",
        of=IdentityPayload,
        arguments=_restore,
        scope=_SCOPE,
    )
