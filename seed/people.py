"""Who the people of the demo world truly are, and what identifies each of them.

A person is a pure function of (world, index), so that the generator can stream: whoever needs a
neighbour's phone asks for the neighbour again instead of keeping everybody. Who shares what with
whom follows from the index alone (the last digits never fall into two of these):

    index % 20 == 1   lives with the one before: registers and logs in with that one's phone and device
    index % 50 == 6   was given the number that the one before had given up
    index % 40 == 13  was handed the phone (device, cookie and all) of the one before
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from seed import belongings, names
from seed.chance import DAYS, World
from seed.group import BRANDS
from seed.observation import Identifier

LEFT, CAME = 220, 320  # days on which a recycled number is given up, and taken up again
HANDED = 300  # day on which a device changes hands


@dataclass(frozen=True)
class Person:
    """One true person: who they are, what is theirs, and from which day to which they are seen."""

    index: int
    gender: names.Gender
    name: str
    birthday: date
    city: str
    phones: tuple[Identifier, ...]
    emails: tuple[Identifier, ...]
    unionid: Identifier | None
    openids: dict[str, Identifier]  # by brand
    members: dict[str, tuple[Identifier, ...]]  # by brand; two after a double registration
    cards: dict[str, Identifier]  # by brand
    accounts: dict[str, tuple[Identifier, ...]]  # by kind: taobao, jd, douyin, wecom
    devices: tuple[tuple[Identifier, ...], ...]  # each with all its identifiers
    cookies: tuple[Identifier, ...]
    since: int
    until: int

    def identifiers(self) -> Iterator[Identifier]:
        """Everything that identifies this person, shared with others or not."""
        yield from (*self.phones, *self.emails, *self.openids.values(), *self.cards.values(), *self.cookies)
        if self.unionid:
            yield self.unionid
        for group in (*self.members.values(), *self.accounts.values(), *self.devices):
            yield from group


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
    phones, old = belongings.phones(world, index, rng), neighbour(world, index, 6, 50)
    return Person(
        index=index,
        gender=gender,
        name=names.full_name(rng, gender),
        birthday=date(1970, 1, 1) + timedelta(days=rng.randrange(35 * 365)),
        city=names.CITIES.draw(rng),
        phones=(old.phones[0], *phones[1:]) if old else phones,
        emails=belongings.emails(index, rng),
        unionid=unionid,
        openids=openids,
        members=members,
        cards={
            brand.key: Identifier("card", "8866" + world.unique("card", index * 3 + n, 12), brand.key)
            for n, brand in enumerate(brands)
            if rng.random() < 0.4
        },
        accounts=belongings.accounts(world, index, rng, wechat=unionid is not None),
        devices=tuple(belongings.device(world, index * 2 + n, rng) for n in range(rng.choice((1, 1, 2)))),
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
    everything = {each.key for each in one.identifiers()}
    before = {one.phones[0].key} if one.index % 50 == 6 else set()
    return everything - shared_with_next(world, one) - before
