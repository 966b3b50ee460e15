"""Proposals of the match rules: listed, and answered. Approving links the two, rejecting keeps them apart.

Each answer is an operation of its own, with actor and reason, in one unit with its proposal's end: stopped
anywhere, what is answered is answered once, and the rest still waits to be.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.graph.queries import read_query
from app.identity.operations import Refused
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation

_PROPOSALS = read_query("identity/proposals")
PAGE = 500

Answer = Literal["approve", "reject"]
OPERATION = {"approve": "link", "reject": "neverLink"}

Progress = Callable[[int], None]
"""Called with how many proposals were answered."""

Named = Mapping[str, str]
"""An identifier as an input: kind, scope, value."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two accounts that a rule takes for one person's. `names` are theirs, masked where they are personal."""

    a: Named
    b: Named
    rule: str
    confidence: float
    names: tuple[str, str] = ("", "")
    cursor: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class No:
    """A proposal that could not be answered as asked: its place among those asked for, and why."""

    place: int
    a: Named
    b: Named
    refused: Refused


@dataclass(slots=True)
class Answered:
    """What became of some proposals: operations of those answered, those that nobody proposes any more, the
    rest.
    """

    operations: list[str] = field(default_factory=list)
    one_ids: set[str] = field(default_factory=set)
    gone: list[No] = field(default_factory=list)
    refused: list[No] = field(default_factory=list)


async def proposals(
    identity: Identity, rule: str | None = None, least: float = 0.0
) -> AsyncIterator[Proposal]:
    """Every proposal between two people, the surest first; a page at a time, so writing meanwhile is safe."""
    after: Sequence[str] | None = None
    while True:
        rows = await identity.graph.reader().rows(_PROPOSALS, rule=rule, least=least, after=after, limit=PAGE)
        for row in rows:
            yield _proposal(identity, row)
        if len(rows) < PAGE:
            return
        after = _cursor(rows[-1])


def _cursor(row: Any) -> tuple[str, str, str]:
    return str(row["confidence"]), row["a"][0], row["b"][0]


def _proposal(identity: Identity, row: Any) -> Proposal:
    a, b = (_named(identity, row[end]) for end in ("a", "b"))
    return Proposal(a, b, row["rule"], row["confidence"], (row["a"][5], row["b"][5]), _cursor(row))


def _named(identity: Identity, row: Sequence[Any]) -> Named:
    _, kind, scope, value, sealed, _ = row
    text = value if sealed is None else identity.keyring.unseal(bytes(sealed))
    return {"kind": kind, "scope": scope, "value": text}


async def answer_all(
    identity: Identity,
    answer: Answer,
    by: str,
    reason: str,
    *,
    rule: str | None = None,
    least: float = 0.0,
    progress: Progress | None = None,
) -> Answered:
    """Answer every proposal of a rule, or of all, that is at least so sure."""
    done, place = Answered(), 0
    async for one in proposals(identity, rule, least):
        await _answer(identity, done, answer, place, (one.a, one.b), by, reason)
        place += 1
        if progress:
            progress(place)
    return done


async def answer_some(
    identity: Identity,
    answer: Answer,
    pairs: Iterable[tuple[Named, Named]],
    by: str,
    reason: str,
    progress: Progress | None = None,
) -> Answered:
    """Answer the proposals between these identifiers, each on its own."""
    done = Answered()
    for place, pair in enumerate(pairs):
        await _answer(identity, done, answer, place, pair, by, reason)
        if progress:
            progress(place + 1)
    return done


async def _answer(
    identity: Identity,
    done: Answered,
    answer: Answer,
    place: int,
    pair: tuple[Named, Named],
    by: str,
    reason: str,
) -> None:
    a, b = pair
    try:
        ran = await run_operation(identity, OPERATION[answer], {"a": a, "b": b}, by, reason, proposed=True)
    except Refused as no:
        (done.gone if no.code == "NOT_PROPOSED" else done.refused).append(No(place, a, b, no))
        return
    done.operations.append(ran.operation)
    done.one_ids |= ran.written.one_ids
