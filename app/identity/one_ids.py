"""Which OneID each component goes by. Pure: components and the register in, decisions out.

Rule: design page "identity", "OneIDs that last". A person's owner is its best identifier by (layer, first
sighting, kind|scope|value). A component takes the OneID whose owner it holds; the others are merged into it
and remember theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

Standing = tuple[int, int, str]
"""How good an owner an identifier is, the smallest best: rank of its layer, first sighting,
kind|scope|value.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the register. `merged_at` is in microseconds; `born` is a UUIDv7, so it sorts by time."""

    one_id: str
    born: str
    owner: str | None
    merged_into: str | None = None
    merged_at: int = 0
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Component:
    """Identifiers that are one person now. `contenders` holds at least the best of them; all, when it says
    nothing.
    """

    keys: frozenset[str]
    contenders: tuple[str, ...] = ()


@dataclass(slots=True)
class Assignment:
    """What becomes of the register: one entry for each component, in their order, and for each line that
    changes.
    """

    one_ids: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    minted: list[Person] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    returned: list[str] = field(default_factory=list)
    split_from: dict[str, str] = field(default_factory=dict)


def assign(
    components: Sequence[Component],
    persons: Iterable[Person],
    held: Mapping[str, str],
    standing: Callable[[str], Standing],
    mint: Callable[[], Person],
    wanted: Mapping[str, str] = MappingProxyType({}),
) -> Assignment:
    """Name each component.

    `persons` are the lines of the register that own or hold any identifier of the components; `held` says
    whom each identifier identified before; `standing` orders identifiers; `mint` makes a new line without
    an owner; `wanted` says, of a component's best identifier, which candidate comes first whatever it is: the
    OneID that it had before what is being undone.
    """
    place = {key: number for number, component in enumerate(components) for key in component.keys}
    best = [min(component.contenders or component.keys, key=standing) for component in components]
    candidates = _candidates(place, persons, held, standing)
    result = Assignment()
    for number, component in enumerate(components):
        first = wanted.get(best[number])
        ordered = sorted(
            candidates[number], key=lambda person: (person.one_id != first, *_precedence(person, standing))
        )
        winner = ordered[0] if ordered else None
        if winner is not None and winner.merged_into is not None and winner.owner != best[number]:
            winner = None
        if winner is None:
            winner = _minted(result, component, held, best[number], mint)
        elif winner.merged_into is not None:
            result.returned.append(winner.one_id)
        _settle(result, winner, ordered, best[number])
    return result


def _candidates(
    place: Mapping[str, int],
    persons: Iterable[Person],
    held: Mapping[str, str],
    standing: Callable[[str], Standing],
) -> defaultdict[int, list[Person]]:
    """The OneIDs whose owner each component holds; a living one that lost its owner goes with its best
    remaining.
    """
    remaining: defaultdict[str, list[str]] = defaultdict(list)
    for key, one_id in held.items():
        if key in place:
            remaining[one_id].append(key)
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for person in persons:
        if person.owner is not None and person.owner in place:
            found[place[person.owner]].append(person)
        elif person.merged_into is None and remaining[person.one_id]:
            deputy = min(remaining[person.one_id], key=standing)
            found[place[deputy]].append(replace(person, owner=deputy))
    return found


def _precedence(person: Person, standing: Callable[[str], Standing]) -> tuple[bool, Standing, int, str]:
    return (person.merged_into is not None, standing(person.owner or ""), -person.merged_at, person.born)


def _minted(
    result: Assignment, component: Component, held: Mapping[str, str], best: str, mint: Callable[[], Person]
) -> Person:
    person = mint()
    result.minted.append(person)
    before = held.get(best) or min((held[key] for key in component.keys if key in held), default=None)
    if before is not None:
        result.split_from[person.one_id] = before
    return person


def _settle(result: Assignment, winner: Person, candidates: list[Person], owner: str) -> None:
    result.one_ids.append(winner.one_id)
    result.owners[winner.one_id] = owner
    for person in candidates:
        if person.one_id != winner.one_id and person.merged_into != winner.one_id:
            result.merged[person.one_id] = winner.one_id
