"""What a person's accounts and corrections say, out of rows of the graph, as candidates for attributes.

A row is one identifier: `[key, kind, scope, display, factsFrom, said, times, sources, corrections]`. `said`,
`times` and `sources` go by the fields that were asked for, `corrections` are
`[name, value, when, by, reason]`. A name is sealed, a day is text, times are microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from app.access.sealing import Keyring
from app.profile.attribute_rules import Attribute, Declared, Type, declared, field_of
from app.profile.attributes import Resolved, Word, resolve_all
from app.settings import settings


@dataclass(frozen=True, slots=True)
class Holder:
    """The identifier that a word hangs on, as callers may see it."""

    kind: str
    scope: str
    display: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one person: words by attribute, and the identifiers that they hang on by key."""

    said: Mapping[str, Sequence[Word]]
    holders: Mapping[str, Holder]


@dataclass(frozen=True)
class Resolving:
    """The deployment's attributes, ready to read rows with."""

    names: tuple[str, ...]
    rules: Mapping[str, tuple[Attribute, Type]]

    @classmethod
    def of(cls, declared: Declared) -> Resolving:
        """Of all attributes that are declared."""
        rules = {name: (rule, declared.type_of(name)) for name, rule in declared.rules.items()}
        return cls(tuple(rules), rules)

    @cached_property
    def fields(self) -> list[str]:
        """The fields of accounts to ask for, in the order of the names."""
        return [field_of(name) for name in self.names]

    def words(self, keyring: Keyring, rows: Iterable[Sequence[Any]]) -> Words:
        """What the rows of one person say."""
        said: dict[str, list[Word]] = {name: [] for name in self.names}
        holders: dict[str, Holder] = {}
        for key, kind, scope, display, since, values, times, sources, corrections in rows:
            holders[key] = Holder(kind, scope, display)
            for name, value, at, source in zip(self.names, values, times, sources, strict=True):
                if value is not None and (since is None or (at or 0) >= since):
                    said[name].append(Word(key, _opened(keyring, value), at or 0, source))
            for name, value, at, by, reason in corrections:
                if name in said:
                    said[name].append(Word(key, _opened(keyring, value), at, by, True, reason))
        return Words(said, holders)

    def resolved(self, words: Words) -> dict[str, Resolved]:
        """Every attribute that has a value, in the order of the rules."""
        return resolve_all(self.rules, words.said)


def resolving() -> Resolving:
    """The deployment's. Raises Misconfigured."""
    return _resolving(settings().attributes)


@cache
def _resolving(_: Path) -> Resolving:
    return Resolving.of(declared())


def _opened(keyring: Keyring, value: Any) -> Any:
    return keyring.unseal(bytes(value)) if isinstance(value, bytes | bytearray) else value
