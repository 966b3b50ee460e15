"""The oracle's reading of values: what a value becomes, which hashes equal it, and what drops it.

Written from the design page alone, on purpose without a line of ``app.identity``: two people read one text,
and ``test_against_oracle.py`` shows where they read it differently. Slow and plain is the point.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import phonenumbers
import re2

Json = dict[str, Any]

BUILT_IN_WORDS = (
    *("null", "none", "undefined", "nan", "n/a", "na", "[object object]", "anonymous", "invalid", "-1", "0"),
    *("true", "false", "distinctid", "not-specified", "unknown", "user_null", ""),
)
HEX_DIGITS = {"md5": 32, "sha256": 64}
SCOPE = re.compile(r"[^|:/]+")


class Ident(NamedTuple):
    """One identifier: its kind, its scope and its normalised value (for a hash, ``md5=…`` in lower case)."""

    kind: str
    scope: str
    value: str

    @property
    def key(self) -> str:
        """``kind|scope|value``: what the order of the rule compares."""
        return f"{self.kind}|{self.scope}|{self.value}"

    @property
    def label(self) -> str:
        """``kind:value``, or ``kind:scope:value`` where the scope is not ``*``: what the output shows."""
        return f"{self.kind}:{self.value}" if self.scope == "*" else f"{self.kind}:{self.scope}:{self.value}"


def is_hash(kind: Json, value: str) -> bool:
    """Whether the value arrives as a hash that this kind declares; malformed hex is a plain value."""
    # reading: "Malformed hex is a plain value": of the wrong length is malformed too.
    # reading: "`md5=…` … (hex, any case)": the name of the algorithm in any case, too.
    algorithm, mark, digits = value.partition("=")
    algorithm = algorithm.lower()
    declared = mark == "=" and algorithm in kind.get("hashes", [])
    return declared and re.fullmatch(rf"[0-9a-fA-F]{{{HEX_DIGITS[algorithm]}}}", digits) is not None


def parse_phone(kind: Json, value: str) -> phonenumbers.PhoneNumber | None:
    """The number, or None when it is not a possible one."""
    try:
        number = phonenumbers.parse(value, kind.get("region"))
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def normalise(kind: Json, value: str) -> str | None:
    """The normalised value; None for what cannot be normalised."""
    value = value.strip()
    if is_hash(kind, value):
        return value.lower()
    if kind.get("normalise") == "phone":
        number = parse_phone(kind, value)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else None
    return value.lower() if kind.get("normalise") == "email" else value


def national_digits(kind: Json, normalised: str) -> str | None:
    """A phone's digits without its country; None for anything else."""
    if kind.get("normalise") != "phone" or is_hash(kind, normalised):
        return None
    number = parse_phone(kind, normalised)
    return phonenumbers.national_significant_number(number) if number else None


def hashes_of(kind: Json, texts: Iterator[str]) -> set[str]:
    """Every declared hash of every text."""
    return {
        f"{algorithm}={hashlib.new(algorithm, text.encode()).hexdigest()}"
        for text in texts
        for algorithm in kind.get("hashes", [])
    }


def hash_forms(kind: Json, plain: str) -> set[str]:
    """The hashes that equal a normalised plain value."""

    def texts() -> Iterator[str]:
        yield plain
        number = parse_phone(kind, plain) if kind.get("normalise") == "phone" else None
        if number is not None:
            yield plain.removeprefix("+")
            if phonenumbers.region_code_for_number(number) == kind.get("region"):
                yield phonenumbers.national_significant_number(number)

    return set() if is_hash(kind, plain) else hashes_of(kind, texts())


def built_in(kind: Json, trimmed: str) -> bool:
    """Whether the built-in list drops it: a placeholder, or the hash of one in lower case."""
    if is_hash(kind, trimmed):
        return trimmed.lower() in hashes_of(kind, iter(BUILT_IN_WORDS))
    return trimmed.casefold() in BUILT_IN_WORDS or re.fullmatch("[0-]*", trimmed) is not None


def listed(kind_name: str, kind: Json, value: str, entries: list[Json]) -> bool:
    """Whether a list of blocks names the value, one of its hashes or its plain value."""
    normalised = normalise(kind, value)
    # reading: "What cannot be normalised is compared trimmed": the listed value and the other one alike.
    shown = value.strip() if normalised is None else normalised
    national = national_digits(kind, shown)
    candidates = [shown] if national is None else [shown, national]
    own_forms = hash_forms(kind, shown)
    for entry in entries:
        if entry["kind"] not in (kind_name, "*"):
            continue
        for raw in entry.get("values", []):
            name = normalise(kind, raw)
            name = raw.strip() if name is None else name
            # "a listed value … blocks its hash forms … a blocked hash also blocks its plain value"
            names = hash_forms(kind, name) | {name}
            if names & {*candidates, *own_forms}:
                return True
        if not is_hash(kind, shown) and any(
            re2.search(pattern, text) for pattern in entry.get("patterns", []) for text in candidates
        ):
            return True
    return False


def fault(kind_name: str, kind: Json, value: str, blocked: list[Json]) -> str | None:
    """``BLOCKED`` or ``PATTERN`` for a value that the policy or the built-in list drops, else None."""
    # reading: "What cannot be normalised is compared trimmed" only makes sense when the lists are asked
    # before the pattern, so a value that both would drop is BLOCKED.
    normalised = normalise(kind, value)
    national = None if normalised is None else national_digits(kind, normalised)
    if any(built_in(kind, text) for text in (value.strip(), normalised, national) if text is not None):
        return "BLOCKED"
    if listed(kind_name, kind, value, blocked):
        return "BLOCKED"
    if normalised is None:
        return "PATTERN"
    pattern = kind.get("pattern")
    # reading: "`pattern`: what a normalised value must look like": searched, as those of `blocked` are.
    wrong = pattern is not None and not is_hash(kind, normalised) and not re2.search(pattern, normalised)
    return "PATTERN" if wrong else None
