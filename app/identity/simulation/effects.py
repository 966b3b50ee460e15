"""What a policy would do to the whole graph: who is grouped otherwise, and which pairs stand otherwise.

Pure. Columns for everything (NumPy), Python objects for what changes alone. Numbers are places in `keys` and
`pairs`; `now` is as stored, `then` as under the policy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from app.identity.batch import INACTIVE, REASONS, Ints, Settled, World, settle
from app.identity.evidence import Pair
from app.identity.live.recompute import world_of
from app.identity.live.register import mint
from app.identity.live.stored import Stored
from app.identity.one_ids import Assignment, Component, Person, Standing, assign
from app.identity.rule import ACTIVE, Rule
from app.identity.simulation.regrouping import regrouped

State = tuple[str, str | None]
"""State and reason of a pair, as the graph keeps them."""


@dataclass(slots=True)
class Effects:
    """The whole comparison. `change` numbers the change of each identifier, -1 for those that stay."""

    rule: Rule
    stored: Stored
    keys: list[str]
    pairs: list[Pair]
    world: World
    settled: Settled
    people: list[str]
    """OneIDs, by the number that `person` gives."""
    person: Ints
    change: Ints
    number: dict[str, int]

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return int(self.change.max(initial=-1)) + 1

    def changed(self) -> Iterator[tuple[str, int]]:
        """The identifiers of all changes, each with the number of its own."""
        for i in np.flatnonzero(self.change >= 0).tolist():
            yield self.keys[i], int(self.change[i])

    def changed_keys(self) -> list[str]:
        """The identifiers of all changes, sorted."""
        return sorted(key for key, _ in self.changed())

    def then(self, place: int) -> State:
        """How a pair would stand."""
        verdict = int(self.settled.verdict[place])
        if verdict != INACTIVE:
            reason = REASONS[verdict]
            return ("active", None) if reason == ACTIVE else ("suppressed", reason)
        dead = next(key for key in self.pairs[place] if not self.stored.ledger.live(key))
        return "inactive", "BLOCKED" if self.stored.ledger.identifiers[dead].blocked else "EXPIRED"

    def now(self, place: int) -> State | None:
        """How a pair stands; None for one that was only ever linked by hand."""
        return self.stored.states.get(self.pairs[place])


def effects(rule: Rule, stored: Stored) -> Effects:
    """Compare what is stored, read under the other policy, with what that policy's rule says."""
    keys, pairs, world = world_of(stored.ledger)
    settled = settle(rule, world)
    numbers: dict[str, int] = {}
    person = np.fromiter(
        (numbers.setdefault(held[0], len(numbers)) if (held := stored.people[key]) else -1 for key in keys),
        np.int64,
        len(keys),
    )
    change = regrouped(person, settled.component)
    number = {key: i for i, key in enumerate(keys)}
    return Effects(rule, stored, keys, pairs, world, settled, list(numbers), person, change, number)


def states(found: Effects) -> dict[State, tuple[int, int]]:
    """How many pairs that were seen together are in each state: now, and then."""
    now = Counter(found.stored.states.values())
    then: Counter[State] = Counter()
    seen = np.fromiter((pair in found.stored.states for pair in found.pairs), bool, len(found.pairs))
    verdicts, counts = np.unique(found.settled.verdict[seen], return_counts=True)
    for verdict, count in zip(verdicts.tolist(), counts.tolist(), strict=True):
        if verdict != INACTIVE:
            reason = REASONS[verdict]
            then["active" if reason == ACTIVE else "suppressed", reason or None] += count
    for place in np.flatnonzero(seen & (found.settled.verdict == INACTIVE)).tolist():
        then[found.then(place)] += 1
    ordered = sorted({*now, *then}, key=lambda state: (state[0], state[1] or ""))
    return {state: (now[state], then[state]) for state in ordered}


# -- people ---


@dataclass(slots=True)
class Register:
    """The register of those whom the changes touch: `held` says whom each identifier identifies now,
    `target` then.
    """

    assignment: Assignment
    persons: Mapping[str, Person]
    held: dict[str, str]
    target: dict[str, str]
    components: dict[int, list[list[str]]] = field(default_factory=dict)
    """Change -> the identifiers of each person then."""
    groups: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    """Change -> OneID -> the identifiers of each person now."""
    out: dict[int, list[str]] = field(default_factory=dict)
    """Change -> the identifiers that would be nobody's."""

    def split(self) -> int:
        """How many people of now would be several."""
        after: defaultdict[str, set[str]] = defaultdict(set)
        for key, one_id in self.held.items():
            if key in self.target:
                after[one_id].add(self.target[key])
        return sum(len(one_ids) > 1 for one_ids in after.values())

    def gained_and_lost(self) -> tuple[int, int]:
        """How many people who live on would have identifiers more, and how many would have some less."""
        living = set(self.held.values()) & set(self.target.values())
        gained = {one for key, one in self.target.items() if self.held.get(key) != one}
        lost = {one for key, one in self.held.items() if self.target.get(key) != one}
        return len(gained & living), len(lost & living)


def name_everybody(found: Effects, persons: Iterable[Person]) -> Register:
    """Which OneID each regrouped component would go by, by the same rule as when a policy is applied."""
    lines = {person.one_id: person for person in persons if person.status != "ERASED"}
    groups: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    parts: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    out: defaultdict[int, list[str]] = defaultdict(list)
    held: dict[str, str] = {}
    for i in np.flatnonzero(found.change >= 0).tolist():
        key, change = found.keys[i], int(found.change[i])
        if found.person[i] >= 0:
            held[key] = found.people[found.person[i]]
            groups[change][held[key]].append(key)
        if found.settled.component[i] >= 0:
            parts[change, int(found.settled.component[i])].append(key)
        else:
            out[change].append(key)
    components = [Component(frozenset(keys)) for keys in parts.values()]
    assignment = assign(components, lines.values(), held, _standing(found), mint)
    target = {
        key: one_id for keys, one_id in zip(parts.values(), assignment.one_ids, strict=True) for key in keys
    }
    register = Register(assignment, lines, held, target, {}, dict(groups), dict(out))
    for (change, _), keys in parts.items():
        register.components.setdefault(change, []).append(keys)
    return register


def _standing(found: Effects) -> Callable[[str], Standing]:
    kinds, identifiers = found.rule.policy.kinds, found.stored.ledger.identifiers

    def standing(key: str) -> Standing:
        one = identifiers[key]
        return kinds[one.kind].rank, one.first, one.plain

    return standing
