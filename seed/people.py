"""Who the people of the demo world truly are, and what identifies each of them.

A person is a pure function of (world, index), so that the generator can stream: whoever needs a
neighbour's phone asks for the neighbour again instead of keeping everybody. Who shares what with
whom follows from the index alone (the last digits never fall into two of these):

    index % 20 == 1   lives with the one before: registers and logs in with that one's phone and device
    index % 50 == 6   was given the number that the one before had given up
    index % 40 == 13  was handed the phone (device, cookie and all) of the one before
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from seed import names
from seed.group import BRANDS
from seed.observation import Identifier

DAYS = 540  # the world lasts this long and ends at `until`
LEFT, CAME = 220, 320  # days on which a recycled number is given up, and taken up again
HANDED = 300  # day on which a device changes hands
PREFIXES = (
    "134",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "166",
    "176",
    "177",
    "186",
    "188",
    "199",
)
_DOMAINS = ("mail.example", "post.example", "qmail.example.com", "net.example.cn")


@dataclass(frozen=True)
class World:
    """The arguments that decide every byte: number of people, seed, and the day on which it ends."""

    people: int
    seed: int
    until: date

    @property
    def start(self) -> int:
        """First second of the world, in seconds of the epoch."""
        end = datetime(self.until.year, self.until.month, self.until.day, tzinfo=UTC)
        return int((end - timedelta(days=DAYS)).timestamp())

    def rng(self, purpose: str, index: int) -> random.Random:
        """Random numbers for one purpose and person, whatever else was drawn before."""
        return random.Random(f"{self.seed}/{purpose}/{index}")

    def unique(self, purpose: str, number: int, digits: int) -> str:
        """A number of so many digits: for one purpose, another one for each `number`."""
        factor, shift = _scatter(self, purpose, digits)
        return f"{(number * factor + shift) % 10**digits:0{digits}d}"


@lru_cache(maxsize=64)
def _scatter(world: World, purpose: str, digits: int) -> tuple[int, int]:
    """Factor and shift of a one-to-one map of the numbers of so many digits."""
    rng = world.rng(purpose, digits)
    return rng.randrange(10**digits // 10) * 10 + rng.choice((1, 3, 7, 9)), rng.randrange(10**digits)


@dataclass(frozen=True)
class Person:
    """One true person: who they are, what is theirs, and from which day to which they are seen."""

    index: int
    gender: names.Gender
    name: str
    birthday: date
    city: str
    phones: tuple[Identifier, ...]
    email: Identifier | None
    unionid: Identifier | None
    openids: dict[str, Identifier]  # by brand
    members: dict[str, tuple[Identifier, ...]]  # by brand; two after a double registration
    cards: dict[str, Identifier]  # by brand
    accounts: dict[str, Identifier]  # taobao, jd, douyin, wecom
    devices: tuple[tuple[Identifier, ...], ...]  # each with all its identifiers
    cookies: tuple[Identifier, ...]
    since: int
    until: int


@lru_cache(maxsize=64)
def person(world: World, index: int) -> Person:
    """The person of that index."""
    rng = world.rng("person", index)
    gender: names.Gender = "female" if rng.random() < 0.68 else "male"
    brands = [brand for brand in BRANDS if rng.random() < brand.share] or [rng.choice(BRANDS)]
    twice = rng.choice(brands) if rng.random() < 0.04 else None
    members = {
        brand.key: tuple(
            Identifier("member", brand.letters + world.unique("member", index * 2 + n, 9), brand.key)
            for n in range(2 if brand is twice else 1)
        )
        for brand in brands
    }
    unionid = Identifier("unionid", f"o6_{rng.getrandbits(104):026x}") if rng.random() < 0.7 else None
    openids = {
        brand.key: Identifier("openid", f"oX{rng.getrandbits(104):026x}", brand.mini_program)
        for brand in BRANDS
        if unionid and rng.random() < (0.8 if brand in brands else 0.1)
    }
    return Person(
        index=index,
        gender=gender,
        name=names.full_name(rng, gender),
        birthday=date(1970, 1, 1) + timedelta(days=rng.randrange(35 * 365)),
        city=names.CITIES.draw(rng),
        phones=_phones(world, index, rng),
        email=_email(index, rng) if rng.random() < 0.4 else None,
        unionid=unionid,
        openids=openids,
        members=members,
        cards={
            brand.key: Identifier("card", "8866" + world.unique("card", index * 3 + n, 12), brand.key)
            for n, brand in enumerate(brands)
            if rng.random() < 0.4
        },
        accounts=_accounts(world, index, rng, unionid is not None),
        devices=tuple(_device(world, index * 2 + n, rng) for n in range(rng.choice((1, 1, 2)))),
        cookies=tuple(
            Identifier("cookie", f"{rng.getrandbits(128):032x}") for _ in range(rng.choice((1, 1, 2)))
        ),
        since=CAME if index % 50 == 6 else rng.randrange(0, 120),
        until=LEFT if index % 50 == 5 and index + 1 < world.people else DAYS,
    )


def neighbour(world: World, index: int, rest: int, of: int) -> Person | None:
    """The person before, when `index` is one of those who took something over from that person."""
    return person(world, index - 1) if index % of == rest else None


def shared_with_next(world: World, one: Person) -> set[tuple[str, str, str]]:
    """Keys of what truly belongs to the next person as well: it names neither of the two."""
    if one.index + 1 >= world.people:
        return set()
    if one.index % 50 == 5:
        return {one.phones[0].key}
    if one.index % 40 == 12:
        return {each.key for each in (*one.devices[0], one.cookies[0])}
    return set()


def owned(world: World, one: Person) -> set[tuple[str, str, str]]:
    """Keys of the identifiers that are this person's and nobody else's."""
    members = (each for accounts in one.members.values() for each in accounts)
    devices = (each for device in one.devices for each in device)
    alone = (one.email, one.unionid)
    everything = {
        each.key
        for each in (
            *one.phones,
            *one.openids.values(),
            *members,
            *one.cards.values(),
            *one.accounts.values(),
            *devices,
            *one.cookies,
            *alone,
        )
        if each
    }
    before = {one.phones[0].key} if one.index % 50 == 6 else set()
    return everything - shared_with_next(world, one) - before


def phone(world: World, number: int, rng: random.Random) -> Identifier:
    """A mobile number of mainland China in E.164, another one for each `number`."""
    prefix, digits = rng.choice(PREFIXES), world.unique("phone", number, 8)
    if len(set(digits)) == 1 or prefix + digits == "13800138000":  # would be a placeholder
        prefix = "157"
    return Identifier("phone", f"+86{prefix}{digits}")


def _phones(world: World, index: int, rng: random.Random) -> tuple[Identifier, ...]:
    own = [phone(world, index * 2 + n, rng) for n in range(2 if rng.random() < 0.15 else 1)]
    old = neighbour(world, index, 6, 50)
    return (old.phones[0], *own[1:]) if old else tuple(own)


def _email(index: int, rng: random.Random) -> Identifier:
    local = rng.choice(
        (f"u{index}.{rng.getrandbits(16):04x}", f"{rng.getrandbits(20):05x}{index}", f"hello-{index}")
    )
    return Identifier("email", f"{local}@{rng.choice(_DOMAINS)}")


def _accounts(world: World, index: int, rng: random.Random, wechat: bool) -> dict[str, Identifier]:
    accounts = {
        "taobao": (0.5, f"tb{world.unique('taobao', index, 10)}"),
        "jd": (0.3, f"jd_{rng.getrandbits(52):013x}"),
        "douyin": (0.35, f"{rng.getrandbits(64):020d}"),
        "wecom": (0.35 if wechat else 0.05, f"wm{rng.getrandbits(120):030x}"),
    }
    return {
        kind: Identifier(kind, value) for kind, (share, value) in accounts.items() if rng.random() < share
    }


def _device(world: World, number: int, rng: random.Random) -> tuple[Identifier, ...]:
    """An iPhone has one identifier; an Android phone two, and an old one also IMEI and MAC."""
    text = f"{rng.getrandbits(128):032x}"
    uuid = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    if rng.random() < 0.4:
        return (Identifier("idfa", uuid).spelt(uuid.upper()),)
    android = (Identifier("oaid", uuid), Identifier("android_id", f"{rng.getrandbits(64):016x}"))
    if rng.random() < 0.8:
        return android
    digits = f"86{rng.randrange(10**4):04d}" + world.unique("imei", number, 8)
    mac = bytes((0x3C, *rng.getrandbits(40).to_bytes(5, "big")))
    return (*android, Identifier("imei", digits + _luhn(digits)), Identifier("mac", mac.hex()).spelt(mac.hex(":")))


def _luhn(digits: str) -> str:
    """The check digit of an IMEI."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
