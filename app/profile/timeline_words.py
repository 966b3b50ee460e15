"""A line of a timeline as a sentence. Pure; times in microseconds, amounts in minor units."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.identity.explain.answers import Named
from app.identity.explain.history_words import change
from app.identity.explain.words import called, listed, minute
from app.money import money_text

Told = Sequence[Any]
"""What `cypher/fields/TimelineItem.text.cypher` returns of a kind."""


def sentence(kind: str, at: int, told: Told, zone: ZoneInfo, *, everything: bool) -> str:
    """`2026-03-01 14:05: order B-1 (PAID): 200.01 CNY for 3 pieces at 贝贝天猫旗舰店.`

    everything: whether the caller sees all brands, and so hears of identifiers that are not there any more.
    """
    if kind == "IDENTITY":
        return _identity(at, told, zone, everything)
    return f"{minute(at, zone)}: {_WORDS.get(kind, _changed)(told)}."


def _order(told: Told) -> str:
    number, status, amount, refunded, currency, pieces, shop = told
    parts = [f"{money_text(amount, currency)} {currency}"]
    if pieces:
        parts.append(f"for {pieces} piece{'' if pieces == 1 else 's'}")
    if shop:
        parts.append(f"at {shop}")
    back = f", {money_text(refunded, currency)} {currency} paid back" if refunded else ""
    return f"order {number} ({status}): {' '.join(parts)}{back}"


def _touch(told: Told) -> str:
    channel, campaign, outcome = told
    return f"message by {channel}{f' of {campaign}' if campaign else ''}{f' ({outcome})' if outcome else ''}"


def _event(told: Told) -> str:
    type_, about = told
    return f"{type_} about {listed(sorted(about))}" if about else str(type_)


def _consent(told: Told) -> str:
    granted, channel, purpose = told
    return f"{'agreed to' if granted else 'refused'} {channel} for {purpose}"


def _dependent(told: Told) -> str:
    kind, name = told
    return f"{kind.lower()} {name} was told of" if name else f"a {kind.lower()} was told of"


def _identity(at: int, told: Told, zone: ZoneInfo, everything: bool) -> str:
    type_, cause, one_id, others, gained, lost, moved, by, reason = told
    names = [sorted((Named(*one) for one in ones), key=called) for ones in (gained, lost)]
    gone = moved - len(gained) - len(lost) if everything else 0
    return change(type_, at, cause, one_id, others or [], names[0], names[1], gone, by, reason, zone)


def _changed(told: Told) -> str:
    """A tag, stage, journey, segment or attribute; `name` is that of what it is about."""
    type_, cause, name, before, after, stage, brand, by, dependents = told
    value = "" if after is None else f" {after}"
    match type_:
        case "TAG_ADDED":
            words = f"tag {name}{value} came" + (f", it was {before} before" if before else "")
        case "TAG_REMOVED":
            words = f"tag {name} went"
        case "STAGE_CHANGED":
            words = f"stage{value or f' {stage}'}" + (f", before {before}" if before else "")
        case "JOURNEY_ENTERED":
            words = f"entered {stage or after or ''} of the journey {name}".replace("  ", " ")
        case "JOURNEY_LEFT":
            words = f"left {stage or before or ''} of the journey {name}".replace("  ", " ")
        case "SEGMENT_ENTERED":
            words = f"entered the segment {name}"
        case "SEGMENT_EXITED":
            words = f"left the segment {name}"
        case _:
            words = "an attribute was corrected"
    who = " of a dependent" if dependents else f" as a customer of {brand}" if brand else ""
    why = f", by {by}" if by else f", {cause}" if cause else ""
    return f"{words}{who}{why}"


_WORDS: Mapping[str, Callable[[Told], str]] = {
    "ORDER": _order,
    "TOUCH": _touch,
    "EVENT": _event,
    "CONSENT": _consent,
    "DEPENDENT": _dependent,
}
