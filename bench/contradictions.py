"""What contradictions gain: the noisy world with facts of its accounts, under the default policy and others.

    python -m bench.contradictions

The world itself says nothing about people, so each account gets a birthday, a gender and a name of its true
owner, drawn apart from the world, whose bytes stay as they are. Sources err: three accounts in ten say no
birthday, two no gender, one no name; one birthday in fifty is another day, one gender and one name in a
hundred another person's. The second of a family shares the first one's surname seven times in ten. Measured
is who is one person, identifier by identifier, as `bench/quality.py` does. The default policy admits one
account of a brand for a person; the other half of the table admits two, for who registered twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

import yaml

from app.identity.policy import parse_policy
from app.identity.quality.scores import Score
from app.identity.quality.scores import compared as scored
from app.identity.simulate import simulate
from bench.figure import Figure
from bench.ground import Ground
from bench.noisy_world import NoisyWorld
from bench.quality import PEOPLE, POLICY, SEEDS, groups_of, name
from seed.names import GIVEN, SURNAMES, Gender

Json = dict[str, Any]
ALL = ("birthday", "gender", "surname")
Case = tuple[int, tuple[str, ...]]
"""How many accounts of a brand one person may hold, and what must not differ."""
CASES: tuple[Case, ...] = (
    (1, ()),
    *((1, (name,)) for name in ALL),
    (1, ALL),
    (2, ()),
    (2, ("birthday", "gender")),
    (2, ALL),
)
"""One policy each; the first is the default policy as it is."""
FAMILY = 20
"""Every so many people the next one is of the same family: see `bench/noisy_world.py`."""


def measure(ground: Ground) -> Iterator[Figure]:
    """The gain of each seed when nothing may differ; the terms tell the others."""
    for seed in SEEDS:
        found = compared(PEOPLE // 10 if ground.quick else PEOPLE, seed)
        before, after = found[1, ()], found[1, ALL]
        yield Figure(
            f"contradictions, seed {seed}",
            after.bcubed_precision - before.bcubed_precision,
            0.005,
            "B-cubed precision gained",
            told(found),
        )


def told(found: Mapping[Case, Score]) -> list[str]:
    """A line for each policy."""
    return [
        f"{limit} a brand; {' '.join(names) or 'nothing':24} B-cubed precision {one.bcubed_precision:.4f} "
        f"recall {one.bcubed_recall:.4f}  pairs {one.pair_precision:.4f} {one.pair_recall:.4f}"
        for (limit, names), one in found.items()
    ]


def compared(people: int, seed: int) -> dict[Case, Score]:
    """The score of each policy on one world."""
    world = NoisyWorld(people, seed)
    rows = list(with_facts(world))
    text = yaml.safe_load(POLICY.read_text(encoding="utf-8"))
    policy = parse_policy(text)
    truth = {name(policy, kind, scope, value): one for kind, scope, value, one in world.known()}
    found = {}
    for limit, names in CASES:
        changed = deepcopy(text) | {"contradictions": [{"attribute": attribute} for attribute in names]}
        changed["kinds"]["member"]["limit_per_scope"] = limit
        result = simulate({"policy": changed, "observations": rows})
        found[limit, names] = scored(truth, groups_of(result["components"]))
    return found


def with_facts(world: NoisyWorld) -> Iterable[Json]:
    """The observations, those of one member account with what it says of its owner."""
    owner = {
        (scope, value): min(who) for (kind, scope, value), who in world.truth.items() if kind == "member"
    }
    for row in world.rows:
        accounts = [(i["scope"], i["value"]) for i in row["identifiers"] if i["kind"] == "member"]
        if row["source"] == "crm" and len(accounts) == 1:
            row = row | {"member": account_says(world.seed, accounts[0][1], owner[accounts[0]])}
        yield row


def account_says(seed: int, account: str, person: int) -> Json:
    """What an account says, the same each time: mostly of its owner, sometimes nothing, sometimes wrong."""
    r = Random(f"{seed} {account}")
    another = r.randrange(1_000_000, 2_000_000)
    found: Json = {}
    for fact, silent, wrong in (("birthday", 0.3, 0.02), ("gender", 0.2, 0.01), ("name", 0.1, 0.01)):
        dice = r.random()
        if dice >= silent:
            found[fact] = owner_is(seed, another if dice < silent + wrong else person)[fact]
    return found


def owner_is(seed: int, person: int) -> dict[str, str]:
    """Who a person is."""
    r = Random(f"{seed} person {person}")
    born = date(1960, 1, 1) + timedelta(days=r.randrange(45 * 365))
    family = person - 1 if person % FAMILY == 1 and r.random() < 0.7 else person
    gender: Gender = "female" if r.random() < 0.5 else "male"
    named = SURNAMES.draw(Random(f"{seed} family {family}")) + GIVEN[gender].draw(r)
    return {"birthday": born.isoformat(), "gender": gender, "name": named}


if __name__ == "__main__":
    for number in SEEDS:
        print(f"noisy world, seed {number}, {PEOPLE:,} people")
        for line in told(compared(PEOPLE, number)):
            print("  " + line, flush=True)
