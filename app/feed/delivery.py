"""A webhook is told its lines, one after the other; what was told is written down after each.

So nothing is lost when a process dies, and the line that it was at comes once more: at least once, in order.
What cannot be told is tried again, each time after a longer wait of which a random half is waited, and after
so many attempts it is a dead letter: kept, to be sent again by hand, and the lines after it go on.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.access.sealing import Keyring, Unreadable
from app.feed.sending import Receiver, Sending
from app.graph.queries import WriteQuery, read_query, write_query
from app.graph.sessions import Graph

WINDOW = 5_000
"""Numbers of the feed that are looked at at once."""
LINES = 50
LETTERS = 100

_LINES = read_query("feed/webhook_lines")
_TOLD = write_query("feed/webhook_told")
_FAILED = write_query("feed/webhook_failed")
_BURY = write_query("feed/webhook_bury")
_LETTERS = read_query("feed/dead_letters")
_SENT = write_query("feed/dead_letter_sent")

_PERSONAL = re.compile(r"\d{7,}|[^\s@]+@[^\s@]+")
_SILENT = frozenset({"ATTRIBUTE_CORRECTED"})
"""Lines whose values are a person's own."""


async def deliver(graph: Graph, keyring: Keyring, key: str, sending: Sending) -> Counter[str]:
    """Tells a webhook everything that it can be told now. Counts: delivered, failed, dead, replayed.

    graph: that of a lease's holder, so that two who deliver at once do not both write.
    """
    counts: Counter[str] = Counter()
    while True:
        row = await graph.reader().row(_LINES, key=key, window=WINDOW, limit=LINES)
        if row is None:
            return counts
        hook, lines = row["hook"], row["lines"]
        try:
            secret = keyring.unseal(hook["sealedSecret"])
        except Unreadable as error:  # another ONEID_SECRET_KEY: its lines wait until that is mended
            failed = {"attempts": hook["attempts"], "error": error.code}
            await _written(graph, _FAILED, key=key, milliseconds=round(sending.longest * 1000), **failed)
            return counts
        async with Receiver(hook["url"], secret, sending) as receiver:
            await _replay(graph, receiver, key, counts)
            attempts = hook["attempts"]
            for line in lines:
                if not await _tell(graph, receiver, key, line, attempts, sending, counts):
                    return counts
                attempts = 0
        if len(lines) < LINES:
            if row["until"] > hook["cursor"] and (not lines or lines[-1]["seq"] < row["until"]):
                await _moved(graph, key, row["until"], 0)
            if row["until"] >= row["complete"]:
                return counts


async def _tell(
    graph: Graph,
    receiver: Receiver,
    key: str,
    line: Mapping[str, Any],
    attempts: int,
    sending: Sending,
    counts: Counter[str],
) -> bool:
    """Tells one line; False when it has to wait for another try."""
    answered = await receiver.send(line["id"], body_of(key, line))
    number = line["seq"]
    if answered.error is None:
        counts["delivered"] += 1
        await _moved(graph, key, number, 1)
        return True
    counts["failed"] += 1
    failed = {"key": key, "attempts": attempts + 1, "error": answered.error}
    if attempts + 1 < sending.most:
        await _written(graph, _FAILED, milliseconds=waiting(attempts + 1, sending), **failed)
        return False
    counts["dead"] += 1
    await _written(graph, _BURY, letter=f"{key}|{number}", cursor=number, **failed)
    return True


async def _moved(graph: Graph, key: str, cursor: int, delivered: int) -> None:
    await _written(graph, _TOLD, key=key, cursor=cursor, delivered=delivered)


async def _replay(graph: Graph, receiver: Receiver, key: str, counts: Counter[str]) -> None:
    for row in await graph.reader().rows(_LETTERS, key=key, replay=True, limit=LETTERS):
        line = row["line"]
        error: str | None = "NO_LINE"  # it is kept for as long as the letter is; somebody deleted it
        if line is not None:
            error = (await receiver.send(line["id"], body_of(key, line))).error
        counts["replayed" if error is None else "failed"] += 1
        await _written(graph, _SENT, letter=row["letter"]["key"], error=error)


async def _written(graph: Graph, query: WriteQuery, **params: Any) -> None:
    await graph.unit(lambda writer: writer.rows(query, **params))


def waiting(attempts: int, sending: Sending) -> int:
    """Milliseconds until another try: twice as long each time, of which at least half is waited."""
    longest: float = min(sending.longest, sending.first * 2 ** (attempts - 1))
    return round(longest * 1000 * random.uniform(0.5, 1))  # noqa: S311 - it spreads tries, and hides nothing


def body_of(key: str, line: Mapping[str, Any]) -> bytes:
    """The line as JSON: keys and masked texts. Who decided it and why, in people's own words, stays here."""
    told = line["type"] not in _SILENT
    said: dict[str, Any] = {
        "id": line["id"],
        "number": line["seq"],
        "webhook": key,
        "type": line["type"],
        "at": line["at"],
        "cause": line["cause"],
        "oneId": line["oneId"],
        "otherOneIds": line["others"] or [],
        **{name: line[name] for name in ("brand", "tag", "segment", "stage", "journey")},
        "dependent": line["subject"],
        "from": _masked(line["from"]) if told else None,
        "to": _masked(line["to"]) if told else None,
        "gained": _identifiers(line["gained"]),
        "lost": _identifiers(line["lost"]),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _identifiers(found: list[list[str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "scope": scope, "display": name} for kind, scope, name in sorted(found)]


def _masked(text: str | None) -> str | None:
    """A value without what looks like a number of a person's, or an address."""
    return None if text is None else _PERSONAL.sub("***", text)
