"""Where a statement starts: at the facts that one condition of the rule names, rather than at all people.

An anchor finds everybody who matches, and perhaps more; `rest` is what is left to be looked at of each. Of
several conditions that could be one, and of several places where one condition could start, the one that
reads least is taken, by what was counted (`compiler_sizes`). Where nobody has counted, the rank decides:
lists and tags are what people are put on by hand or by rule, a span of birthdays or a product is usually few,
a stretch of time many. Every anchor names its index: a plan that was made while the graph was young would not
find it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.rules import compiler_starts, compiler_starts_facts, compiler_starts_standing
from app.rules.compiler_starts import Build, Start
from app.rules.model import Rule
from app.rules.statement import Statement

_STARTS = {**compiler_starts.STARTS, **compiler_starts_facts.STARTS, **compiler_starts_standing.STARTS}
_LOOKED_AT = 5.0
"""What it costs to look at the rest of a rule for one person, in relationships read."""

Sizes = Mapping[tuple[Rule, int], int]
"""(a leaf, which of its starts) -> how many facts that start finds; of everybody at `EVERYBODY`."""

EVERYBODY = (Rule(everyone=True), 0)


@dataclass(frozen=True)
class Anchor:
    """How to start. `build` makes the clauses that leave `p`, perhaps more than once; None starts at all
    people. `rest` is what is left to be looked at; None when nothing is.
    """

    cost: float
    build: Build | None
    rest: Rule | None


def starts(rule: Rule) -> Iterator[tuple[tuple[Rule, int], Start]]:
    """Every place where a statement about the rule could start, segments expanded; none where it has to look
    at all people.
    """
    if rule.key == "all":
        for part in rule.body:
            yield from starts(part)
    elif rule.key == "any":
        found = [list(starts(part)) for part in rule.body]
        if all(found):
            yield from (one for some in found for one in some)
    elif rule.key in _STARTS:
        yield from (((rule, place), one) for place, one in enumerate(_STARTS[rule.key](rule.body)))


def anchor(rule: Rule, sizes: Sizes) -> Anchor:
    """The best place to start."""
    everybody = Anchor(sizes.get(EVERYBODY, 1e9) * (1 + _LOOKED_AT), None, rule)
    found = _best(rule, sizes)
    return found if found is not None and found.cost <= everybody.cost else everybody


def _best(rule: Rule, sizes: Sizes) -> Anchor | None:
    if rule.key == "all":
        return _of_all(rule.body, sizes)
    if rule.key == "any":
        return _of_any(rule, sizes)
    found = [
        Anchor(_cost(one, sizes.get(at)), one.build, None if one.exact else rule) for at, one in starts(rule)
    ]
    return min(found, key=lambda one: one.cost, default=None)


def _cost(start: Start, size: int | None) -> float:
    if size is None:
        return start.rank
    return size * (start.hops + (0 if start.exact else _LOOKED_AT))


def _of_all(parts: Sequence[Rule], sizes: Sizes) -> Anchor | None:
    """The best of its parts; what is left of that one, and the other parts, are looked at."""
    found = [(one.cost, at, one) for at, part in enumerate(parts) if (one := _best(part, sizes)) is not None]
    if not found:
        return None
    _, place, best = min(found, key=lambda one: one[:2])
    left = [*parts[:place], *([best.rest] if best.rest is not None else []), *parts[place + 1 :]]
    return replace(best, rest=Rule(all_=tuple(left)) if left else None)


def _of_any(rule: Rule, sizes: Sizes) -> Anchor | None:
    """All of its parts together, if each has a place to start."""
    found = [_best(part, sizes) for part in rule.body]
    some = [one for one in found if one is not None]
    if not some or len(some) < len(found):
        return None

    def build(statement: Statement) -> str:
        pieces = [f"{one.build(statement)} RETURN p" for one in some if one.build]
        return f"CALL () {{ {' UNION ALL '.join(pieces)} }}"

    left = None if all(one.rest is None for one in some) else rule
    cost = sum(one.cost for one in some) if sizes else max(one.cost for one in some)
    return Anchor(cost, build, left)
