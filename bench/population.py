"""A hundred thousand people, written straight into an empty graph as an import would have left them.

Nothing is resolved: what each person holds is made so that the rule would join it all and nothing else, and
`oneid verify` finds no difference (a test says so). Everybody has a OneID with its line in the change feed,
four to nine identifiers (phones sealed and with the aliases of their hashes), evidence between them, facts on
member accounts and cards, and a few dozen shops and apps of six brands that all of them share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import uuid_utils
from neo4j import Driver

from app.access.sealing import Keyring, mask, mask_name
from app.identity.evidence import pair_of
from app.identity.live.register import mint, person_name
from app.identity.normalise import normalise
from app.identity.policy import Policy
from bench.population_facts import Facts

PEOPLE = 100_000
BATCH = 2_000  # people a transaction: 80,000 nodes and relationships
BRANDS = {
    "beibei": "贝贝",
    "miaomiao": "喵喵",
    "jiajia": "佳家",
    "mumu": "木木",
    "lele": "乐乐",
    "xinxin": "欣欣",
}
PLATFORMS = {"tmall": "天猫旗舰店", "jd": "京东自营店", "offline": "门店", "wechat-mini-program": "小程序"}
_SHOPS = 3  # of each brand on each platform
_CITIES = ("上海", "北京", "广州", "深圳", "杭州", "成都", "武汉", "西安")
_LEVELS = ("silver", "gold", "platinum", "diamond")
_NAMES = ("王芳", "李伟", "张敏", "刘洋", "陈静", "杨磊", "欧阳婷", "赵小明")

_HUBS = """
UNWIND $rows AS row
MERGE (brand:Brand {key: row.brand}) ON CREATE SET brand.name = row.brand_name
CREATE (:Shop {key: row.key, name: row.name, platform: row.platform, t_name: row.day, t_platform: row.day,
  t_brand: row.day})-[:OF_BRAND]->(brand)
"""
_PEOPLE = """
UNWIND $rows AS row
WITH row, datetime({epochMillis: row.at}) AS at
CREATE (person:Person {oneId: row.one_id, born: row.born, name: row.name, since: at, status: 'ACTIVE',
  lock: true})
CREATE (:Change {id: row.change, seq: row.seq, type: 'CREATED', at: at, cause: 'OBSERVED', oneId: row.one_id,
  others: [], gained: row.gained, lost: [], name: 'created ' + row.name})
WITH row, at, person
CALL (row, at, person) {
  UNWIND row.identifiers AS one
  CREATE (it:Identifier {key: one.key, kind: one.kind, scope: one.scope, value: one.value, sealed: one.sealed,
    name: one.name, brands: one.brands, firstSeen: datetime({epochMillis: one.first}),
    lastSeen: datetime({epochMillis: one.last})})-[:IDENTIFIES {since: at}]->(person)
  SET it:$(one.label), it += one.said
  FOREACH (form IN one.forms | CREATE (:Alias {key: form[0], name: form[1]})-[:OF]->(it))
  FOREACH (field IN one.dated | SET it['t_' + field] = at)
  RETURN collect(it) AS held
}
WITH row, person, held, held[row.owner] AS owner
CREATE (person)-[:OWNED_BY]->(owner)
WITH row, held
CALL (row, held) {
  UNWIND row.links AS link
  WITH link, held[link.a] AS a, held[link.b] AS b, datetime({epochMillis: link.last}) AS last
  CREATE (a)-[:LINKED {firstSeen: datetime({epochMillis: link.first}), lastSeen: last, newest: last,
    verified: true, sources: link.sources, brands: link.brands, method: 'observed', confidence: null,
    state: 'active'}]->(b)
}
CALL (row, held) {
  UNWIND row.apps AS app
  WITH held[app[0]] AS it, app[1] AS key
  MATCH (shop:Shop {key: key})
  CREATE (it)-[:IN_APP]->(shop)
}
CALL (row, held) {
  UNWIND row.shops AS issued
  WITH held[issued[0]] AS it, issued[1] AS key
  MATCH (shop:Shop {key: key})
  CREATE (it)-[:ISSUED_BY]->(shop)
}
"""
_FEED = "MERGE (feed:Sequence {name: 'changes'}) SET feed.last = $last, feed.complete = $last"


@dataclass
class Held:
    """What one person holds, while it is made up: identifiers, evidence by their places, and hubs."""

    identifiers: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    apps: list[tuple[int, str]] = field(default_factory=list)
    shops: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Population:
    """So many people, the same ones for the same seed but for their OneIDs."""

    policy: Policy
    keyring: Keyring
    people: int = PEOPLE
    seed: int = 1
    facts: bool = False
    """Whether they have orders, dependents, tags and the rest besides (`population_facts`)."""
    end: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def write(self, driver: Driver, database: str) -> None:
        """Writes them into a graph that holds nothing but its schema."""
        facts = Facts(self.keyring, self.end, self.seed)
        with driver.session(database=database) as session:
            session.run(_HUBS, rows=list(self.shops())).consume()
            if self.facts:
                facts.write_hubs(session)
            for first in range(0, self.people, BATCH):
                rows = [self.person(number) for number in range(first, min(first + BATCH, self.people))]
                session.run(_PEOPLE, rows=rows).consume()
                if self.facts:
                    facts.write(session, rows)
            session.run(_FEED, last=self.people).consume()
            session.run("CALL db.awaitIndexes()").consume()

    def shops(self) -> Iterator[dict[str, Any]]:
        """A row for each shop and app, with its brand."""
        day = self.end.date() - timedelta(days=365)
        for brand, name in BRANDS.items():
            for platform, called in PLATFORMS.items():
                for number in range(1, _SHOPS + 1):
                    key = f"{platform}-{brand}-{number}"
                    row = {"key": key, "name": f"{name}{called}{number}", "platform": platform, "day": day}
                    yield row | {"brand": brand, "brand_name": brand}

    def person(self, number: int) -> dict[str, Any]:
        """The row of one person with everything that hangs on it."""
        chosen, held = self._random, Held()
        brands = chosen.sample(sorted(BRANDS), chosen.choice((1, 1, 2, 3)))
        for brand in brands:
            self._member(held, number, brand)
        if chosen.random() < 0.9:
            self._seen(held, "phone", "*", f"1{30 + number % 60}{10_000_000 + number}", brands[0])
        if chosen.random() < 0.8:
            self._seen(held, "unionid", "*", f"u{number:027d}", brands[0])
        for place in range(chosen.choice((1, 1, 2, 3))):
            app = f"wechat-mini-program-{brands[0]}-{place + 1}"
            self._seen(held, "openid", app, f"o{place}{number:026d}", brands[0])
            held.apps.append((len(held.identifiers) - 1, app))
        if chosen.random() < 0.7:
            self._seen(held, "oaid", "*", f"{number:08x}-0a1d-4000-8000-{number:012x}", brands[0])
        if chosen.random() < 0.4:
            self._seen(held, "cookie", "*", f"c{number:015x}", brands[0])
        return self._row(number, held)

    def _member(self, held: Held, number: int, brand: str) -> None:
        """A member account, and for every second one the card that goes with it."""
        chosen = self._random
        shop = f"{chosen.choice(('tmall', 'jd', 'offline'))}-{brand}-{chosen.randint(1, _SHOPS)}"
        points, level = chosen.randrange(5_000), chosen.choice(_LEVELS)
        told = {"gender": chosen.choice("FM"), "birthday": date(1960, 1, 1) + timedelta(days=number % 16_000)}
        told |= {"city": chosen.choice(_CITIES), "level": level, "points": points, "source": "crm"}
        self._seen(held, "member", brand, f"M{number:08d}", brand, told)
        key, name = held.identifiers[-1]["key"], _NAMES[number % len(_NAMES)]
        held.identifiers[-1]["said"] |= {
            "sealedName": self.keyring.seal(name),
            "nameDigest": self.keyring.digest("/name", key, name)[:32],
        }
        held.identifiers[-1]["name"] = mask_name(name)
        held.identifiers[-1]["dated"] += ["name", "shop"]
        held.shops.append((len(held.identifiers) - 1, shop))
        if chosen.random() < 0.5:
            card = {"level": level, "points": points, "status": "VALID", "validFrom": date(2024, 1, 1)}
            self._seen(held, "card", brand, f"C{number:08d}", brand, card)
            held.identifiers[-1]["dated"].append("shop")
            held.shops.append((len(held.identifiers) - 1, shop))

    def _seen(
        self, held: Held, kind: str, scope: str, raw: str, brand: str, said: dict[str, Any] | None = None
    ) -> None:
        """An identifier, seen twice together with the person's first one."""
        declared = self.policy.kinds[kind]
        value = normalise(declared, raw)
        last = self.end - timedelta(seconds=self._random.randrange(1, 60 * 86_400))
        first = last - timedelta(days=self._random.randrange(60))
        times = {"first": int(first.timestamp() * 1000), "last": int(last.timestamp() * 1000)}
        row: dict[str, Any] = {
            "key": self.keyring.key(kind, scope, value.text, pii=declared.pii),
            "label": declared.label,
            "kind": kind,
            "scope": scope,
            "value": None if declared.pii else value.text,
            "sealed": self.keyring.seal(value.text) if declared.pii else None,
            "name": mask(kind, value.text) if declared.pii else value.text,
            "brands": [brand],
            "said": dict(said or {}),
            "dated": list(said or {}),
            "forms": [
                (self.keyring.key(kind, scope, form, pii=declared.pii), mask(kind, form))
                for form in value.forms
            ],
            "standing": (declared.rank, times["first"], f"{kind}|{scope}|{value.text}"),
        }
        held.identifiers.append(row | times)
        if len(held.identifiers) > 1:
            link = {"sources": ["crm"], "brands": [brand], **times}
            held.links.append(link | {"b": len(held.identifiers) - 1})

    def _row(self, number: int, held: Held) -> dict[str, Any]:
        line, identifiers = mint(), held.identifiers
        anchor = identifiers[0]
        for link in held.links:
            far = link["b"]
            anchor["first"] = min(anchor["first"], link["first"])
            anchor["last"] = max(anchor["last"], link["last"])
            swapped = pair_of(anchor["key"], identifiers[far]["key"])[0] != anchor["key"]
            link["a"], link["b"] = (far, 0) if swapped else (0, far)
        anchor["standing"] = (anchor["standing"][0], anchor["first"], anchor["standing"][2])
        anchor["brands"] = sorted(
            {brand for link in held.links for brand in link["brands"]} | {*anchor["brands"]}
        )
        standings = [one.pop("standing") for one in identifiers]
        return {
            "one_id": line.one_id,
            "born": line.born,
            "name": person_name(line.one_id),
            "at": anchor["last"],
            "change": str(uuid_utils.uuid7()),
            "seq": number + 1,
            "gained": sorted(one["key"] for one in identifiers),
            "owner": standings.index(min(standings)),
            "identifiers": identifiers,
            "links": held.links,
            "apps": held.apps,
            "shops": held.shops,
        }
