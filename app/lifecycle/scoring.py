"""RFM scores: those of the whole base by its own quantiles, once a day, and those of some people by the
bounds as they are.

Who counts has bought (PAID, SHIPPED or COMPLETED, in the deployment's currency): of the group whoever has,
of a brand whoever has from it. The bounds are kept on a node, so that everybody can read what a score
means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.identity.sighting import moment
from app.lifecycle.declared import GROUP, Lifecycle, declared
from app.lifecycle.rfm_declared import Rfm
from app.lifecycle.scores import Bounds, Numbers, bounds_of, scored
from app.rules.windows import FIRST, Clock, length
from app.settings import settings

_VALUES = read_query("lifecycle/rfm_values")
_STORE = write_query("lifecycle/rfm_store")
_BASES = read_query("lifecycle/rfm_bases")
_STORE_BASES = write_query("lifecycle/rfm_bases_store")
BATCH = 2000
"""People of one read, and of one write."""

Stored = tuple[Any, ...]
"""recency, frequency, monetary, segment, orders, net, time of the last; None each where there is none."""
_NOTHING: Stored = (None,) * 7


class Value(NamedTuple):
    """What one person bought, as far as it counts: of the group, or of a brand."""

    one_id: str
    orders: int
    net: int
    last: int


@dataclass
class Read:
    """What was read of some people: their values by brand (`*`: the group), and what is stored of them."""

    values: defaultdict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    stored: dict[tuple[str, str], Stored] = field(default_factory=dict)


@dataclass(frozen=True)
class Scoring:
    """One scoring: what is declared, the moment and the currency."""

    lifecycle: Lifecycle
    clock: Clock
    currency: str

    @classmethod
    def at(cls, as_of: datetime) -> Scoring:
        """As the deployment is set."""
        own = settings()
        return cls(declared(), Clock(as_of, ZoneInfo(own.time_zone)), own.currency)

    def asked(self, one_ids: Sequence[str]) -> dict[str, Any]:
        """What lifecycle/rfm_values is asked of some people."""
        named = {brand: self._since(rfm) for brand, rfm in self.lifecycle.rfm.items()}
        return {
            "one_ids": one_ids,
            "currency": self.currency,
            "as_of": self.clock.as_of,
            "group": named.pop(GROUP),
            "others": self._since(self.lifecycle.rfm[GROUP]),
            "brands": named,
        }

    def _since(self, rfm: Rfm) -> datetime:
        long = length(rfm.within) if rfm.within else None
        return (FIRST if long is None else self.clock.back(long)).astimezone(UTC)

    def columns(self, values: Sequence[Value], today: date) -> tuple[Numbers, Numbers, Numbers]:
        """Days since the last order, orders, and money, each by place."""
        to = today.toordinal()
        days = [to - self.clock.day_of(moment(one.last)).toordinal() for one in values]
        return (
            np.array(days, dtype=np.int64),
            np.array([one.orders for one in values], dtype=np.int64),
            np.array([one.net for one in values], dtype=np.int64),
        )

    def rows(
        self, brand: str, values: Sequence[Value], bounds: Bounds, today: date
    ) -> dict[tuple[str, str], Stored]:
        """What is to be stored of some people, their days counted up to one."""
        rfm = self.lifecycle.rfm_of(brand)
        return {
            (one.one_id, brand): (*scores, rfm.named(scores), one.orders, one.net, one.last)
            for one, scores in zip(values, scored(*self.columns(values, today), bounds), strict=True)
        }


async def rescore(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> int:
    """Score some people by the bounds as they are. Returns how many scores changed, of people and profiles.

    Where there are no bounds yet, nobody has scores before the daily job.
    """
    scoring, reader = Scoring.at(as_of), identity.graph.reader()
    read = await _read(identity, scoring, sorted(set(one_ids)))
    known = {row["key"]: row for row in await reader.rows(_BASES)}
    wanted: dict[tuple[str, str], Stored] = {}
    for brand, values in read.values.items():
        bounds, today = scoring.lifecycle.rfm_of(brand).fixed(scoring.currency), scoring.clock.today
        if bounds is None and brand in known and known[brand]["declared"] == "quantiles":
            bounds = Bounds(*(tuple(known[brand][name]) for name in Bounds._fields))
            # Quantiles of days are of the day that they were worked out on: a day later all are older.
            today = scoring.clock.day_of(known[brand]["as_of"].to_native())
        if bounds is not None:
            wanted |= scoring.rows(brand, values, bounds, today)
    return await _store(identity, read.stored, wanted)


async def rebase(identity: Identity, one_ids: Iterable[str], as_of: datetime) -> Counter[str]:
    """Work out the bounds of the whole base, these people, and score everybody by them.

    Returns how many people are scored, for the group, and how many scores changed.
    """
    scoring, everybody = Scoring.at(as_of), list(one_ids)
    read = Read()
    for start in range(0, len(everybody), BATCH):
        more = await _read(identity, scoring, everybody[start : start + BATCH])
        read.stored |= more.stored
        for brand, values in more.values.items():
            read.values[brand] += values
    wanted: dict[tuple[str, str], Stored] = {}
    bases = []
    for brand, values in sorted(read.values.items()):
        today = scoring.clock.today
        bounds = scoring.lifecycle.rfm_of(brand).fixed(scoring.currency) or bounds_of(
            *scoring.columns(values, today)
        )
        of_brand = scoring.rows(brand, values, bounds, today)
        bases.append(_base(scoring, brand, bounds, of_brand.values()))
        wanted |= of_brand
    await identity.graph.unit(lambda writer: writer.rows(_STORE_BASES, rows={"bases": bases}))
    changed = await _store(identity, read.stored, wanted)
    return Counter(scored=len(read.values.get(GROUP, ())), scores=changed)


def _base(scoring: Scoring, brand: str, bounds: Bounds, scores: Collection[Stored]) -> dict[str, Any]:
    called = Counter(str(one[3]) for one in scores if one[3] is not None)
    rfm = scoring.lifecycle.rfm_of(brand)
    names = {one.key: one.name or one.key for one in rfm.segments}
    keys = [key for key in names if called[key]]
    return {
        "key": brand,
        "name": "RFM of the group" if brand == GROUP else f"RFM of {brand}",
        "by": rfm.by,
        "within": rfm.within,
        "asOf": scoring.clock.as_of,
        "people": len(scores),
        "currency": scoring.currency,
        **{name: list(value) for name, value in bounds._asdict().items()},
        "segmentKeys": keys,
        "segmentNames": [names[key] for key in keys],
        "segmentPeople": [called[key] for key in keys],
    }


async def _read(identity: Identity, scoring: Scoring, one_ids: Sequence[str]) -> Read:
    read = Read()
    for row in await identity.graph.reader().rows(_VALUES, rows=scoring.asked(one_ids)):
        one_id = row["one_id"]
        for brand, *stored in row["stored"]:
            read.stored[one_id, brand] = tuple(stored)
        group = [one["group"] for one in row["bought"] if one["group"][0]]
        if group:
            orders, net, last = (list(column) for column in zip(*group, strict=True))
            read.values[GROUP].append(Value(one_id, sum(orders), sum(net), max(last)))
        for one in row["bought"]:
            if one["own"][0] and one["brand"] != GROUP:  # an order of no known brand is the group's alone
                read.values[one["brand"]].append(Value(one_id, *one["own"]))
    return read


async def _store(
    identity: Identity,
    stored: Mapping[tuple[str, str], Stored],
    wanted: Mapping[tuple[str, str], Stored],
) -> int:
    """Write what is different of those who are there; of a brand without a profile there is nobody to
    score.
    """
    rows = [
        _row(key, wanted.get(key, _NOTHING))
        for key, before in sorted(stored.items())
        if before != wanted.get(key, _NOTHING)
    ]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        sent = {
            "people": [row for group, row in batch if group],
            "profiles": [row for group, row in batch if not group],
        }
        await identity.graph.unit(partial(_write, sent=sent))
    return len(rows)


async def _write(writer: Writer, sent: Mapping[str, Any]) -> None:
    await writer.rows(_STORE, rows=sent)


def _row(key: tuple[str, str], values: Stored) -> tuple[bool, dict[str, Any]]:
    (one_id, brand), (recency, frequency, monetary, segment, orders, net, last) = key, values
    return brand == GROUP, {
        "holder": one_id if brand == GROUP else f"{one_id}|{brand}",
        "recency": recency,
        "frequency": frequency,
        "monetary": monetary,
        "segment": segment,
        "orders": orders,
        "net": net,
        "last": None if last is None else moment(last),
    }
