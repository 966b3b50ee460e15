"""Which identifiers must be decided together: the closure over live evidence that is not shared, people
included.

Shared evidence is left out, because it influences nothing; with it, the closure would be the blob of plain
connected components.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.graph.sessions import Writer
from app.identity.cluster import is_shared
from app.identity.evidence import pair_of
from app.identity.live import reading
from app.identity.live.region import Region
from app.identity.rule import Edge, Rule


class Sharing:
    """Who of a region is shared, as far as it has been counted."""

    def __init__(self, region: Region, rule: Rule) -> None:
        self.region, self.rule, self.ledger = region, rule, region.ledger
        self._known: dict[str, bool] = {}

    def holds(self, key: str) -> bool:
        """Whether the identifier is shared now, as far as sightings can tell: a shared one stays so."""
        if key not in self._known:
            self._known[key] = self.stored(key) or (
                self.ledger.live(key) and is_shared(self.ledger, self.rule, key)
            )
        return self._known[key]

    def stored(self, key: str) -> bool:
        """Whether the identifier is marked as shared in the graph."""
        flags = self.region.flags.get(key)
        return flags is not None and flags.shared

    def believed(self, key: str) -> bool:
        """What was counted, else what is stored."""
        return self._known.get(key, self.stored(key))

    def count(self, key: str) -> bool:
        """Count the ties of an opened identifier; a stored shared one only when it is wide."""
        now = (self.stored(key) and key not in self.region.wide) or is_shared(self.ledger, self.rule, key)
        self._known[key] = now
        return now

    def among(self, keys: Iterable[str]) -> set[str]:
        """Those that were counted and are shared."""
        return {key for key in keys if self._known.get(key)}


class Closure:
    """The identifiers that must be decided together with some seeds, read round by round."""

    def __init__(self, sharing: Sharing, recount: set[str], limit: int | None) -> None:
        self.sharing, self.recount, self.limit = sharing, recount, limit
        self.region, self.ledger = sharing.region, sharing.ledger
        self.group: dict[str, str] = {}
        self.parent: dict[str, str] = {}
        self.size: dict[str, int] = {}
        self.keys: set[str] = set()
        self.too_large: set[str] = set()

    async def of(self, writer: Writer, seeds: set[str]) -> Closure:
        reached = {key: key for key in seeds}
        while reached:
            frontier = self._enter(reached)
            await self._open(writer, frontier)
            reached = {}
            for key in frontier:
                for other in self._next(key):
                    if other not in self.group:
                        reached.setdefault(other, key)
                    else:
                        self._unite(key, other)
        large = {root for root, size in self.size.items() if self._over(size)}
        self.too_large = {
            key for key in self.group if self._root(self.group[key]) in large and self._is_touched(key, seeds)
        }
        self.keys = {key for key in self.group if self._root(self.group[key]) not in large}
        return self

    def _over(self, size: int) -> bool:
        return self.limit is not None and size > self.limit

    def _is_touched(self, key: str, seeds: set[str]) -> bool:
        return key in seeds or key not in self.region.stored_identifiers

    def _enter(self, reached: dict[str, str]) -> list[str]:
        """Take identifiers into the groups of those that led to them; not further where a group is too
        large already.
        """
        frontier = []
        for key, via in reached.items():
            root = self._root(self.group.get(via, via))
            if self._over(self.size.get(root, 0)):
                continue
            self.group[key] = root
            self.size[root] = self.size.get(root, 0) + 1
            frontier.append(key)
        return frontier

    def _root(self, name: str) -> str:
        while (up := self.parent.setdefault(name, name)) != name:
            self.parent[name] = name = self.parent[up]
        return name

    def _unite(self, a: str, b: str) -> None:
        one, two = self._root(self.group[a]), self._root(self.group[b])
        if one != two:
            self.parent[one] = two
            self.size[two] += self.size.pop(one)

    async def _open(self, writer: Writer, frontier: Iterable[str]) -> None:
        """Read what is stored of the frontier and not opened yet; shared ones whose ties went away whole."""
        missing = [key for key in frontier if key in self.region.plain_of and key not in self.region.opened]
        wide = [
            key
            for key in frontier
            if key in self.recount and key not in self.region.wide and key in self.region.plain_of
        ]
        if missing or wide:
            people = {self.region.person_of[key] for key in missing if key in self.region.person_of}
            loose = [key for key in missing if key not in self.region.person_of]
            await reading.open(self.region, writer, people, loose, wide)

    def _next(self, key: str) -> set[str]:
        """Where the cluster goes on: to the same person's identifiers, and over live evidence that is not
        shared.
        """
        person = self.region.person_of.get(key)
        found = set(self.region.members.get(person, ())) if person else set()
        if not self.ledger.live(key):
            return found
        was = self.sharing.stored(key)
        now = self.sharing.count(key)
        for other in self.ledger.near.get(key, ()):
            edge = self.ledger.edge(pair_of(key, other))
            if edge is None or not self.ledger.live(other):
                continue
            if now != was or not (now or self._ends(edge) or self.sharing.believed(other)):
                found.add(other)
        return found

    def _ends(self, edge: Edge) -> bool:
        """Whether claimed evidence ends the cluster: it says only whether one of its ends is neutral."""
        return edge.claimed and not self.sharing.rule.policy.has_neutral
