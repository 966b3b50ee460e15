"""Finding people by a text: one statement that reads who may be meant, unsealed and checked here.

Nobody but who matches is ever told of: the blind index finds too many, and what it finds is compared with
the text. A statement looks at so many hits at most; a page that they do not fill is filled by some more
statements, and then is short and says that there is more, and its last cursor leads to where the search
stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from app.access.blind import SLOTS, asked, digits_tokens, name_sought, stretch
from app.context import Context
from app.errors import TimedOut
from app.graph.queries import read_query
from app.profile.search_text import (
    BEFORE_ALL,
    Match,
    Position,
    Sought,
    items_of,
    number_of,
    number_place,
    sought,
)

_SEARCH = read_query("profile/search")
_WIDTHS = (4096, 1024, 256, 64, 16, 4, 1)
"""How many slots of the index are asked for at once: as many as have few enough hits."""
_LEAST_HITS, _HITS_EACH = 160, 8
"""Hits of each kind that one statement looks at: that many, or for long pages so many for each row."""
_NUMBERS_EACH = 3
"""Numbers that it looks at for each row: all of them match, but a person has one of each brand."""
_ALL_HITS = 100_000  # of one slot, which is not cut: one of 4,096
_STATEMENTS = 4
_PATIENCE = 30.0  # seconds to look for the first of a page

_STREAMS = (Match.NAME, Match.NAME_BEGINS, Match.NAME_CONTAINS, Match.DIGITS_END)
"""What is read of the blind index."""


@dataclass(frozen=True, slots=True)
class At:
    """How far a search is: after this position. `width` says how many slots were asked for last."""

    position: Position = BEFORE_ALL
    width: int = SLOTS


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who matches, and how far the search is with them."""

    one_id: str
    at: At


@dataclass(frozen=True, slots=True)
class Page:
    """People in their order. `more`: there are others behind them, or might be."""

    hits: Sequence[Hit]
    more: bool


async def search(context: Context, text: str, first: int, after: At) -> Page:
    """The next people whom a text finds, as far as the caller may see them.

    Raises BadInput for a text that says nothing; TimedOut where nobody is found in a long time.
    """
    meant = sought(context.policy, context.keyring, text, personal=context.may("pii:read"))
    hits: list[Hit] = []
    at: At | None = after
    statements, deadline = 0, monotonic() + _PATIENCE
    while at is not None and len(hits) <= first and (not hits or statements < _STATEMENTS):
        if monotonic() > deadline:
            raise TimedOut("nobody was found in time", suggestion="a longer text finds fewer")
        asking = _Round(context, meant, at, first)
        found, at = await asking.run()
        hits += found
        statements += 1
    more = len(hits) > first or at is not None
    page = hits[:first]
    if at is not None and len(hits) <= first:
        page[-1:] = [Hit(page[-1].one_id, at)]
    return Page(page, more)


@dataclass(frozen=True, slots=True)
class _Round:
    """One statement of a search."""

    context: Context
    sought: Sought
    at: At
    first: int

    async def run(self) -> tuple[list[Hit], At | None]:
        """Who was found, in order, and how far the search is; None: through."""
        row = await self.context.reader().row(_SEARCH, rows=self._rows())
        assert row is not None  # noqa: S101 - it collects
        end = self._end(row["members"], row["cards"], {int(number): slot for number, slot in row["ends"]})
        hits = [
            Hit(one_id, At(position, self.at.width if end is None else end.width))
            for position, one_id in sorted(self._positions(row["people"]))
            if self.at.position < position and (end is None or position <= end.position)
        ]
        return hits, end

    def _positions(self, people: Sequence[Any]) -> Iterator[tuple[Position, str]]:
        for one_id, named, cells in people:
            found = self.sought.position(items_of(self.context.keyring, cells), named)
            if found is not None:
                yield found, one_id

    def _end(self, member: Any, card: Any, slots: Mapping[int, int]) -> At | None:
        """The first match that was not read to its end, and where that stopped."""
        ends = {match: f"{slot:03x}" for match, slot in slots.items() if slot < SLOTS}
        for match, last in ((Match.MEMBER_BEGINS, member), (Match.CARD_BEGINS, card)):
            if last is not None:
                ends[match] = number_place(*last)
        if not ends:
            return None
        stopped = min(ends)
        width = slots[stopped] - self._first(Match(stopped)) if stopped in slots else self.at.width
        return At(Position(stopped, ends[stopped]), width)

    # -- what is asked ---

    def _rows(self) -> dict[str, Any]:
        brands, personal = self.context.shared()["brands"], self.sought.personal
        return {
            "one_id": self.sought.text,
            "keys": self.sought.keys,
            "values": [list(one) for one in self.sought.values],
            "member": self._number("member", Match.MEMBER_BEGINS),
            "card": self._number("card", Match.CARD_BEGINS),
            "most": _NUMBERS_EACH * (self.first + 1),
            "streams": list(self._streams()) if personal else [],
            "indexed": ["name", *(["digits"] if self.sought.digits else [])] if personal else [],
            "brands": brands,
        }

    def _number(self, kind: str, match: Match) -> dict[str, str] | None:
        if self.at.position.match > match or kind not in self.sought.numbers:
            return None
        value, key = number_of(self._after(match))
        return {"prefix": self.sought.numbers[kind], "value": value, "key": key}

    def _streams(self) -> Iterator[dict[str, Any]]:
        for match in _STREAMS:
            if self.at.position.match <= match and (tokens := self._tokens(match)):
                spans = list(self._spans(match, tokens))
                yield {"number": int(match), "after": self._after(match), "spans": spans}

    def _tokens(self, match: Match) -> list[str]:
        keyring, whole = self.context.keyring, "".join(self.sought.words)
        if match == Match.DIGITS_END:
            return digits_tokens(keyring, self.sought.digits)
        if match == Match.NAME_CONTAINS:
            return name_sought(keyring, self.sought.words, begins=False, ends=False)
        return name_sought(keyring, [whole], begins=True, ends=match == Match.NAME)

    def _spans(self, match: Match, tokens: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Stretches of slots from where the search stands, the longest first, at most a step longer than
        what had few enough hits last.
        """
        first, most = self._first(match), max(_LEAST_HITS, _HITS_EACH * self.first)
        stands = self.at.position.match == match
        widest = 4 * self.at.width if stands else SLOTS
        for width in _WIDTHS:
            if width <= widest:
                end = min(first + width, SLOTS)
                query = asked(tokens, stretch(first, end))
                yield {"query": query, "end": end, "most": _ALL_HITS if width == 1 else most}

    def _first(self, match: Match) -> int:
        return int(self._after(match)[:3] or "0", 16)

    def _after(self, match: Match) -> str:
        """The place that the search stands at, of this match."""
        return self.at.position.place if self.at.position.match == match else ""
