"""Where a statement starts: at the facts that one condition of the rule names, rather than at all people.

An anchor finds everybody who matches, and perhaps more; `rest` is what is left to be looked at of each. Of
several conditions that could be one, the rank decides: lists and tags are what people are put on by hand or
by rule, a span of birthdays or a product is usually few, a stretch of time many. Every anchor names its
index: a plan that was made while the graph was young would not find it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.rules.compiler_starts import STARTS, Build
from app.rules.model import Rule
from app.rules.statement import Statement


@dataclass(frozen=True)
class Anchor:
    """How to start. `build` makes the clauses that leave `p`, perhaps more than once; None starts at all
    people. `rest` is what is left to be looked at; None when nothing is.
    """

    rank: int
    build: Build | None
    rest: Rule | None


def anchor(rule: Rule) -> Anchor:
    """The best place to start."""
    return _best(rule) or Anchor(99, None, rule)


def _best(rule: Rule) -> Anchor | None:
    key, body = rule.key, rule.body
    if key == "all":
        return _of_all(body)
    if key == "any":
        return _of_any(rule)
    found = STARTS[key](body) if key in STARTS else None
    return None if found is None else Anchor(found.rank, found.build, None if found.exact else rule)


def _of_all(parts: Sequence[Rule]) -> Anchor | None:
    """The best of its parts; what is left of that one, and the other parts, are looked at."""
    found = [(one.rank, place, one) for place, part in enumerate(parts) if (one := _best(part)) is not None]
    if not found:
        return None
    _, place, best = min(found, key=lambda one: one[:2])
    left = [*parts[:place], *([best.rest] if best.rest is not None else []), *parts[place + 1 :]]
    return replace(best, rest=Rule(all_=tuple(left)) if left else None)


def _of_any(rule: Rule) -> Anchor | None:
    """All of its parts together, if each has a place to start."""
    found = [_best(part) for part in rule.body]
    starts = [one for one in found if one is not None]
    if not starts or len(starts) < len(found):
        return None

    def build(statement: Statement) -> str:
        pieces = [f"{one.build(statement)} RETURN p" for one in starts if one.build]
        return f"CALL () {{ {' UNION '.join(pieces)} }}"

    left = None if all(one.rest is None for one in starts) else rule
    return Anchor(max(one.rank for one in starts), build, left)
