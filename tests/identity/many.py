"""How many random worlds a test looks at: few and always the same ones, unless ONEID_MANY says how many times
more, which are then new ones each time.
"""

import os

from hypothesis import HealthCheck, Phase, settings

MANY = int(os.environ.get("ONEID_MANY", "0"))
_RELAXED = settings(
    deadline=None,  # a database answers when it answers
    print_blob=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,  # such tests empty the graph themselves
    ],
)


def live(examples: int) -> settings:
    """For tests on the graph: slow, so CI sees fixed examples, and a failure is shrunk only on demand."""
    phases = set(Phase) if MANY else {Phase.explicit, Phase.generate}
    return settings(_RELAXED, max_examples=examples * max(MANY, 1), derandomize=not MANY, phases=phases)


def pure(examples: int) -> settings:
    """For tests without a graph: fast, so that every run explores; a failure prints how to have it again."""
    return settings(_RELAXED, max_examples=examples * max(MANY, 1))
