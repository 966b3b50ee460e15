"""An order's discount and refund, shared among its lines: the rule of design page "rules". Pure."""

from __future__ import annotations

from collections.abc import Sequence


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """The total in whole units, one share for each weight, and nothing lost.

    Each share is rounded down, the units left go one each to the largest remainders, then to the earlier;
    weights that are all 0 share equally.
    """
    if not weights:
        return []
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts = [divmod(total * weight, whole) for weight in weights]
    given = [part for part, _ in parts]
    left = total - sum(given)
    for index in sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))[:left]:
        given[index] += 1
    return given
