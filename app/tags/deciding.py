"""What one end (a person, a dependent) carries, given what was asserted of it and which rules match. Pure.

A tag is carried once: by hand before by rule, then the latest. Rules never touch what was asserted. What
changes about the whole of it is a line of the feed, so the lines of an end add up to what it carries.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.feed.lines import Line, line
from app.rules.ages import months_later
from app.rules.windows import Clock, length
from app.tags.model import Definition, Value

Matches = Mapping[str, Value | None]
"""Key of each tag whose rule matches -> the value, of a computed one."""


@dataclass(frozen=True, slots=True)
class Asserted:
    """Somebody, or a source, said that an end carries a tag. `at` is the key of what it hangs on."""

    tag: str
    at: str
    value: Value | None
    since: datetime
    until: datetime | None = None
    removed: datetime | None = None
    by: str | None = None
    brand: str | None = None
    reason: str | None = None
    source: str = "IMPORTED"


@dataclass(frozen=True, slots=True)
class End:
    """A person or a dependent as it is stored. `told` is what of the asserted the feed has been told.

    `one_id` is the person's, of a dependent that of one whose it is; `gone` says why it carries nothing: it
    was merged or erased, or is the same as another dependent.
    """

    label: str
    key: str
    one_id: str
    subject: str
    ruled: Mapping[str, Value | None]
    told: Mapping[str, Value | None]
    asserted: Sequence[Asserted]
    gone: str | None = None


@dataclass(slots=True)
class Difference:
    """What is to be written, as rows; `sizes` says by how much each tag is carried more."""

    adds: list[dict[str, Any]] = field(default_factory=list)
    removes: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    ends: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Line] = field(default_factory=list)
    sizes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Deciding:
    """One refresh: the definitions, the moment, which rules were evaluated, and what brought it about."""

    tags: Mapping[str, Definition]
    clock: Clock
    evaluated: Set[str]
    cause: str

    def decide(self, end: End, matches: Matches, found: Difference) -> date | None:
        """Add to `found` what is different of an end. Returns the day on which an assertion runs out next."""
        endings = {one.at + "|" + one.tag: self._until(one) for one in end.asserted}
        hand = {} if end.gone else self._by_hand(end.asserted, endings)
        wanted = {} if end.gone else self._tiers(matches, hand)
        ruled = dict(self._ruled(end, wanted, found))
        told = {tag: one.value for tag, one in hand.items()}
        if told != end.told:
            found.told.append({"label": end.label, "key": end.key, "told": pack(told)})
        self._tell(end, {**end.ruled, **end.told}, {**ruled, **told}, hand, matches, found)
        for one in end.asserted:
            until = endings[one.at + "|" + one.tag]
            if until != one.until and one.removed is None:
                found.ends.append({"label": end.label, "at": one.at, "tag": one.tag, "until": until})
        coming = [until for one in hand.values() if (until := endings[one.at + "|" + one.tag])]
        return min(map(self.clock.day_of, coming), default=None)

    def _until(self, one: Asserted) -> datetime | None:
        """When it ends: as said, else after its tag's length, which ends with a local day."""
        known = self.tags.get(one.tag)
        long = length(known.valid_for) if known is not None and known.valid_for else None
        if one.until is not None or long is None:
            return one.until
        day = months_later(self.clock.day_of(one.since), long.months)
        return self.clock.end(date.fromordinal(day.toordinal() + long.days))

    def _by_hand(
        self, asserted: Iterable[Asserted], endings: Mapping[str, datetime | None]
    ) -> dict[str, Asserted]:
        """Of each tag that is asserted now, the latest word."""
        found: dict[str, Asserted] = {}
        for one in sorted(asserted, key=lambda one: (one.since, str(one.value), one.at)):
            until, known = endings[one.at + "|" + one.tag], self.tags.get(one.tag)
            over = one.removed is not None or (until is not None and until <= self.clock.as_of)
            if not over and not (known is not None and known.retired):
                found[one.tag] = one
        return found

    def _tiers(self, matches: Matches, hand: Mapping[str, Asserted]) -> dict[str, Value | None]:
        """Of each group the highest rank; none where one of the group was set by hand, which decides."""
        best: dict[str, Definition] = {}
        decided = {self.tags[tag].group for tag in hand if tag in self.tags}
        wanted: dict[str, Value | None] = {}
        for key, value in matches.items():
            one = self.tags[key]
            if one.group is None:
                wanted[key] = value
            elif one.group not in decided:
                other = best.get(one.group)
                if other is None or (one.rank or 0) > (other.rank or 0):
                    best[one.group] = one
        return wanted | {one.key: matches[one.key] for one in best.values()}

    def _ruled(self, end: End, wanted: Matches, found: Difference) -> Iterator[tuple[str, Value | None]]:
        """What rules set now, with what of it is different as rows. Rules not evaluated stay as they are."""
        for tag in sorted({*end.ruled, *wanted}):
            about = {"label": end.label, "key": end.key, "tag": tag}
            known = self.tags.get(tag)
            stays = tag not in self.evaluated and known is not None and known.by_rule and not end.gone
            if stays:
                yield tag, end.ruled[tag]
            elif tag not in wanted:
                found.removes.append(about)
            else:
                yield tag, wanted[tag]
                if tag not in end.ruled or end.ruled[tag] != wanted[tag]:
                    source = "COMPUTED" if known is not None and known.set_by == "COMPUTED" else "RULE"
                    new = {"value": wanted[tag], "source": source, "cause": self.cause}
                    found.adds.append(about | new | {"fresh": tag not in end.ruled})

    def _tell(
        self,
        end: End,
        before: Matches,
        after: Matches,
        hand: Mapping[str, Asserted],
        matches: Matches,
        found: Difference,
    ) -> None:
        subject = end.key if end.label == "Dependent" else None
        for tag in sorted({*before, *after}):
            if tag in before and tag in after and before[tag] == after[tag]:
                continue
            added, one = tag in after, hand.get(tag)
            cause, said = (one.source, one) if one else (self.cause, None)
            if not added:
                cause, said = self._why_off(end, tag, matches)
            found.changes.append(
                line(
                    "TAG_ADDED" if added else "TAG_REMOVED",
                    end.one_id,
                    cause,
                    self.clock.as_of,
                    before=before.get(tag),
                    after=after.get(tag),
                    tag=tag,
                    subject=subject,
                    brand=said.brand if said and said.brand != "*" else None,
                    by=said.by if said else None,
                    reason=said.reason if said else None,
                )
            )
            found.sizes[tag] += added - (tag in before)

    def _why_off(self, end: End, tag: str, matches: Matches) -> tuple[str, Asserted | None]:
        """Why a tag came off, and the word that took it off."""
        known = self.tags.get(tag)
        if end.gone:
            return end.gone, None
        if known is not None and known.retired:
            return "RETIRED", None
        if tag not in end.told:
            return ("TIER" if tag in matches else self.cause), None
        said = [one for one in end.asserted if one.tag == tag]
        off = max(
            (one for one in said if one.removed), key=lambda one: one.removed or one.since, default=None
        )
        if off is not None:
            return "MANUAL", off
        return ("EXPIRED" if said else "MOVED"), None


def pack(told: Matches) -> list[str]:
    """What the feed was told, as a list of texts: `["vip", null]`, `["size", "XL"]`."""
    return [json.dumps([tag, value], ensure_ascii=False) for tag, value in sorted(told.items())]


def unpack(texts: Iterable[str]) -> dict[str, Value | None]:
    """What `pack` made."""
    return dict(json.loads(one) for one in texts)
