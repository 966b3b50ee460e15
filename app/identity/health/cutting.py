"""The `shared_after` that would cut a cluster which is too large to decide. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.identity.batch import Flags, Ints
from app.identity.connected import connected
from app.identity.policy import LAYERS


@dataclass(frozen=True, slots=True)
class Cut:
    """A kind with the greatest `shared_after` that leaves no part over the limit, and how many of the
    cluster's identifiers would be shared by it.
    """

    kind: str
    shared_after: int
    shared: int


def ties_by_layer(rank: Ints, a: Ints, b: Ints) -> Ints:
    """How many different identifiers of one stronger layer each is tied to: of the layer with most."""
    ties = np.zeros((len(rank), len(LAYERS)), dtype=np.int64)
    for one, other in ((a, b), (b, a)):
        stronger = rank[other] < rank[one]
        np.add.at(ties, (one[stronger], rank[other][stronger]), 1)
    most: Ints = ties.max(axis=1, initial=0)
    return most


def cut(kinds: Mapping[str, Flags], ties: Ints, a: Ints, b: Ints, most: int) -> Cut | None:
    """The way to cut a cluster that shares the fewest identifiers; None when no single kind would do.

    `kinds` says of each kind which of the cluster's identifiers are of it; `a` and `b` are its pairs.
    """
    found = [
        option
        for name, mine in kinds.items()
        if (option := _of_kind(name, mine, ties, a, b, most)) is not None
    ]
    return min(found, key=lambda option: (option.shared, option.kind), default=None)


def _of_kind(name: str, mine: Flags, ties: Ints, a: Ints, b: Ints, most: int) -> Cut | None:
    """The greatest limit that does, found by halving: a smaller one leaves out more."""
    limits = [*range(1, int(ties[mine].max(initial=0)))]
    if not limits or not _fits(mine & (ties > limits[0]), a, b, most):
        return None
    low, high = 0, len(limits) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(mine & (ties > limits[middle]), a, b, most):
            low = middle
        else:
            high = middle - 1
    return Cut(name, limits[low], int((mine & (ties > limits[low])).sum()))


def _fits(out: Flags, a: Ints, b: Ints, most: int) -> bool:
    kept = ~(out[a] | out[b])
    return int(np.bincount(connected(len(out), a[kept], b[kept])).max(initial=0)) <= most
