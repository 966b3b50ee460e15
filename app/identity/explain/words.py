"""Answers in words, a sentence each, for who talks to customers. Pure; days are those of a time zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.identity.explain.answers import Blocker, Decided, Named, Owned, Step, Why, WhyNot
from app.identity.explain.between import Party
from app.identity.explain.obstacles import Limit

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day(at: int, zone: ZoneInfo) -> str:
    """The day of a time in microseconds: 2026-03-01."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(zone).date().isoformat()


def minute(at: int, zone: ZoneInfo) -> str:
    """The minute of a time in microseconds: 2026-03-01 14:05."""
    return f"{(_EPOCH + timedelta(microseconds=at)).astimezone(zone):%Y-%m-%d %H:%M}"


def called(one: Named | Party) -> str:
    """`member M100234 (mumu)`: the kind, the masked name, the scope where there is one."""
    return f"{one.kind} {one.display}" if one.scope == "*" else f"{one.kind} {one.display} ({one.scope})"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    parts = list(parts)
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


# -- why ---


def why(found: Why, zone: ZoneInfo) -> tuple[str, ...]:
    """What `why` answers, in sentences."""
    a, b = called(found.a), called(found.b)
    if found.code == "JOINED":
        sentences = [f"{a} and {b} are one person{_of(found.a)}."]
        sentences += [sentence for step in found.steps for sentence in pair(step, zone)]
        if found.hidden:
            rest = "The rest" if found.steps else "All of it"
            sentences.append(f"{rest} rests on evidence of brands that you do not see.")
        return tuple(sentences)
    return tuple(_special(found, zone)) or (
        f"{a} and {b} are not one person.",
        "whyNot tells what keeps them apart.",
    )


def _of(party: Party) -> str:
    return f", {party.one_id}" if party.one_id else ""


def _special(found: Why | WhyNot, zone: ZoneInfo) -> Iterator[str]:
    """Who is not there, one and the same, or not decided about yet."""
    parties = [found.a] if found.a == found.b else [found.a, found.b]
    if found.code == "SAME":
        yield f"Both are one and the same identifier, {called(found.a)}{_of(found.a)}."
    elif found.code == "PENDING":
        yield (
            f"It is not decided yet whether {called(found.a)} and {called(found.b)} are one person: "
            "too much hangs together around them, and the job replay-pending decides about it."
        )
    for party in parties:
        if party.standing == "UNKNOWN":
            yield f"No source has reported {called(party)}."
        elif party.standing == "ERASED" and party.since is not None:
            yield f"{called(party)} was erased on {day(party.since, zone)}; nothing is kept of it."


def pair(step: Step, zone: ZoneInfo) -> Iterator[str]:
    """What is known of a pair."""
    both = f"{called(step.a)} and {called(step.b)}"
    if step.link is not None:
        yield f"{both} were linked by hand{_said(step.link, zone)}."
    if step.first is not None and step.last is not None:
        times = _times(day(step.first, zone), day(step.last, zone))
        sources = f" by {listed(step.sources)}" if step.sources else ""
        if step.method in ("observed", "manual"):
            yield f"{both} were seen together{sources}, {times}."
        else:
            yield f"{both} were taken for one person by {step.method} ({step.confidence:.0%} sure), {times}."
    elif step.link is None:
        yield f"{both} were linked by hand before."


def _times(first: str, last: str) -> str:
    return f"on {first}" if first == last else f"first on {first}, last on {last}"


def _said(one: Decided, zone: ZoneInfo) -> str:
    """` by anna on 2026-03-01 (operation …), who said: …`."""
    by = f" by {one.by}" if one.by else ""
    operation = f" (operation {one.operation})" if one.operation else ""
    reason = f": “{one.reason}”" if one.reason else ""
    return f"{by} on {day(one.at, zone)}{operation}{reason}"


# -- why not ---


def why_not(found: WhyNot, zone: ZoneInfo) -> tuple[str, ...]:
    """What `whyNot` answers, in sentences."""
    a, b = called(found.a), called(found.b)
    special = list(_special(found, zone))
    if special or found.joined:
        return (*(special or [f"{a} and {b} are one person{_of(found.a)}."]), *_advice(found))
    sentences = [f"{a} and {b} are not one person{_of_two(found)}."]
    told = {blocker.reason for blocker in found.blockers} | {"LIVE"}
    sentences += [_standing(party, zone) for party in (found.a, found.b) if party.standing not in told]
    if found.code == "NEVER_SEEN":
        sentences.append("They were never seen together, directly or over others.")
    sentences += [_proposal(step) for step in found.evidence if step.state == "proposed"]
    for blocker in found.blockers:
        sentences += _blocker(blocker, zone)
    if found.hidden:
        sentences.append("Some of it concerns brands that you do not see.")
    return tuple(dict.fromkeys([*sentences, *_advice(found)]))


def _of_two(found: WhyNot) -> str:
    return f", but {found.a.one_id} and {found.b.one_id}" if found.a.one_id and found.b.one_id else ""


def _standing(party: Party, zone: ZoneInfo) -> str:
    since = "" if party.since is None else day(party.since, zone)
    return {
        "SHARED": f"{called(party)} is shared by too many, and joins nobody.",
        "EXPIRED": f"{called(party)} has expired: it was last seen on {since}.",
        "BLOCKED": f"{called(party)} is blocked: its value identifies nobody.",
    }[party.standing]


def _proposal(step: Step) -> str:
    rule, both = step.method.removeprefix("rule:"), f"{called(step.a)} and {called(step.b)}"
    return f"The match rule {rule} proposes that {both} are one person ({step.confidence:.0%} sure)."


def _blocker(blocker: Blocker, zone: ZoneInfo) -> Iterator[str]:
    if blocker.pair is not None:
        link = None if blocker.reason == "UNLINKED" else blocker.pair.link
        yield from pair(replace(blocker.pair, link=link), zone)
    sentence = "; ".join(_reason(blocker, zone))
    yield f"Even then: {sentence}." if blocker.further else f"{sentence}."


def _reason(blocker: Blocker, zone: ZoneInfo) -> Iterator[str]:
    names = listed(map(called, blocker.blocked_by)) or "identifiers that you do not see"
    match blocker.reason:
        case "LIMIT_EXCEEDED" if blocker.limit is not None:
            yield f"One person may hold {_at_most(blocker.limit)}, and together they would hold {names}"
        case "NEVER_LINKED":
            yield from (_never(one, zone) for one in blocker.decisions)
            if not blocker.decisions:
                yield "Somebody decided that they are never one person"
        case "UNLINKED":
            for one in blocker.decisions:
                yield f"{called(one.a)} and {called(one.b)} were taken apart by hand{_said(one, zone)}"
            if not blocker.decisions:
                yield "They were taken apart by hand"
        case "SHARED":
            many = f": it was seen with {blocker.ties:,}" if blocker.ties else ""
            yield f"{names} is shared by too many, and joins nobody{many}"
        case "NEUTRAL":
            yield f"{names} was seen with people who cannot be one, and so joins nobody"
        case "CLAIMED":
            yield "Only unverified sources say that these belong together, so it joins nobody"
        case "BRAND_ISOLATION":
            yield f"Brands are kept apart here, and these are of several: {names}"
        case "CONTRADICTION":
            yield f"One person has one {blocker.attribute}, and these say different ones: {names}"
        case "EXPIRED":
            yield f"{names} has expired"
        case "BLOCKED":
            yield f"{names} is blocked: its value identifies nobody"
        case other:
            yield f"The rule keeps them apart ({other}): {names}"


def _never(one: Decided, zone: ZoneInfo) -> str:
    both = f"{called(one.a)} and {called(one.b)}"
    return f"{both} are never one person: it was decided by hand{_said(one, zone)}"


def _at_most(limit: Limit) -> str:
    if not limit.kinds:
        return f"at most {limit.most} identifiers"
    scope = f" of {limit.scope}" if limit.scope not in (None, "*") else ""
    return f"at most {limit.most} {listed(limit.kinds, 'or')}{scope}"


def _advice(found: WhyNot) -> Iterator[str]:
    """One sentence for what is enough by itself, one for each blocker that has to go."""
    places = list(dict.fromkeys(step.blocker for step in found.next_steps))
    for number, place in enumerate(places):
        texts = [step.text for step in found.next_steps if step.blocker == place]
        start = "What one could do" if number == 0 else "Or" if places[number - 1] is None else "And"
        yield f"{start}: {'; or '.join(texts)}."


# -- whose it was ---


def owned(found: Owned, zone: ZoneInfo) -> tuple[str, ...]:
    """What `ownerOf` answers, in sentences."""
    when, name = day(found.at, zone), called(found.identifier)
    if found.identifier.key is None:
        return (f"No source has reported {name}, or it was erased.",)
    if found.one_id is None:
        return (f"{name} belonged to nobody on {when}.",)
    later = f" {found.one_id} was merged into {found.merged_into} since." if found.merged_into else ""
    return (f"{name} belonged to {found.one_id} on {when}.{later}",)
