"""A simulated change in words that a support agent understands, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.identity.simulation.diff import Change, Deciding, Dropped, Grouping, Shown, Standing
from app.identity.simulation.effects import Effects, Register
from app.identity.simulation.reasons import Stand, Why

PEOPLE = 10
"""People shown of each change, now and then; and identifiers that block a pair."""

Names = Mapping[str, tuple[str, str | None]]
"""Key -> masked name, and value of an open kind."""

_WORDS = {
    "SHARED": "shared",
    "NEUTRAL": "neutral",
    "CLAIMED": "only claimed",
    "LIMIT_EXCEEDED": "over a limit",
    "NEVER_LINKED": "never to be linked",
    "BRAND_ISOLATION": "of two brands",
    "CONTRADICTION": "contradicting",
    "BLOCKED": "blocked",
    "EXPIRED": "expired",
}


class Told:
    """The changes of one simulation, each with its reasons."""

    def __init__(self, found: Effects, register: Register, why: Mapping[int, Why]) -> None:
        self.found, self.register, self.why = found, register, why

    def keys(self, changes: Iterable[int]) -> Iterator[str]:
        """The identifiers that are named."""
        for change in changes:
            yield from (owner for _, _, owner in (*self._before(change), *self._after(change)) if owner)
            for pair, *stands in self.why[change].pairs:
                yield from pair
                yield from (key for stand in stands for key in stand.blocked_by[:PEOPLE])
            yield from (key for key, _, _ in self.why[change].dropped)

    def change(self, number: int, moved: int, names: Names) -> Change:
        """One change."""
        before, after, why = self._before(number), self._after(number), self.why[number]
        show = _Names(names)
        evidence = tuple(
            Deciding(a=show.one(pair[0]), b=show.one(pair[1]), now=show.stand(now), then=show.stand(then))
            for pair, now, then in why.pairs
        )
        dropped = tuple(
            Dropped(identifier=show.one(key), now=show.stand(now), then=show.stand(then))
            for key, now, then in why.dropped
        )
        return Change(
            what=_what(len(before), len(after)),
            moved=moved,
            identifiers=self._size(number),
            people_before=len(before),
            people_after=len(after),
            before=tuple(show.grouping(one) for one in before[:PEOPLE]),
            after=tuple(show.grouping(one) for one in after[:PEOPLE]),
            evidence_changed=why.total,
            evidence=evidence,
            dropped=dropped,
            says=_says(before, after, evidence, dropped),
        )

    def _size(self, number: int) -> int:
        parts = self.register.components.get(number, [])
        return sum(map(len, parts)) + len(self.register.out.get(number, []))

    def _before(self, number: int) -> list[_Group]:
        groups = self.register.groups.get(number, {})
        found = [(one_id, len(keys), self._owner(one_id, keys)) for one_id, keys in groups.items()]
        return sorted(found, key=lambda group: (-group[1], group[0] or ""))

    def _after(self, number: int) -> list[_Group]:
        minted = {person.one_id for person in self.register.assignment.minted}
        found = []
        for keys in self.register.components.get(number, []):
            one_id = self.register.target[keys[0]]
            owner = self.register.assignment.owners[one_id]
            found.append((None if one_id in minted else one_id, len(keys), owner))
        return sorted(found, key=lambda group: (-group[1], group[0] or "", group[2]))

    def _owner(self, one_id: str, keys: list[str]) -> str | None:
        person = self.register.persons.get(one_id)
        return person.owner if person is not None and person.owner in self.found.number else None


_Group = tuple[str | None, int, str | None]
"""OneID (None: a new one), how many identifiers, key of the owner."""


class _Names:
    """Keys as everybody may see them."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def one(self, key: str) -> Shown:
        kind, scope, _ = key.split("|", 2)
        display, value = self.names.get(key, ("…", None))
        return Shown(kind=kind, scope=scope, value=value, display=display)

    def stand(self, stand: Stand) -> Standing:
        blocked_by = tuple(self.one(key) for key in stand.blocked_by[:PEOPLE])
        return Standing(state=stand.state, reason=stand.reason, rule=stand.line, blocked_by=blocked_by)

    def grouping(self, group: _Group) -> Grouping:
        one_id, size, owner = group
        return Grouping(one_id=one_id, identifiers=size, owner=self.one(owner) if owner else None)


def _what(before: int, after: int) -> str:
    if before > after:
        return "MERGED" if after else "GONE"
    if before < after:
        return "SPLIT" if before else "RETURNED"
    return "IDENTIFIERS_CHANGED" if before == 1 else "REGROUPED"


def _says(
    before: list[_Group],
    after: list[_Group],
    evidence: tuple[Deciding, ...],
    dropped: tuple[Dropped, ...],
) -> str:
    because = _because(evidence, dropped, joins=len(after) < len(before))
    return ". ".join(part for part in (_grouped(before, after), because) if part)


def _grouped(before: list[_Group], after: list[_Group]) -> str:
    was, now = len(before), len(after)
    if not was:
        return f"{_people(now)} with identifiers again that were nobody's"
    if not now:
        return f"{_people(was)} without any identifier left"
    if was == now == 1:
        return f"1 person with {after[0][1]} identifiers in place of {before[0][1]}"
    return f"{_people(was)} become{'s' if was == 1 else ''} {now if now > 1 else 'one'}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _because(evidence: tuple[Deciding, ...], dropped: tuple[Dropped, ...], *, joins: bool) -> str:
    """The first reason that goes the way of the whole change."""
    if evidence:
        one = next((one for one in evidence if (one.then.state == "active") == joins), evidence[0])
        ends = f"{_named(one.a)} and {_named(one.b)}"
        if one.then.state == "active":
            return f"{ends} join: no longer {_reason(one.now)}"
        return f"{ends} do not join: {_reason(one.then)}"
    if dropped:
        gone = dropped[0]
        if gone.then.state == "active":
            return f"{_named(gone.identifier)} takes part: no longer {_reason(gone.now)}"
        return f"{_named(gone.identifier)} takes no part: {_reason(gone.then)}"
    return ""


def _named(one: Shown) -> str:
    return f"{one.kind} {one.value or one.display}"


def _reason(stand: Standing) -> str:
    words = _WORDS.get(stand.reason or "", "pending" if stand.state == "pending" else "apart")
    return f"{words} ({stand.rule})" if stand.rule else words
