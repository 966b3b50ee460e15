"""What is stored, measured against a truth: the scores, beside plain connected components of the same
evidence, and the worst errors with two identifiers each to ask `why` or `whyNot` of. Pure.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.access.sealing import mask
from app.identity.connected import connected
from app.identity.evidence import Pair, pair_of
from app.identity.live.stored import Stored
from app.identity.quality.scores import Ints, Score, numbered, overlap, score, worst

WORST = 10


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier: what it is asked by, and as everybody may see it."""

    kind: str
    scope: str
    value: str
    display: str

    @property
    def asked(self) -> dict[str, str]:
        """How `why` is asked about it."""
        return {"kind": self.kind, "scope": self.scope, "value": self.value}


@dataclass(frozen=True, slots=True)
class OverMerge:
    """People who are joined and should not be. `path`: identifiers from one of them to another, each seen
    together with the next; its ends are of two people, so `why` of them says who joined these.
    """

    one_id: str
    identifiers: int
    people: int
    wrong_pairs: int
    path: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class UnderMerge:
    """A person who is apart. `a` and `b` are of two parts: `whyNot` of them says what keeps them so.

    `reason` is why the evidence between them is suppressed; None: they were never seen together.
    """

    person: str
    identifiers: int
    parts: tuple[tuple[str, int], ...]
    missed_pairs: int
    a: Named
    b: Named
    reason: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of what is stored and of plain components, and the worst errors, by pairs."""

    oneid: Score
    plain: Score
    over: Sequence[OverMerge] = field(default=())
    under: Sequence[UnderMerge] = field(default=())


def evaluate(stored: Stored, truth: Mapping[str, str], most: int = WORST) -> Evaluation:
    """Measure what is stored. `truth` names the true person of identifiers by key; those that are stored
    and belong to nobody (expired, blocked) or are not stored at all count as missing.
    """
    items = [key for key in truth if stored.people.get(key)]
    missing = len(truth) - len(items)
    true, people = numbered(truth[key] for key in items)
    found, one_ids = numbered(stored.people[key][0] for key in items)
    met = overlap(true, found)
    plain = overlap(true, _plain(stored, items))
    world = _World(stored, dict(zip(items, true.tolist(), strict=True)))
    over = worst(met.wrong_pairs, most)
    under = worst(met.missed_pairs, most)
    members = _members(items, found, over)
    parts = _members(items, true, under)
    active = world.near(key for key in stored.people if set(stored.people[key]) & {one_ids[n] for n in over})
    between = world.between(parts)
    return Evaluation(
        score(met, missing),
        score(plain, missing),
        tuple(world.over(one_ids[n], members[n], int(met.wrong_pairs[n]), active) for n in over),
        tuple(world.under(people[n], parts[n], int(met.missed_pairs[n]), between.get(n)) for n in under),
    )


def _plain(stored: Stored, items: Sequence[str]) -> Ints:
    """The plain components of the items: whatever was seen together or linked, whatever became of it."""
    number = {key: index for index, key in enumerate(stored.ledger.identifiers)}
    pairs = [
        (number[a], number[b])
        for a, b in (*stored.ledger.evidence, *stored.ledger.links)
        if a in number and b in number
    ]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    component = connected(len(number), ends[:, 0], ends[:, 1])
    chosen = component[np.fromiter((number[key] for key in items), np.int64, len(items))]
    return np.unique(chosen, return_inverse=True)[1].astype(np.int64)


def _members(items: Sequence[str], groups: Ints, chosen: Collection[int]) -> dict[int, list[str]]:
    """The items of some groups."""
    found: dict[int, list[str]] = {number: [] for number in chosen}
    for key, number in zip(items, groups.tolist(), strict=True):
        if number in found:
            found[number].append(key)
    return found


class _World:
    """What is stored, with the true person of each item as a number."""

    def __init__(self, stored: Stored, person: Mapping[str, int]) -> None:
        self.stored, self.person = stored, person

    def near(self, keys: Iterator[str]) -> dict[str, list[str]]:
        """Who is joined with whom by active evidence, among some identifiers."""
        chosen, near = set(keys), defaultdict[str, list[str]](list)
        links = (pair for pair in self.stored.ledger.links if self.stored.ledger.link_that_holds(pair))
        active = (pair for pair, (state, _) in self.stored.states.items() if state == "active")
        for a, b in dict.fromkeys((*active, *links)):
            if a in chosen and b in chosen and self.stored.people[a] == self.stored.people[b]:
                near[a].append(b)
                near[b].append(a)
        return near

    def over(
        self, one_id: str, members: Sequence[str], wrong: int, near: Mapping[str, Sequence[str]]
    ) -> OverMerge:
        sizes = np.bincount([self.person[key] for key in members])
        path = self._path(members, int(sizes.argmax()), near)
        named = tuple(map(self.named, path))
        return OverMerge(one_id, len(members), int((sizes > 0).sum()), wrong, named)

    def _path(self, members: Sequence[str], start: int, near: Mapping[str, Sequence[str]]) -> list[str]:
        """The shortest way from the person who has most in it to anybody else."""
        before: dict[str, str | None] = {key: None for key in sorted(members) if self.person[key] == start}
        waiting = deque(before)
        while waiting:
            key = waiting.popleft()
            for other in sorted(near.get(key, ())):
                if other not in before:
                    before[other] = key
                    if self.person.get(other, start) != start:
                        return _traced(before, other)
                    waiting.append(other)
        ends = [key for key in sorted(members) if self.person[key] != start]
        return [next(iter(before)), ends[0]]  # nothing active leads there: `oneid verify` would say so

    def between(self, parts: Mapping[int, Sequence[str]]) -> dict[int, tuple[Pair, str | None]]:
        """For each true person a pair that was seen together and is apart, the first by key, and why."""
        home = {key: number for number, keys in parts.items() for key in keys}
        found: dict[int, tuple[Pair, str | None]] = {}
        for pair, (state, reason) in self.stored.states.items():
            a, b = pair
            if state == "active" or home.get(a, -1) != home.get(b, -2) or self._together(pair):
                continue
            found[home[a]] = min(found.get(home[a], (pair, reason)), (pair, reason))
        return found

    def _together(self, pair: Pair) -> bool:
        return self.stored.people[pair[0]] == self.stored.people[pair[1]]

    def under(
        self, person: str, members: Sequence[str], missed: int, seen: tuple[Pair, str | None] | None
    ) -> UnderMerge:
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for key in members:
            parts[self.stored.people[key][0]].append(key)
        ordered = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0]))
        pair = seen[0] if seen else pair_of(*(self._best(keys) for _, keys in ordered[:2]))
        return UnderMerge(
            person,
            len(members),
            tuple((one_id, len(keys)) for one_id, keys in ordered),
            missed,
            self.named(pair[0]),
            self.named(pair[1]),
            seen[1] if seen else None,
        )

    def _best(self, keys: Sequence[str]) -> str:
        """The identifier that stands for some: of the strongest layer, the first seen."""
        known, kinds = self.stored.ledger.identifiers, self.stored.ledger.policy.kinds
        return min(keys, key=lambda key: (kinds[known[key].kind].rank, known[key].first, key))

    def named(self, key: str) -> Named:
        """An identifier with its masked name."""
        one = self.stored.ledger.identifiers[key]
        shown = mask(one.kind, one.value) if self.stored.ledger.policy.kinds[one.kind].pii else one.value
        scope = "" if one.scope == "*" else f"{one.scope}:"
        return Named(one.kind, one.scope, one.value, f"{one.kind}:{scope}{shown}")


def _traced(before: Mapping[str, str | None], end: str) -> list[str]:
    path: list[str] = []
    key: str | None = end
    while key is not None:
        path.append(key)
        key = before[key]
    return path[::-1]
