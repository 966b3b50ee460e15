"""A stable share of people: by a hash of the OneID and of a key, in Python and in Cypher alike.

Cypher has no hash of a text, so it is a polynomial over the end of the OneID, which is random, modulo a
prime; what it is multiplied by comes of the key. So the share of one key holds other people than that of
another, and a larger share of one key holds the smaller one.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from string import ascii_letters, digits

from app.rules.statement import Statement

_PRIME = 2**31 - 1  # products of two numbers below it are whole numbers of 64 bits
_END = 8  # letters: 40 random bits of a OneID
_CODES = {letter: place for place, letter in enumerate(f"{digits}{ascii_letters}", start=1)}


@dataclass(frozen=True, slots=True)
class Share:
    """The part of people, above 0 and below 1, that a key takes."""

    key: str
    part: float

    def takes(self, one_id: str) -> bool:
        """Whether somebody is of it."""
        first, times, last = self._numbers()
        found = first
        for letter in one_id[-_END:]:
            found = (found * times + _CODES.get(letter, 0)) % _PRIME
        return found * last % _PRIME < self._edge()

    def condition(self, statement: Statement) -> str:
        """The same as a condition on the person `p`."""
        first, times, last = (statement.put(number) for number in self._numbers())
        codes, prime = statement.named("codes", _CODES), statement.named("prime", _PRIME)
        step = f"(h * {times} + coalesce({codes}[c], 0)) % {prime}"
        letters = f"split(right(p.oneId, {statement.named('end', _END)}), '')"
        hashed = f"reduce(h = {first}, c IN {letters} | {step})"
        return f"{hashed} * {last} % {prime} < {statement.put(self._edge())}"

    def _edge(self) -> int:
        return int(self.part * _PRIME)

    def _numbers(self) -> tuple[int, int, int]:
        digest = sha256(self.key.encode()).digest()
        first, times, last = (int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16))
        return first % _PRIME, times % (_PRIME - 2) + 2, last % (_PRIME - 2) + 2
