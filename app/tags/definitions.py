"""The tags that there are, and what the rules among them are evaluated with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules.model import Rule, nodes, parse
from app.rules.statement import Settings
from app.rules.windows import Clock
from app.settings import settings
from app.tags.model import Definition, stored, tags_in

_DEFINITIONS = read_query("tags/definitions")


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every tag by its key, and the rules of saved segments."""

    tags: Mapping[str, Definition]
    segments: Mapping[str, Rule]

    def evaluation(self, as_of: datetime) -> Settings:
        """What rules are told beside themselves: the moment, the zone, the currency, segments."""
        own = settings()
        clock = Clock(as_of, ZoneInfo(own.time_zone))
        return Settings(clock, own.currency, None, self.segments)

    def asked(self, rule: Rule) -> set[str]:
        """The tags that a rule asks about, also through the segments that it uses."""
        found, seen, waiting = set[str](), set[str](), [rule]
        while waiting:
            one = waiting.pop()
            found |= tags_in(one)
            for _, node in nodes(one):
                if node.key == "segment" and node.body.key not in seen:
                    seen.add(node.body.key)
                    waiting += [self.segments[node.body.key]] if node.body.key in self.segments else []
        return found

    def standing(self) -> list[str]:
        """The tags whose rules ask for a stage or for scores: what is derived after tags."""
        return [one.key for one in self.ruled() if one.rule is not None and self._stands(one.rule, set())]

    def _stands(self, rule: Rule, within: set[str]) -> bool:
        for _, node in nodes(rule):
            if node.key in ("lifecycle", "rfm"):
                return True
            if node.key == "segment" and node.body.key in self.segments and node.body.key not in within:
                within.add(node.body.key)
                if self._stands(self.segments[node.body.key], within):
                    return True
        return False

    def ruled(self) -> list[Definition]:
        """The tags that rules set."""
        return [one for one in self.tags.values() if one.by_rule]


async def read(reader: Reader) -> Definitions:
    """The definitions as they are stored now."""
    row = await reader.row(_DEFINITIONS)
    return of_row(row) if row else Definitions({}, {})


def of_row(row: Mapping[str, Any]) -> Definitions:
    """The definitions of a row of tags/definitions."""
    tags = {one.key: one for one in map(stored, row["tags"])}
    return Definitions(tags, {key: parse(json.loads(rule)) for key, rule in row["segments"]})


class Circular(Exception):
    """Tags whose rules need each other; `chain` begins and ends with the same one."""

    def __init__(self, chain: Sequence[str]) -> None:
        super().__init__(" -> ".join(chain))
        self.chain = tuple(chain)


def levels(known: Definitions) -> list[list[Definition]]:
    """The tags of rules in an order in which each comes after those that its rule asks about.

    Tiers are decided together, so the tags of a group are of one level. Raises Circular.
    """
    ruled = {one.key: one for one in known.ruled()}
    unit = {key: f"group {one.group}" if one.group is not None else key for key, one in ruled.items()}
    needs: dict[str, set[str]] = {name: set() for name in unit.values()}
    for key, one in ruled.items():
        assert one.rule is not None  # noqa: S101 - it is set by a rule
        needs[unit[key]] |= {unit[tag] for tag in known.asked(one.rule) if tag in unit}
    place: dict[str, int] = {}
    for name in sorted(needs):
        _place(name, needs, place, [])
    made: list[list[Definition]] = [[] for _ in range(max(place.values(), default=-1) + 1)]
    for key in sorted(ruled):
        made[place[unit[key]]].append(ruled[key])
    return made


def _place(name: str, needs: Mapping[str, Set[str]], place: dict[str, int], way: list[str]) -> int:
    if name in way:
        raise Circular([*way[way.index(name) :], name])
    if name not in place:
        below = [_place(other, needs, place, [*way, name]) for other in sorted(needs[name])]
        place[name] = max(below, default=-1) + 1
    return place[name]


def concerned(known: Definitions, changed: Iterable[str]) -> set[str]:
    """The tags to evaluate when some have changed: they, their tiers, and those whose rules ask about any."""
    found, waiting = set[str](), list(changed)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        own = known.tags.get(key)
        for other in known.ruled():
            assert other.rule is not None  # noqa: S101 - it is set by a rule
            mates = own is not None and own.group is not None and other.group == own.group
            if mates or key in known.asked(other.rule):
                waiting.append(other.key)
    return found
