"""What a tag is: its definition, and what of a definition cannot be. Pure.

Tags of one `group` are tiers: of those whose rules match, the one of the highest rank is carried. A tag is
set by hand (or by a source), by a rule, or computed: then its rule is one measure, and that is its value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from app.rules.model import Rule, canonical, nodes, parse
from app.rules.parts import Test
from app.rules.windows import length

PERSON = "PERSON"
VALUE_TYPES = ("FLAG", "CHOICE", "NUMBER", "DATE")
SET_BY = ("MANUAL", "RULE", "COMPUTED")
DAYS = ("FIRST_AT", "LAST_AT")
"""Measures that are days."""
MAX_KEY, MAX_DEPTH, MAX_CHOICES, MAX_DAYS = 128, 8, 500, 40_000
SEPARATOR = "/"
"""Between the categories of a path, where it is one text."""

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be as asked: a `userErrors` entry."""

    field: tuple[str, ...]
    code: str
    message: str
    allowed: tuple[str, ...] | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A tag as it is defined. `subject` is PERSON or a kind of dependent, `valid_for` a length as 90d."""

    key: str
    name: str = ""
    category: tuple[str, ...] = ()
    subject: str = PERSON
    value_type: str = "FLAG"
    set_by: str = "MANUAL"
    choices: tuple[str, ...] = ()
    rule: Rule | None = None
    group: str | None = None
    rank: int | None = None
    valid_for: str | None = None
    owner: str | None = None
    version: int = 0
    retired: bool = False
    defined: bool = True

    @property
    def by_rule(self) -> bool:
        """Whether refreshes set it and take it off."""
        return self.rule is not None and self.defined and not self.retired

    def row(self) -> dict[str, Any]:
        """Its properties as they are stored."""
        rule = None if self.rule is None else json.dumps(canonical(self.rule), ensure_ascii=False)
        return {
            "key": self.key,
            "name": self.name or self.key,
            "category": SEPARATOR.join(self.category) or None,
            "subject": self.subject,
            "valueType": self.value_type,
            "setBy": self.set_by,
            "choices": list(self.choices) or None,
            "rule": rule,
            "group": self.group,
            "rank": self.rank,
            "validFor": self.valid_for,
            "owner": self.owner,
            "version": self.version,
            "defined": self.defined,
            "retired": self.retired or None,
        }


def stored(row: Mapping[str, Any]) -> Definition:
    """The definition that a stored tag has; of one that only a source named, one by hand."""
    return Definition(
        key=row["key"],
        name=row.get("name") or row["key"],
        category=tuple(filter(None, (row.get("category") or "").split(SEPARATOR))),
        subject=row.get("subject") or PERSON,
        value_type=row.get("valueType") or "FLAG",
        set_by=row.get("setBy") or "MANUAL",
        choices=tuple(row.get("choices") or ()),
        rule=parse(json.loads(row["rule"])) if row.get("rule") else None,
        group=row.get("group"),
        rank=row.get("rank"),
        valid_for=row.get("validFor"),
        owner=row.get("owner"),
        version=row.get("version") or 0,
        retired=bool(row.get("retired")),
        defined=bool(row.get("defined")),
    )


def differs(one: Definition, other: Definition) -> bool:
    """Whether anything that is defined is different, whatever their versions."""
    return replace(one, version=0) != replace(other, version=0)


def reevaluated(before: Definition | None, after: Definition) -> bool:
    """Whether who carries it may be others now: its words and its owner alone decide nobody."""
    if before is None:
        return after.rule is not None
    told = {"name", "category", "owner", "version", "defined"}
    names = (one.name for one in fields(Definition) if one.name not in told)
    return any(getattr(before, name) != getattr(after, name) for name in names)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a definition may name: the kinds of dependents, and the other tags."""

    kinds: Sequence[str]
    tags: Mapping[str, Definition] = field(default_factory=dict)


def problems(one: Definition, known: Vocabulary) -> Iterator[Problem]:
    """Everything that is wrong with a definition but for its rule, all at once."""
    if not one.key.strip() or len(one.key) > MAX_KEY or not one.key.isprintable():
        yield Problem(("key",), "MALFORMED_VALUE", f"a key is a text of 1 to {MAX_KEY} characters")
    if len(one.category) > MAX_DEPTH or any(not part.strip() or SEPARATOR in part for part in one.category):
        message = f"at most {MAX_DEPTH} categories from the root down, none of them blank or with {SEPARATOR}"
        yield Problem(("category",), "MALFORMED_VALUE", message)
    if one.subject != PERSON and one.subject not in known.kinds:
        allowed = (PERSON, *known.kinds)
        message = f"there are no dependents of the kind {one.subject}"
        yield Problem(("subject",), "UNKNOWN_KIND", message, allowed, _close(one.subject, allowed))
    yield from _of_values(one)
    yield from _of_tiers(one, known)
    if one.valid_for is not None:
        found = length(one.valid_for)
        if found is None or found.hours is not None or not 0 < found.days + 31 * found.months < MAX_DAYS:
            yield Problem(("validFor",), "INVALID_WINDOW", "a length is needed, such as 30d, 2w, 6m or 1y")
        if one.set_by != "MANUAL":
            yield Problem(("validFor",), "TYPE_MISMATCH", "what a rule sets, the rule ends")


def _of_values(one: Definition) -> Iterator[Problem]:
    if (one.value_type == "CHOICE") != bool(one.choices):
        message = "a CHOICE has choices" if one.value_type == "CHOICE" else "only a CHOICE has choices"
        yield Problem(("choices",), "TYPE_MISMATCH", message)
    blank = any(not choice.strip() for choice in one.choices)
    if blank or len(set(one.choices)) < len(one.choices) or len(one.choices) > MAX_CHOICES:
        message = f"choices are at most {MAX_CHOICES} different texts"
        yield Problem(("choices",), "MALFORMED_VALUE", message)
    if (one.set_by == "MANUAL") != (one.rule is None):
        message = "a tag set by hand has no rule" if one.rule else f"{one.set_by} needs a rule"
        yield Problem(("rule",), "TYPE_MISMATCH", message)
    if one.set_by == "RULE" and one.value_type != "FLAG":
        yield Problem(("valueType",), "TYPE_MISMATCH", "a rule sets a FLAG", ("FLAG",))
    if one.set_by == "COMPUTED":
        if one.value_type not in ("NUMBER", "DATE"):
            yield Problem(("valueType",), "TYPE_MISMATCH", "a measure is one of these", ("NUMBER", "DATE"))
        if one.subject != PERSON:
            yield Problem(("subject",), "TYPE_MISMATCH", "what is computed is a person's", (PERSON,))
        if one.rule is not None:
            yield from _of_measure(one, one.rule)


def _of_measure(one: Definition, rule: Rule) -> Iterator[Problem]:
    if rule.key not in ("order", "touch", "event"):
        message = "one condition with a measure is needed: order, touch or event"
        yield Problem(("rule", rule.key), "TYPE_MISMATCH", message)
        return
    measure = rule.body.measure
    if measure.startswith("DAYS_SINCE"):
        message = "what grows by itself every day is not stored: compute the day, and compare it in rules"
        yield Problem(("rule", rule.key, "measure"), "TYPE_MISMATCH", message, ("FIRST_AT", "LAST_AT"))
    elif measure in ("MIN_INTERVAL_DAYS", "MAX_INTERVAL_DAYS"):
        message = "the shortest and the longest interval are for rules alone"
        yield Problem(("rule", rule.key, "measure"), "TYPE_MISMATCH", message, ("AVG_INTERVAL_DAYS",))
    elif (measure in DAYS) != (one.value_type == "DATE"):
        allowed = ("DATE",) if measure in DAYS else ("NUMBER",)
        yield Problem(("valueType",), "TYPE_MISMATCH", f"{measure} is a {allowed[0]}", allowed)


def carried_rule(one: Definition) -> Rule | None:
    """The rule that says who carries the tag: of a computed one without a test, who has a value."""
    rule = one.rule
    if one.set_by != "COMPUTED" or rule is None or rule.key not in ("order", "touch", "event"):
        return rule
    if rule.body.is_ is not None or rule.body.measure == "COUNT":
        return rule
    return rule.model_copy(update={rule.key: rule.body.model_copy(update={"is_": Test(exists=True)})})


def _of_tiers(one: Definition, known: Vocabulary) -> Iterator[Problem]:
    if (one.group is None) != (one.rank is None):
        at = "rank" if one.rank is None else "group"
        yield Problem((at,), "TYPE_MISMATCH", "a tier has both a group and a rank in it")
    mates = [
        other
        for other in known.tags.values()
        if other.group == one.group is not None and other.key != one.key and not other.retired
    ]
    for other in mates:
        if other.rank == one.rank:
            yield Problem(("rank",), "RANK_TAKEN", f"{other.key} has rank {one.rank} of {one.group} already")
        if other.subject != one.subject:
            message = f"{other.key} of the same group is about {other.subject}"
            yield Problem(("subject",), "TYPE_MISMATCH", message, (other.subject,))


def _close(word: str, known: Sequence[str]) -> str | None:
    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else None


def tags_in(rule: Rule) -> set[str]:
    """The tags that a rule asks about, of people and of dependents."""
    found: set[str] = set()
    for _, node in nodes(rule):
        if node.key == "tag":
            found.add(node.body.key)
        elif node.key == "dependent":
            found.update(node.body.where.tag or ())
            if node.body.where.not_ is not None:
                found.update(node.body.where.not_.tag or ())
    return found
