"""A blind index of personal texts: tokens that find a name by any part of it, and a phone by its last digits.

A token is a keyed digest cut so short that many texts share it, so the store alone tells them at best by how
often they come. What a token finds is therefore unsealed and checked: whoever reads the index must. Of a name
there is a token of every character (10 bits), of every pair of neighbours, where the beginning and the end
are neighbours, too, and of the whole (12 bits each); of a phone one of its last 4, 5, 6, 7 and 8 digits (12
bits each).

Every entry has a place of its own, a keyed digest of what it is of, that nothing moves: pages of what is
found go by it. Its first three digits, its slot, are tokens as well, so that a stretch of places can be asked
for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from re import compile as pattern

from app.access.sealing import Keyring

SLOTS = 16**3
"""How many slots the places fall into."""
SHORTEST, _LONGEST = 4, 8
"""The last digits of a phone that there are tokens of: from so many to so many."""
_PLACE_DIGITS = 12
_REMEMBERED = 65_536
_BEGIN, _END = "^", "$"  # no word has them
_WORD = pattern(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The runs of letters and digits in a text, as they are compared: without case, of one width (NFKC)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return tuple(_WORD.findall(folded))


def joined(text: str) -> str:
    """A name as it is compared: its words without what is between them."""
    return "".join(words(text))


def name_tokens(keyring: Keyring, name: str) -> list[str]:
    """What a name is found by; sorted, so that they do not tell its order."""
    return sorted(set(_parts(keyring, joined(name), begins=True, ends=True)))


def name_sought(keyring: Keyring, parts: Iterable[str], *, begins: bool, ends: bool) -> list[str]:
    """What every name with these parts has, whose first part begins it, whose last part ends it."""
    return sorted({token for part in parts for token in _parts(keyring, part, begins=begins, ends=ends)})


def digits_tokens(keyring: Keyring, digits: str) -> list[str]:
    """What a phone with these digits is found by, and what is sought by as many of its last ones."""
    ends = range(SHORTEST, min(_LONGEST, len(digits)) + 1)
    return sorted(_token(keyring, f"d{length}", digits[-length:]) for length in ends)


def place_of(keyring: Keyring, what: str, key: str) -> str:
    """Where the entry of an identifier stands among all: hex, even over the slots, the same for ever."""
    return keyring.digest("/search", "place", f"{what}|{key}")[:_PLACE_DIGITS]


def slot_tokens(place: str) -> list[str]:
    """The tokens of the slot that a place is in: of 256, of 16 and of one."""
    return [f"s{place[:length]}" for length in (1, 2, 3)]


def stretch(first: int, end: int) -> list[str]:
    """The fewest tokens that all slots from `first` up to, not including, `end` have; none for all slots."""
    if (first, end) == (0, SLOTS):
        return []
    return [f"s{slot // size:0{digits}x}" for slot, size, digits in _blocks(first, end)]


def _blocks(first: int, end: int) -> Iterator[tuple[int, int, int]]:
    while first < end:
        size, digits = next(
            (size, digits)
            for size, digits in ((256, 1), (16, 2), (1, 3))
            if first % size == 0 and first + size <= end
        )
        yield first, size, digits
        first += size


def asked(tokens: Sequence[str], slots: Sequence[str]) -> str:
    """What the full-text index is asked for: all of the tokens, and any of the slots where there are some."""
    return " ".join([*(f"+{token}" for token in tokens), *([f"+({' '.join(slots)})"] if slots else [])])


def _parts(keyring: Keyring, part: str, *, begins: bool, ends: bool) -> Iterator[str]:
    for character in part:
        yield _token(keyring, "c", character)
    bounded = f"{_BEGIN if begins else ''}{part}{_END if ends else ''}"
    for before, after in pairwise(bounded):
        yield _token(keyring, "p", before + after)
    if begins and ends:
        yield _token(keyring, "w", part)


@lru_cache(maxsize=_REMEMBERED)
def _token(keyring: Keyring, what: str, text: str) -> str:
    digest = int(keyring.digest("/search", what, text)[:3], 16)
    return f"{what}{digest >> 2 if what == 'c' else digest:03x}"
