"""What hangs together of numbered nodes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def connected(size: int, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The number of the connected component of each of so many nodes; pairs of `a` and `b` join them."""
    # Here, for loading SciPy is a fifth of the time that a command takes to start, and few come this far.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if size == 0:
        return np.zeros(0, dtype=np.int64)
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
    return connected_components(graph, directed=False)[1].astype(np.int64)
