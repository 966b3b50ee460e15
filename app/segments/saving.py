"""Saved segments created, changed and deleted, one at a time. Every version is kept with who and why.

What decides anew who is in a segment makes it pending, with the segments and tags whose rules use it; jobs
(`refresh-segments`, `refresh-tags`) take people through them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.rules.check import Wrong, problems, uses
from app.rules.check_values import closest
from app.rules.choice import Limit, choice_of, limit_problems
from app.rules.model import Rule
from app.rules.names import told
from app.rules.vocabulary import TagWord, read_vocabulary
from app.segments import definitions
from app.segments.definitions import Definitions
from app.segments.saved import Saved, decided_anew, differs
from app.segments.saved import problems as wrong_with
from app.tags import definitions as tag_definitions
from app.tags.definitions import Circular
from app.tags.definitions import Definitions as Tags
from app.tags.words import declared

_LOCK = write_query("tags/lock")  # rules of tags and of segments name each other
_TAGS = read_query("tags/definitions")
_SEGMENTS = read_query("segments/definitions")
_DEFINE = write_query("segments/define")

CheckRule = Callable[[Saved, Definitions, Tags], list[Wrong]]
"""What is wrong with the meaning of a segment's rule and limit, each at its path under `rule` or `limit`."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a definition: as it is now, or why it was refused. A deleted one is as it was."""

    segment: Saved | None = None
    problems: tuple[Wrong, ...] = ()
    pending: bool = False
    """Whether a job still takes people through it."""


async def checking(
    identity: Identity, rule: Rule | None, forbidden: frozenset[str], limit: Limit | None = None
) -> CheckRule:
    """What says what is wrong with a rule and a limit, given the segments and tags that there are when they
    are written.

    forbidden: attributes that the caller may not ask about.
    """
    rules = [*([] if rule is None else [rule]), *choice_of(None, limit).rules]
    said = declared(identity.state.policy)
    reader = identity.graph.reader()
    known = await read_vocabulary(reader, *rules, declared=said)
    settings = known.settings(datetime.now(UTC), "UTC")
    asked = [] if "name" in forbidden else rules
    _, beyond = await told(reader, identity.keyring, asked, settings)

    def check(one: Saved, there: Definitions, tags: Tags) -> list[Wrong]:
        words = {
            key: TagWord(tag.subject, tag.value_type) for key, tag in tags.tags.items() if not tag.retired
        }
        now = replace(known, tags=words, segments=there.rules)
        clock = there.evaluation(datetime.now(UTC)).clock
        found = problems(one.rule, now, clock, own=one.key, forbidden=forbidden)
        return [*_under("rule", found or beyond), *limit_problems(one.limit, now, clock)]

    return check


async def create(identity: Identity, given: Saved, by: str, reason: str, check: CheckRule) -> Done:
    """A new segment; one that was deleted goes on with its versions."""

    async def work(writer: Writer) -> Done:
        known, tags = await _locked(writer)
        after = replace(given, version=known.gone.get(given.key, 0) + 1)
        found = [*_reason(reason), *wrong_with(after)]
        if given.key in known.saved:
            found.append(Wrong(("key",), "KEY_TAKEN", f"a segment has the key {given.key}"))
        else:
            found += _rule(None, after, known, tags, check)
        if found:
            return Done(problems=tuple(found))
        await _write(writer, _Change(None, after, known, tags), by, reason)
        return Done(after, pending=decided_anew(None, after))

    done: Done = await identity.graph.unit(work, retry_races=True)
    return done


async def update(
    identity: Identity,
    key: str,
    changes: Mapping[str, Any],
    by: str,
    reason: str,
    check: CheckRule,
    version: int | None = None,
) -> Done:
    """Change a segment; `changes` by the names of Saved, what is left out stays. With `version`, only if that
    is the one in force. What is the same already stays the same version.
    """

    async def work(writer: Writer) -> Done:
        known, tags = await _locked(writer)
        before = known.saved.get(key)
        if before is None:
            return Done(problems=(*_reason(reason), _missing(key, known)))
        after = replace(before, **changes, version=before.version + 1)
        found = [*_reason(reason), *wrong_with(after)]
        if version is not None and version != before.version:
            message = f"version {before.version} is in force"
            found.append(Wrong(("version",), "VERSION_CONFLICT", message))
        found += _rule(before, after, known, tags, check)
        if found:
            return Done(problems=tuple(found))
        if not differs(before, after):
            return Done(before, pending=before.pending is not None)
        await _write(writer, _Change(before, after, known, tags), by, reason)
        return Done(after, pending=decided_anew(before, after))

    done: Done = await identity.graph.unit(work, retry_races=True)
    return done


async def delete(identity: Identity, key: str, by: str, reason: str) -> Done:
    """Delete a segment; whoever is in it leaves. Refused while a rule uses it. Its versions are kept."""

    async def work(writer: Writer) -> Done:
        known, tags = await _locked(writer)
        before, found = known.saved.get(key), list(_reason(reason))
        if before is None:
            return Done(problems=(*found, _missing(key, known)))
        if users := users_of(key, known, tags):
            message = f"rules use it: {', '.join(users)}"
            found.append(Wrong(("key",), "SEGMENT_IN_USE", message, suggestion="change these rules first"))
        if found:
            return Done(problems=tuple(found))
        gone = {**dict.fromkeys(before.row()), "key": key, "name": key, "version": before.version + 1}
        rows = {"segment": gone, "definition": "{}", "retired": True, "pending": True}
        rows |= {"tags": [], "segments": []}
        await writer.rows(_DEFINE, rows=rows, at=datetime.now(UTC), by=by, reason=reason.strip())
        return Done(before, pending=True)

    done: Done = await identity.graph.unit(work, retry_races=True)
    return done


def users_of(key: str, known: Definitions, tags: Tags) -> list[str]:
    """Whose rules use a segment, by what they are of. Stages and journeys cannot use one."""
    ruled = [one.key for one in tags.ruled() if one.rule is not None and key in uses(one.rule)]
    return [*(f"segment {one}" for one in known.users(key)), *(f"tag {one}" for one in ruled)]


async def _locked(writer: Writer) -> tuple[Definitions, Tags]:
    await writer.rows(_LOCK)
    known = definitions.of_rows((await writer.one(_SEGMENTS))["segments"])
    return known, tag_definitions.of_row(await writer.one(_TAGS))


def _reason(reason: str) -> Iterator[Wrong]:
    if not reason.strip():
        yield Wrong(("reason",), "REASON_REQUIRED", "a reason is needed")


def _missing(key: str, known: Definitions) -> Wrong:
    near = closest(key, sorted(known.saved))
    return Wrong(("key",), "NOT_FOUND", f"no segment has the key {key}", suggestion=near)


def _under(name: str, found: Iterable[Wrong]) -> list[Wrong]:
    return [replace(one, field=(name, *one.field)) for one in found]


def _rule(
    before: Saved | None, after: Saved, known: Definitions, tags: Tags, check: CheckRule
) -> Iterator[Wrong]:
    """What is wrong with the rule and the limit, of what is new."""
    new = {name for name in ("rule", "limit") if before is None or _differ(before, after, name)}
    found = [one for one in check(after, known, tags) if one.field[0] in new] if new else []
    yield from found
    if "rule" in new and not any(one.field[0] == "rule" for one in found):
        try:
            tag_definitions.levels(Tags(tags.tags, {**known.rules, after.key: after.rule}))
        except Circular as error:
            message = f"rules that wait for each other: {error}"
            yield Wrong(("rule",), "TAG_CYCLE", message)


def _differ(before: Saved, after: Saved, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class _Change:
    before: Saved | None
    after: Saved
    known: Definitions
    tags: Tags

    def followers(self) -> tuple[Sequence[str], Sequence[str]]:
        """The active segments and the tags that use it and have to be worked out anew."""
        if self.before is None or self.before.rule == self.after.rule:
            return (), ()
        above = self.known.above(self.after.key)
        segments = [one.key for one in self.known.active() if one.key in above]
        used = {self.after.key, *above}
        ruled = (one for one in self.tags.ruled() if one.rule is not None)
        return segments, [one.key for one in ruled if used & set(uses(one.rule))]  # type: ignore[arg-type]


async def _write(writer: Writer, change: _Change, by: str, reason: str) -> None:
    row = change.after.row()
    segments, tags = change.followers()
    rows = {
        "segment": row,
        "definition": json.dumps(_said(row), ensure_ascii=False),
        "retired": False,
        "pending": decided_anew(change.before, change.after),
        "tags": list(tags),
        "segments": list(segments),
    }
    await writer.rows(_DEFINE, rows=rows, at=datetime.now(UTC), by=by, reason=reason.strip())


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in row.items() if value is not None}
    return said | {name: json.loads(said[name]) for name in ("rule", "limit") if name in said}
