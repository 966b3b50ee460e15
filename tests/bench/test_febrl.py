"""The figures of match rules and contradictions can be measured, and those that are exact are held."""

from pathlib import Path

from app.identity.policy import load_policy
from app.settings import Settings
from bench import contradictions, febrl
from bench.ground import Ground


def test_match_rules_alone_tell_the_records_apart() -> None:
    policy = load_policy(febrl.POLICY.read_text(encoding="utf-8"))
    found, terms = febrl.evaluated(policy, febrl.records())
    assert (round(found.pair_precision, 4), round(found.pair_recall, 4)) == (0.9998, 0.9992)
    assert (found.items, found.missing, found.largest) == (5000, 0, 6)
    assert terms[0] == "5,000 records of 2,000 people, 6,538 true pairs"
    assert len(terms) == len(policy.rules) + 2


def test_contradictions_gain_precision(tmp_path: Path) -> None:
    ground = Ground(Settings(data=tmp_path), tmp_path, people=20, quick=True)
    for figure in contradictions.measure(ground):
        assert figure.value > 0
        assert len(figure.terms) == len(contradictions.CASES)


def test_an_account_says_the_same_each_time() -> None:
    said = [contradictions.account_says(1, f"account {number}", 7) for number in range(100)]
    assert said == [contradictions.account_says(1, f"account {number}", 7) for number in range(100)]
    true = contradictions.owner_is(1, 7)
    for fact, least in (("birthday", 50), ("gender", 60), ("name", 70)):
        assert least < sum(one.get(fact) == true[fact] for one in said) < 100
