"""Versions of the policy: check one, put it in force, see and bring back earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotAllowed
from app.graph.queries import read_query
from app.identity.policy import Policy, load_policy
from app.identity.recompute import Progress, Report, recompute
from app.identity.register import Cause, now
from app.identity.service import Identity
from app.identity.state import store_policy

_POLICIES = read_query("identity/policies")
_KINDS = read_query("identity/kinds_stored")

SHAPES_KEYS = ("label", "scope", "pii", "normalise", "region", "hashes")
"""What of a kind decides how its identifiers are stored: it cannot change under those that are there."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the policy; `at` is an ISO time."""

    version: int
    text: str
    by: str
    reason: str
    at: str
    current: bool


async def history(identity: Identity) -> list[Version]:
    """Every version, the newest first."""
    rows = await identity.graph.reader().rows(_POLICIES)
    return [Version(**row.data()) for row in rows]


async def check(identity: Identity, text: str) -> Policy:
    """The policy that a text describes, if it can be put in force here.

    Raises `PolicyInvalid`, or `NotAllowed` POLICY_NEEDS_IMPORT when stored identifiers would have to be
    stored otherwise.
    """
    policy, state = load_policy(text), await identity.refresh()
    stored = {row["kind"] for row in await identity.graph.reader().rows(_KINDS)}
    problems = [f"kind {name} has identifiers and is gone" for name in sorted(stored - policy.kinds.keys())]
    for name in sorted(stored & policy.kinds.keys() & state.policy.kinds.keys()):
        before, after = state.policy.kinds[name], policy.kinds[name]
        changed = [field for field in SHAPES_KEYS if getattr(before, field) != getattr(after, field)]
        problems += [f"kind {name} has identifiers: {field} cannot change under them" for field in changed]
    if stored and policy.isolation != state.policy.isolation:
        problems.append("isolation cannot change while there are identifiers")
    if problems:
        raise NotAllowed(
            "; ".join(problems),
            code="POLICY_NEEDS_IMPORT",
            suggestion="import the observations into a new graph under this policy",
        )
    return policy


async def apply(
    identity: Identity, text: str, by: str, reason: str, progress: Progress | None = None
) -> tuple[int, Report]:
    """Put a policy in force and recompute. Returns its version and what the recompute changed.

    Stopped in the middle, the policy is in force and `oneid recompute` finishes the work.
    """
    await check(identity, text)
    version = await store_policy(identity.graph, text, by, reason, now())
    await identity.units_in_flight()
    await identity.refresh()
    report = await recompute(identity, Cause("POLICY", now(), by, reason), progress)
    return version, report


async def rollback(
    identity: Identity, version: int, by: str, reason: str, progress: Progress | None = None
) -> tuple[int, Report]:
    """Put an earlier version in force again, as a new version. Raises `NotAllowed` NOT_FOUND."""
    found = [one for one in await history(identity) if one.version == version]
    if not found:
        raise NotAllowed(
            f"there is no policy version {version}", code="NOT_FOUND", suggestion="oneid policy history"
        )
    return await apply(identity, found[0].text, by, reason, progress)
