"""How much segments have in common: of several, every two and all of them. The arithmetic is pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.graph.sessions import Reader
from app.rules.choice import Choice
from app.rules.compiler import SECONDS
from app.rules.compiler_profile import regions
from app.rules.model import Rule
from app.rules.statement import Settings

MOST = 8
"""How many segments are compared at once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two segments. jaccard: in both / in either. a_in_b: the part of the first that is in the second, too.
    None where there is nobody to be a part of.
    """

    a: int
    b: int
    both: int
    jaccard: float | None
    a_in_b: float | None
    b_in_a: float | None


@dataclass(frozen=True, slots=True)
class Region:
    """People who are in exactly these, by their places, and in no other."""

    inside: Sequence[int]
    count: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Sizes in the order asked; `every`: in all of them, `some`: in at least one."""

    sizes: Sequence[int]
    pairs: Sequence[Pair]
    regions: Sequence[Region]
    every: int
    some: int
    jaccard: float | None


async def read_regions(
    reader: Reader, rules: Sequence[Rule], settings: Settings, choices: Sequence[Choice]
) -> list[Region]:
    """Everybody in any of them, by which: one statement. Raises TimedOut."""
    asked = regions(rules, settings, choices)
    rows = await reader.compiled(asked.text, asked.params, timeout=SECONDS)
    found = [Region(row["inside"], row["n"]) for row in rows]
    return sorted(found, key=lambda one: (-len(one.inside), one.inside))


def overlap(many: int, found: Sequence[Region]) -> Overlap:
    """What `many` segments have in common."""

    def within(*places: int) -> int:
        return sum(one.count for one in found if set(places) <= set(one.inside))

    sizes = [within(place) for place in range(many)]
    pairs = []
    for a, b in combinations(range(many), 2):
        both = within(a, b)
        either = sizes[a] + sizes[b] - both
        pairs.append(Pair(a, b, both, _part(both, either), _part(both, sizes[a]), _part(both, sizes[b])))
    every, some = within(*range(many)), sum(one.count for one in found)
    return Overlap(sizes, pairs, found, every, some, _part(every, some))


def _part(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
