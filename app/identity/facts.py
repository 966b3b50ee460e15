"""What is said of member accounts, as far as identity compares it: which word counts, and as what. Pure.

Of each field the newest counts, of equal times the greater value: the rule by which facts are stored, so that
the order of arrival does not matter. What is compared are *traits*, read from the fields: a surname from a
name, a birthday as its day, a gender in any of its spellings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from app.identity.match.names import plain, split_name

ACCOUNT = "member"
"""The kind whose identifiers have these facts."""

TRAITS = ("name", "surname", "given_name", "gender", "birthday", "city")
"""What every account may say; what a source declares is a trait under `a_` and its name."""

TRAIT = re.compile(rf"{'|'.join(TRAITS)}|a_.+")

Scalar = str | bool | int | float | date
Said = tuple[int, Scalar]
"""When something was said, in microseconds since 1970, and what."""

Facts = dict[str, Said]
"""Field of an account, as it is stored -> what was said of it last."""

Order = Callable[[str, str], str]
"""(key of the account, name) -> what orders names that were said at one time."""

_MALE = frozenset({"m", "male", "man", "男", "男性", "先生"})
_FEMALE = frozenset({"f", "female", "woman", "女", "女性", "女士"})
UNSAID = frozenset({"", "unknown", "none", "null", "n/a", "other", "u", "未知", "保密", "不详", "0"})
"""Spellings of a gender that was not said."""


def field_of(trait: str) -> str:
    """The stored field that a trait is read from."""
    return "name" if trait in ("surname", "given_name") else trait


def later(a: Said, b: Said) -> bool:
    """Whether `a` is the one that counts of two that were said of one field."""
    return a[0] > b[0] or (a[0] == b[0] and _order(a[1]) > _order(b[1]))


def _order(value: Scalar) -> tuple[int, Any]:
    """The database's order: texts by UTF-16, then booleans, then numbers; dates meet dates alone."""
    if isinstance(value, str):
        return 0, value.encode("utf-16-be")
    return (1, value) if isinstance(value, bool) else (2, value)


def said_in(member: Any, fields: Collection[str]) -> dict[str, Scalar]:
    """What the `member` of an observation says of these fields; nothing by null or by a blank text."""
    given = member if isinstance(member, Mapping) else {}
    declared = given.get("attributes")
    found = {name: value for name, value in _named(given) if name in fields}
    for name, value in declared.items() if isinstance(declared, Mapping) else ():
        if f"a_{name}" in fields and isinstance(value, str | bool | int | float):
            found[f"a_{name}"] = value
    return found


def _named(given: Mapping[str, Any]) -> Iterator[tuple[str, Scalar]]:
    for name in ("name", "gender", "birthday", "city"):
        value = given.get(name)
        if isinstance(value, date) or (isinstance(value, str) and value.strip()):
            yield name, value.strip() if name == "name" and isinstance(value, str) else value


def fold(facts: Facts, key: str, at: int, said: Mapping[str, Scalar], order: Order) -> None:
    """Add what was said at a time to what is known of an account."""
    for field, value in said.items():
        before = facts.get(field)
        if before is None or _counts(key, field, (at, value), before, order):
            facts[field] = (at, value)


def _counts(key: str, field: str, said: Said, before: Said, order: Order) -> bool:
    if field != "name" or said[0] != before[0]:
        return later(said, before)
    return order(key, str(said[1])) > order(key, str(before[1]))


def trait(name: str, facts: Mapping[str, Said]) -> str | None:
    """A trait of an account as it is compared; None when nothing was said of it."""
    said = facts.get(field_of(name))
    if said is None:
        return None
    value = said[1]
    if name in ("surname", "given_name"):
        return split_name(str(value))[name == "given_name"]
    text = str(value).casefold() if isinstance(value, bool) else plain(str(value))
    if name == "gender":
        return _gender(text)
    if name == "city" and len(text) > 2:
        text = text.removesuffix("市")
    return text or None


def _gender(text: str) -> str | None:
    if text in UNSAID:
        return None
    return "male" if text in _MALE else "female" if text in _FEMALE else text
