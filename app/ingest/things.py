"""What a unit of work says of things that have a key of their own: orders, touches, events, dependents,
consents and tags.

Two statements a unit: one claims the things and tells what is stored of them, what is said is merged here,
and the other writes the differences and travels with the commit. A unit without such facts sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from app.commerce.facts import Said as SaidOfProduct
from app.commerce.order_rows import Orders
from app.commerce.products import Products, product_rows
from app.dependents.dependent_rows import Dependents
from app.identity.saying import Holder
from app.identity.service import Identity
from app.identity.sighting import Notice, micros
from app.ingest.model import Observation
from app.tags.asserted import Asserted, End, known
from app.touches.facts import Consents
from app.touches.touch_rows import Touches, dependent_of

NOBODYS = "*"
"""The brand of facts of which nobody says whose they are."""


class Told(NamedTuple):
    """An accepted observation, the brand whose facts it brings, and what they hang on."""

    number: int
    """Of the observation among those of the unit."""
    observation: Observation
    brand: str
    holder: Holder

    @property
    def shop(self) -> str | None:
        """The key of the shop where it was observed."""
        shop = self.observation.get("shop")
        return shop["key"] if shop else None


class Things:
    """The things that some observations tell of. One a try of a unit of work."""

    def __init__(self, identity: Identity, products: Products, told: Iterable[Told]) -> None:
        policy, keyring = identity.state.policy, identity.keyring
        self.orders, self.touches = Orders(policy, keyring), Touches(policy)
        self.dependents, self.consents, self.asserted = Dependents(keyring), Consents(), Asserted()
        self.products = products
        self.told = list(told)
        self.news: dict[str, SaidOfProduct] = {}
        """What was written of products: known to all once the unit is committed."""
        self.marked: set[str] = set()
        """The identifiers, and `guarded` the dependents, whose people are otherwise now."""
        self.guarded: set[str] = set()
        for one in self.told:
            self._take(one)

    def _take(self, one: Told) -> None:
        said, source = one.observation, one.observation["source"]
        holder, brand = one.holder, one.brand
        if order := said.get("order"):
            self.orders.say(brand, holder, one.shop, order)
        if touch := said.get("touch"):
            self.touches.say_touch(brand, holder, source, touch)
        if event := said.get("event"):
            self.touches.say_event(brand, holder, source, one.shop, event)
        if dependents := said.get("dependents"):
            self.dependents.say(brand, holder.key, holder.at, source, dependents)
        if consents := said.get("consents"):
            self.consents.say(brand, holder.key, holder.at, source, consents)
        for tag in said.get("tags") or ():
            named = dependent_of(brand, tag)
            end: End = ("Dependent", named) if named else ("Identifier", holder.key)
            self.asserted.say(end, tag, holder.at, source, brand)

    def sought(self) -> dict[str, Any]:
        """What is to be claimed."""
        dependents = self.dependents.sought()
        named = {key for one in self.told for _, key in _named(one)}
        return {
            "orders": self.orders.sought(),
            **self.touches.sought(),
            "dependents": dependents,
            "named": sorted(named.difference(dependents)),
            "asserted": self.asserted.sought(),
            "products": self.products.unknown(self._lines()),
        }

    def _lines(self) -> list[tuple[Mapping[str, Any], Any]]:
        return [
            (line, one.observation["at"])
            for one in self.told
            if (order := one.observation.get("order"))
            for line in order.get("lines") or ()
        ]

    def rows(self, claimed: Mapping[str, Any]) -> dict[str, list[Any]]:
        """What is to be written, given what was claimed."""
        self.products.learn(claimed["products"])
        lines = self._lines()
        self.news = self.products.news(lines)
        rows = {
            "products": product_rows(self.news),
            **self.orders.rows(claimed["orders"]),
            **self.touches.rows(claimed["touches"], claimed["events"]),
            **self.dependents.rows(claimed["dependents"]),
            "consents": self.consents.rows(),
            "asserted": self.asserted.rows(known(claimed["asserted"])),
        }
        tagged = {row["key"] for row in rows["asserted"] if row["label"] == "Identifier"}
        self.marked = self.orders.marked | self.touches.marked | self.dependents.marked | tagged
        self.guarded = {row["about"] for row in rows["about_dependents"]}
        self.guarded |= {row["key"] for row in rows["asserted"] if row["label"] == "Dependent"}
        return rows

    def warnings(self, awaited: Iterable[str]) -> dict[int, list[Notice]]:
        """What is told of observations that name a dependent that nobody has told of."""
        missing, found = set(awaited), dict[int, list[Notice]]()
        for one in self.told:
            for path, key in _named(one):
                if key in missing:
                    words = "no dependent of this brand has the key; what is said of it is kept until one has"
                    notice = Notice(one.observation["id"], "UNKNOWN_DEPENDENT", words, path)
                    found.setdefault(one.number, []).append(notice)
        return found


def _named(one: Told) -> list[tuple[tuple[str, ...], str]]:
    """The dependents that an observation says something about, and where it names them."""
    said: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [
        (("tags", str(index)), tag) for index, tag in enumerate(one.observation.get("tags") or ())
    ]
    if event := one.observation.get("event"):
        said.append((("event",), event))
    named = [((*path, "dependent"), dependent_of(one.brand, fact)) for path, fact in said]
    return [(path, key) for path, key in named if key]


def brand_of(observation: Observation, known: str | None) -> str:
    """Whose facts an observation brings: its brand, else its shop's as it says, or as it is known."""
    shop = observation.get("shop")
    return observation.get("brand") or (shop and shop.get("brand")) or known or NOBODYS


def holder_of(rank: tuple[int, int], observation: Observation, key: str) -> Holder:
    """The identifier that the facts of an observation hang on, at its time."""
    return Holder(rank, micros(observation["at"]), key)
