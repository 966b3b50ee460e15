"""Babies, pets and appliances of the demo world."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from seed.chance import World
from seed.diary import Diary
from seed.group import APPLIANCES, SHOPS
from seed.names import BABY_NAMES, PET_NAMES, Weighted
from seed.observation import Json
from seed.orders import DAY, Purchase
from seed.people import neighbour

_BREEDS = {
    "cat": "英短:30 布偶:20 中华田园猫:30 美短:15 缅因:5",
    "dog": "柯基:20 金毛:20 泰迪:30 柴犬:10 中华田园犬:20",
}
_BREED = {species: Weighted(text) for species, text in _BREEDS.items()}


def babies(world: World, index: int) -> list[Json]:
    """The babies of that person: none for most, twins for a few, some not born yet (a due date, no name)."""
    rng = world.rng("babies", index)
    chance = rng.random()
    count = 2 if chance < 0.10 else 1 if chance < 0.55 else 0
    twins = chance < 0.02
    born = [world.until - timedelta(days=rng.randrange(-220, 36 * 30)) for _ in range(1 if twins else count)]
    days = sorted(born * 2 if twins else born)
    return [
        _baby(f"baby-{index}-{number}", day, day > world.until, BABY_NAMES.draw(rng), rng.random())
        for number, day in enumerate(days)
    ]


def _baby(key: str, day: date, expected: bool, name: str, chance: float) -> Json:
    baby: Json = {"key": key, "kind": "BABY", "birthday": day.isoformat(), "relation": "parent"}
    if not expected:
        baby |= {
            "name": name,
            "gender": "female" if chance < 0.5 else "male",
            "attributes": {
                "feeding": "formula" if chance % 0.1 < 0.06 else "breast",
                "allergic": chance > 0.93,
            },
        }
    return baby


def pets(world: World, index: int) -> list[Json]:
    """The cats and dogs of that person."""
    rng = world.rng("pets", index)
    found = []
    for number in range(rng.choice((0, 1, 1, 1, 1, 2))):
        species = rng.choice(("cat", "cat", "dog"))
        found.append(
            {
                "key": f"pet-{index}-{number}",
                "kind": "PET",
                "name": PET_NAMES.draw(rng),
                "gender": rng.choice(("female", "male")),
                "relation": "owner",
                "birthday": (world.until - timedelta(days=rng.randrange(60, 4000))).isoformat(),
                "attributes": {
                    "species": species,
                    "breed": _BREED[species].draw(rng),
                    "weight": rng.randrange(20, 300 if species == "dog" else 80) / 10,
                    "neutered": "yes" if rng.random() < 0.6 else "no",
                },
            }
        )
    return found


def appliances(bought: Iterable[Purchase]) -> list[tuple[int, Json]]:
    """Each appliance that was bought, with the time (seconds) of its purchase."""
    found = []
    for order in bought:
        for product, _, _ in order.lines:
            if product.category in APPLIANCES:
                day = datetime.fromtimestamp(order.at, UTC).date().isoformat()
                letters = "".join(part[0] for part in product.key.split("-"))
                serial = f"{letters.upper()}{order.key[-12:]}"
                found.append(
                    (
                        order.at,
                        {
                            "key": serial,
                            "kind": "APPLIANCE",
                            "name": product.name,
                            "relation": "owner",
                            "attributes": {
                                "serial": serial,
                                "model": product.key,
                                "order": order.key,
                                "purchasedAt": day,
                                "warrantyMonths": 24,
                            },
                        },
                    )
                )
    return found


def tell(diary: Diary, bought: Iterable[Purchase]) -> list[tuple[str, str]]:
    """Notes who registered which dependent; answers (brand, key) of each, for events and tags about it.

    The second parent of a family tells of the same babies; an account opened twice tells of them again
    under keys of its own.
    """
    world, one, told = diary.world, diary.one, []
    for brand, start, found in (
        ("mumu", "wx", babies(world, one.index)),
        ("pawpal", "app", pets(world, one.index)),
    ):
        if brand in one.members and found:
            for number, account in enumerate(one.members[brand]):
                rows = found if number == 0 else [row | {"key": f"{row['key']}-again"} for row in found]
                diary.note(diary.at(), "crm", SHOPS[f"{start}-{brand}"], account, dependents=rows)
            told += [(brand, row["key"]) for row in found]
    partner = neighbour(world, one.index, 1, 20)
    shared = babies(world, partner.index) if partner and "mumu" in partner.members else []
    if shared and "mumu" in one.members:
        diary.note(diary.at(), "crm", SHOPS["wx-mumu"], one.members["mumu"][0], dependents=shared)
    for at, appliance in appliances(bought):
        registered = min(at + diary.rng.randrange(2 * DAY), diary.end)
        diary.note(registered, "app", SHOPS["app-lumi"], diary.member("lumi"), dependents=[appliance])
        told.append(("lumi", appliance["key"]))
    return told
