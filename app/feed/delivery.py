"""A webhook is told its lines, one after the other; what was told is written down five times a second.

So nothing is lost when a process dies, and what it told since then comes once more: at least once, in order.
What cannot be told is tried again, each time after a longer wait of which a random half is waited, and after
so many attempts it is a dead letter: kept, to be sent again by hand, and the lines after it go on.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from app.access.sealing import Keyring, Unreadable
from app.feed.sending import Receiver, Sending
from app.graph.queries import WriteQuery, read_query, write_query
from app.graph.sessions import Graph

WINDOW = 5_000
"""Numbers of the feed that are looked at at once."""
LINES = 50
LETTERS = 100
NOTED = 0.2
"""Seconds until it is written down what was told: a transaction for each line would take longer than telling
it.
"""

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
            telling = _Telling(graph, key, receiver, sending, counts, hook["attempts"])
            await telling.replay()
            if not await telling.page(lines):
                return counts
        if len(lines) < LINES:
            if row["until"] > hook["cursor"] and (not lines or lines[-1]["seq"] < row["until"]):
                await _written(graph, _TOLD, key=key, cursor=row["until"], delivered=0)
            if row["until"] >= row["complete"]:
                return counts


@dataclass(slots=True)
class _Telling:
    """A page of lines being told. attempts: those so far at its first line. told: how many lines, up to
    `cursor`, are not written down yet.
    """

    graph: Graph
    key: str
    receiver: Receiver
    sending: Sending
    counts: Counter[str]
    attempts: int
    cursor: int = 0
    told: int = 0
    written: float = field(default_factory=monotonic)

    async def page(self, lines: Sequence[Mapping[str, Any]]) -> bool:
        """Tells the lines; False when the rest has to wait for another try."""
        try:
            for line in lines:
                answered = await self.receiver.send(line["id"], body_of(self.key, line))
                if answered.error is None:
                    await self._note(line["seq"])
                elif not await self._failed(line["seq"], answered.error):
                    return False
                self.attempts = 0
        finally:
            await self._write_down()
        return True

    async def replay(self) -> None:
        """Sends the dead letters that somebody wants sent again, each once."""
        for row in await self.graph.reader().rows(_LETTERS, key=self.key, replay=True, limit=LETTERS):
            line = row["line"]
            error: str | None = "NO_LINE"  # it is kept for as long as the letter is; somebody deleted it
            if line is not None:
                error = (await self.receiver.send(line["id"], body_of(self.key, line))).error
            self.counts["replayed" if error is None else "failed"] += 1
            await _written(self.graph, _SENT, letter=row["letter"]["key"], error=error)

    async def _note(self, number: int) -> None:
        self.counts["delivered"] += 1
        self.cursor, self.told = number, self.told + 1
        if monotonic() - self.written > NOTED:
            await self._write_down()

    async def _write_down(self) -> None:
        told, self.told, self.written = self.told, 0, monotonic()
        if told:
            await _written(self.graph, _TOLD, key=self.key, cursor=self.cursor, delivered=told)

    async def _failed(self, number: int, error: str) -> bool:
        """Writes down that a line could not be told; True when the next one is to be told, all the same."""
        await self._write_down()
        self.counts["failed"] += 1
        attempts = self.attempts + 1
        failed = {"key": self.key, "attempts": attempts, "error": error}
        if attempts < self.sending.most:
            await _written(self.graph, _FAILED, milliseconds=waiting(attempts, self.sending), **failed)
            return False
        self.counts["dead"] += 1
        await _written(self.graph, _BURY, letter=f"{self.key}|{number}", cursor=number, **failed)
        return True


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
