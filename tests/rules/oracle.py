"""A second, naive evaluator of the rule language, written from the design page alone.

``matches(rule, person, world)`` says whether one person matches, from plain facts, condition by condition.
Where the page can be read in two ways, a comment ``# reading:`` quotes the sentence and says which way was
taken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.rules.oracle_facts import Dependent, Occurrence, Person, Tag
from tests.rules.oracle_orders import AT_LEAST_ONE, matches_order, of_times, reduced
from tests.rules.oracle_steps import matches_anniversary, matches_sequence, occurrences
from tests.rules.oracle_time import Clock, ages
from tests.rules.oracle_values import Json, exact, passes, plain

TESTED = ("points", "joinedAt", "validFrom", "validTo", "ageDays", "ageMonths", "ageYears")
GROUP = "*"


@dataclass(frozen=True)
class World:
    """The arguments of an evaluation, and the rules of the saved segments."""

    clock: Clock
    currency: str = "CNY"
    segments: Mapping[str, Json] = field(default_factory=dict)

    @classmethod
    def at(cls, as_of: str | datetime, zone: str, **rest: Any) -> "World":
        moment = datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        return cls(Clock(moment, ZoneInfo(zone)), **rest)


def matches(rule: Json, person: Person, world: World) -> bool:
    """Whether the person matches the rule."""
    ((key, body),) = rule.items()
    return bool(CONDITIONS[key](body, person, world))


def _all(body: list[Json], person: Person, world: World) -> bool:
    return all(matches(one, person, world) for one in body)


def _any(body: list[Json], person: Person, world: World) -> bool:
    return any(matches(one, person, world) for one in body)


def _not(body: Json, person: Person, world: World) -> bool:
    return not matches(body, person, world)


def _everyone(body: bool, person: Person, world: World) -> bool:
    return True


def _attribute(body: Json, person: Person, world: World) -> bool:
    values = person.attributes | ages(person.attributes.get("birthday"), world.clock.today)
    return passes(body["is"], values.get(body["name"]), world.clock)


def _identifier(body: Json, person: Person, world: World) -> bool:
    held: bool = any(
        kind == body["kind"] and body.get("scope") in (None, scope) for kind, scope in person.identifiers
    )
    return held is body.get("exists", True)


def _member(body: Json, person: Person, world: World) -> bool:
    return quantified(
        body, person.members, ("brand", "shop"), lambda where, one: _says(where, one, world), world
    )


def _card(body: Json, person: Person, world: World) -> bool:
    return quantified(
        body, person.cards, ("brand", "shop"), lambda where, one: _says(where, one, world), world
    )


def _dependent(body: Json, person: Person, world: World) -> bool:
    return quantified(body, person.dependents, ("kind",), lambda where, one: _of(where, one, world), world)


def quantified(
    body: Json, facts: list[Any], chooses: tuple[str, ...], like: Callable[[Json, Any], bool], world: World
) -> bool:
    """SOME, NONE, COUNT of those like that; EVERY of those that `chooses` names, at least one."""
    where, quantifier = body.get("where") or {}, body.get("quantifier") or "SOME"
    if quantifier == "EVERY":
        scope = {name: said for name, said in where.items() if name in chooses}
        rest = {name: said for name, said in where.items() if name not in chooses}
        looked_at = [one for one in facts if like(scope, one)]
        return bool(looked_at) and all(like(rest, one) for one in looked_at)
    count = sum(like(where, one) for one in facts)
    if quantifier == "COUNT":
        return passes(body["count"], count, world.clock)
    return (count > 0) == (quantifier == "SOME")


def _says(where: Json, says: Mapping[str, Any], world: World) -> bool:
    """Whether all that `where` says is true of one account or card; `not`: not all of it together."""
    for name, said in where.items():
        if name == "not":
            holds = not _says(said, says, world)
        elif name in TESTED:
            holds = passes(said, says.get(name), world.clock)
        else:
            holds = plain(said, says.get(name))
        if not holds:
            return False
    return True


def _of(where: Json, one: Dependent, world: World) -> bool:
    """Whether all that `where` says is true of one dependent."""
    says: dict[str, Any] = {"kind": one.kind, "gender": one.gender} | ages(one.birthday, world.clock.today)
    rest = {name: said for name, said in where.items() if name not in ("attributes", "tag", "not")}
    return (
        _says(rest, says, world)
        and all(
            passes(t["is"], one.attributes.get(t["name"]), world.clock) for t in where.get("attributes", [])
        )
        and ("tag" not in where or any(plain(where["tag"], tag.key) for tag in one.tags))
        and ("not" not in where or not _of(where["not"], one, world))
    )


def _tag(body: Json, person: Person, world: World) -> bool:
    owners = [person.tags]
    if body.get("includeSubordinate"):
        owners += [list(one.tags) for one in person.dependents]
    return any(_carries(tags, body, world) for tags in owners) is body.get("has", True)


def _carries(tags: list[Tag], body: Json, world: World) -> bool:
    """A tag is carried once: by hand before by rule, then the latest."""
    found = [one for one in tags if one.key == body["key"]]
    if not found:
        return False
    carried = max(found, key=lambda one: (one.by_hand, one.since))
    value, since = body.get("value"), body.get("since")
    # reading: `value?` of a tag is a plain value, like those of a `where`, or a test.
    fits = passes(value, carried.value, world.clock) if isinstance(value, dict) else True
    fits = fits and (value is None or isinstance(value, dict) or plain(value, carried.value))
    return fits and (since is None or passes(since, carried.since, world.clock))


def _occurred(kind: str, body: Json, person: Person, world: World) -> bool:
    return passes(body.get("is") or AT_LEAST_ONE, measure_of(kind, body, person, world), world.clock)


def measure_of(kind: str, body: Json, person: Person, world: World) -> Any:
    """What a condition on touches or events measures; None is a missing value."""
    facts = occurrences(kind, body, person, world.clock)
    return _measured(body.get("measure") or "COUNT", body.get("property"), facts, world.clock)


def _measured(measure: str, name: str | None, facts: list[Occurrence], clock: Clock) -> Any:
    if measure == "COUNT":
        return len(facts)
    if measure in ("SUM", "AVG", "MIN", "MAX"):
        values = [one.says["properties"].get(name) for one in facts]
        numbers = [
            exact(one) for one in values if isinstance(one, (int, float)) and not isinstance(one, bool)
        ]
        return reduced(measure, numbers)
    return of_times(measure, [one.at for one in facts], clock)


def _consent(body: Json, person: Person, world: World) -> bool:
    asked = [
        one
        for one in person.consents
        if one.says["channel"] == body["channel"] and one.says["purpose"] == body["purpose"]
    ]
    if not asked:
        return False
    latest = max(one.at for one in asked)
    granted = all(one.says["granted"] for one in asked if one.at == latest)
    return granted is body.get("granted", True)


def _lifecycle(body: Json, person: Person, world: World) -> bool:
    return plain(body["stage"], person.stages.get(body.get("brand") or GROUP))


def _rfm(body: Json, person: Person, world: World) -> bool:
    scores = person.scores.get(body.get("brand") or GROUP, {})
    return all(passes(test, scores.get(name), world.clock) for name, test in body.items() if name != "brand")


def _segment(body: Json, person: Person, world: World) -> bool:
    return matches(world.segments[body["key"]], person, world) is body.get("in", True)


def _list(body: Json, person: Person, world: World) -> bool:
    return (body["key"] in person.lists) is body.get("in", True)


CONDITIONS: dict[str, Callable[[Any, Person, World], bool]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "everyone": _everyone,
    "attribute": _attribute,
    "identifier": _identifier,
    "member": _member,
    "card": _card,
    "dependent": _dependent,
    "tag": _tag,
    "consent": _consent,
    "lifecycle": _lifecycle,
    "rfm": _rfm,
    "segment": _segment,
    "list": _list,
    "order": lambda body, person, world: matches_order(body, person, world.clock, world.currency),
    "touch": lambda body, person, world: _occurred("touch", body, person, world),
    "event": lambda body, person, world: _occurred("event", body, person, world),
    "sequence": lambda body, person, world: matches_sequence(body, person, world.clock, world.currency),
    "anniversary": lambda body, person, world: matches_anniversary(body, person, world.clock),
}
