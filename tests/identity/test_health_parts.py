"""The pure parts of health and of simulated policies, against the slow way to say the same."""

from collections import defaultdict
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.identity.connected import connected
from app.identity.health.bridges import bridges
from app.identity.health.cutting import cut, ties_by_layer
from app.identity.simulation.regrouping import regrouped
from tests.identity import many

EDGES = st.sets(st.sampled_from(list(combinations(range(9), 2))), max_size=16)


def component(edges: set[tuple[int, int]], start: int) -> set[int]:
    """Everything that edges lead to from a node."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for a, b in edges:
            for one, other in ((a, b), (b, a)):
                if one == here and other not in found:
                    found.add(other)
                    waiting.append(other)
    return found


@many.pure(300)
@given(edges=EDGES)
def test_bridges_are_the_links_whose_removal_splits(edges: set[tuple[int, int]]) -> None:
    near: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    found = {tuple(sorted((bridge.a, bridge.b))): set(bridge.beyond) for bridge in bridges(near, 0)}
    inside = {edge for edge in edges if edge[0] in component(edges, 0)}
    assert found.keys() == {edge for edge in inside if edge[1] not in component(edges - {edge}, edge[0])}
    for (a, b), beyond in found.items():
        rest = edges - {(a, b)}
        assert beyond == component(rest, next(end for end in (a, b) if end in beyond))
        assert 0 not in beyond


def test_a_long_chain_is_walked_without_recursion() -> None:
    near = {i: [j for j in (i - 1, i + 1) if 0 <= j < 5_000] for i in range(5_000)}
    found = list(bridges(near, 0))
    assert len(found) == 4_999
    assert max(len(bridge.beyond) for bridge in found) == 4_999


@many.pure(200)
@given(groups=st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=12))
def test_what_is_grouped_otherwise(groups: list[tuple[int, int]]) -> None:
    before, after = (np.array([pair[side] for pair in groups], np.int64) for side in (0, 1))
    change = regrouped(before, after).tolist()
    sides = [_members(groups, 0), _members(groups, 1)]
    for i, (one, other) in enumerate(groups):
        was = sides[0].get(one, set()) if one >= 0 else set()
        now = sides[1].get(other, set()) if other >= 0 else set()
        assert (change[i] >= 0) == (was != now)
        for j in was | now:
            assert change[j] == change[i] or (was == now)


def _members(groups: list[tuple[int, int]], side: int) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for i, pair in enumerate(groups):
        found[pair[side]].add(i)
    return found


@many.pure(150)
@given(edges=EDGES, most=st.integers(1, 6), kinds=st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_the_cut_is_the_greatest_that_does(edges: set[tuple[int, int]], most: int, kinds: list[int]) -> None:
    rank = np.array(kinds, np.int64)
    a, b = (np.array([edge[side] for edge in sorted(edges)], np.int64) for side in (0, 1))
    ties = ties_by_layer(rank, a, b)
    for i in range(9):
        around = [kinds[y if x == i else x] for x, y in edges if i in (x, y)]
        assert ties[i] == max((around.count(layer) for layer in range(kinds[i])), default=0)
    options = {
        (str(k), limit): sum(kinds[i] == k and ties[i] > limit for i in range(9))
        for k in (1, 2)
        for limit in range(1, int(ties[rank == k].max(initial=0)))
        if _largest(rank, ties, a, b, k, limit) <= most
    }
    found = cut({str(k): rank == k for k in (1, 2)}, ties, a, b, most)
    best = {
        kind: max((limit for name, limit in options if name == kind), default=None) for kind in ("1", "2")
    }
    allowed = {(kind, limit): options[kind, limit] for kind, limit in best.items() if limit is not None}
    if found is None:
        assert allowed == {}
    else:
        assert allowed[found.kind, found.shared_after] == found.shared == min(allowed.values())


def _largest(rank: object, ties: object, a: object, b: object, k: int, limit: int) -> int:
    out = (rank == k) & (ties > limit)  # type: ignore[operator]
    kept = ~(out[a] | out[b])
    return int(np.bincount(connected(9, a[kept], b[kept])).max())  # type: ignore[index]
