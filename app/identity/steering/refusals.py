"""What to do about each refusal, for people: the suggestion that goes with its code."""

from __future__ import annotations

from app.identity.operations import Refused

BAD_USAGE = frozenset(
    {"UNKNOWN_KIND", "MALFORMED_VALUE", "REASON_REQUIRED", "ONE_OF", "NOT_A_CARD", "TYPE_MISMATCH"}
    | {"UNKNOWN_ATTRIBUTE"}
)
"""Codes of what cannot be meant, whatever is stored; every other one is a no."""

ADVICE = {
    "NOT_FOUND": "look it up first: `oneid person KIND VALUE`, or `operations` for the id of an operation",
    "BLOCKED": "it identifies nobody; undo the block if that was a mistake",
    "SHARED": "too many people hold it; unlink it from those it does not belong to",
    "NEUTRAL": "it would join several people, so by its kind's policy it joins none; link others of theirs",
    "LIMIT_EXCEEDED": "unlink what does not belong to them, or allow more in the policy",
    "NEVER_LINKED": "undo the neverLink that keeps them apart; `operations` about either lists it",
    "BRAND_ISOLATION": "the policy keeps brands apart; link identifiers of one brand",
    "CONTRADICTION": "correct the facts that differ, or let them differ in the policy",
    "TOO_MANY_PROPOSALS": "answer them in several requests, or all of a rule by `oneid match approve --all`",
    "NOT_PROPOSED": "it was answered already, or its facts have changed: `oneid match list`",
    "UNKNOWN_KIND": "`oneid policy show` lists the kinds",
    "MALFORMED_VALUE": "send the value as text",
    "BAD_TIME": "restore it as of a time after its erasure",
    "NOT_UNDOABLE": "`restore` lifts an erasure, `attributeRestore` a correction, `dependentJoin` a "
    "separation; what an undo took back is done again by doing it again",
    "ALREADY_UNDONE": "nothing is left to do; do the operation again if that was a mistake",
    "NOTHING_LEFT": "nothing is left to do",
    "REASON_REQUIRED": "say why, for those who read the audit trail later",
    "ONE_OF": "give exactly one of what is allowed",
    "NOT_A_CARD": "name two identifiers of the kind card",
    "ALREADY_REPLACED": "replace the card that it was replaced by, or undo that replacement first",
    "UNKNOWN_ATTRIBUTE": "declare it in ONEID_ATTRIBUTES; docs/attributes.md shows how",
    "TYPE_MISMATCH": "send a value of the attribute's type; a day as 1990-02-28",
    "MASKED": "give the whole value: oneid search shows it, by its last digits or another identifier",
    "FORBIDDEN": "ask somebody who works for all brands",
}


def advice(no: Refused) -> str | None:
    """What to do about a refusal."""
    return ADVICE.get(no.code)
