"""The wide comparison by hand: `python -m tests.rules.sweep --rounds N [--seed S] [--rules N] [--kind K]`.

It needs NEO4J_URI and empties that database between rounds. Prints every condition on which the graph and the
second evaluator differ, with the person and who says that it matches; ends with 1 when there is one.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from pydantic import SecretStr

from app.access.sealing import Keyring
from app.graph.migrations import migrate
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.settings import Settings
from tests.emptying import anew
from tests.rules.comparing import Sides, sides
from tests.rules.worlds_rules import CONDITIONS, rule

PEOPLE = 40


async def swept(graph: Graph, settings: Settings, seed: int, rules: int, kind: str | None) -> Counter[str]:
    """One population and so many rules; how many of each kind of condition differed."""
    r = Random(seed)
    await anew(graph)
    identity = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    both = await sides(graph, identity, r, PEOPLE, f"{seed}/")
    found: Counter[str] = Counter()
    for _ in range(rules):
        asked = {kind: CONDITIONS[kind](r, both.edges)} if kind else rule(r, both.edges)
        zone = r.choice(both.zones)
        try:
            differ = await both.differing(asked, zone)
        except Exception as error:
            print(json.dumps({"seed": seed, "rule": asked, "error": repr(error)[:500]}, ensure_ascii=False))
            found["error"] += 1
            continue
        if differ:
            smallest = await both.smallest(asked, zone)
            found[next(iter(smallest))] += 1
            await show(both, seed, smallest, zone)
    return found


async def show(both: Sides, seed: int, asked: dict[str, object], zone: str) -> None:
    """A difference as a line of JSON: the condition, when and where, and one person."""
    differ = await both.differing(asked, zone)
    name, alone = sorted(differ.items())[0]
    about = {"seed": seed, "asOf": both.edges.moment.isoformat(), "zone": zone, "rule": asked}
    print(json.dumps(about | {"only": alone, "name": name, "person": both.said[name]}, ensure_ascii=False))


async def main(rounds: int, seed: int, rules: int, kind: str | None) -> int:
    """So many populations. 1 where something differed."""
    folder = Path(tempfile.mkdtemp())
    settings = Settings(data=folder, secret_key=SecretStr("a key for tests"))
    found: Counter[str] = Counter()
    async with await Graph.open(settings) as graph:
        await migrate(graph)
        for number in range(rounds):
            found += await swept(graph, settings, seed + number, rules, kind)
    print(f"{rounds * rules} rules, {found.total()} differ: {dict(found)}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rules", type=int, default=300)
    parser.add_argument("--kind", choices=sorted(CONDITIONS))
    given = parser.parse_args()
    sys.exit(asyncio.run(main(given.rounds, given.seed, given.rules, given.kind)))
