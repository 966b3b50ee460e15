"""What people decide about identity, from a caller's words to the answer: for mutations and commands alike.

Every problem of the words themselves is told at once; what then cannot hold is one refusal, and stores
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.graph.queries import read_query
from app.identity.operations import Refused, blocked_entry, named
from app.identity.service import Identity
from app.identity.steering.cards import not_a_card
from app.identity.steering.decisions import Done, Erasure, rehearse, run_operation
from app.identity.steering.undoing import undo_operation

_ONE_ID = read_query("identity/one_id")

WORDS = {
    "link": (("a", "b"),),
    "unlink": (("identifier",), ("a", "b")),
    "neverLink": (("a", "b"),),
    "block": (("kind", "value"), ("kind", "pattern")),
    "erase": (("identifier",), ("person",)),
    "restore": (("identifier",),),
    "undo": (("operation",),),
    "replaceCard": (("card", "by"),),
}
"""What each operation takes: exactly one of these."""

IDENTIFIERS = ("a", "b", "identifier", "person", "card", "by")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an operation: its id and the OneIDs that it concerned, or why it was refused.

    `erasure` says what an erasure took away, or would.
    """

    operation: str | None = None
    one_ids: tuple[str, ...] = ()
    pending: bool = False
    erasure: Erasure | None = None
    problems: list[Refused] = field(default_factory=list)


async def steer(
    identity: Identity, name: str, fields: Mapping[str, Any], by: str, reason: str, *, dry_run: bool = False
) -> Answer:
    """Run an operation that somebody asks for, or only say what an erasure would do."""
    given = {word: value for word, value in fields.items() if value is not None}
    await identity.refresh()
    try:
        if "person" in given:
            given["person"] = await _person(identity, given["person"])
        if problems := list(_problems(identity, name, given, reason)):
            return Answer(problems=problems)
        if dry_run:
            erasure = await rehearse(identity, given)
            return Answer(one_ids=erasure.one_ids, erasure=erasure)
        return _answer(await _run(identity, name, given, by, reason.strip()))
    except Refused as no:
        return Answer(problems=[_in_their_words(name, no)])


async def _run(identity: Identity, name: str, given: Mapping[str, Any], by: str, reason: str) -> Done:
    if name == "undo":
        return await undo_operation(identity, given["operation"], by, reason)
    return await run_operation(identity, name, given, by, reason)


def _answer(done: Done) -> Answer:
    written = done.written
    moved = {one_id for row in written.moved for one_id in (row["before"], row["after"]) if one_id}
    erased = done.erasure.one_ids if done.erasure else ()
    one_ids = tuple(sorted({*written.one_ids, *moved, *erased}))
    return Answer(done.operation, one_ids, written.pending, done.erasure)


def _problems(identity: Identity, name: str, given: Mapping[str, Any], reason: str) -> Iterator[Refused]:
    """Everything that is wrong with the words, whatever is stored."""
    ledger = identity.region().ledger
    if not reason.strip():
        yield Refused("REASON_REQUIRED", "a reason is needed", ("reason",))
    if {*given} not in [set(words) for words in WORDS[name]]:
        allowed = ", or ".join(" and ".join(words) for words in WORDS[name])
        yield Refused("ONE_OF", f"{name} takes {allowed}", tuple(given)[:1] or WORDS[name][0][:1])
        return
    for path in (path for path in IDENTIFIERS if path in given):
        try:
            named(ledger, given[path], path)
        except Refused as no:
            yield no
        if name == "replaceCard" and (other := not_a_card(ledger.policy, given[path].get("kind"), path)):
            yield other
    if name == "block":
        try:
            blocked_entry(ledger, given)
        except Refused as no:
            yield no


async def _person(identity: Identity, by: Mapping[str, Any]) -> Mapping[str, Any]:
    """A person by an identifier: the one that names it, or one of the living person that a OneID leads to.

    Raises `Refused` NOT_FOUND.
    """
    if "oneId" not in by:
        identifier: Mapping[str, Any] = by.get("identifier", by)
        return identifier
    row = await identity.graph.reader().row(_ONE_ID, one_id=by["oneId"])
    if row is None:
        raise Refused("NOT_FOUND", "nobody living has this OneID", ("person",))
    text = row["value"] if row["sealed"] is None else identity.keyring.unseal(bytes(row["sealed"]))
    return {"kind": row["kind"], "scope": row["scope"], "value": text}


def _in_their_words(name: str, no: Refused) -> Refused:
    """The refusal at the caller's own words: a replaced card is refused as the link that it is."""
    if name != "replaceCard":
        return no
    words = {"a": "card", "b": "by"}
    return Refused(no.code, no.message, tuple(words.get(part, part) for part in no.field))
