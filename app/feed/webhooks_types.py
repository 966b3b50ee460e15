"""What GraphQL says of webhooks."""

from datetime import datetime

import strawberry

from app.feed import webhooks
from app.identity.graphql import ChangeType, UserError


@strawberry.type(description="A line of the feed that a webhook could not be told.")
class DeadLetter:
    number: int = strawberry.field(description="The line's number.")
    body: str = strawberry.field(description="What the receiver would get, as JSON.")
    attempts: int = strawberry.field(description="How often it was tried.")
    error: str | None = strawberry.field(
        description="What came of the last attempt: STATUS_500, TIMEOUT, NOT_REACHED …, ADDRESS_REFUSED."
    )
    at: datetime = strawberry.field(description="When that was.")
    replay: bool = strawberry.field(description="Whether it is about to be sent again.")


@strawberry.type(description="An address that is told of lines of the change feed, and how that goes.")
class Webhook:
    id: strawberry.ID = strawberry.field(description="What it is called, in every delivery, too.")
    url: str = strawberry.field(description="Where it is told.")
    types: list[ChangeType] | None = strawberry.field(description="The types of lines; null: all.")
    brand: strawberry.ID | None = strawberry.field(description="Only what a caller of that brand would see.")
    tag: strawberry.ID | None = strawberry.field(description="Only lines about this tag.")
    segment: strawberry.ID | None = strawberry.field(description="Only lines about this segment.")
    stage: str | None = strawberry.field(description="Only lines about this stage.")
    journey: str | None = strawberry.field(description="Only lines about this journey.")
    active: bool = strawberry.field(description="Whether it is told; what comes meanwhile waits for it.")
    delivered_to: int = strawberry.field(description="The number of the feed up to which it has been told.")
    delivered: int = strawberry.field(description="How many lines it has been told.")
    behind: int = strawberry.field(description="How many numbers of the feed are still to be looked at.")
    attempts: int = strawberry.field(description="Attempts so far at the line that it is at.")
    failing_since: datetime | None = strawberry.field(description="Since when it takes nothing.")
    next_attempt: datetime | None = strawberry.field(description="Not tried again before.")
    error: str | None = strawberry.field(description="What came of the last attempt that failed.")
    dead_letters: int = strawberry.field(description="How many lines it could not be told; kept.")
    created_at: datetime = strawberry.field(description="When it was registered.")
    by: str = strawberry.field(description="Who registered it.")


@strawberry.type(description="What became of a webhook.")
class WebhookPayload:
    webhook: Webhook | None = strawberry.field(description="As it is now; null when it was refused or gone.")
    secret: str | None = strawberry.field(
        description="What deliveries are signed with, when it is new: it is shown this once."
    )
    user_errors: list[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")


@strawberry.type(description="What a receiver said to a delivery that is not of the feed.")
class WebhookTestPayload:
    delivered: bool = strawberry.field(description="Whether it answered with a 2xx.")
    status: int | None = strawberry.field(description="Its status, where it answered.")
    error: str | None = strawberry.field(description="What went wrong.")
    milliseconds: int | None = strawberry.field(description="How long it took.")
    user_errors: list[UserError] = strawberry.field(description="Why nothing was sent.")


@strawberry.type(description="How many dead letters are sent again.")
class WebhookReplayPayload:
    letters: int = strawberry.field(description="How many; they go out in the order of the feed.")
    user_errors: list[UserError] = strawberry.field(description="Why none are.")


def shown(hook: webhooks.Webhook) -> Webhook:
    """A webhook as GraphQL says it."""
    asked = hook.asked
    return Webhook(
        id=strawberry.ID(hook.key),
        url=asked.url,
        types=None if asked.types is None else [ChangeType(one) for one in asked.types],
        brand=_id(asked.brand),
        tag=_id(asked.tag),
        segment=_id(asked.segment),
        stage=asked.stage,
        journey=asked.journey,
        active=asked.active,
        delivered_to=hook.delivered_to,
        delivered=hook.delivered,
        behind=hook.behind,
        attempts=hook.attempts,
        failing_since=hook.failing_since,
        next_attempt=hook.next_attempt,
        error=hook.error,
        dead_letters=hook.dead_letters,
        created_at=hook.created_at,
        by=hook.by,
    )


def _id(key: str | None) -> strawberry.ID | None:
    return None if key is None else strawberry.ID(key)


def letter_shown(one: webhooks.DeadLetter) -> DeadLetter:
    """A dead letter as GraphQL says it."""
    return DeadLetter(
        number=one.number,
        body=one.body,
        attempts=one.attempts,
        error=one.error,
        at=one.at,
        replay=one.replay,
    )
