"""How real data spoils what is true: spellings, hashes, values of nobody, things that many share."""

from __future__ import annotations

import random

from seed.belongings import phone, uuid
from seed.chance import World
from seed.group import COUNTERS, Shop
from seed.observation import Identifier

PLACEHOLDER_PHONES = ("13800138000", "null", "00000000000", "13000000000", "undefined", "11111111111", "N/A")
PLACEHOLDER_EMAILS = ("null", "none", "N/A", "unknown")
NO_IDFA = Identifier("idfa", "00000000-0000-0000-0000-000000000000")  # tracking refused
NO_MAC = Identifier("mac", "02:00:00:00:00:00")  # what Android answers since version 6
_FULL_WIDTH = str.maketrans("0123456789+", "０１２３４５６７８９＋")
_TABLET_USERS = 50
_CLERK_USERS = 12


def spell_phone(rng: random.Random, one: Identifier) -> Identifier:
    """The same number as some clerk, form or export writes it; most write it plainly."""
    digits = one.value.removeprefix("+86")
    parts = digits[:3], digits[3:7], digits[7:]
    return one.spelt(
        rng.choices(
            (
                digits,
                one.value,
                " ".join(parts),
                "-".join(parts),
                f"+86 {' '.join(parts)}",
                f"86{digits}",
                f"(+86){digits}",
                digits.translate(_FULL_WIDTH),
                f" {digits} ",
            ),
            weights=(58, 12, 8, 6, 5, 4, 3, 2, 2),
        )[0]
    )


def hash_phone(rng: random.Random, one: Identifier) -> Identifier:
    """The number as an ad platform reports it: either algorithm, any of three forms, at times in capitals."""
    form = rng.choice((one.value, one.value[1:], one.value.removeprefix("+86")))
    return one.as_hash(rng.choice(("md5", "md5", "sha256")), form, upper=rng.random() < 0.25)


def spell_email(rng: random.Random, one: Identifier) -> Identifier:
    """The same address with capitals or blanks around it, now and then."""
    spelt = rng.choices(
        (one.value, one.value.title(), one.value.upper(), f" {one.value} "), weights=(70, 15, 10, 5)
    )
    return one.spelt(spelt[0])


def placeholder(rng: random.Random, kind: str) -> Identifier:
    """What is written where a number or an address was asked for and none was given."""
    return Identifier(kind, rng.choice(PLACEHOLDER_PHONES if kind == "phone" else PLACEHOLDER_EMAILS))


def tablet(world: World, index: int, brand: str) -> tuple[Identifier, Shop]:
    """The shop's own tablet, on which about fifty customers of the brand logged in, and its counter."""
    number = index // (_TABLET_USERS * 16)  # so many people have about fifty customers who use it
    rng = world.rng(f"tablet-{brand}", number)
    return Identifier("oaid", uuid(rng)), COUNTERS[brand][number % len(COUNTERS[brand])]


def clerk_phone(world: World, index: int) -> Identifier:
    """The phone of the shop assistant, given for a dozen customers who would not give theirs."""
    number = index // (_CLERK_USERS * 25)
    return phone(world, world.people * 2 + number, world.rng("clerk", number))
