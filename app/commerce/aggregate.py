"""What is stored of what people have bought: figures of the group on the person, of a brand on its profile.

Segments, stages and scores look at these, so that they need not look at every order. They count bought
orders (PAID, SHIPPED, COMPLETED) of the deployment's currency up to a moment; facts of a contested identifier
since it is the person's. A profile is there exactly where something was bought from that brand; orders
without a known brand (`*`) count for the group alone. `PurchaseSummary` has the same meaning, live.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.settings import settings

_READ = read_query("commerce/aggregates")
_WRITE = write_query("commerce/aggregate")
_NONE = [0, 0, 0, 0, 0, None, None]
_NO_BRAND = "*"

Figures = list[Any]
"""Orders, pieces, paid, discount, refunded, first and last: money in minor units, times in microseconds."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One person: what is stored (None: nothing yet), and what it should be; brands by key."""

    one_id: str
    active: bool
    own: Figures | None
    stored: dict[str, Figures]
    bought: dict[str, Figures]


async def refresh(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Counter[str]:
    """Store anew what differs of these people, as of a moment: one read, and a write where there is any.

    Returns how many people's and how many profiles' figures changed, and how many profiles went.
    """
    at = round(as_of.timestamp() * 1_000_000)
    asked = {"one_ids": sorted(set(one_ids)), "as_of": at, "currency": settings().currency}
    found = await identity.graph.reader().rows(_READ, rows=asked)
    rows = differing([_of(*row) for row in found])
    if any(rows.values()):
        await identity.graph.unit(lambda writer: _write(writer, rows, at))
    return Counter({name: len(those) for name, those in rows.items() if those})


def differing(people: Iterable[Bought]) -> dict[str, list[Any]]:
    """What is to be written for what is stored to be what was bought: people, profiles, profiles to go."""
    rows: dict[str, list[Any]] = {"people": [], "profiles": [], "gone": []}
    for one in people:
        own = total(one.bought.values()) if one.active else None
        if own != one.own:
            rows["people"].append({"one_id": one.one_id, "own": own})
        for brand, figures in sorted(one.bought.items()):
            if brand != _NO_BRAND and figures != one.stored.get(brand):
                key = f"{one.one_id}|{brand}"
                rows["profiles"].append({"key": key, "one_id": one.one_id, "brand": brand, "own": figures})
        rows["gone"] += [f"{one.one_id}|{brand}" for brand in sorted(one.stored.keys() - one.bought.keys())]
    return rows


def total(figures: Iterable[Figures]) -> Figures:
    """The figures of all brands together: sums, the first and the last."""
    several = list(figures)
    if not several:
        return list(_NONE)
    *sums, firsts, lasts = zip(*several, strict=True)
    return [*map(sum, sums), min(firsts), max(lasts)]


def _of(one_id: str, active: bool, own: Any, stored: Any, bought: Any) -> Bought:
    brands = [{brand: figures for brand, *figures in rows} for rows in (stored, bought)]
    return Bought(one_id, active, own, brands[0], brands[1])


async def _write(writer: Writer, rows: dict[str, list[Any]], at: int) -> None:
    await writer.rows(_WRITE, rows=rows | {"at": at})
