"""What the people of a segment are like, beside everybody: shares and TGI. The arithmetic is pure.

    TGI = share of a value in the segment / its share in the base x 100

150 says that the value is half as frequent again as in the base. Below 30 people, `low_sample`, it says
little.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.graph.sessions import Reader
from app.rules.choice import EVERY, Choice
from app.rules.compiler import SECONDS
from app.rules.compiler_profile import AGE_BANDS, MONTH_BANDS, UNBORN, VALUES, counted_by, label
from app.rules.model import Rule
from app.rules.statement import Settings

LOW_SAMPLE = 30
"""Fewer people than this with a value: its TGI is chance."""

TOP = 20
"""How many values of one kind are told, the most frequent first."""

BY = tuple(VALUES)
"""What people may be counted by."""

_ORDER: Mapping[str, Sequence[Any]] = {
    "AGE_BAND": [label(*ends) for ends in AGE_BANDS],
    "DEPENDENT_AGE_BAND": [UNBORN, *(label(*ends) for ends in MONTH_BANDS)],
    **{name: range(1, 6) for name in ("RECENCY", "FREQUENCY", "MONETARY")},
}
"""Values that have an order of their own; others come by how many have them."""

EVERYONE = Rule(everyone=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people there are, and of each kind how many have each value."""

    size: int
    values: Mapping[str, Mapping[Any, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One value, of those in the segment and of those in the base; shares are from 0 to 1.

    value: None of those who have none. share, base_share, tgi: None where nobody is there to share.
    """

    by: str
    value: str | None
    count: int
    share: float | None
    base_count: int
    base_share: float | None
    tgi: float | None
    low_sample: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A segment beside its base."""

    size: int
    base_size: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Pair:
    """One value in two segments; `ratio` is the share in the first / that in the second x 100."""

    by: str
    value: str | None
    a: Row
    b: Row
    ratio: float | None


async def counted(
    reader: Reader, rule: Rule, settings: Settings, by: Sequence[str], choice: Choice = EVERY
) -> Counted:
    """Who matches and is taken, by what they are: one statement. Raises TimedOut."""
    asked = counted_by(rule, settings, by, choice)
    row = (await reader.compiled(asked.text, asked.params, timeout=SECONDS))[0]
    return Counted(row["size"], {name: dict(found) for name, found in zip(by, row["counted"], strict=True)})


def profile(segment: Counted, base: Counted, top: int = TOP) -> Profile:
    """The segment beside the base: of each kind the most frequent `top` values of the segment, in order."""
    rows: list[Row] = []
    for by, values in segment.values.items():
        rows += [_row(by, value, segment, base) for value in _chosen(by, values, top)]
    return Profile(segment.size, base.size, rows)


def side_by_side(a: Counted, b: Counted, base: Counted, top: int = TOP) -> list[Pair]:
    """Two segments, value by value: the most frequent of either."""
    found: list[Pair] = []
    for by in a.values:
        both = Counter(a.values[by]) + Counter(b.values[by])
        for value in _chosen(by, both, top):
            one, other = _row(by, value, a, base), _row(by, value, b, base)
            found.append(Pair(by, one.value, one, other, _ratio(one.count, a.size, other.count, b.size)))
    return found


def _chosen(by: str, values: Mapping[Any, int], top: int) -> list[Any]:
    """The most frequent values, in the order in which they are told."""
    often = sorted(values, key=lambda value: (-values[value], value is None, str(value)))
    return sorted(often[:top], key=_place(by, values))


def _place(by: str, values: Mapping[Any, int]) -> Any:
    order = list(_ORDER.get(by, ()))

    def place(value: Any) -> tuple[bool, int, int, str]:
        own = order.index(value) if value in order else len(order)
        return value is None, own, -values[value], str(value)

    return place


def _row(by: str, value: Any, segment: Counted, base: Counted) -> Row:
    count, there = segment.values[by].get(value, 0), base.values[by].get(value, 0)
    return Row(
        by=by,
        value=None if value is None else str(value),
        count=count,
        share=_share(count, segment.size),
        base_count=there,
        base_share=_share(there, base.size),
        tgi=_ratio(count, segment.size, there, base.size),
        low_sample=count < LOW_SAMPLE,
    )


def _share(count: int, size: int) -> float | None:
    return round(count / size, 6) if size else None


def _ratio(count: int, size: int, other: int, other_size: int) -> float | None:
    """100 times how often one share is in another; None when there is no such share, or it is 0."""
    return round(100 * count * other_size / (size * other), 2) if size and other else None
