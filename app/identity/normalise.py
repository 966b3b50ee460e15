"""Values of identifiers in the one form that is compared, and the values that identify nobody.

Pure: knows the policy, not the graph and not the clock. Rules: the `hashes`, `pattern` and `blocked` lines
of the policy.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers

from app.identity.policy import Blocked, Kind, Policy, compiled

_HASH = re.compile(r"^(md5|sha256)=([0-9a-f]+)$", re.IGNORECASE)
_HEX_LENGTH = {"md5": 32, "sha256": 64}
_NOBODY = frozenset(
    (
        "null",
        "none",
        "undefined",
        "nan",
        "n/a",
        "na",
        "[object object]",
        "anonymous",
        "invalid",
        "-1",
        "0",
        "true",
        "false",
        "distinctid",
        "not-specified",
        "unknown",
        "user_null",
        "",
    )
)
"""Values of no identity, case-folded; the last one is the empty value. Always blocked, for every kind."""
_ZEROS = re.compile(r"^[0-]*$")
REMEMBERED = 262_144
"""Values of which the normal form, and whether they are blocked, is remembered."""
_SEPARATORS = re.compile(r"[\s.:_-]+")


def hash_form(algorithm: str, text: str) -> str:
    """`md5=…` or `sha256=…` of a text, in lower-case hex."""
    return f"{algorithm}={hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()}"


_NOBODY_HASHED = frozenset(hash_form(algorithm, word) for algorithm in _HEX_LENGTH for word in _NOBODY)


@dataclass(frozen=True, slots=True)
class Value:
    """A normalised value.

    `forms` are the hashes that equal it (none for a value that is itself a hash), `national` the national
    digits of a phone number, and `wellformed` is False for what fails the kind's pattern or is not a
    possible phone number.
    """

    text: str
    hashed: bool = False
    forms: tuple[str, ...] = ()
    national: str | None = None
    wellformed: bool = True


@lru_cache(maxsize=REMEMBERED)
def normalise(kind: Kind, raw: str) -> Value:
    """The value in the form that is stored and compared."""
    text = unicodedata.normalize("NFC", raw).strip()
    match = _HASH.match(text) if kind.hashes else None
    if match and match[1].lower() in kind.hashes and len(match[2]) == _HEX_LENGTH[match[1].lower()]:
        return Value(text.lower(), hashed=True)
    if kind.normalise == "phone":
        return _phone(kind, text)
    text = _spelt(kind, text)
    return Value(text, forms=_forms(kind, [text]), wellformed=_fits(kind, text))


def _spelt(kind: Kind, text: str) -> str:
    if kind.normalise in ("email", "lower"):
        return text.lower()
    if kind.normalise == "upper":
        return text.upper()
    if kind.normalise == "compact":
        return _SEPARATORS.sub("", text).lower()
    return text


def _phone(kind: Kind, text: str) -> Value:
    try:
        number = phonenumbers.parse(text, kind.region)
    except phonenumbers.NumberParseException:
        return Value(text, forms=_forms(kind, [text]), wellformed=False)
    full = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.national_significant_number(number)
    spellings = [full, full[1:]]
    if kind.region and phonenumbers.region_code_for_number(number) == kind.region:
        spellings.append(national)
    possible = phonenumbers.is_possible_number(number)
    return Value(
        full, forms=_forms(kind, spellings), national=national, wellformed=possible and _fits(kind, full)
    )


def _forms(kind: Kind, spellings: list[str]) -> tuple[str, ...]:
    return tuple(hash_form(algorithm, spelling) for algorithm in kind.hashes for spelling in spellings)


def _fits(kind: Kind, text: str) -> bool:
    return kind.pattern is None or compiled_once(kind.pattern).search(text) is not None


@lru_cache(maxsize=1024)
def compiled_once(pattern: str) -> Any:
    return compiled(pattern)


class Blocklist:
    """Values that identify nobody: the built-in ones, and those listed."""

    def __init__(self, policy: Policy, listed: tuple[Blocked, ...]) -> None:
        self._plain: defaultdict[str, set[str]] = defaultdict(set)
        self._hashed: defaultdict[str, set[str]] = defaultdict(set)
        self._patterns: defaultdict[str, list[Any]] = defaultdict(list)
        self._known: dict[tuple[str, str], bool] = {}
        for entry in listed:
            for name in policy.kinds if entry.kind == "*" else [entry.kind]:
                if name in policy.kinds:
                    self._add(name, policy.kinds[name], entry)

    def _add(self, name: str, kind: Kind, entry: Blocked) -> None:
        self._patterns[name] += [compiled_once(pattern) for pattern in entry.patterns]
        for raw in entry.values:
            value = normalise(kind, raw)
            if value.hashed:
                self._hashed[name].add(value.text)
            else:
                self._plain[name].add(value.text)
                self._hashed[name].update(value.forms)

    def blocks(self, kind: str, value: Value) -> bool:
        """Whether the value of that kind is known to identify nobody."""
        known = self._known.get((kind, value.text))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[kind, value.text] = self._blocks(kind, value)
        return known

    def _blocks(self, kind: str, value: Value) -> bool:
        if value.hashed:
            return value.text in _NOBODY_HASHED or value.text in self._hashed[kind]
        texts = (value.text,) if value.national is None else (value.text, value.national)
        return (
            any(
                text.casefold() in _NOBODY or _ZEROS.match(text) or text in self._plain[kind]
                for text in texts
            )
            or any(form in self._hashed[kind] for form in value.forms)
            or any(pattern.search(text) for pattern in self._patterns[kind] for text in texts)
        )
