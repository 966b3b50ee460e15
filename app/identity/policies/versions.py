"""Versions of the policy: check one, put it in force, see and bring back earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import NotAllowed
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.live.recompute import Progress, Report, recompute
from app.identity.live.register import Cause, now
from app.identity.live.state import store_policy
from app.identity.live.unit import Written
from app.identity.policy import Policy, load_policy
from app.identity.service import Identity

_POLICIES = read_query("identity/policies")
_KINDS = read_query("identity/kinds_stored")
_STEP = write_query("identity/policy_step")
CHANGES = {
    "created": "people new",
    "merged": "merged",
    "split": "split off",
    "returned": "brought back",
    "ownersChanged": "with another owner",
    "identifiersMoved": "identifiers moved",
}
"""What applying a policy changes, and how people call it."""

SHAPES_KEYS = ("label", "scope", "pii", "normalise", "region", "hashes")
"""What of a kind decides how its identifiers are stored: it cannot change under those that are there."""
NEEDS_IMPORT = "POLICY_NEEDS_IMPORT"
ADVICE = "import the observations into a new graph under this policy"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the policy; `at` is an ISO time."""

    version: int
    text: str
    by: str
    reason: str
    at: str
    current: bool
    unfinished: bool = False
    """Whether people are still to be recomputed under it."""
    changes: Sequence[int] = ()
    """How many people applying it created, merged, split off, brought back, gave another owner; identifiers
    moved.
    """

    def told(self) -> dict[str, int]:
        """The changes by name."""
        return dict(zip(CHANGES, self.changes, strict=True))

    def changed(self) -> str:
        """The changes in words."""
        return (
            ", ".join(f"{count:,} {CHANGES[name]}" for name, count in self.told().items() if count)
            or "nobody changed"
        )


async def history(identity: Identity) -> list[Version]:
    """Every version, the newest first."""
    rows = await identity.graph.reader().rows(_POLICIES)
    return [Version(**row.data()) for row in rows]


async def check(identity: Identity, text: str) -> Policy:
    """The policy that a text describes, if it can be put in force here.

    Raises `PolicyInvalid`, or `NotAllowed` POLICY_NEEDS_IMPORT when stored identifiers would have to be
    stored otherwise.
    """
    policy = load_policy(text)
    if found := await hindrances(identity, policy):
        told = "; ".join(message for _, message in found)
        raise NotAllowed(told, code=NEEDS_IMPORT, suggestion=ADVICE)
    return policy


async def hindrances(identity: Identity, policy: Policy) -> list[tuple[str, str]]:
    """What a policy says otherwise that stored identifiers depend on: (path in the policy, message) each."""
    state = await identity.refresh()
    stored = {row["kind"] for row in await identity.graph.reader().rows(_KINDS)}
    found = [
        (f"kinds.{name}", f"kind {name} has identifiers and is gone")
        for name in sorted(stored - policy.kinds.keys())
    ]
    for name in sorted(stored & policy.kinds.keys() & state.policy.kinds.keys()):
        before, after = state.policy.kinds[name], policy.kinds[name]
        changed = [field for field in SHAPES_KEYS if getattr(before, field) != getattr(after, field)]
        found += [
            (f"kinds.{name}.{field}", f"kind {name} has identifiers: {field} cannot change under them")
            for field in changed
        ]
    if stored and policy.isolation != state.policy.isolation:
        found.append(("isolation", "isolation cannot change while there are identifiers"))
    return found


async def apply(
    identity: Identity, text: str, by: str, reason: str, progress: Progress | None = None
) -> tuple[Version, Report]:
    """Put a policy in force and recompute. Returns the version, with all that it changed, and the last
    comparison.

    Stopped in the middle, the policy is in force; the same again goes on with it, and so does `finish`.
    """
    await check(identity, text)
    waiting = await unfinished(identity)
    if waiting is None or waiting.text != text:
        await store_policy(identity.graph, text, by, reason, now(), unfinished=True)
    return await _finish(identity, progress)


async def unfinished(identity: Identity) -> Version | None:
    """The version in force, when applying it was stopped."""
    return next((one for one in await history(identity) if one.unfinished), None)


async def finish(identity: Identity, progress: Progress | None = None) -> tuple[Version, Report] | None:
    """Go on with a policy whose applying was stopped; None when there is none."""
    return await _finish(identity, progress) if await unfinished(identity) else None


async def _finish(identity: Identity, progress: Progress | None) -> tuple[Version, Report]:
    """Recompute in steps, each of which counts what it changed in its own transaction."""
    await identity.units_in_flight()
    await identity.refresh()
    version = next(one for one in await history(identity) if one.current)

    async def step(writer: Writer, written: Written) -> None:
        await writer.rows(_STEP, rows=_counted(version.version, written))

    report = await recompute(identity, Cause("POLICY", now(), version.by, version.reason), progress, step)
    done = _counted(version.version, Written()) | {"done": True}
    await identity.graph.unit(lambda writer: writer.rows(_STEP, rows=done))
    return next(one for one in await history(identity) if one.version == version.version), report


def _counted(version: int, written: Written) -> dict[str, Any]:
    types = {"created": "CREATED", "merged": "MERGED", "split": "SPLIT", "returned": "RETURNED"}
    counts = {name: written.changes[type_] for name, type_ in types.items()}
    owners, moved = written.changes["OWNER_CHANGED"], len(written.moved)
    return {**counts, "version": version, "owners": owners, "moved": moved, "done": False}


async def rollback(
    identity: Identity, version: int, by: str, reason: str, progress: Progress | None = None
) -> tuple[Version, Report]:
    """Put an earlier version in force again, as a new version. Raises `NotAllowed` NOT_FOUND."""
    found = [one for one in await history(identity) if one.version == version]
    if not found:
        raise NotAllowed(
            f"there is no policy version {version}", code="NOT_FOUND", suggestion="oneid policy history"
        )
    return await apply(identity, found[0].text, by, reason, progress)
