"""How well match rules alone tell people apart: FEBRL 3, the damaged records of two thousand people.

The records are read as `oneid import` reads them, each as an account that shares nothing with any other; the
rules of `seed/policies/febrl3.yaml` find pairs, and the one conflict rule decides over them. The rule about
the social security number is measured with the others, and left out: not every register has such a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.identity.batch import settle
from app.identity.evidence import Evidence
from app.identity.facts import ACCOUNT, fold, said_in
from app.identity.ledger import Ledger
from app.identity.live.recompute import world_of
from app.identity.match.matching import found_among
from app.identity.observing import observe
from app.identity.policy import Policy, load_policy
from app.identity.quality.scores import Score, compared
from app.identity.rule import Rule
from app.identity.screen import screen
from app.identity.sighting import Sighting
from app.ingest.sources import source_of
from app.settings import ROOT
from bench.figure import Figure
from bench.ground import Ground
from seed import febrl3

POLICY = ROOT / "seed" / "policies" / "febrl3.yaml"
MAPPING = ROOT / "seed" / "mappings" / "febrl3_accounts.yaml"
PRECISION = 0.99
RECALL = 0.95
NUMBER = "number"
"""The rule that not every register can have."""

Json = Mapping[str, Any]


def measure(ground: Ground) -> Iterator[Figure]:
    """Four figures; they need no database."""
    policy = load_policy(POLICY.read_text(encoding="utf-8"))
    rows = records()
    for title, without in (("febrl 3", ()), ("febrl 3, no number", (NUMBER,))):
        found, terms = evaluated(policy, rows, without)
        yield Figure(f"{title}: precision", found.pair_precision, PRECISION, "of pairs, match rules alone")
        yield Figure(f"{title}: recall", found.pair_recall, RECALL, "of pairs, match rules alone", terms)


def records() -> list[Json]:
    """The records as observations."""
    source = source_of(febrl3.DATA, MAPPING.read_text(encoding="utf-8"), "UTC")
    return [json.loads(text) for text in source.window(0, 0).texts]


def evaluated(policy: Policy, rows: Iterable[Json], without: Iterable[str] = ()) -> tuple[Score, list[str]]:
    """The score of the policy's rules, but for those left out, on some observations; and what each found."""
    left = policy.model_copy(update={"rules": tuple(r for r in policy.rules if r.name not in set(without))})
    truth = dict(febrl3.truth())
    ledger, terms = matched(left, rows, truth)
    keys, _, world = world_of(ledger)
    component = settle(Rule(left), world).component.tolist()
    found = compared(truth, dict(zip((record(key) for key in keys), component, strict=True)))
    terms.append(
        f"pairs precision {found.pair_precision:.4f} recall {found.pair_recall:.4f}; B-cubed precision "
        f"{found.bcubed_precision:.4f} recall {found.bcubed_recall:.4f}; largest {found.largest}"
    )
    return found, terms


def record(key: str) -> str:
    """The record that an account's key is of."""
    return key.rsplit("|", 1)[1]


def matched(policy: Policy, rows: Iterable[Json], truth: Mapping[str, str]) -> tuple[Ledger, list[str]]:
    """The accounts in a ledger with what the rules find sure, and a line about each rule."""
    ledger = Ledger(policy)
    for row in rows:
        sighting = screen(policy, ledger.blocklist, row)
        assert isinstance(sighting, Sighting)
        observe(ledger, sighting)
        (seen,) = (one for one in sighting.identifiers if one.kind == ACCOUNT)
        said = said_in(row.get("member"), policy.compared_fields)
        fold(ledger.facts.setdefault(seen.plain, {}), seen.plain, sighting.at, said, ledger.name_order)
    people = len(set(truth.values()))
    terms = [f"{len(truth):,} records of {people:,} people, {_true(truth):,} true pairs"]
    for rule in policy.rules:
        pairs = found_among([rule], ledger.facts.items()).pairs
        right = sum(truth[record(a)] == truth[record(b)] for a, b in pairs)
        terms.append(f"{rule.name:18} {len(pairs):6,} pairs, {len(pairs) - right:4,} of them wrong")
    for pair, rule in found_among(policy.rules, ledger.facts.items()).pairs.items():
        ledger.evidence[pair] = Evidence(0, 0, 0, True, method=rule.method, confidence=rule.confidence)
        ledger.connect(pair)
    return ledger, terms


def _true(truth: Mapping[str, str]) -> int:
    sizes: dict[str, int] = {}
    for person in truth.values():
        sizes[person] = sizes.get(person, 0) + 1
    return sum(size * (size - 1) // 2 for size in sizes.values())
