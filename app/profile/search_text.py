"""What a text for finding people may mean, and where a person whom it finds stands among the others. Pure.

People come best match first: who is named exactly, then whose name is the text, then names and numbers that
begin with it, then names that contain its words, then phones that end in its digits. Equal matches come by a
place that nothing moves, so that no write shifts a page. A person stands at the best of all that matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from app.access.blind import SHORTEST, joined, words
from app.access.sealing import Keyring
from app.errors import BadInput
from app.identity.normalise import Value, normalise
from app.identity.policy import Policy

LONGEST = 100
"""Characters of a text that people are sought by."""
_DIGITS = re.compile(r"[\d\s()+./-]+")
_NUMBERED = ("member", "card")


class Match(IntEnum):
    """How a text matches, the best first."""

    IDENTIFIER = 0
    NAME = 1
    NAME_BEGINS = 2
    MEMBER_BEGINS = 3
    CARD_BEGINS = 4
    NAME_CONTAINS = 5
    DIGITS_END = 6


class Position(NamedTuple):
    """Where somebody stands: the match, and a place among equal matches."""

    match: int
    place: str


BEFORE_ALL = Position(-1, "")


class Item(NamedTuple):
    """Something of a person that a text may match: an identifier, with its name or digits in the clear."""

    key: str
    exact: bool
    indexed: str | None
    place: str | None
    text: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """A text, read: its words, the digits that it is (if it is digits), and its normal forms as identifiers.

    keys: where it may stand as an identifier without scope. values: kind and value of open ones with scopes.
    numbers: what member and card numbers that begin like it begin with. personal: whether names and digits
    are looked at.
    """

    text: str
    words: tuple[str, ...]
    digits: str
    keys: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    numbers: dict[str, str]
    personal: bool

    def position(self, items: Iterable[Item], named: bool) -> Position | None:
        """Where the person of these items stands; None when nothing matches after all."""
        if named:
            return Position(Match.IDENTIFIER, "")
        return min((found for item in items for found in self._positions(item)), default=None)

    def _positions(self, item: Item) -> Iterable[Position]:
        if item.exact:
            yield Position(Match.IDENTIFIER, item.key)
        kind = item.key.partition("|")[0]
        if item.number is not None and kind in self.numbers and item.number.startswith(self.numbers[kind]):
            match = Match.MEMBER_BEGINS if kind == "member" else Match.CARD_BEGINS
            yield Position(match, number_place(item.number, item.key))
        if item.text is None or item.place is None or not self.personal:
            return
        if item.indexed == "name" and (how := self._name(item.text)) is not None:
            yield Position(how, item.place)
        if item.indexed == "digits" and self.digits and _only_digits(item.text).endswith(self.digits):
            yield Position(Match.DIGITS_END, item.place)

    def _name(self, name: str) -> Match | None:
        stored, whole = joined(name), "".join(self.words)
        if not self.words or not all(word in stored for word in self.words):
            return None
        if stored == whole:
            return Match.NAME
        return Match.NAME_BEGINS if stored.startswith(whole) else Match.NAME_CONTAINS


def sought(policy: Policy, keyring: Keyring, text: str, *, personal: bool) -> Sought:
    """What a text may mean. Raises BadInput for an empty and for a long one."""
    text = text.strip()
    found = words(text)
    if not found or len(text) > LONGEST:
        raise BadInput(
            f"a text has at most {LONGEST} characters" if found else "the text has no letter and no digit",
            field=("text",),
            suggestion="a name or a part of it, a member number, the last 4 digits of a phone",
        )
    digits = _only_digits(text) if _DIGITS.fullmatch(text) else ""
    meant = [
        (name, kind.pii, kind.scope is not None or policy.isolation == "brand", normalise(kind, text))
        for name, kind in policy.kinds.items()
        if personal or not kind.pii
    ]
    fit = [(name, pii, scoped, value) for name, pii, scoped, value in meant if value.wellformed]
    return Sought(
        text=text,
        words=found,
        digits=digits if len(digits) >= SHORTEST else "",
        keys=tuple(
            keyring.key(name, "*", form, pii=pii)
            for name, pii, scoped, value in fit
            if not scoped
            for form in _forms(value)
        ),
        values=tuple((name, value.text) for name, pii, scoped, value in fit if scoped and not pii),
        numbers={name: value.text for name, pii, _, value in meant if name in _NUMBERED and not pii},
        personal=personal,
    )


def number_place(value: str, key: str) -> str:
    """The place of a member or card number: by its value, then by its key."""
    return f"{value}\x00{key}"


def number_of(place: str) -> tuple[str, str]:
    """The value and the key of such a place; both empty before the first."""
    value, _, key = place.partition("\x00")
    return value, key


def items_of(keyring: Keyring, cells: Iterable[Sequence[Any]]) -> list[Item]:
    """The items of a person, unsealed."""
    return [
        Item(
            key,
            bool(exact),
            indexed,
            place,
            text if text is None or isinstance(text, str) else keyring.unseal(bytes(text)),
            number,
        )
        for key, exact, indexed, place, text, number in cells
    ]


def _forms(value: Value) -> tuple[str, ...]:
    return (value.text, *value.forms)


def _only_digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())
