"""The facts of a unit of work: accounts and cards, who issued them, shops and apps in one statement, things
with a key of their own (`app.ingest.things`) in two more.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.commerce.facts import Said as SaidOfShop
from app.commerce.facts import Shops, shop_rows
from app.commerce.products import Products
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.saying import best, rank
from app.identity.service import Identity
from app.identity.sighting import Notice, micros
from app.ingest.model import Observation
from app.ingest.subjects import THINGS, Kind, accounts_among
from app.ingest.things import Things, Told, brand_of, holder_of
from app.profile.derive import told_of
from app.profile.facts import Accounts
from app.profile.search_index import phone_entries, phone_kinds

_FACTS = write_query("ingest/facts")
_CLAIM = write_query("ingest/facts_claim")
_STORE = write_query("ingest/facts_store")

Kept = Mapping[int, Sequence[str]]
"""Index of an observation -> the keys of the identifiers that it is filed under."""

Last = tuple[int, bytes, str]
"""When something was said, in microseconds since 1970, and what: in the database's order, and as it is."""


class Account(NamedTuple):
    """An account or card that an observation is filed under, with its time in microseconds since 1970."""

    kind: Kind
    key: str
    at: int
    observation: Observation

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """What the observation says of it."""
        return self.observation.get(self.kind)


@dataclass(slots=True)
class Facts:
    """The facts of some observations. `write` is for Identity.observe, and may run more than once."""

    identity: Identity
    shops: Shops
    products: Products
    observations: Sequence[Observation]
    news: dict[str, SaidOfShop] = field(default_factory=dict)
    """What was written of shops, and `product_news` of products: known to all once the unit is committed."""
    product_news: dict[str, SaidOfShop] = field(default_factory=dict)
    warnings: dict[int, list[Notice]] = field(default_factory=dict)
    """By index of the observation: facts about a dependent that nobody has told of."""

    def remember(self) -> None:
        """The unit is committed: what was written of shops and products is known."""
        self.shops.remember(self.news)
        self.products.remember(self.product_news)

    async def write(self, writer: Writer, kept: Kept, fresh: Set[str], at: int) -> None:
        """Merge the facts with what is stored, in a unit that has claimed the keys, `fresh` as new ones; `at`
        is the unit's time in microseconds since 1970.
        """
        await self._write_things(writer, kept, at)
        told = [self.observations[index] for index in kept]
        self.news = self.shops.news(
            (shop, one.get("brand"), one["at"]) for one in told if (shop := one.get("shop"))
        )
        accounts = [
            Account(kind, key, micros(self.observations[index]["at"]), self.observations[index])
            for index, keys in kept.items()
            for kind, key in accounts_among(keys)
        ]
        told_of(writer, ((one.key, one.facts) for one in accounts if one.kind == "member" and one.facts))
        rows = {
            "shops": shop_rows(self.news),
            "accounts": self._accounts(accounts),
            "at_shops": _at_shops(accounts),
            "at_brands": self._at_brands(accounts),
            "apps": self._apps(kept),
            "entries": self._entries(kept, fresh) if fresh else [],
        }
        if any(rows.values()):
            writer.send(_FACTS, rows=rows | {"at": at})

    async def _write_things(self, writer: Writer, kept: Kept, at: int) -> None:
        """Merge what has a key of its own with what is stored of it."""
        self.warnings, self.product_news = {}, {}
        told = [self._told(index, keys) for index, keys in kept.items() if self._of_things(index)]
        if not told:
            return
        things = Things(self.identity, self.products, told)
        claimed = await writer.one(_CLAIM, rows=things.sought())
        self.warnings = things.warnings(claimed["awaited"])
        rows = things.rows(claimed)
        self.product_news = things.news
        writer.touched["dependents"].update(row["key"] for row in rows["dependents"])
        if any(rows.values()):
            marks = {"marked": sorted(things.marked), "guarded": sorted(things.guarded), "at": at}
            writer.send(_STORE, rows=rows | marks)

    def _of_things(self, index: int) -> bool:
        return any(self.observations[index].get(name) for name in THINGS)

    def _told(self, index: int, keys: Sequence[str]) -> Told:
        observation, policy = self.observations[index], self.identity.state.policy
        shop, key = observation.get("shop"), best(policy, keys)
        known = self.shops.brand_of(shop["key"]) if shop else None
        holder = holder_of(rank(policy, key), observation, key)
        return Told(index, observation, brand_of(observation, known), holder)

    def _accounts(self, accounts: Iterable[Account]) -> list[dict[str, Any]]:
        found = Accounts(self.identity.keyring)
        for one in accounts:
            if one.facts:
                found.say(one.kind, one.key, one.at, one.observation["source"], one.facts)
        return found.rows()

    def _at_brands(self, accounts: Iterable[Account]) -> list[dict[str, Any]]:
        """Whose programme an account is of: the brand that scopes it, which stays, or who said so last."""
        kinds, last = self.identity.state.policy.kinds, dict[str, Last]()
        for one in accounts:
            if kinds[one.kind].scope == "brand":
                _say(last, one.key, 0, one.key.split("|", 2)[1])
            elif one.facts and (brand := one.observation.get("brand")):
                _say(last, one.key, one.at, brand)
        return _by_hub(last, "brand")

    def _apps(self, kept: Kept) -> list[dict[str, Any]]:
        """The app that each identifier of an app's own kind, such as an OpenID, is known in."""
        policy, last = self.identity.state.policy, dict[str, Last]()
        for key in {key for keys in kept.values() for key in keys}:
            kind, scope, _ = key.split("|", 2)
            if policy.kinds[kind].scope == "app":
                _say(last, key, 0, scope.partition("/")[2] if policy.isolation == "brand" else scope)
        return _by_hub(last, "shop")

    def _entries(self, kept: Kept, fresh: Set[str]) -> list[dict[str, str]]:
        """What finds phones that were never seen before by their last digits."""
        policy, entries = self.identity.state.policy, dict[str, dict[str, str]]()
        phones = phone_kinds(policy)
        for index, keys in kept.items():
            new = [key for key in keys if key in fresh and key.partition("|")[0] in phones]
            seen = self.observations[index]["identifiers"] if new else ()
            given = [(one["kind"], one["value"]) for one in seen if one["kind"] in phones]
            entries |= {one["key"]: one for one in phone_entries(policy, self.identity.keyring, new, given)}
        return [entries[key] for key in sorted(entries)]


def _at_shops(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    """The shop that spoke last of an account: the one that issued it, as far as anybody says."""
    last: dict[str, Last] = {}
    for one in accounts:
        if one.facts and (shop := one.observation.get("shop")):
            _say(last, one.key, one.at, shop["key"])
    return _by_hub(last, "shop")


def _say(last: dict[str, Last], key: str, at: int, hub: str) -> None:
    said = (at, hub.encode("utf-16-be"), hub)
    last[key] = max(said, last.get(key, said))


def _by_hub(last: Mapping[str, Last], name: str) -> list[dict[str, Any]]:
    """Rows by hub, so that units which create relationships at the same young hubs wait in one order."""
    return [
        {"key": key, name: hub, "at": at or None}
        for hub, key, at in sorted((hub, key, at) for key, (at, _, hub) in last.items())
    ]
