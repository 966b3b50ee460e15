"""The facts of a unit of work, in one statement: accounts and cards, who issued them, shops, apps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.commerce.facts import Said as SaidOfShop
from app.commerce.facts import Shops, shop_rows
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.identity.sighting import micros
from app.ingest.model import Observation
from app.ingest.subjects import ACCOUNTS, Account, account_of
from app.profile.facts import Accounts

_FACTS = write_query("ingest/facts")

Kept = Mapping[int, Sequence[str]]
"""Index of an observation -> the keys of the identifiers that it is filed under."""

Last = tuple[int, bytes, str]
"""When something was said, in microseconds since 1970, and what: in the database's order, and as it is."""


@dataclass(slots=True)
class Facts:
    """The facts of some observations. `write` is for Identity.observe, and may run more than once."""

    identity: Identity
    shops: Shops
    observations: Sequence[Observation]
    news: dict[str, SaidOfShop] = field(default_factory=dict)
    """What was written of shops: known to all once the unit is committed."""

    async def write(self, writer: Writer, kept: Kept) -> None:
        """Merge the facts with what is stored, in a unit that has claimed the keys."""
        told = [self.observations[index] for index in kept]
        self.news = self.shops.news(
            (shop, one.get("brand"), one["at"]) for one in told if (shop := one.get("shop"))
        )
        rows = {
            "shops": shop_rows(self.news),
            "accounts": self._accounts(kept),
            "at_shops": self._at_shops(kept),
            "at_brands": self._at_brands(kept),
            "apps": self._apps(kept),
        }
        if any(rows.values()):
            await writer.rows(_FACTS, rows=rows)

    def _told(self, kept: Kept) -> Iterator[tuple[Account, str, Observation]]:
        """Kind and key of the account or card that each observation names, if it names one."""
        for index, keys in kept.items():
            for kind in ACCOUNTS:
                if key := account_of(kind, keys):
                    yield kind, key, self.observations[index]

    def _accounts(self, kept: Kept) -> list[dict[str, Any]]:
        accounts = Accounts(self.identity.keyring)
        for kind, key, observation in self._told(kept):
            if facts := observation.get(kind):
                accounts.say(kind, key, micros(observation["at"]), observation["source"], facts)
        return accounts.rows()

    def _at_shops(self, kept: Kept) -> list[dict[str, Any]]:
        """The shop that spoke last of an account: the one that issued it, as far as anybody says."""
        last: dict[str, Last] = {}
        for kind, key, observation in self._told(kept):
            if observation.get(kind) and (shop := observation.get("shop")):
                _say(last, key, micros(observation["at"]), shop["key"])
        return _by_hub(last, "shop")

    def _at_brands(self, kept: Kept) -> list[dict[str, Any]]:
        """Whose programme an account is of: the brand that scopes it, which stays, or who said so last."""
        kinds, last = self.identity.state.policy.kinds, dict[str, Last]()
        for kind, key, observation in self._told(kept):
            if kinds[kind].scope == "brand":
                _say(last, key, 0, key.split("|", 2)[1])
            elif observation.get(kind) and (brand := observation.get("brand")):
                _say(last, key, micros(observation["at"]), brand)
        return _by_hub(last, "brand")

    def _apps(self, kept: Kept) -> list[dict[str, Any]]:
        """The app that each identifier of an app's own kind, such as an OpenID, is known in."""
        policy, last = self.identity.state.policy, dict[str, Last]()
        for key in {key for keys in kept.values() for key in keys}:
            kind, scope, _ = key.split("|", 2)
            if policy.kinds[kind].scope == "app":
                _say(last, key, 0, scope.partition("/")[2] if policy.isolation == "brand" else scope)
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
