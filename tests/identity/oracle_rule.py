"""The oracle's reading of the one conflict rule: which evidence is active, and why the rest is not.

Everything is worked out from the whole list of pairs every time: no short cut, no cluster, no index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.identity.oracle_facts import Saying, differing
from tests.identity.oracle_values import Ident, Json

Says = dict[Ident, list[Saying]]
LAYERS = ("person", "contact", "device", "session")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """Evidence between two identifiers (``a`` has the smaller key) as the rule sees it."""

    a: Ident
    b: Ident
    first: datetime
    last: datetime
    link: datetime | None
    claimed: bool

    @property
    def ends(self) -> frozenset[Ident]:
        return frozenset((self.a, self.b))


@dataclass(frozen=True)
class Verdict:
    """What the rule says: the people, and each losing pair with its reason and what blocked it."""

    components: frozenset[frozenset[Ident]]
    suppressed: dict[frozenset[Ident], tuple[str, tuple[Ident, ...]]]
    shared: frozenset[Ident]
    neutral: frozenset[Ident]

    def component(self, ident: Ident) -> frozenset[Ident]:
        return next(c for c in self.components if ident in c)


def micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def layer(policy: Json, ident: Ident) -> int:
    return LAYERS.index(policy["kinds"][ident.kind]["layer"])


def conflict(policy: Json, ident: Ident) -> str:
    return str(policy["kinds"][ident.kind].get("conflict", "latest"))


def order(policy: Json, pair: Pair) -> tuple[Any, ...]:
    """The place of a pair in the one order; smaller comes first, and no two are equal."""
    kinds = policy["kinds"]
    # "its kind here is the weaker of the two: later layer, then larger priority, then the later name"
    weaker = max((pair.a, pair.b), key=lambda i: (layer(policy, i), kinds[i.kind].get("priority", 0), i.kind))
    by_first = conflict(policy, weaker) == "first"
    both_neutral = all(conflict(policy, i) == "neutral" for i in pair.ends)
    return (
        0 if pair.link else 1,
        -micros(pair.link) if pair.link else 0,
        max(layer(policy, pair.a), layer(policy, pair.b)),
        1 if both_neutral else 0,
        0,  # observed before inferred: everything here is observed
        1 if by_first else 0,
        micros(pair.first) if by_first else -micros(pair.last),
        sum(kinds[i.kind].get("priority", 0) for i in (pair.a, pair.b)),
        (pair.a.key, pair.b.key),
    )


def broken(
    policy: Json, union: Iterable[Ident], never: Iterable[frozenset[Ident]], says: Says
) -> tuple[str, tuple[Ident, ...]] | None:
    """The first rule that the union breaks, in the order of ``valid``, with the identifiers that break it."""
    everyone = sorted(union, key=lambda i: i.key)
    for name, kind in policy["kinds"].items():
        held = [i for i in everyone if i.kind == name]
        if kind.get("limit") is not None and len(held) > kind["limit"]:
            return "LIMIT_EXCEEDED", tuple(held)
    for name, kind in policy["kinds"].items():
        # reading: which scope is named when two break at once is not said: the first in code-point order.
        for scope in sorted({i.scope for i in everyone if i.kind == name}):
            held = [i for i in everyone if i.kind == name and i.scope == scope]
            if kind.get("limit_per_scope") is not None and len(held) > kind["limit_per_scope"]:
                return "LIMIT_EXCEEDED", tuple(held)
    for group in policy.get("groups", []):
        held = [i for i in everyone if i.kind in group["kinds"]]
        if len(held) > group["limit"]:
            return "LIMIT_EXCEEDED", tuple(held)
    if len(everyone) > policy.get("max_identifiers_per_person", 200):
        return "LIMIT_EXCEEDED", tuple(everyone)
    # reading: which never-link is named when two break at once is not said: the first by the pair of keys.
    for ends in sorted(never, key=lambda pair: sorted(i.key for i in pair)):
        if ends <= set(everyone):
            return "NEVER_LINKED", tuple(ends)
    if policy.get("isolation") == "brand" and len({i.scope.split("/")[0] for i in everyone}) > 1:
        return "BRAND_ISOLATION", ()
    return differing(policy, everyone, says)


def run(
    policy: Json,
    idents: Iterable[Ident],
    pairs: Iterable[Pair],
    never: Iterable[frozenset[Ident]],
    says: Says,
) -> tuple[dict[Ident, frozenset[Ident]], dict[frozenset[Ident], tuple[str, tuple[Ident, ...]]]]:
    """One pass of the rule: the component of each identifier, and the losing pairs."""
    of = {i: frozenset((i,)) for i in idents}
    lost: dict[frozenset[Ident], tuple[str, tuple[Ident, ...]]] = {}
    for pair in sorted(pairs, key=lambda p: order(policy, p)):
        union = of[pair.a] | of[pair.b]
        why = None if of[pair.a] == of[pair.b] else broken(policy, union, never, says)
        if why is not None:
            lost[pair.ends] = why
            continue
        for ident in union:
            of[ident] = union
    return of, lost


def shared_idents(policy: Json, idents: Iterable[Ident], pairs: list[Pair]) -> frozenset[Ident]:
    """Who is tied to more than ``shared_after`` identifiers of any one layer stronger than its own."""
    found = set()
    for ident in idents:
        most = policy["kinds"][ident.kind].get("shared_after")
        others = {end for p in pairs if ident in p.ends for end in p.ends - {ident}}
        for stronger in range(layer(policy, ident)):
            if most is not None and sum(layer(policy, o) == stronger for o in others) > most:
                found.add(ident)
    return frozenset(found)


def neutral_idents(
    policy: Json,
    idents: Iterable[Ident],
    pairs: list[Pair],
    never: Iterable[frozenset[Ident]],
    says: Says,
) -> frozenset[Ident]:
    """Pass 1: who would not be valid together with all the pass-1 components that it is tied to."""
    plain = {i for i in idents if conflict(policy, i) != "neutral"}
    of, _ = run(policy, plain, [p for p in pairs if p.ends <= plain], never, says)
    found = set()
    for ident in set(idents) - plain:
        tied = {end for p in pairs if ident in p.ends for end in p.ends - {ident} if end in plain}
        together = frozenset({ident}).union(*(of[end] for end in tied))
        if broken(policy, together, never, says) is not None:
            found.add(ident)
    return frozenset(found)


def resolve(
    policy: Json,
    idents: frozenset[Ident],
    pairs: list[Pair],
    never: frozenset[frozenset[Ident]],
    says: Says,
) -> Verdict:
    """The rule: SHARED, then NEUTRAL (pass 1), then CLAIMED, then pass 2 on the rest."""
    ties = [p for p in pairs if not p.claimed]
    shared = shared_idents(policy, idents, ties)
    unshared = [p for p in ties if not p.ends & shared]
    neutral = neutral_idents(policy, idents, unshared, never, says)
    of, suppressed = run(policy, idents, [p for p in unshared if not p.ends & neutral], never, says)
    for pair in pairs:
        if pair.ends & shared:
            suppressed[pair.ends] = ("SHARED", tuple(pair.ends & shared))
        elif pair.ends & neutral:
            suppressed[pair.ends] = ("NEUTRAL", tuple(pair.ends & neutral))
        elif pair.claimed:
            suppressed[pair.ends] = ("CLAIMED", ())
    return Verdict(frozenset(of.values()), suppressed, shared, neutral)
