"""What match rules propose, page by page, and what people say to it: each answer an operation of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import answered, stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Identifier, IdentifierInput, UserError
from app.identity.match.proposals import Answer, Answered, No, answer_some
from app.identity.operations import Refused
from app.identity.steering.refusals import advice

MOST = 200
"""Proposals that one request answers: each is a unit of work."""


@strawberry.type(description="Two accounts that a match rule takes for one person's; it influences nothing.")
class Proposal:
    a: Identifier = stored("One account.")
    b: Identifier = stored("The other account.")
    rule: str = stored("The policy's match rule that found it.")
    confidence: float = stored("How sure the rule is, 0 to 1.")


@strawberry.input(description="A proposal, by its two accounts.")
class ProposalInput:
    a: IdentifierInput = strawberry.field(description="One account.")
    b: IdentifierInput = strawberry.field(description="The other account.")


@strawberry.type(description="What became of the proposals that were answered.")
class ProposalsPayload:
    operations: list[strawberry.ID] = strawberry.field(
        description="The operations that answered them, for `undo`."
    )
    user_errors: list[UserError] = strawberry.field(
        description="Those that could not be answered so, each at its place; they are left as they were."
    )


def _proposals(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    rule: str | None = strawberry.UNSET,
    min_confidence: float | None = strawberry.UNSET,
) -> Any: ...


def _answer(proposals: list[ProposalInput], reason: str) -> Any: ...


@strawberry.type
class MatchQueries:
    proposals: Any = stored(
        "What match rules propose, the surest first: of one rule, or of all; none for callers of some brands "
        "alone.",
        of=Connection[Proposal],
        arguments=_proposals,
        scope="profile:read",
    )


def _mutation(answer: Answer, description: str) -> Any:
    async def run(context: Context, proposals: Sequence[Mapping[str, Any]], reason: str) -> ProposalsPayload:
        problem = _problem(context, proposals, reason)
        if problem:
            return ProposalsPayload(operations=[], user_errors=[problem])
        pairs = [(_named(one["a"]), _named(one["b"])) for one in proposals]
        done = await answer_some(context.identity, answer, pairs, context.caller.name, reason.strip())
        return _payload(done)

    return answered(run, description, of=ProposalsPayload, arguments=_answer, scope="identity:write")


def _problem(context: Context, proposals: Sequence[Any], reason: str) -> UserError | None:
    """What is wrong with the request as a whole."""
    if context.caller.brands is not None:
        return _error(Refused("FORBIDDEN", "identity is decided for all brands together"))
    if not reason.strip():
        return _error(Refused("REASON_REQUIRED", "a reason is needed", ("reason",)))
    if len(proposals) > MOST:
        message = f"{len(proposals)} proposals, at most {MOST} are answered at once"
        return _error(Refused("TOO_MANY_PROPOSALS", message, ("proposals",)))
    return None


def _named(one: Mapping[str, Any]) -> dict[str, str]:
    return {"kind": one["kind"], "scope": one.get("scope") or "*", "value": one["value"]}


def _payload(done: Answered) -> ProposalsPayload:
    refused = sorted((*done.gone, *done.refused), key=lambda no: no.place)
    return ProposalsPayload(
        operations=[strawberry.ID(operation) for operation in done.operations],
        user_errors=[_at_its_place(no) for no in refused],
    )


def _at_its_place(no: No) -> UserError:
    path = ("proposals", str(no.place), *no.refused.field)
    return _error(Refused(no.refused.code, no.refused.message, path))


def _error(no: Refused) -> UserError:
    return UserError(field=list(no.field), code=no.code, message=no.message, suggestion=advice(no))


@strawberry.type
class MatchMutations:
    approve_proposals: ProposalsPayload = _mutation(
        "approve", "Links what is proposed, if the two people can be one; each on its own."
    )
    reject_proposals: ProposalsPayload = _mutation(
        "reject", "Says of what is proposed that the two are never of one person; each on its own."
    )
