"""What follows a unit of work: capabilities above derive from whom it touched, once it is committed.

The unit and what follows are transactions of their own, and the caller is answered after both. A crash in
between loses nothing: the unit has marked the people with `dirtyAt`, and the refresh does what was left.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Set
from typing import Any

from app.identity.live.region import Region
from app.identity.live.unit import Written

Touched = Mapping[str, Set[str]]
"""What a unit touched: `people` by OneID, `accounts` and `dependents` by the keys of those told of."""

Follower = Callable[[Any, Touched], Awaitable[None]]
"""(identity, touched)"""
FOLLOWERS: list[Follower] = []
"""In their order; a capability puts its own in when it is loaded."""


async def follow(identity: Any, touched: Touched) -> None:
    """Derive from what was touched, if anything was."""
    if any(touched.values()):
        for follower in FOLLOWERS:
            await follower(identity, touched)


def moved_people(region: Region, written: Written) -> set[str]:
    """Whose identifiers came or went. One that nobody has seen before has brought nothing along."""
    moved = (row for row in written.moved if row["before"] or row["key"] in region.stored_identifiers)
    return {one_id for row in moved for one_id in (row["before"], row["after"]) if one_id}
