"""A run of the match rules on the live graph: what they find is compared with what is stored, and written.

Automatic rules first, since what they join moves people; then what is proposed, which is about two people.
Each step is a unit of work of its own over some pairs, in the order of their keys: stopped anywhere, the next
run finds done what is done, and goes on. In a unit the facts are read again under lock; what changed since is
left to the next run. Nothing is written where nothing differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Writer
from app.identity.evidence import BY_RULE, Evidence, Pair, pair_of
from app.identity.live.facts_stored import all_facts, facts_of
from app.identity.live.region import PROPOSED, Region
from app.identity.live.register import Cause, now
from app.identity.match.matching import Accounts, Crowd, Found
from app.identity.policy import Policy
from app.identity.policy_facts import MatchRule
from app.identity.service import Identity
from app.identity.sighting import micros
from app.identity.steering.settling import settle

_STORED = read_query("identity/rule_evidence")
_BETWEEN = read_query("identity/pairs_between")

STEP = 200
"""Pairs of one unit of work."""

Progress = Callable[[int, int], None]
"""Called with how many pairs are looked at, of how many."""

Kept = tuple[str, float, bool]
"""Method and confidence of what is stored of a pair, and whether it is only proposed."""


@dataclass(slots=True)
class Run:
    """What a run came to: pairs found by rule, and what changed: proposed, joined, withdrawn."""

    accounts: int = 0
    found: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    crowds: list[Crowd] = field(default_factory=list)


async def run(
    identity: Identity,
    rule: str | None = None,
    *,
    dry_run: bool = False,
    by: str = "oneid",
    progress: Progress | None = None,
) -> Run:
    """Run the rules of the policy, or one of them. Raises BadInput (UNKNOWN_RULE).

    `dry_run` tells what would change and writes nothing.
    """
    policy = (await identity.refresh()).policy
    check_rule(policy, rule)
    done, found = await _found(identity, policy)
    stored = await _stored(identity)
    pairs = sorted(
        pair
        for pair in found.pairs.keys() | stored.keys()
        if rule is None or rule in (_rule_found(found, pair), _rule_stored(stored, pair))
    )
    done.found.update(found.pairs[pair].name for pair in pairs if pair in found.pairs)
    steps, looked = _Steps(identity, found, stored, done, by, dry_run), 0
    for joining in (True, False):
        for start in range(0, len(pairs), STEP):
            await steps.step(pairs[start : start + STEP], joining)
            looked += len(pairs[start : start + STEP])
            if progress:
                progress(looked, 2 * len(pairs))
    return done


def check_rule(policy: Policy, rule: str | None) -> None:
    """Raises BadInput (UNKNOWN_RULE) for a rule that the policy has not, with the one that may be meant."""
    names = [one.name for one in policy.rules]
    if rule is None or rule in names:
        return
    close = get_close_matches(rule, names, n=1)
    known = f"there are {', '.join(names)}" if names else "the policy has none"
    raise BadInput(
        f"no match rule is called {rule}",
        code="UNKNOWN_RULE",
        field=("rule",),
        suggestion=f"did you mean {close[0]}?" if close else known,
    )


async def _found(identity: Identity, policy: Policy) -> tuple[Run, Found]:
    accounts, done = Accounts(policy.rules), Run()
    if policy.rules:
        reader = identity.graph.reader()
        async for key, facts in all_facts(reader, identity.keyring, policy.compared_fields):
            accounts.add(key, facts)
            done.accounts += 1
    found = accounts.found()
    done.crowds = found.crowds
    return done, found


async def _stored(identity: Identity) -> dict[Pair, Kept]:
    return {
        pair_of(row["a"], row["b"]): (row["method"], row["confidence"], row["state"] == PROPOSED)
        async for row in identity.graph.reader().stream(_STORED)
    }


def _rule_found(found: Found, pair: Pair) -> str | None:
    return found.pairs[pair].name if pair in found.pairs else None


def _rule_stored(stored: Mapping[Pair, Kept], pair: Pair) -> str | None:
    return stored[pair][0].removeprefix(BY_RULE) if pair in stored else None


def _kept(rule: MatchRule) -> Kept:
    return rule.method, rule.confidence, not rule.automatic


def _target(rule: MatchRule | None, joining: bool) -> Kept | None:
    """What is to be stored of a pair after a pass: the one that joins leaves what is proposed to the next."""
    return None if rule is None or (joining and not rule.automatic) else _kept(rule)


@dataclass(slots=True)
class _Steps:
    """The steps of one run; `stored` is kept up with what they write."""

    identity: Identity
    found: Found
    stored: dict[Pair, Kept]
    done: Run
    by: str
    dry_run: bool

    async def step(self, pairs: Iterable[Pair], joining: bool) -> None:
        """Bring some pairs to what the rules say: what joins by itself, or what is proposed."""
        concerned = [list(pair) for pair in pairs if self._concerns(pair, joining)]
        wanted: dict[Pair, MatchRule | None] = {}
        for row in await self._between(concerned):
            pair = pair_of(row["a"], row["b"])
            rule = None if row["judged"] else self.found.pairs.get(pair)
            if rule is not None and not rule.automatic and not row["apart"]:
                rule = None
            if _target(rule, joining) != self.stored.get(pair):
                wanted[pair] = rule
        if wanted and self.dry_run:
            self._note({pair: _target(rule, joining) for pair, rule in wanted.items()})
        elif wanted:
            self._note(await self._write(wanted, joining))

    def _concerns(self, pair: Pair, joining: bool) -> bool:
        """Whether the pass is about this pair, and it may not be as the rules want it."""
        rule, kept = self.found.pairs.get(pair), self.stored.get(pair)
        joins, joined = rule is not None and rule.automatic, kept is not None and not kept[2]
        if joining:
            return (joins or joined) and kept != _target(rule, joining)
        return not joins and (rule is not None or kept is not None)

    async def _between(self, pairs: list[list[str]]) -> list[Any]:
        return await self.identity.graph.reader().rows(_BETWEEN, rows={"pairs": pairs}) if pairs else []

    def _note(self, written: Mapping[Pair, Kept | None]) -> None:
        for pair, kept in written.items():
            self.done.changed["withdrawn" if kept is None else "proposed" if kept[2] else "joined"] += 1
            if kept is None:
                self.stored.pop(pair, None)
            else:
                self.stored[pair] = kept

    async def _write(self, wanted: Mapping[Pair, MatchRule | None], joining: bool) -> dict[Pair, Kept | None]:
        async def work(writer: Writer) -> dict[Pair, Kept | None]:
            identity, region = self.identity, self.identity.region()
            keys = sorted({key for pair in wanted for key in pair})
            await identity.hold(writer, region, keys)
            accounts = Accounts(identity.state.policy.rules)
            fields = identity.state.policy.compared_fields
            for key, facts in (await facts_of(writer, identity.keyring, keys, fields)).items():
                accounts.add(key, facts)
            cause = Cause("MATCHED", now(), self.by)
            written = dict(_decided(region, accounts, wanted, joining, micros(cause.at)))
            around = {key for pair in written for key in pair} if joining else set()
            await settle(identity, writer, region, around, cause)
            return written

        written: dict[Pair, Kept | None] = await self.identity.unit(work)
        return written


def _decided(
    region: Region, accounts: Accounts, wanted: Mapping[Pair, MatchRule | None], joining: bool, at: int
) -> Iterator[tuple[Pair, Kept | None]]:
    """Change the region as the rules want it, as far as that still holds. Yields each pair that changed, and
    what is stored of it now.
    """
    for pair, rule in wanted.items():
        if rule is not None and not accounts.holds(rule, pair):
            continue
        before = _before(region, pair)
        kept = None if rule is None or _judged(region, pair) or not _may(region, rule, pair) else rule
        target = _target(kept, joining)
        if target == before:
            continue
        region.proposals.pop(pair, None)
        if before is not None and not before[2]:
            del region.ledger.evidence[pair]
        if kept is not None and target is not None:
            evidence = Evidence(at, at, at, True, method=kept.method, confidence=kept.confidence)
            (region.ledger.evidence if kept.automatic else region.proposals)[pair] = evidence
            if kept.automatic:
                region.ledger.connect(pair)
        yield pair, target


def _before(region: Region, pair: Pair) -> Kept | None:
    """What a rule has stored of the pair."""
    held = region.proposals.get(pair) or region.ledger.evidence.get(pair)
    if held is None or held.rule is None:
        return None
    return held.method, held.confidence, pair in region.proposals


def _judged(region: Region, pair: Pair) -> bool:
    """Whether somebody saw the two together, or decided about them."""
    ledger, seen = region.ledger, region.ledger.evidence.get(pair)
    pins = (ledger.links, ledger.unlinks, ledger.nevers)
    return (seen is not None and seen.rule is None) or any(pair in held for held in pins)


def _may(region: Region, rule: MatchRule, pair: Pair) -> bool:
    """Whether the two take part, and for a proposal, are two people."""
    if not all(region.ledger.live(key) for key in pair):
        return False
    people = [region.person_of.get(key) for key in pair]
    return rule.automatic or (None not in people and people[0] != people[1])
