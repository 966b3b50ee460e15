"""A change of a person's OneID as a sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from app.identity.explain.answers import Named
from app.identity.explain.words import called, listed, minute

_CAUSES = {
    "OBSERVED": "after an observation",
    "LINK": "by a link by hand",
    "UNLINK": "by an unlink by hand",
    "NEVER_LINK": "by a never-link by hand",
    "BLOCK": "by a block",
    "ERASE": "by an erasure",
    "RESTORE": "by a restore",
    "REPLACE_CARD": "as a lost card was replaced",
    "UNDO": "as an operation was undone",
    "EXPIRED": "as identifiers expired",
    "POLICY": "under a new policy",
    "RECOMPUTE": "by a recompute",
    "REPLAYED": "as its cluster was decided",
    "MATCHED": "by a match rule",
}
"""Causes of the change feed in words; another one is told by its name."""


def change(
    type_: str,
    at: int,
    cause: str | None,
    one_id: str,
    others: Sequence[str],
    gained: Sequence[Named],
    lost: Sequence[Named],
    gone: int,
    by: str | None,
    reason: str | None,
    zone: ZoneInfo,
) -> str:
    """`2026-03-01 14:00: 01M… gained phone 138****0001, after an observation.`; `at` in microseconds.

    `gone` identifiers that it gained or lost are not in the graph any more.
    """
    happened = _happened(type_, one_id, listed(others), gained, lost)
    more = [f"with {gone} that {'is' if gone == 1 else 'are'} not there any more"] if gone else []
    why = [_CAUSES.get(cause, f"by {cause}")] if cause else []
    parts = [listed(happened, "and"), *more, *why, *([f"decided by {by}"] if by else [])]
    said = f": “{reason}”" if reason else ""
    return f"{minute(at, zone)}: {', '.join(parts)}{said}."


def _happened(
    type_: str, one_id: str, others: str, gained: Sequence[Named], lost: Sequence[Named]
) -> Iterator[str]:
    names, away = listed(map(called, gained)), listed(map(called, lost))
    match type_:
        case "CREATED":
            of, held = f" out of {others}" if others else "", f" with {names}" if names else ""
            yield f"{one_id} came into being{of}{held}"
            return
        case "MERGED":
            yield f"{one_id} was merged into {others}"
        case "SPLIT":
            yield f"{others} split off from {one_id}"
        case "RETURNED":
            yield f"{one_id} lives again" + (f": it had been merged into {others}" if others else "")
        case "ERASED":
            yield f"{one_id} was erased"
        case "OWNER_CHANGED":
            yield f"{one_id} goes by another identifier now: {names or 'one that is not there any more'}"
            return
        case _ if not (names or away):
            yield f"the identifiers of {one_id} changed"
        case _ if names:
            yield f"{one_id} gained {names}"
            names = ""
        case _:
            yield f"{one_id} lost {away}"
            return
    if names:
        yield f"gained {names}"
    if away:
        yield f"lost {away}"
