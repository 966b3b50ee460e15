"""Tags set and taken off by hand, one at a time or by the hundred: what cannot be is told, all of it.

A person's tags hang on its owner identifier, so they follow it when people merge or split. What was taken off
stays stored as taken off: the same word again, said up to then, does not bring it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.tags import definitions
from app.tags.definitions import Definitions
from app.tags.model import PERSON, Definition, Problem, Value
from app.tags.refresh import refresh
from app.tags.values import value_of

_FOUND = read_query("tags/found")
_ASSIGN = write_query("tags/assign")
_REMOVE = write_query("tags/remove")

ALL_BRANDS = "*"

End = tuple[str, str]
"""`people` or `dependents`, and the OneID or key."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is meant: a person by OneID or by the keys under which an identifier may stand, or a dependent."""

    one_id: str | None = None
    keys: Sequence[str] = ()
    dependent: str | None = None

    @property
    def field(self) -> str:
        """The input that it comes from."""
        return "person" if self.dependent is None else "dependent"


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when and why. `hand`: a person says so, and not a file of somebody's."""

    by: str
    reason: str
    at: datetime
    brand: str = ALL_BRANDS
    until: datetime | None = None
    hand: bool = True
    brands: Sequence[str] | None = None
    """The brands that the caller may see; None for all."""


@dataclass(slots=True)
class Done:
    """What became of each that was sought, by its place: changed, the same already, or refused."""

    one_ids: set[str] = field(default_factory=set)
    dependents: set[str] = field(default_factory=set)
    changed: int = 0
    same: int = 0
    twice: list[int] = field(default_factory=list)
    refused: dict[int, Problem] = field(default_factory=dict)
    ends: set[End] = field(default_factory=set)


def tag_named(known: Definitions, key: str) -> Definition | Problem:
    """The tag of that key, one that is carried by hand; or why not."""
    one = known.tags.get(key)
    if one is None or one.retired:
        close = get_close_matches(key, [other.key for other in known.tags.values() if not other.retired], n=1)
        suggestion = f"did you mean {close[0]}?" if close else "define it first: tagDefine, oneid tag define"
        return Problem(("tag",), "UNKNOWN_TAG", f"no tag has the key {key}", suggestion=suggestion)
    return one


async def assign(
    identity: Identity,
    key: str,
    sought: Sequence[tuple[Sought, object]],
    said: Said,
    before: Set[End] = frozenset(),
) -> Done | Problem:
    """Set a tag, each with a value; a Problem when the tag itself is at fault. Who is meant twice is set
    once: the first counts, also before those that came `before`.
    """
    known = await definitions.read(identity.graph.reader())
    tag = tag_named(known, key)
    if isinstance(tag, Problem):
        return tag
    if tag.set_by == "COMPUTED":
        return Problem(("tag",), "TYPE_MISMATCH", f"{key} is measured, and not set by hand")
    done = Done()
    values: dict[int, Value | None] = {}
    for place, (_, given) in enumerate(sought):
        try:
            values[place] = value_of(tag, given)
        except ValueError as error:
            done.refused[place] = Problem(("value",), "TYPE_MISMATCH", str(error), tag.choices or None)
    ends = await _ends(identity, tag, [one for one, _ in sought], said, done, before)
    rows = {
        **{
            label: [{"key": end, "value": values[place]} for (of, end), place in ends.items() if of == label]
            for label in ("people", "dependents")
        },
        "tag": key,
        "tiers": [
            one.key for one in known.tags.values() if one.group == tag.group is not None and one.key != key
        ],
        "said": {
            "since": said.at,
            "until": said.until,
            "by": said.by,
            "brand": said.brand,
            "reason": said.reason,
            "hand": said.hand,
        },
    }
    await _carry_out(identity, lambda writer: writer.rows(_ASSIGN, rows=rows), ends, done)
    await _follow(identity, known, key, done, said.at)
    return done


async def remove(
    identity: Identity, key: str, sought: Sequence[Sought], said: Said, before: Set[End] = frozenset()
) -> Done | Problem:
    """Take a tag off; a Problem when the tag itself is at fault."""
    known = await definitions.read(identity.graph.reader())
    tag = tag_named(known, key)
    if isinstance(tag, Problem):
        return tag
    done = Done()
    ends = await _ends(identity, tag, sought, said, done, before)
    rows = {
        **{label: [end for of, end in ends if of == label] for label in ("people", "dependents")},
        "tag": key,
        "at": said.at,
        "by": said.by,
        "reason": said.reason,
        "brands": said.brands,
    }
    answers = await _carry_out(identity, lambda writer: writer.rows(_REMOVE, rows=rows), ends, done)
    for place, row in answers.items():
        if not row["changed"]:
            done.same -= 1
            done.refused[place] = _not_off(sought[place], key, ruled=row["ruled"])
    await _follow(identity, known, key, done, said.at)
    return done


def _not_off(one: Sought, key: str, *, ruled: bool) -> Problem:
    if ruled:
        message = f"a rule sets {key}, and takes it off when it does not match any more"
        return Problem(("tag",), "TAG_BY_RULE", message, suggestion="change the rule: tagDefine")
    return Problem((one.field,), "NOT_CARRIED", f"{key} is not carried here")


async def _ends(
    identity: Identity, tag: Definition, sought: Sequence[Sought], said: Said, done: Done, before: Set[End]
) -> dict[End, int]:
    """Each end once, with the first place that means it; what cannot be found or is of another kind is
    refused.
    """
    people = [one for one in sought if one.dependent is None]
    asked = {
        "people": [{"oneId": one.one_id, "keys": list(one.keys)} for one in people],
        "dependents": sorted({one.dependent for one in sought if one.dependent is not None}),
    }
    row = await identity.graph.reader().row(_FOUND, rows=asked, brands=said.brands)
    assert row is not None  # noqa: S101 - the statement has always one
    found, kinds = iter(row["people"]), dict(row["dependents"])
    ends: dict[End, int] = {}
    for place, one in enumerate(sought):
        end, subject = _end_of(one, found, kinds)
        if end is None:
            done.refused[place] = Problem((one.field,), "NOT_FOUND", "nobody living is meant by it")
        elif subject != tag.subject:
            message = f"{tag.key} is about {tag.subject}, and not about {subject}"
            done.refused[place] = Problem((one.field,), "TYPE_MISMATCH", message)
        elif place in done.refused:
            continue
        elif end in ends or end in before:
            done.twice.append(place)
        else:
            ends[end] = place
    done.ends = set(ends)
    return ends


def _end_of(one: Sought, found: Any, kinds: Mapping[str, str]) -> tuple[End | None, str | None]:
    if one.dependent is None:
        one_id = next(found)
        return ("people", one_id) if one_id else None, PERSON
    return ("dependents", one.dependent) if one.dependent in kinds else None, kinds.get(one.dependent)


async def _carry_out(
    identity: Identity, work: Any, ends: Mapping[End, int], done: Done
) -> dict[int, Mapping[str, Any]]:
    async def unit(writer: Writer) -> list[Any]:
        return list(await work(writer)) if ends else []

    answers: dict[int, Mapping[str, Any]] = {}
    for row in await identity.graph.unit(unit):
        end = next(end for end in (("people", row["key"]), ("dependents", row["key"])) if end in ends)
        answers[ends[end]] = row
        done.one_ids.update(row["one_ids"])
        done.dependents.update([row["key"]] if end[0] == "dependents" else [])
        done.changed += row["changed"]
        done.same += not row["changed"]
    return answers


async def _follow(identity: Identity, known: Definitions, key: str, done: Done, at: datetime) -> None:
    """What depends on the tag follows at once, and the feed tells it; the rest with the next refresh."""
    if done.changed:
        only = definitions.concerned(known, [key])
        await refresh(identity, sorted(done.one_ids), at, only=only)
