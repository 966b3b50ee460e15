"""How well people are told apart on the noisy world under the default policy; measured by bench/quality.py.

The floor for precision is a number; that for recall is plain connected components, which join whatever was
ever seen together: no policy can recall more. 3,000 people whatever is asked for elsewhere: these figures are
exact, and quoted for that world.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import noisy_world, quality
from bench.figure import Figure
from bench.ground import Ground


def measure(ground: Ground) -> Iterator[Figure]:
    """Two figures for each seed; they need no database."""
    for seed in quality.SEEDS:
        folder = ground.folder / f"noisy-{seed}"
        noisy_world.write(quality.PEOPLE // 10 if ground.quick else quality.PEOPLE, seed, folder)
        found = quality.compare(f"noisy world, seed {seed}", folder)
        yield Figure(f"precision, seed {seed}", found.oneid.bcubed_precision, quality.PRECISION, "B-cubed")
        yield Figure(
            f"recall, seed {seed}",
            found.recall_ratio,
            quality.RECALL,
            "of plain components' B-cubed recall",
            str(found).splitlines(),
        )
