"""How long people take to buy again, over the whole base: worked out by the daily job, and kept for
everybody to read.

Of the group and of each brand, over all that is bought and by category. Orders of one day are one purchase,
whatever their number, and what counts are orders that are PAID, SHIPPED or COMPLETED, in the deployment's
currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from app.graph.queries import read_query, write_query
from app.identity.service import Identity
from app.lifecycle.cycles import Cycle
from app.lifecycle.declared import GROUP
from app.settings import settings

_PURCHASES = read_query("lifecycle/purchases")
_STORE = write_query("lifecycle/cycles_store")
BATCH = 2000
ALL = "*"
"""The category that stands for all of them."""

Cycles = defaultdict[tuple[str, str], Cycle]
"""Brand and category -> the cycle."""


async def rework(identity: Identity, one_ids: Iterable[str], as_of: datetime) -> int:
    """Work out the cycles of a base, these people, and store them. Returns how many there are."""
    own, everybody, cycles = settings(), list(one_ids), Cycles(Cycle)
    for start in range(0, len(everybody), BATCH):
        asked = {
            "one_ids": everybody[start : start + BATCH],
            "currency": own.currency,
            "as_of": as_of,
            "zone": own.time_zone,
        }
        for row in await identity.graph.reader().rows(_PURCHASES, rows=asked):
            add(cycles, row["days"])
    rows = [_row(brand, category, cycle) for (brand, category), cycle in sorted(cycles.items())]
    await identity.graph.unit(lambda writer: writer.rows(_STORE, rows={"cycles": rows, "as_of": as_of}))
    return len(rows)


def add(cycles: Cycles, days: Iterable[tuple[str, str | None, int]]) -> None:
    """Take in the purchases of one person: brand, category (None: of any), and day."""
    by: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for brand, category, day in days:
        for of in {GROUP, brand}:  # an order of no known brand is the group's alone
            by[of, ALL if category is None else category].append(day)
    for key, found in by.items():
        cycles[key].add(found)


def _row(brand: str, category: str, cycle: Cycle) -> Mapping[str, Any]:
    return {
        "key": f"{brand}|{category}",
        "name": f"{brand} {category}",
        "brand": brand,
        "category": category,
        "buyers": cycle.buyers,
        "repeaters": cycle.repeaters,
        "purchases": cycle.purchases,
        "intervals": cycle.intervals,
        "meanDays": cycle.mean,
        "medianDays": cycle.median,
        "lowerQuartileDays": cycle.quantile(Fraction(1, 4)),
        "upperQuartileDays": cycle.quantile(Fraction(3, 4)),
    }
