"""Webhooks in GraphQL: registered, changed, tried, and how they go."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.feed import webhooks
from app.feed.sending import Sending
from app.feed.webhooks import Asked
from app.feed.webhooks_types import (
    DeadLetter,
    Webhook,
    WebhookPayload,
    WebhookReplayPayload,
    WebhookTestPayload,
    letter_shown,
    shown,
)
from app.graph.planner_fields import answered
from app.identity.graphql import ChangeType, UserError
from app.settings import settings

_SCOPE = "admin"
_FEED = "Query.changes"
_FILTERS = ("types", "brand", "tag", "segment", "stage", "journey")
MOST_LETTERS = 1_000


def _error(error: BadInput) -> UserError:
    field = list(error.field)
    return UserError(field=field, code=error.code, message=error.message, suggestion=error.suggestion)


async def _or_errors(work: Awaitable[Any], refused: Callable[[list[UserError]], Any]) -> Any:
    try:
        return await work
    except BadInput as error:
        return refused([_error(error)])


def _refused(errors: list[UserError]) -> WebhookPayload:
    return WebhookPayload(webhook=None, secret=None, user_errors=errors)


def _filters(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: given[name] for name in ("url", "active", *_FILTERS) if name in given}
    if found.get("types") is not None:
        found["types"] = [getattr(one, "value", one) for one in found["types"]]
    return found


def _sending(context: Context) -> Sending:
    return Sending.of(context.graph.settings or settings())


async def _create(context: Context, **given: Any) -> WebhookPayload:
    graph, caller, asked = context.graph, context.caller, Asked(**_filters(given))
    sending = _sending(context)
    try:
        number = _number(context, given.get("after"))
        key, secret = await webhooks.create(
            graph, context.keyring, asked, caller.name, sending, caller.brands, number
        )
        hook = await webhooks.one(context.reader(), key, caller.brands)
    except BadInput as error:
        # All of it at once: an address is looked up again only where something is wrong.
        wrong = await webhooks.problems(asked, sending, caller.brands)
        first = [error] if all(error.code != one.code for one in wrong) else []
        return _refused([_error(one) for one in (*first, *wrong)])
    return WebhookPayload(webhook=shown(hook), secret=secret, user_errors=[])


def _number(context: Context, after: str | None) -> int | None:
    found: int | None = None if after is None else context.open_cursor(_FEED, after)[0]
    return found


async def _update(context: Context, **given: Any) -> WebhookPayload:
    async def update() -> WebhookPayload:
        key, brands = given["id"], context.caller.brands
        changed = {name: value for name, value in _filters(given).items() if _said(name, value)}
        renew = bool(given.get("renewSecret"))
        secret = await webhooks.update(
            context.graph, context.keyring, key, changed, _sending(context), brands, renew=renew
        )
        hook = await webhooks.one(context.reader(), key, brands)
        return WebhookPayload(webhook=shown(hook), secret=secret, user_errors=[])

    found: WebhookPayload = await _or_errors(update(), _refused)
    return found


def _said(name: str, value: Any) -> bool:
    """A filter may be taken away with null; an address and being active not."""
    return value is not None or name not in ("url", "active")


async def _delete(context: Context, **given: Any) -> WebhookPayload:
    async def delete() -> WebhookPayload:
        await webhooks.delete(context.graph, given["id"], context.caller.brands)
        return _refused([])

    found: WebhookPayload = await _or_errors(delete(), _refused)
    return found


async def _test(context: Context, **given: Any) -> WebhookTestPayload:
    async def test() -> WebhookTestPayload:
        answered = await webhooks.test(
            context.reader(), context.keyring, given["id"], _sending(context), context.caller.brands
        )
        return WebhookTestPayload(
            delivered=answered.error is None,
            status=answered.status,
            error=answered.error,
            milliseconds=answered.milliseconds,
            user_errors=[],
        )

    def refused(errors: list[UserError]) -> WebhookTestPayload:
        return WebhookTestPayload(
            delivered=False, status=None, error=None, milliseconds=None, user_errors=errors
        )

    found: WebhookTestPayload = await _or_errors(test(), refused)
    return found


async def _replay(context: Context, **given: Any) -> WebhookReplayPayload:
    async def replay() -> WebhookReplayPayload:
        numbers, brands = given.get("numbers"), context.caller.brands
        letters = await webhooks.replay(context.graph, given["id"], numbers, brands)
        return WebhookReplayPayload(letters=letters, user_errors=[])

    def refused(errors: list[UserError]) -> WebhookReplayPayload:
        return WebhookReplayPayload(letters=0, user_errors=errors)

    found: WebhookReplayPayload = await _or_errors(replay(), refused)
    return found


async def _webhooks(context: Context) -> list[Webhook]:
    return [shown(hook) for hook in await webhooks.webhooks(context.reader(), context.caller.brands)]


async def _letters(context: Context, **given: Any) -> list[DeadLetter]:
    limit = min(max(given.get("first") or 100, 1), MOST_LETTERS)
    found = await webhooks.dead_letters(context.reader(), given["webhook"], context.caller.brands, limit)
    return [letter_shown(one) for one in found]


def _creating(
    url: str,
    types: list[ChangeType] | None = strawberry.UNSET,
    brand: strawberry.ID | None = strawberry.UNSET,
    tag: strawberry.ID | None = strawberry.UNSET,
    segment: strawberry.ID | None = strawberry.UNSET,
    stage: str | None = strawberry.UNSET,
    journey: str | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
) -> Any: ...


def _updating(
    id: strawberry.ID,
    url: str | None = strawberry.UNSET,
    types: list[ChangeType] | None = strawberry.UNSET,
    brand: strawberry.ID | None = strawberry.UNSET,
    tag: strawberry.ID | None = strawberry.UNSET,
    segment: strawberry.ID | None = strawberry.UNSET,
    stage: str | None = strawberry.UNSET,
    journey: str | None = strawberry.UNSET,
    active: bool | None = strawberry.UNSET,
    renew_secret: bool | None = False,
) -> Any: ...


def _naming(id: strawberry.ID) -> Any: ...


def _replaying(id: strawberry.ID, numbers: list[int] | None = strawberry.UNSET) -> Any: ...


def _of_webhook(webhook: strawberry.ID, first: int | None = 100) -> Any: ...


def _of_nothing() -> Any: ...


@strawberry.type
class WebhookQueries:
    webhooks: list[Webhook] = answered(
        _webhooks,
        "The webhooks that the caller may see, the oldest first.",
        of=list[Webhook],
        arguments=_of_nothing,
        scope=_SCOPE,
    )
    dead_letters: list[DeadLetter] = answered(
        _letters,
        "What a webhook could not be told, in the order of the feed; at most a thousand.",
        of=list[DeadLetter],
        arguments=_of_webhook,
        scope=_SCOPE,
    )


@strawberry.type
class WebhookMutations:
    webhook_create: WebhookPayload = answered(
        _create,
        "Registers an address that is told of lines of the feed, from now on or after a cursor of `changes`. "
        "The secret that signs deliveries is shown this once.",
        of=WebhookPayload,
        arguments=_creating,
        scope=_SCOPE,
    )
    webhook_update: WebhookPayload = answered(
        _update,
        "Changes a webhook: what is left out stays, a filter with null goes. With `renewSecret` what goes "
        "out from now on is signed with a new secret.",
        of=WebhookPayload,
        arguments=_updating,
        scope=_SCOPE,
    )
    webhook_delete: WebhookPayload = answered(
        _delete,
        "Forgets a webhook and its dead letters.",
        of=WebhookPayload,
        arguments=_naming,
        scope=_SCOPE,
    )
    webhook_test: WebhookTestPayload = answered(
        _test,
        "Sends a signed delivery of the type TEST, which is no line of the feed, and waits for its answer.",
        of=WebhookTestPayload,
        arguments=_naming,
        scope=_SCOPE,
    )
    webhook_replay: WebhookReplayPayload = answered(
        _replay,
        "Has dead letters sent again: all, or those of some numbers.",
        of=WebhookReplayPayload,
        arguments=_replaying,
        scope=_SCOPE,
    )
