"""A second, naive evaluator of ``oneid simulate``, written from the design page alone.

``simulate(document)`` gives the same JSON as the command. It keeps what happened (sightings, pins,
tombstones, blocks, the expiry time) as plain lists and works everything else out again from them whenever
it needs it. Where the page can be read in two ways, a comment ``# reading:`` quotes the sentence and says
which way was taken.
"""

from tests.identity.oracle_intake import observe
from tests.identity.oracle_operations import operate
from tests.identity.oracle_values import Json
from tests.identity.oracle_world import World


def simulate(document: Json) -> Json:
    """What ``oneid simulate`` prints for the document, as JSON values."""
    world = World(document["policy"])
    waiting = list(enumerate(document.get("operations") or []))

    def run_after(name: str) -> None:
        for number, operation in [one for one in waiting if one[1]["after"] == name]:
            waiting.remove((number, operation))
            operate(world, operation, number)

    run_after("e0")
    for observation in document["observations"]:
        observe(world, observation)
        run_after(observation["id"])
    return output(world)


def output(world: World) -> Json:
    verdict = world.verdict()
    suppressed = []
    for ends, (reason, by) in verdict.suppressed.items():
        a, b = sorted(ident.label for ident in ends)
        suppressed.append({"a": a, "b": b, "reason": reason, "blockedBy": sorted(i.label for i in by)})
    suppressed.sort(key=lambda row: (row["a"], row["b"]))
    return {
        "components": sorted(sorted(ident.label for ident in c) for c in verdict.components),
        "suppressed": suppressed,
        "rejected": world.rejected,
        "warnings": world.warnings,
    }
