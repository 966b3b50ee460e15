"""Where the sightings of one person are noted."""

from __future__ import annotations

from seed import noise
from seed.chance import DAYS, World
from seed.group import Shop
from seed.observation import Identifier, Json, Sighting
from seed.people import Person


class Diary:
    """The sightings of one person, in the order in which the systems of the group would tell of them."""

    def __init__(self, world: World, one: Person, purpose: str) -> None:
        self.world, self.one = world, one
        self.rng = world.rng(purpose, one.index)
        self.rows: list[Sighting] = []

    def at(self, first: int = 0, last: int = DAYS) -> int:
        """Some second of a day between both, and between those on which the person is seen at all."""
        first, last = max(first, self.one.since), min(last, self.one.until)
        day = self.rng.randrange(first, max(last, first + 1))
        return self.world.start + day * 86_400 + 28_800 * self.rng.randrange(3) + self.rng.randrange(28_800)

    @property
    def end(self) -> int:
        """The second after which the person is not seen any more."""
        return self.world.start + self.one.until * 86_400

    def note(
        self, at: int, source: str, shop: Shop, *identifiers: Identifier, **facts: Json | list[Json]
    ) -> None:
        """Adds what that source saw at that time; an identifier that is given twice is named once."""
        named = list(dict.fromkeys(identifiers))
        carried = {"shop": shop.as_input(), **facts}
        self.rows.append(Sighting(at, source, named, shop.brand, carried, local=source in ("crm", "pos")))

    def phone(self) -> Identifier:
        return noise.spell_phone(self.rng, self.rng.choice(self.one.phones))

    def member(self, brand: str) -> Identifier:
        return self.rng.choice(self.one.members[brand])

    def any_brand(self) -> str:
        return self.rng.choice(list(self.one.members))
