"""How well people are told apart: B-cubed and pairwise scores against the truth.

    python -m bench.quality truth.json one-ids.csv     scores an export (columns one_id, kind, scope, value)
    python -m bench.quality                            OneID beside plain connected components, on both worlds

The default policy is measured on `bench/noisy_world.py` with seeds 1, 2 and 3 and on the demo world. Plain
components join whatever was ever seen together: nothing blocked, limited or shared; their recall is the
most that any policy can reach, their precision is what it costs.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml

from app.identity.connected import connected
from app.identity.normalise import normalise
from app.identity.policy import Policy, load_policy
from app.identity.quality.scores import Score, numbered
from app.identity.quality.scores import compared as score
from app.identity.simulate import simulate
from bench import noisy_world
from seed import world

POLICY = Path(__file__).parents[1] / "schema" / "policy.yaml"
PEOPLE, SEEDS = 3000, (1, 2, 3)
PRECISION, RECALL = 0.96, 0.965  # asked for: B-cubed precision, and the share of plain components' recall
Name = str  # of an identifier, as `simulate` writes it: kind:value, kind:scope:value


def name(policy: Policy, kind: str, scope: str, value: str) -> Name:
    """An identifier's name, its value normalised by the policy."""
    text = normalise(policy.kinds[kind], value).text
    return f"{kind}:{text}" if scope == "*" else f"{kind}:{scope}:{text}"


def truth_of(policy: Policy, path: Path) -> dict[Name, int]:
    """The truth file: who each identifier belongs to."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {name(policy, kind, scope, value): person for kind, scope, value, person in rows}


def groups_of(components: Iterable[Iterable[Name]]) -> dict[Name, int]:
    return {item: number for number, component in enumerate(components) for item in component}


def plain_components(policy: Policy, observations: Iterable[Mapping[str, Any]]) -> list[list[Name]]:
    """Everything joined that was ever seen together, a hash counting as the plain value that it is of."""
    seen = [
        [(each["kind"], each.get("scope", "*"), each["value"]) for each in observation["identifiers"]]
        for observation in observations
    ]
    plain_of = {
        name(policy, kind, scope, form): name(policy, kind, scope, value)
        for kind, scope, value in {each for identifiers in seen for each in identifiers}
        for form in normalise(policy.kinds[kind], value).forms
    }
    rows = [[plain_of.get(item, item) for item in (name(policy, *each) for each in row)] for row in seen]
    numbers, names = numbered(item for row in rows for item in row)
    starts = np.cumsum([0, *map(len, rows)])
    firsts = np.repeat(numbers[starts[:-1][np.diff(starts) > 0]], np.diff(starts)[np.diff(starts) > 0])
    components: dict[int, list[Name]] = {}
    for item, component in zip(names, connected(len(names), firsts, numbers).tolist(), strict=True):
        components.setdefault(component, []).append(item)
    return list(components.values())


@dataclass(frozen=True)
class Comparison:
    """One world under the policy and under plain connected components."""

    title: str
    oneid: Score
    plain: Score

    @property
    def recall_ratio(self) -> float:
        return self.oneid.bcubed_recall / self.plain.bcubed_recall

    @property
    def reached(self) -> bool:
        """Whether both figures that are asked for on the noisy world hold here."""
        return self.oneid.bcubed_precision >= PRECISION and self.recall_ratio >= RECALL

    def __str__(self) -> str:
        rows = [f"{self.title}, {self.oneid.items:,} identifiers ({self.oneid.missing} missing)"]
        for label, one in (("oneid", self.oneid), ("plain components", self.plain)):
            rows.append(
                f"  {label:17} B-cubed precision {one.bcubed_precision:.4f} recall {one.bcubed_recall:.4f}"
                f"  pairs {one.pair_precision:.4f} {one.pair_recall:.4f}  largest {one.largest:,}"
            )
        return "\n".join([*rows, f"  share of plain components' recall {self.recall_ratio:.4f}"])


def compare(title: str, folder: Path, policy_file: Path = POLICY) -> Comparison:
    """Both ways of joining on `observations.jsonl` and `truth.json` of a folder."""
    text = policy_file.read_text(encoding="utf-8")
    policy = load_policy(text)
    with (folder / "observations.jsonl").open(encoding="utf-8") as lines:
        observations = [json.loads(line) for line in lines]
    truth = truth_of(policy, folder / "truth.json")
    result = simulate({"policy": yaml.safe_load(text), "observations": observations})
    return Comparison(
        title,
        score(truth, groups_of(result["components"])),
        score(truth, groups_of(plain_components(policy, observations))),
    )


def comparisons(policy_file: Path = POLICY, seeds: Iterable[int] = SEEDS) -> Iterable[Comparison]:
    """Both worlds of 3,000 people with each seed."""
    with TemporaryDirectory() as folder:
        for title, write in (("noisy world", noisy_world.write), ("demo world", world.write)):
            for seed in seeds:
                write(PEOPLE, seed, Path(folder))
                yield compare(f"{title}, seed {seed}, {PEOPLE:,} people", Path(folder), policy_file)


def main(arguments: list[str] | None = None) -> int:
    """The command line: exit 1 when the noisy world misses what is asked of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__.partition("\n")[0])
    parser.add_argument("truth", nargs="?", type=Path)
    parser.add_argument("export", nargs="?", type=Path, metavar="one-ids.csv")
    parser.add_argument("--policy", type=Path, default=POLICY)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    given = parser.parse_args(arguments)
    if given.truth and given.export:
        print(json.dumps(asdict(score_export(given.policy, given.truth, given.export)), indent=1))
        return 0
    if given.truth:
        parser.error("a truth file needs an export to be compared with")
    missed = 0
    for comparison in comparisons(given.policy, given.seeds):
        print(comparison, flush=True)
        missed += comparison.title.startswith("noisy world") and not comparison.reached
    said = "missed" if missed else "reached"
    print(f"asked of the noisy world: precision {PRECISION}, {RECALL} of plain components' recall: {said}")
    return 1 if missed else 0


def score_export(policy_file: Path, truth: Path, export: Path) -> Score:
    """The score of an exported file of OneIDs."""
    policy = load_policy(policy_file.read_text(encoding="utf-8"))
    with export.open(encoding="utf-8", newline="") as rows:
        groups = {
            name(policy, row["kind"], row["scope"], row["value"]): row["one_id"]
            for row in csv.DictReader(rows)
        }
    return score(truth_of(policy, truth), groups)


if __name__ == "__main__":
    raise SystemExit(main())
