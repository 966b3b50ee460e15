"""Webhooks: who is told of which lines of the feed, registered in the graph."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import uuid_utils

from app.access.sealing import Keyring
from app.errors import BadInput
from app.feed.addresses import resolved
from app.feed.delivery import body_of
from app.feed.sending import Answered, Receiver, Sending
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Reader

_CREATE = write_query("feed/webhook_create")
_UPDATE = write_query("feed/webhook_update")
_DELETE = write_query("feed/webhook_delete")
_WEBHOOKS = read_query("feed/webhooks")
_LETTERS = read_query("feed/dead_letters")
_REPLAY = write_query("feed/dead_letters_replay")

Brands = frozenset[str] | None
"""The brands of who asks; None: all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a webhook is to be told, and where; None: any. No type at all is refused."""

    url: str
    types: Sequence[str] | None = None
    brand: str | None = None
    tag: str | None = None
    segment: str | None = None
    stage: str | None = None
    journey: str | None = None
    active: bool = True

    def row(self) -> dict[str, Any]:
        """As statements take it. It is called by its host."""
        types = None if self.types is None else sorted(set(self.types))
        told = {name: getattr(self, name) for name in ("url", "brand", "tag", "segment", "stage", "journey")}
        return told | {"types": types, "name": urlsplit(self.url).hostname}


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook and how it goes. delivered_to: the number up to which it was told; behind: how many numbers
    follow. attempts: those at the line that it is at.
    """

    key: str
    asked: Asked
    brands: tuple[str, ...] | None
    delivered_to: int
    delivered: int
    behind: int
    attempts: int
    failing_since: datetime | None
    next_attempt: datetime | None
    error: str | None
    dead_letters: int
    created_at: datetime
    by: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A line that a webhook could not be told. replay: whether it is about to be sent again."""

    number: int
    body: str
    attempts: int
    error: str | None
    at: datetime
    replay: bool


async def create(
    graph: Graph, keyring: Keyring, asked: Asked, by: str, sending: Sending, brands: Brands, after: int | None
) -> tuple[str, str]:
    """Registers a webhook, to be told of what comes after a number, or from now on: its key and its secret.

    Raises BadInput. The secret is not shown again.
    """
    await _check(asked, sending, brands)
    key, secret = str(uuid_utils.uuid7()), _secret()
    row = asked.row() | {
        "key": key,
        "brands": None if brands is None else sorted(brands),
        "secret": keyring.seal(secret),
        "by": by,
        "cursor": after,
    }
    await graph.unit(lambda writer: writer.rows(_CREATE, rows=row))
    return key, secret


async def update(
    graph: Graph,
    keyring: Keyring,
    key: str,
    changed: Mapping[str, Any],
    sending: Sending,
    brands: Brands,
    *,
    renew: bool = False,
) -> str | None:
    """Changes what a webhook is told, by the names of Asked; with `renew`, signs with a new secret from now
    on, and returns that.

    Raises BadInput.
    """
    known = await one(graph.reader(), key, brands)
    asked = replace(known.asked, **changed)
    await _check(asked, sending, brands, lookup=asked.url != known.asked.url)
    secret = _secret() if renew else None
    sealed = keyring.seal(secret) if secret else None
    row = asked.row() | {"key": key, "active": asked.active, "secret": sealed}
    await graph.unit(lambda writer: writer.rows(_UPDATE, rows=row))
    return secret


async def delete(graph: Graph, key: str, brands: Brands) -> None:
    """Forgets a webhook and its dead letters. Raises BadInput."""
    await one(graph.reader(), key, brands)
    await graph.unit(lambda writer: writer.rows(_DELETE, key=key, lease=lease_name(key)))


async def webhooks(reader: Reader, brands: Brands) -> list[Webhook]:
    """Those that the caller may see, the oldest first."""
    return await _found(reader, None, brands)


async def one(reader: Reader, key: str, brands: Brands) -> Webhook:
    """The webhook of that key. Raises BadInput (UNKNOWN_WEBHOOK)."""
    for found in await _found(reader, key, brands):
        return found
    raise BadInput(
        f"no webhook is called {key}",
        code="UNKNOWN_WEBHOOK",
        field=("id",),
        suggestion="oneid webhook list  shows them",
    )


async def dead_letters(reader: Reader, key: str, brands: Brands, limit: int) -> list[DeadLetter]:
    """What a webhook could not be told, in the order of the feed. Raises BadInput."""
    await one(reader, key, brands)
    rows = await reader.rows(_LETTERS, key=key, replay=False, limit=limit)
    return [_letter(key, row["letter"], row["line"]) for row in rows]


async def replay(graph: Graph, key: str, numbers: Sequence[int] | None, brands: Brands) -> int:
    """Has dead letters sent again, all or those of some numbers: returns how many. Raises BadInput."""
    await one(graph.reader(), key, brands)
    given = None if numbers is None else list(numbers)
    rows = await graph.unit(lambda writer: writer.rows(_REPLAY, key=key, numbers=given))
    return int(rows[0]["letters"])


async def test(reader: Reader, keyring: Keyring, key: str, sending: Sending, brands: Brands) -> Answered:
    """Sends a delivery that is no line of the feed, once. Raises BadInput."""
    hook = await one(reader, key, brands)
    name = str(uuid_utils.uuid7())
    said = {"id": name, "webhook": key, "type": "TEST", "at": datetime.now(UTC).isoformat()}
    async with Receiver(hook.asked.url, keyring.unseal(hook.sealed), sending) as receiver:
        return await receiver.send(name, json.dumps(said).encode())


def lease_name(key: str) -> str:
    """The lease that whoever delivers to a webhook holds."""
    return f"webhook {key}"


def _secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


async def problems(asked: Asked, sending: Sending, brands: Brands, *, lookup: bool = True) -> list[BadInput]:
    """Everything that is wrong with what is asked for; with `lookup`, its address is looked up."""
    wrong = []
    if asked.types is not None and not asked.types:
        none = "no type of line is none at all"
        wrong.append(BadInput(none, code="EMPTY_TYPES", field=("types",), suggestion="leave it out"))
    if brands is not None and asked.brand is not None and asked.brand not in brands:
        wrong.append(BadInput("this brand is not yours to see", code="FORBIDDEN_BRAND", field=("brand",)))
    if lookup:
        try:
            await resolved(asked.url, loopback=sending.loopback)
        except BadInput as error:
            wrong.append(error)
    return wrong


async def _check(asked: Asked, sending: Sending, brands: Brands, *, lookup: bool = True) -> None:
    if wrong := await problems(asked, sending, brands, lookup=lookup):
        raise wrong[0]


async def _found(reader: Reader, key: str | None, brands: Brands) -> list[Webhook]:
    allowed = None if brands is None else sorted(brands)
    return [_webhook(row.data()) for row in await reader.rows(_WEBHOOKS, key=key, brands=allowed)]


def _webhook(row: Mapping[str, Any]) -> Webhook:
    hook = row["hook"]
    filters = {name: hook.get(name) for name in ("types", "brand", "tag", "segment", "stage", "journey")}
    return Webhook(
        key=hook["key"],
        asked=Asked(url=hook["url"], active=hook["active"], **filters),
        brands=None if hook.get("brands") is None else tuple(hook["brands"]),
        delivered_to=hook["cursor"],
        delivered=hook["delivered"],
        behind=row["behind"],
        attempts=hook["attempts"],
        failing_since=_time(hook.get("failingSince")),
        next_attempt=_time(hook.get("nextAt")),
        error=hook.get("error"),
        dead_letters=row["dead"],
        created_at=hook["createdAt"].to_native(),
        by=hook["by"],
        sealed=hook["sealedSecret"],
    )


def _letter(key: str, found: Mapping[str, Any], line: Mapping[str, Any] | None) -> DeadLetter:
    return DeadLetter(
        found["number"],
        "null" if line is None else body_of(key, line).decode(),
        found["attempts"],
        found.get("error"),
        datetime.fromisoformat(found["at"].replace("Z", "+00:00")),
        found["replay"],
    )


def _time(moment: Any) -> datetime | None:
    return None if moment is None else moment.to_native()
