"""Which identifiers are grouped otherwise, of two ways to group them. NumPy alone: no people are known here.

before   1 1 1 2 2 3        people, by number; -1: nobody's
after    7 7 8 8 8 9
change   0 0 0 0 0 -        1 and 2 share 8, so they change together; 3 stays as it is
"""

from __future__ import annotations

import numpy as np

from app.identity.batch import Flags, Ints
from app.identity.connected import connected


def regrouped(before: Ints, after: Ints) -> Ints:
    """The number of the change that each identifier is part of, from 0 on; -1 where nothing changes."""
    before, after = dense(before), dense(after)
    people, components = _size(before), _size(after)
    both = (before >= 0) & (after >= 0)
    together = np.zeros(len(before), dtype=np.int64)
    _, which, count = np.unique(
        before[both] * max(components, 1) + after[both], return_inverse=True, return_counts=True
    )
    together[both] = count[which]
    whole = (
        both & (together == _sizes(before, people)[before]) & (together == _sizes(after, components)[after])
    )
    moved = ~whole & ((before >= 0) | (after >= 0))
    label = connected(people + components, before[moved & both], people + after[moved & both])
    place = np.where(before >= 0, before, people + after)
    number = np.full(len(before), -1, dtype=np.int64)
    number[moved] = dense(label[place[moved]])
    return number


def dense(numbers: Ints) -> Ints:
    """The same groups numbered from 0 on; -1 stays."""
    known: Flags = numbers >= 0
    result = np.full(len(numbers), -1, dtype=np.int64)
    result[known] = np.unique(numbers[known], return_inverse=True)[1]
    return result


def _size(numbers: Ints) -> int:
    return int(numbers.max(initial=-1)) + 1


def _sizes(numbers: Ints, size: int) -> Ints:
    """How many identifiers each group has; one place more, for whoever is in none."""
    return np.bincount(numbers[numbers >= 0], minlength=size + 1).astype(np.int64)
