"""The check of limits: who has reached one, so that the next identifier will be refused.

From the columns alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.identity.batch import Ints
from app.identity.health.columns import Columns
from app.identity.health.found import ATTENTION, EXAMPLES, KEPT, NOTICE, OK, Check, Finding
from app.identity.policy import Policy


def near_limits(columns: Columns, policy: Policy) -> Check:
    """People who hold as many of something as one may: the next one will be refused."""
    found = [finding for finding in _limits(columns, policy) if finding.size]
    size = columns.size()
    cap = policy.max_identifiers_per_person
    full = np.flatnonzero(size >= max(cap - 1, 2))
    if len(full):
        found.append(
            _at_limit(columns, full, f"max_identifiers_per_person: {cap}", int((size == cap - 1).sum()))
        )
    found.sort(key=lambda finding: (-finding.size, finding.says))
    most = max((finding.size for finding in found), default=0)
    level = ATTENTION if len(full) or most > 0.01 * max(len(columns.people), 100) else NOTICE if found else OK
    return Check(
        name="NEAR_LIMIT",
        level=level,
        total=sum(finding.size for finding in found),
        says=f"{len(found)} limits are reached by somebody, the fullest by {most} people",
        next="a limit that one in a hundred people reaches cuts real people, or keeps the people of a shared "
        "identifier apart: look at some of them, and try another limit",
        command="oneid policy simulate FILE",
        findings=tuple(found[:KEPT]),
    )


def _limits(columns: Columns, policy: Policy) -> Iterator[Finding]:
    """Limits above one of each kind and group. A limit of one is there to be reached."""
    held = columns.person >= 0
    number = {name: i for i, name in enumerate(columns.kinds)}
    for name, kind in policy.kinds.items():
        mine = held & (columns.kind == number.get(name, -1))
        if kind.limit is not None and kind.limit > 1:
            yield _reached(columns, columns.person[mine], kind.limit, f"kinds.{name}.limit")
        if kind.limit_per_scope is not None and kind.limit_per_scope > 1:
            slots = columns.person[mine] * (int(columns.scope.max(initial=0)) + 1) + columns.scope[mine]
            width = int(columns.scope.max(initial=0)) + 1
            yield _reached(columns, slots, kind.limit_per_scope, f"kinds.{name}.limit_per_scope", width)
    for place, group in enumerate(policy.groups):
        if group.limit > 1:
            kinds = [number[name] for name in group.kinds if name in number]
            mine = held & np.isin(columns.kind, kinds)
            yield _reached(columns, columns.person[mine], group.limit, f"groups.{place}.limit")


def _reached(columns: Columns, slots: Ints, limit: int, path: str, width: int = 1) -> Finding:
    slot, count = np.unique(slots, return_counts=True)
    people = np.unique(slot[count >= limit] // width)
    return _at_limit(columns, people, f"{path}: {limit}", int((count == limit - 1).sum()))


def _at_limit(columns: Columns, people: Ints, rule: str, below: int) -> Finding:
    return Finding(
        says=f"{len(people)} people have reached {rule}, {below} hold one less",
        size=len(people),
        people=tuple(columns.people[person] for person in people[:EXAMPLES].tolist()),
    )
