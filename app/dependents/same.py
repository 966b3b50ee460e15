"""Which dependents of one person are one: the same baby that two sources registered. Pure.

Two are the same when they are of one kind and its natural key is equal: every part is said by both and equal.
Where a name is missing, the genders take its place. Never two that one source registered (a source knows its
own: two keys of it are twins), never two that somebody separated, and never a chain: within a group every two
fit. Pairs are taken names first, then by their order, so neither arrival nor reading order matters: of twins
of one source and one child of the other, that one is found with exactly one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from app.identity.facts import UNSAID, trait
from app.identity.match.names import plain


@dataclass(frozen=True, slots=True)
class One:
    """A dependent as it is compared. `said`: microseconds since 1970 when it was first told of; `values` are
    the parts of its kind's natural key as they are stored, names in the clear.
    """

    key: str
    kind: str
    said: int
    sources: frozenset[str]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, str]:
        """The one that comes first stands for its group."""
        return self.said, self.key


Pair = frozenset[str]


def groups(
    dependents: Iterable[One], natural_keys: Mapping[str, Sequence[str]], separated: Iterable[Pair] = ()
) -> list[list[str]]:
    """The groups of two and more, each by key with the one first that stands for it."""
    ones = {one.key: one for one in sorted(dependents, key=lambda one: one.order)}
    apart = set(separated)
    group = {key: [key] for key in ones}
    for _, a, b in sorted(_pairs(ones.values(), natural_keys)):
        first, second = group[a[1]], group[b[1]]
        if first is not second and all(
            frozenset((x, y)) not in apart and _fit(ones[x], ones[y], natural_keys) is not None
            for x in first
            for y in second
        ):
            first.extend(second)
            group.update(dict.fromkeys(second, first))
    found = {id(one): sorted(one, key=lambda key: ones[key].order) for one in group.values() if len(one) > 1}
    return sorted(found.values())


def _pairs(
    ones: Iterable[One], natural_keys: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, tuple[int, str], tuple[int, str]]]:
    for a, b in combinations(ones, 2):
        strength = _fit(a, b, natural_keys)
        if strength is not None:
            yield strength, a.order, b.order


def _fit(a: One, b: One, natural_keys: Mapping[str, Sequence[str]]) -> int | None:
    """Whether two may be one: 0 by their whole key, 1 by gender in a name's place; None when they may not."""
    parts = natural_keys.get(a.kind, ())
    if a.kind != b.kind or not parts or a.sources & b.sources:
        return None
    if all(_equal(part, a, b) for part in parts):
        return 0
    nameless = "name" in parts and (_said("name", a) is None or _said("name", b) is None)
    rest = ("gender" if part == "name" else part for part in parts)
    return 1 if nameless and all(_equal(part, a, b) for part in rest) else None


def _equal(part: str, a: One, b: One) -> bool:
    said = _said(part, a)
    return said is not None and said == _said(part, b)


def _said(part: str, one: One) -> str | None:
    """A part as it is compared; None for what was not said."""
    value = one.values.get(part)
    if value is None:
        return None
    if part == "gender":
        return trait("gender", {"gender": (0, value)})
    text = plain(str(value))
    return None if text in UNSAID else text
