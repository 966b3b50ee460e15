"""Which accounts are perhaps one person's, by the match rules of the policy. Pure.

A rule looks among the accounts that have all its equal facts, and of these at the ones that share them: a
group larger than the rule admits proves nothing, and is left out and told. Of several rules that find a pair
an automatic one counts first, then the surest, then the first in the policy. Nothing depends on any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.identity.evidence import Pair, pair_of
from app.identity.facts import Facts, trait
from app.identity.policy_facts import MatchRule

Traits = tuple[str | None, ...]
"""The traits of an account, in the order of `Accounts.names`; None for what it does not say."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Accounts that share a rule's equal facts, too many for it to say anything."""

    rule: str
    accounts: int


@dataclass(slots=True)
class Found:
    """What the rules found: the rule that counts for each pair, and where they were not asked."""

    pairs: dict[Pair, MatchRule] = field(default_factory=dict)
    crowds: list[Crowd] = field(default_factory=list)


class Accounts:
    """Accounts with the traits that some rules compare."""

    def __init__(self, rules: Sequence[MatchRule]) -> None:
        self.rules = tuple(rules)
        self.names = tuple(dict.fromkeys(name for rule in rules for name in rule.traits))
        self._place = {name: place for place, name in enumerate(self.names)}
        self._said: dict[str, Traits] = {}

    def add(self, key: str, facts: Facts) -> None:
        """Take an account in, or again with other facts."""
        self._said[key] = tuple(trait(name, facts) for name in self.names)

    def found(self) -> Found:
        """All that the rules find among the accounts."""
        found = Found()
        for rule in self.rules:
            for keys in self._groups(rule):
                if len(keys) > rule.max_group:
                    found.crowds.append(Crowd(rule.name, len(keys)))
                    continue
                for a, b in combinations(keys, 2):
                    if self._agree(rule, a, b):
                        pair = pair_of(a, b)
                        found.pairs[pair] = self._better(found.pairs.get(pair), rule)
        found.crowds.sort(key=lambda crowd: (-crowd.accounts, crowd.rule))
        return found

    def holds(self, rule: MatchRule, pair: Pair) -> bool:
        """Whether the two are equal and different as the rule asks, however many others are."""
        a, b = (self._said.get(key) for key in pair)
        if a is None or b is None:
            return False
        equal = [self._place[name] for name in rule.equal]
        return all(a[i] is not None and a[i] == b[i] for i in equal) and self._agree(rule, *pair)

    def _groups(self, rule: MatchRule) -> Iterator[list[str]]:
        places = [self._place[name] for name in rule.equal]
        groups: defaultdict[Traits, list[str]] = defaultdict(list)
        for key, said in self._said.items():
            value = tuple(said[place] for place in places)
            if None not in value:
                groups[value].append(key)
        yield from (keys for keys in groups.values() if len(keys) > 1)

    def _agree(self, rule: MatchRule, a: str, b: str) -> bool:
        """Whether nothing differs that must not."""
        one, two = self._said[a], self._said[b]
        places = (self._place[name] for name in rule.not_different)
        return all(one[i] is None or two[i] is None or one[i] == two[i] for i in places)

    def _better(self, before: MatchRule | None, rule: MatchRule) -> MatchRule:
        return rule if before is None else min(before, rule, key=self._rank)

    def _rank(self, rule: MatchRule) -> tuple[bool, float, int]:
        return not rule.automatic, -rule.confidence, self.rules.index(rule)


def found_among(rules: Sequence[MatchRule], accounts: Iterable[tuple[str, Facts]]) -> Found:
    """All that the rules find among some accounts."""
    among = Accounts(rules)
    for key, facts in accounts:
        among.add(key, facts)
    return among.found()
