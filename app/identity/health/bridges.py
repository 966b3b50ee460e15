"""Bridges of a graph: the links whose removal splits it. Pure, and iterative: a chain may be long.

Tarjan's way: in one walk each node gets its place, and the earliest place that can be reached from below it
without the link that led there; a link to a node that reaches nothing earlier is a bridge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link between two nodes, and the nodes on the side of `b`, which the walk came to over it."""

    a: int
    b: int
    beyond: tuple[int, ...]


def bridges(near: Mapping[int, Sequence[int]], root: int) -> Iterator[Bridge]:
    """The bridges of the component of `root`. `near` lists each node's neighbours, each once."""
    place = {root: 0}
    low = {root: 0}
    order = [root]
    stack: list[tuple[int, int | None, Iterator[int]]] = [(root, None, iter(near[root]))]
    while stack:
        node, parent, others = stack[-1]
        for other in others:
            if other == parent:
                continue
            if other not in place:
                place[other] = low[other] = len(order)
                order.append(other)
                stack.append((other, node, iter(near[other])))
                break
            low[node] = min(low[node], place[other])
        else:
            stack.pop()
            if parent is not None:
                low[parent] = min(low[parent], low[node])
                if low[node] > place[parent]:
                    # Everything met since is beyond it, and nothing else is: the walk is depth first.
                    yield Bridge(parent, node, tuple(order[place[node] :]))
