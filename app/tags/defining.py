"""Tags defined, changed and retired, one at a time. Every version is kept with who and why.

A definition that decides anew who carries the tag makes it pending, and the job `refresh-tags` takes
everybody through that tag and those that depend on it, in steps that a next run goes on with. Everybody is
not marked dirty for it: that would derive all that is known of all people, before those who were touched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.rules.model import Rule
from app.tags import definitions
from app.tags.definitions import Circular, Definitions
from app.tags.model import (
    Definition,
    Problem,
    Vocabulary,
    carried_rule,
    differs,
    problems,
    reevaluated,
    tags_in,
)

_LOCK = write_query("tags/lock")
_DEFINITIONS = read_query("tags/definitions")
_DEFINE = write_query("tags/define")

CheckRule = Callable[[Rule, Definitions], list[Problem]]
"""What is wrong with the meaning of a rule, each at its path in the rule."""


@dataclass(frozen=True, slots=True)
class Defined:
    """What became of a definition: as it is now, or why it was refused."""

    tag: Definition | None = None
    problems: tuple[Problem, ...] = ()
    pending: bool = False
    """Whether a job still takes people through it."""


async def define(
    identity: Identity,
    given: Definition,
    by: str,
    reason: str,
    *,
    kinds: tuple[str, ...],
    check: CheckRule,
    version: int | None = None,
) -> Defined:
    """Define a tag, or change it. With `version`, only if that is the one in force.

    What is the same already stays the same version.
    """

    async def work(writer: Writer) -> Defined:
        known = await _locked(writer)
        before = known.tags.get(given.key)
        after = replace(given, version=(before.version if before else 0) + 1, retired=False, defined=True)
        found = list(_reason(reason))
        if version is not None and version != (before.version if before else 0):
            now = f"version {before.version}" if before else "no version"
            found.append(Problem(("version",), "VERSION_CONFLICT", f"{now} is in force"))
        found += problems(after, Vocabulary(kinds, known.tags))
        found += _rule(after, known, check)
        found += _carried(before, after)
        if found:
            return Defined(problems=tuple(found))
        if before is not None and not differs(before, after):
            return Defined(before)
        await _write(writer, before, after, by, reason)
        return Defined(after, pending=reevaluated(before, after))

    defined: Defined = await identity.graph.unit(work, retry_races=True)
    return defined


async def retire(identity: Identity, key: str, by: str, reason: str) -> Defined:
    """Take a tag out of use: nobody carries it any more. Refused while a rule asks about it.

    What was asserted stays stored, and holds again when the tag is defined again.
    """

    async def work(writer: Writer) -> Defined:
        known = await _locked(writer)
        before = known.tags.get(key)
        found = list(_reason(reason))
        if before is None or before.retired:
            found.append(Problem(("key",), "NOT_FOUND", f"no tag has the key {key}"))
        elif users := users_of(known, key):
            message = f"rules ask about it: {', '.join(users)}"
            found.append(Problem(("key",), "TAG_IN_USE", message, suggestion="change these rules first"))
        if found or before is None:
            return Defined(problems=tuple(found))
        after = replace(before, retired=True, version=before.version + 1)
        await _write(writer, before, after, by, reason)
        return Defined(after, pending=True)

    defined: Defined = await identity.graph.unit(work, retry_races=True)
    return defined


async def _locked(writer: Writer) -> Definitions:
    await writer.rows(_LOCK)
    return definitions.of_row(await writer.one(_DEFINITIONS))


def _reason(reason: str) -> Iterator[Problem]:
    if not reason.strip():
        yield Problem(("reason",), "REASON_REQUIRED", "a reason is needed")


def _rule(after: Definition, known: Definitions, check: CheckRule) -> Iterator[Problem]:
    rule = carried_rule(after)
    if rule is None:
        return
    others = Definitions({key: one for key, one in known.tags.items() if not one.retired}, known.segments)
    found = check(rule, others)
    yield from (replace(one, field=("rule", *one.field)) for one in found)
    if not found:
        try:
            definitions.levels(Definitions({**known.tags, after.key: after}, known.segments))
        except Circular as error:
            message = f"rules that wait for each other: {error}"
            yield Problem(("rule",), "TAG_CYCLE", message)


def _carried(before: Definition | None, after: Definition) -> Iterator[Problem]:
    """What a tag is about, and of what type it is, stays: rules and people were told so."""
    if before is None or not before.version:
        return
    for name, field, said in (("subject", "subject", "about"), ("value_type", "valueType", "of the type")):
        old = getattr(before, name)
        if old != getattr(after, name):
            message = f"the tag is {said} {old}: retire it, and define another one"
            yield Problem((field,), "TYPE_MISMATCH", message, (old,))


def users_of(known: Definitions, key: str) -> list[str]:
    """The rules that ask about a tag, by what they are of."""
    tags = [one for one in known.ruled() if one.key != key and one.rule is not None]
    found = [f"tag {one.key}" for one in tags if one.rule is not None and key in tags_in(one.rule)]
    return found + [f"segment {name}" for name, rule in known.segments.items() if key in tags_in(rule)]


async def _write(writer: Writer, before: Definition | None, after: Definition, by: str, reason: str) -> None:
    row = after.row()
    rows = {
        "tag": row,
        "definition": json.dumps({key: value for key, value in row.items() if value is not None}),
        "pending": reevaluated(before, after),
    }
    await writer.rows(_DEFINE, rows=rows, at=datetime.now(UTC), by=by, reason=reason.strip())
