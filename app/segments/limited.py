"""Saved segments of the first n by a measure, when something happens to some people.

Who the first n are depends on everybody, so nobody comes or goes alone: the segment is refreshed as a whole.
But most of what happens changes nothing. A whole refresh notes the edge, the rank and the OneID of the last
who was taken:

    in it, and still at or before the edge ──┐
    not in it, and still after the edge    ──┴─> the first n are who they were, still divided by the edge
    anything else, or while everybody is being looked at ──> stale: refresh-segments does the rest

A rank moves for nobody by the calendar alone but on the days that the calendar of the measure says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from app.graph.queries import read_query, write_query
from app.graph.sessions import Reader, Writer
from app.rules.compiler import SECONDS
from app.rules.compiler_choice import ranks
from app.rules.statement import Settings
from app.segments.saved import Saved

Rank = Sequence[float]
Edge = tuple[Rank, str]
"""The rank of the last who was taken, and the OneID."""

_RANKED = read_query("segments/ranked")
_STALE = write_query("segments/stale")


@dataclass(frozen=True, slots=True)
class Standing:
    """How some people stand in the segments of the first n: key -> OneID -> rank, of those who have one."""

    ranks: Mapping[str, Mapping[str, Rank]]

    async def note(self, writer: Writer, inside: Mapping[str, Set[str]], gone: Set[str]) -> None:
        """Note which segments are stale, in the unit in which it was read who is inside, by key. gone: those
        of the people who are not active any more.
        """
        if not self.ranks:
            return
        found = [
            row["key"]
            for row in await writer.rows(_RANKED, p={"keys": sorted(self.ranks)})
            if _stale(row, self.ranks[row["key"]], inside.get(row["key"], set()), gone)
        ]
        if found:
            writer.send(_STALE, rows={"segments": found})


async def standing(
    reader: Reader, settings: Settings, limited: Sequence[Saved], people: Sequence[str]
) -> Standing:
    """How the people stand at a moment: a statement for each of the segments."""
    found = {}
    for one in limited:
        asked = ranks(one.rule, settings, one.choice, people)
        rows = await reader.compiled(asked.text, asked.params, timeout=SECONDS)
        found[one.key] = {row["oneId"]: tuple(row["rank"]) for row in rows}
    return Standing(found)


def edge_text(edge: Edge | None) -> str | None:
    """The edge as it is stored."""
    return None if edge is None else json.dumps([list(edge[0]), edge[1]])


def edge_of(text: str | None) -> Edge | None:
    """The edge that was stored; None where fewer than n were there, and nobody is left out."""
    if text is None:
        return None
    rank, one_id = json.loads(text)
    return tuple(rank), one_id


def _stale(row: Mapping[str, Any], ranked: Mapping[str, Rank], inside: Set[str], gone: Set[str]) -> bool:
    if row["ranking"] is not None and (ranked or inside):
        return True
    edge = edge_of(row["edge"])
    if inside & gone and edge is not None:
        return True  # a place is free
    taken = {one_id for one_id, rank in ranked.items() if edge is None or (tuple(rank), one_id) <= edge}
    return taken != inside - gone
