"""Sequences and anniversaries, as the page of the rule language says them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise, product
from typing import Any

from tests.rules.oracle_facts import Occurrence, Person
from tests.rules.oracle_orders import selected
from tests.rules.oracle_time import Clock, clamped, hours, window
from tests.rules.oracle_values import Json, passes, plain


def occurrences(kind: str, body: Json, person: Person, clock: Clock) -> list[Occurrence]:
    """The touches or events that a condition looks at."""
    inside = window(body.get("within"), clock)
    facts = person.touches if kind == "touch" else person.events
    like = _touch if kind == "touch" else _event
    return [one for one in facts if one.at <= clock.as_of and inside(one.at) and like(body, one.says, clock)]


def _touch(body: Json, says: Json, clock: Clock) -> bool:
    where = dict(body.get("where") or {})
    opposite = where.pop("not", None)
    if opposite and all(plain(said, says.get(name)) for name, said in opposite.items()):
        return False
    return all(plain(said, says.get(name)) for name, said in where.items())


def _event(body: Json, says: Json, clock: Clock) -> bool:
    if not plain(body["type"], says["type"]):
        return False
    properties = says["properties"]
    return all(passes(one["is"], properties.get(one["name"]), clock) for one in body.get("where") or [])


def matches_sequence(body: Json, person: Person, clock: Clock, currency: str) -> bool:
    """Some chain: each fact later than the one before, the last at most `within` after the first."""
    steps, length = list(body["steps"]), hours(body["within"])
    never = steps.pop()["not"] if "not" in steps[-1] else None
    unwanted = moments(never, person, clock, currency) if never else []
    for chain in chains([moments(step, person, clock, currency) for step in steps]):
        end = chain[0] + length
        if chain[-1] > end:
            continue
        if never is None:
            return True
        if clock.as_of >= end and not any(chain[-1] < one <= end for one in unwanted):
            return True
    return False


def chains(steps: Sequence[Sequence[datetime]]) -> Iterator[tuple[datetime, ...]]:
    for chain in product(*steps):
        if all(earlier < later for earlier, later in pairwise(chain)):
            yield chain


def moments(step: Json, person: Person, clock: Clock, currency: str) -> list[datetime]:
    ((kind, body),) = step.items()
    if kind == "order":
        return sorted({one.at for one in selected(body, person, clock, currency)})
    return sorted({one.at for one in occurrences(kind, body, person, clock)})


def matches_anniversary(body: Json, person: Person, clock: Clock) -> bool:
    end = clock.onward(body["next"])
    return any(returns(day, clock.today, end) for day in _days(body, person, clock))


def _days(body: Json, person: Person, clock: Clock) -> list[date]:
    if body["of"] == "birthday":
        days: list[Any] = [person.attributes.get("birthday")]
    elif body["of"] == "joinedAt":
        days = [clock.day_of(one["joinedAt"]) for one in person.members if one.get("joinedAt")]
    else:
        where = body.get("where") or {}
        days = [
            one.birthday
            for one in person.dependents
            if all(plain(said, getattr(one, name)) for name, said in where.items())
        ]
    return [day for day in days if day is not None]


def returns(day: date, first: date, last: date) -> bool:
    """Whether the day, from its first return on, is one of `first` to `last`; 29 February as 28 elsewhere."""
    years = range(max(first.year, day.year + 1), last.year + 1)
    return any(first <= clamped(year, day.month, day.day) <= last for year in years)
