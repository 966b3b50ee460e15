"""Which line of a policy it is that keeps a pair from joining, as a path into the YAML. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.identity.normalise import Blocklist, normalise
from app.identity.policy import Policy
from app.identity.rule import Node, Rule


def line_of(rule: Rule, reason: str, holders: Sequence[Node]) -> str | None:
    """The line behind a reason: `kinds.phone.limit: 3`. `holders` are the identifiers that block.

    None where no line is: somebody's decision (NEVER_LINKED, and BLOCKED by hand) or the built-in list.
    """
    policy = rule.policy
    kind = holders[0].kind if holders else ""
    match reason:
        case "SHARED":
            return f"kinds.{kind}.shared_after: {policy.kinds[kind].shared_after}"
        case "NEUTRAL":
            return f"kinds.{kind}.conflict: neutral"
        case "EXPIRED":
            return f"kinds.{kind}.ttl: {policy.kinds[kind].ttl}"
        case "BLOCKED":
            return _blocked(policy, holders[0])
        case "LIMIT_EXCEEDED":
            return _limit(rule, holders)
        case "BRAND_ISOLATION":
            return f"isolation: {policy.isolation}"
        case "CLAIMED":
            return "sources"
        case "CONTRADICTION":
            return _contradiction(policy, holders)
    return None


def _limit(rule: Rule, holders: Sequence[Node]) -> str:
    """The first limit that all of them count towards and that they are too many for: the one that broke."""
    policy = rule.policy
    common = set(rule.slots(holders[0])).intersection(*(rule.slots(node) for node in holders))
    broken = sorted(slot for slot in common if rule.limits[slot] < len(holders))
    if not broken:
        return f"max_identifiers_per_person: {policy.max_identifiers_per_person}"
    what, place, _ = broken[0]
    if what == 2:
        return f"groups.{place}.limit: {policy.groups[place].limit}"
    name = list(policy.kinds)[place]
    field = "limit" if what == 0 else "limit_per_scope"
    return f"kinds.{name}.{field}: {rule.limits[broken[0]]}"


def _blocked(policy: Policy, node: Node) -> str | None:
    value = normalise(policy.kinds[node.kind], node.plain.split("|", 2)[2])
    for place, entry in enumerate(policy.blocked):
        if Blocklist(policy, (entry,)).blocks(node.kind, value):
            return f"blocked.{place}"
    return None


def _contradiction(policy: Policy, holders: Sequence[Node]) -> str:
    said: dict[int, set[str]] = {}
    for node in holders:
        for number, value in node.traits:
            said.setdefault(number, set()).add(value)
    number = min((number for number, values in said.items() if len(values) > 1), default=0)
    return f"contradictions.{number}: {policy.contradictions[number].attribute}"


_LATER = ("pattern",)


def only_later(before: Policy, after: Policy) -> Mapping[str, str]:
    """The changed lines that hold for new observations only, by path: what is stored was taken in without
    them.
    """
    told = "holds for what is observed from now on: nothing that is stored changes by it"
    found = {
        f"kinds.{name}.{field}": told
        for name in after.kinds
        if name in before.kinds
        for field in _LATER
        if getattr(before.kinds[name], field) != getattr(after.kinds[name], field)
    }
    for field in ("max_identifiers_per_observation", "sources"):
        if getattr(before, field) != getattr(after, field):
            found[field] = told
    return found
