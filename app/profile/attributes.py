"""One value of each attribute out of all that a person's accounts say. Pure: neither the order in which they
are given nor that in which they arrived matters, and nothing ever ties.

A correction by hand comes before everything, the newest first; then the attribute's rule decides. What means
"not said" (未知, unknown, a birthday of 1900-01-01) and what is not of the attribute's type is no candidate;
of names a masked one (王**) only where there is no whole one. Values are compared as match rules compare
them: 男, M and male are one value, and so are 上海 and 上海市.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any
from unicodedata import normalize

from app.identity.facts import UNSAID, Scalar, trait
from app.identity.match.names import plain
from app.profile.attribute_rules import Attribute, Type

_NO_TEXT = (UNSAID - {"0", "other", "u"}) | {"undefined", "nan", "na", "-", "无"}
_NO_DAY = frozenset({date(1, 1, 1), date(1800, 1, 1), date(1900, 1, 1), date(9999, 12, 31)})
_MOST = 2**63
_TRUE = frozenset({"true", "yes", "y", "1", "是"})
_FALSE = frozenset({"false", "no", "n", "0", "否"})


@dataclass(frozen=True, slots=True)
class Word:
    """What one account says of an attribute, or somebody corrected: `at` in microseconds since 1970.

    key: of the identifier that it hangs on. source: who said it; of a correction, who made it.
    """

    key: str
    value: Scalar
    at: int
    source: str | None = None
    corrected: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An attribute's value, the word that it comes from, and all other words, the best first."""

    value: Scalar
    word: Word
    beaten: tuple[tuple[Scalar, Word], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: Word
    value: Scalar
    same: Scalar
    """What is equal of equal values."""

    @property
    def whole(self) -> bool:
        return "*" not in str(self.value)


def resolve(name: str, rule: Attribute, type_: Type, words: Iterable[Word]) -> Resolved | None:
    """The value that the rule chooses; None where nobody says any."""
    candidates = [found for word in words if (found := _candidate(name, rule, type_, word)) is not None]
    if not candidates:
        return None
    counts = Counter(one.same for one in candidates)
    newest = {one.same: 0 for one in candidates}
    for one in candidates:
        newest[one.same] = max(newest[one.same], one.word.at)

    def standing(one: _Candidate) -> tuple[Any, ...]:
        return (
            one.word.corrected,
            *_by_rule(name, rule, one, counts[one.same], newest[one.same]),
            one.word.at,
            one.value,
            one.word.source or "",
            one.word.key,
        )

    best, *rest = sorted(candidates, key=standing, reverse=True)
    return Resolved(best.value, best.word, tuple((one.value, one.word) for one in rest))


def _by_rule(name: str, rule: Attribute, one: _Candidate, count: int, newest: int) -> tuple[Any, ...]:
    """Where the rule puts a candidate, the greatest first."""
    if one.word.corrected:
        return ()  # of corrections the newest; no rule looks at them
    whole = (one.whole,) if name == "name" else ()
    match rule.rule:
        case "most_frequent":
            return (*whole, count, newest, one.same)
        case "longest":
            return (*whole, len(str(one.value)))
        case "trusted":
            return (*whole, -_place(rule.sources, one.word.source))
        case _:
            return whole


def _place(sources: Sequence[str], source: str | None) -> int:
    return sources.index(source) if source in sources else len(sources)


def _candidate(name: str, rule: Attribute, type_: Type, word: Word) -> _Candidate | None:
    found = typed(name, rule.choices, type_, word.value)
    return None if found is None else _Candidate(word, *found)


def typed(name: str, choices: Sequence[str], type_: Type, value: Scalar) -> tuple[Scalar, Scalar] | None:
    """A value as the attribute has it, and what is equal of equal values; None for what is not said, or not
    of its type.
    """
    if type_ == "text":
        return _text(name, value)
    found = _TYPED[type_](value, choices)
    return None if found is None else (found, found)


def _text(name: str, value: Scalar) -> tuple[Scalar, Scalar] | None:
    shown = " ".join(normalize("NFC", _written(value)).split())
    if name == "gender":
        gender = trait(name, {name: (0, shown)})
        return None if gender is None else (gender if gender in ("male", "female") else shown, gender)
    if plain(shown) in _NO_TEXT:
        return None
    if name == "city" and len(shown) > 2:
        shown = shown.removesuffix("市")
    return shown, plain(shown)


def _written(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Scalar, _: Sequence[str]) -> Scalar | None:
    if isinstance(value, str):
        try:
            value = float(value.strip())
        except ValueError:
            return None
    if isinstance(value, bool | date) or not isfinite(value) or abs(value) >= _MOST:
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: Scalar, _: Sequence[str]) -> Scalar | None:
    try:
        found = value if isinstance(value, date) else date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None
    return None if found in _NO_DAY else found


def _boolean(value: Scalar, _: Sequence[str]) -> Scalar | None:
    text = plain(_written(value))
    return True if text in _TRUE else False if text in _FALSE else None


def _choice(value: Scalar, choices: Sequence[str]) -> Scalar | None:
    """The choice as it is declared, however it was spelled."""
    text = plain(_written(value))
    return next((one for one in choices if plain(one) == text), None)


_TYPED = {"number": _number, "date": _day, "boolean": _boolean, "choice": _choice}


def resolve_all(
    rules: Mapping[str, tuple[Attribute, Type]], words: Mapping[str, Iterable[Word]]
) -> dict[str, Resolved]:
    """Every attribute that has a value, in the order of the rules."""
    found = {name: resolve(name, *rule, words.get(name, ())) for name, rule in rules.items()}
    return {name: one for name, one in found.items() if one is not None}
