"""Whether a rule can be meant: everything that is wrong with it at once, each at its place. Pure.

The codes and the places are those of the design page on rules, "Errors". A product, shop, channel, campaign
or type of event that the graph has never seen is a warning: the rule runs all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.rules.check_conditions import check_leaf
from app.rules.check_facts import Bounds
from app.rules.check_values import Found, Wrong, closest, unknown
from app.rules.model import Path, Rule, nodes
from app.rules.parts import Part
from app.rules.vocabulary import Vocabulary, names
from app.rules.windows import Clock

__all__ = ["LIMITS", "Limits", "Wrong", "problems", "warnings"]

_WHAT = {
    "product": "product",
    "shop": "shop",
    "channel": "channel",
    "campaign": "campaign",
    "type": "type of event",
}


@dataclass(frozen=True)
class Limits:
    """How large a rule may be, as it is written; `expanded` leaves with the segments that it uses."""

    nesting: int = 8
    leaves: int = 100
    values: int = 10_000
    expanded: int = 1_000


LIMITS = Limits()


def problems(
    rule: Rule,
    vocabulary: Vocabulary,
    clock: Clock,
    *,
    own: str | None = None,
    forbidden: frozenset[str] = frozenset(),
    limits: Limits = LIMITS,
) -> list[Wrong]:
    """Everything that is wrong with the rule, in the order of the rule, what is too much of it last.

    own: the key of the segment that the rule will be, which it must not use. forbidden: attributes that the
    caller may not ask about (`name`, without pii:read).
    """
    bounds = Bounds(vocabulary, clock, forbidden)
    found = list(_check(rule, (), bounds, [own] if own else []))
    return [*found, *_too_much(rule, vocabulary, limits)]


def _check(rule: Rule, path: Path, bounds: Bounds, chain: list[str]) -> Found:
    here = (*path, rule.key)
    if rule.key in ("all", "any"):
        if not rule.body:
            message = f"{rule.key} of nothing is refused; everyone is {{everyone: true}}"
            yield Wrong(here, "EMPTY_GROUP", message)
        for place, one in enumerate(rule.body):
            yield from _check(one, (*here, str(place)), bounds, chain)
    elif rule.key == "not":
        yield from _check(rule.body, here, bounds, chain)
    elif rule.key == "segment":
        yield from _segment((*here, "key"), rule.body.key, bounds.vocabulary, chain)
    else:
        yield from check_leaf(here, rule.key, rule.body, bounds)


def _segment(path: Path, key: str, vocabulary: Vocabulary, chain: Sequence[str]) -> Found:
    if key not in vocabulary.segments and key not in chain:
        yield unknown(path, "UNKNOWN_SEGMENT", "segment", key, vocabulary.segments)
    elif circle := _circle(key, vocabulary.segments, [*chain]):
        yield Wrong(path, "SEGMENT_CYCLE", f"a segment cannot use itself: {' → '.join(circle)}")


def _circle(key: str, segments: Mapping[str, Rule], chain: Sequence[str]) -> Sequence[str] | None:
    """The chain of segments that comes back to one of itself, starting with `chain`."""
    done: set[str] = set()

    def follow(one: str, before: tuple[str, ...]) -> Sequence[str] | None:
        if one in before:
            return (*before[before.index(one) :], one)
        if one in done or one not in segments:
            return None
        for used in uses(segments[one]):
            if found := follow(used, (*before, one)):
                return found
        done.add(one)
        return None

    return follow(key, tuple(chain))


def uses(rule: Rule) -> list[str]:
    """The segments that a rule uses itself, each once."""
    return list(dict.fromkeys(node.body.key for _, node in nodes(rule) if node.key == "segment"))


def _too_much(rule: Rule, vocabulary: Vocabulary, limits: Limits) -> Iterator[Wrong]:
    """The first node beyond each limit."""
    leaves = [(path, node) for path, node in _placed(rule, ()) if node.key not in ("all", "any", "not")]
    deep = next((path for path, _ in _placed(rule, ()) if _depth(rule, path) > limits.nesting), None)
    if deep is not None:
        yield Wrong(deep, "TOO_COMPLEX", f"nested more than {limits.nesting} deep")
    if len(leaves) > limits.leaves:
        message = f"{len(leaves)} conditions, at most {limits.leaves} are taken"
        yield Wrong(leaves[limits.leaves][0], "TOO_COMPLEX", message)
    values = expanded = 0
    for path, node in leaves:
        before, values = values, values + _values(node.body)
        if before <= limits.values < values:
            yield Wrong(path, "TOO_COMPLEX", f"more than {limits.values:,} values")
        had, expanded = expanded, expanded + _expanded(node, vocabulary.segments, {})
        if had <= limits.expanded < expanded:
            message = f"more than {limits.expanded:,} conditions with those of the segments that it uses"
            yield Wrong(path, "TOO_COMPLEX", message)


def _placed(rule: Rule, path: Path) -> Iterator[tuple[Path, Rule]]:
    """Every node with the path of the node itself, not of its key."""
    return ((found[:-1], node) for found, node in nodes(rule, path))


def _depth(rule: Rule, path: Path) -> int:
    """How deep the node lies, itself counted: `all`, `any` and `not` on the way, and the node."""
    return 1 + sum(not step.isdigit() for step in path)


def _values(part: Any) -> int:
    """The plain values in a part of a rule."""
    if isinstance(part, Part):
        return sum(_values(getattr(part, name)) for name in part.said())
    return sum(map(_values, part)) if isinstance(part, tuple) else 1


def _expanded(node: Rule, segments: Mapping[str, Rule], known: dict[str, int]) -> int:
    """The leaves of a condition with those of the segments in it; a circle counts once."""
    if node.key != "segment":
        return 1
    key = node.body.key
    if key not in known:
        known[key] = 1
        used = nodes(segments[key]) if key in segments else ()
        leaves = [one for _, one in used if one.key not in ("all", "any", "not")]
        known[key] = sum(_expanded(one, segments, known) for one in leaves) or 1
    return known[key]


def warnings(rule: Rule, vocabulary: Vocabulary) -> list[Wrong]:
    """What the rule names that the graph has never seen, each with what was probably meant."""
    return [
        Wrong(
            path,
            f"UNKNOWN_{'EVENT_TYPE' if what == 'type' else what.upper()}",
            f"no {_WHAT[what]} is called {name!r} so far",
            suggestion=closest(name, list(vocabulary.near.get(what, ()))),
        )
        for path, what, name in names(rule)
        if name in vocabulary.unseen.get(what, ())
    ]
