"""Tags that observations and people set, added up. Pure; times in microseconds since 1970.

One assertion for each end (an identifier, a dependent) and tag: the newest word, of equal times the greater
value. What was taken off by hand stays off for everything that was said up to then, and comes back with what
is said later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

End = tuple[str, str]
"""The label of what carries a tag, and its key."""


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody says that a tag is carried, with a value where the tag has values."""

    since: int
    value: str | None
    by: str
    brand: str

    def newer(self, other: Word | None) -> bool:
        """Whether this is the word that counts."""
        return other is None or self._order() > other._order()

    def _order(self) -> tuple[int, str, str, str]:
        return self.since, self.value or "", self.by, self.brand


@dataclass(slots=True)
class Asserted:
    """The tags that some observations set, by end and tag."""

    _said: dict[tuple[End, str], Word] = field(default_factory=dict)

    def say(self, end: End, tag: Mapping[str, Any], at: int, source: str, brand: str) -> None:
        """Take in one `TagInput`."""
        word = Word(at, (tag.get("value") or "").strip() or None, source, brand)
        if word.newer(self._said.get((end, tag["key"]))):
            self._said[end, tag["key"]] = word

    def sought(self) -> list[list[str]]:
        """[label, key, tag] of all that there may be already, sorted."""
        return [[*end, tag] for end, tag in sorted(self._said)]

    def rows(self, known: Mapping[tuple[End, str], tuple[Word, int | None]]) -> list[dict[str, Any]]:
        """Rows of what is otherwise than is known; `known` holds the stored word and when it was removed."""
        rows = []
        for (end, tag), word in sorted(self._said.items()):
            before, removed = known.get((end, tag), (None, None))
            if word.newer(before):
                lifted = removed is not None and word.since > removed
                rows.append(
                    {
                        "label": end[0],
                        "key": end[1],
                        "tag": tag,
                        "fresh": before is None,
                        "lifted": lifted,
                        "value": word.value,
                        "since": word.since,
                        "by": word.by,
                        "brand": word.brand,
                    }
                )
        return rows


def known(rows: Sequence[Sequence[Any]]) -> dict[tuple[End, str], tuple[Word, int | None]]:
    """What is stored, from [label, key, tag, since, value, by, brand, removed]."""
    return {
        ((label, key), tag): (Word(since, value, by, brand), removed)
        for label, key, tag, since, value, by, brand, removed in rows
    }
