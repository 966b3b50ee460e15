"""What keeps two identifiers apart, and the least change of the policy under which it would not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.identity.evidence import Never, Pair, Unlink
from app.identity.policy import Group, Kind, Policy

Part = TypeVar("Part", Policy, Kind, Group)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is full: of kinds, in a scope (None: in all); no kinds at all means of every kind."""

    kinds: tuple[str, ...]
    scope: str | None
    most: int
    held: int
    group: int | None = None
    """Its place among the policy's groups, when it is one."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps one pair from joining. `blocked_by` are keys, as the rule says them; `further` when it would
    do so only after the obstacles before it are gone.
    """

    reason: str
    pair: Pair
    blocked_by: tuple[str, ...] = ()
    limit: Limit | None = None
    attribute: str | None = None
    """What must not differ inside a person, and does."""
    unlinks: tuple[Unlink, ...] = ()
    nevers: tuple[Never, ...] = ()
    further: bool = False


def without(policy: Policy, obstacle: Obstacle, kinds: list[str]) -> Policy:
    """The policy with the least change under which the obstacle would be none."""
    limit = obstacle.limit
    if obstacle.reason == "BRAND_ISOLATION":
        return _changed(policy, isolation="group")
    if obstacle.attribute is not None:
        kept = tuple(one for one in policy.contradictions if one.attribute != obstacle.attribute)
        return _changed(policy, contradictions=kept)
    if limit is None:
        return _with_kinds(policy, kinds, conflict="latest")
    if limit.group is not None:
        group = policy.groups[limit.group]
        groups = [*policy.groups]
        groups[limit.group] = _changed(group, limit=max(group.limit, limit.held))
        return _changed(policy, groups=tuple(groups))
    if not limit.kinds:
        return _changed(policy, max_identifiers_per_person=max(policy.max_identifiers_per_person, limit.held))
    name = "limit" if limit.scope is None else "limit_per_scope"
    before = getattr(policy.kinds[limit.kinds[0]], name)
    return _with_kinds(policy, list(limit.kinds), **{name: max(before, limit.held)})


def _with_kinds(policy: Policy, names: Iterable[str], **changes: Any) -> Policy:
    changed = {name: _changed(policy.kinds[name], **changes) for name in names}
    return _changed(policy, kinds={name: changed.get(name, kind) for name, kind in policy.kinds.items()})


def _changed(part: Part, **changes: Any) -> Part:
    """A part of a policy with other fields; made anew, since it keeps what it has worked out of itself."""
    return type(part)(**({name: getattr(part, name) for name in type(part).model_fields} | changes))
