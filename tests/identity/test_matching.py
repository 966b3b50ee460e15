"""What match rules find: pure, and against a second look at every pair of accounts."""

from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.identity.evidence import Evidence, pair_of
from app.identity.facts import Facts, trait
from app.identity.match.matching import Accounts, Crowd, found_among
from app.identity.policy_facts import MatchRule
from tests.identity import many

VALUES: dict[str, tuple[Any, ...]] = {
    "name": ("王小明", "王芳", "欧阳娜", "Jane Green", "Green", "JANE  GREEN"),
    "gender": ("male", "男", "f", "unknown"),
    "birthday": ("1990-01-01", "1990-01-02"),
    "city": ("上海", "上海市", "Wuhan"),
    "a_vip": (True, "true", 1),
}
TRAITS = ("surname", "given_name", "gender", "birthday", "city", "a_vip")


def account(r: Random) -> Facts:
    """What an account says of itself: some of it, in some spelling."""
    return {name: (1, r.choice(values)) for name, values in VALUES.items() if r.random() < 0.8}


def rule(r: Random, number: int) -> MatchRule:
    """A rule over any facts."""
    names = r.sample(TRAITS, r.randint(1, 4))
    place = r.randint(1, len(names))
    return MatchRule(
        name=f"rule-{number}",
        equal=tuple(names[:place]),
        not_different=tuple(names[place:]),
        confidence=r.choice((0.5, 0.8, 0.9)),
        auto_above=r.choice((None, None, 0.7)),
        max_group=r.choice((2, 3, 50)),
    )


def looked_at(rules: list[MatchRule], accounts: dict[str, Facts]) -> dict[tuple[str, str], str]:
    """Every pair under every rule, one by one."""
    found = {}
    for a, b in combinations(sorted(accounts), 2):
        for one in sorted(rules, key=lambda o: (not o.automatic, -o.confidence)):
            said = [{n: trait(n, accounts[key]) for n in one.traits} for key in (a, b)]
            alike = [
                key
                for key, facts in accounts.items()
                if all(trait(n, facts) is not None and trait(n, facts) == said[0][n] for n in one.equal)
            ]
            differ = any(
                None not in (s := (said[0][n], said[1][n])) and s[0] != s[1] for n in one.not_different
            )
            if a in alike and b in alike and len(alike) <= one.max_group and not differ:
                found[pair_of(a, b)] = one.name
                break
    return found


@many.pure(200)
@given(st.randoms(use_true_random=False))
def test_every_pair_that_the_rules_mean_and_no_other(r: Random) -> None:
    accounts = {f"member|*|m{number}": account(r) for number in range(r.randint(0, 12))}
    rules = [rule(r, number) for number in range(r.randint(1, 3))]
    found = found_among(rules, accounts.items())
    assert {pair: one.name for pair, one in found.pairs.items()} == looked_at(rules, accounts)
    shuffled = list(accounts.items())
    r.shuffle(shuffled)
    again = found_among(rules, shuffled)
    assert (again.pairs, again.crowds) == (found.pairs, found.crowds)
    among = Accounts(rules)
    for key, facts in accounts.items():
        among.add(key, facts)
    assert all(among.holds(one, pair) for pair, one in found.pairs.items())


def test_values_that_many_share_prove_nothing_and_are_told() -> None:
    one = MatchRule(name="b", equal=("birthday",), confidence=0.5, max_group=3)
    said: Facts = {"birthday": (1, "1900-01-01")}
    found = found_among([one], [(f"member|*|m{n}", said) for n in range(4)])
    assert (found.pairs, found.crowds) == ({}, [Crowd("b", 4)])


def test_what_was_seen_and_what_was_found_do_not_add_up() -> None:
    """A rule makes no claim of an unverified source true, in whatever order both come."""
    claimed = Evidence(1, 2, 2, False, ("form",))
    found = Evidence(9, 9, 9, True, method="rule:b", confidence=0.5)
    assert claimed.plus(found, guarded=True) == claimed == found.plus(claimed, guarded=True)
