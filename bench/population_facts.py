"""What the people of the population bought, whom they care for, and what is said of them.

Written straight into the graph, as it is after an import and its refresh (cypher/ingest/facts_store,
app/tags, app/lifecycle; a test compares the properties): four orders and one dependent a person, tags,
messages, behaviours, consents and a stage.
Products are skewed as sales are: a twentieth of all lines has the first one.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from neo4j import Session

from app.access.sealing import Keyring
from app.dependents.facts import name_digest

PRODUCTS = 500
CATEGORIES = ("纸尿裤", "奶粉", "零食", "主粮", "猫砂", "清洁", "滤芯", "玩具", "服饰", "护理")
TAGS = ("vip", "mid-value", "high-value", "new-mum", "cat-person", "dog-person", "coupon", "sleeping")
STAGES = ("new", "active", "at_risk", "lapsed", "lost")
_STATUSES = ("PAID", "SHIPPED", "COMPLETED", "COMPLETED", "COMPLETED", "REFUNDED", "CANCELLED", "CREATED")
_KINDS = (("BABY", "Baby"), ("BABY", "Baby"), ("BABY", "Baby"), ("PET", "Pet"), ("APPLIANCE", "Appliance"))

_HUBS = """
UNWIND $products AS row CREATE (:Product {key: row.key, name: row.name, category: row.category})
WITH count(*) AS _
UNWIND $tags AS key
CREATE (:Tag {key: key, name: key, subject: 'PERSON', valueType: 'FLAG', setBy: 'RULE', version: 1,
  defined: true})
WITH count(*) AS _
UNWIND range(0, size($stages) - 1) AS place
CREATE (:Stage {key: 'default|*|' + $stages[place], stage: $stages[place], name: $stages[place],
  brand: '*', place: place, lifecycle: true})
"""
_FACTS = """
UNWIND $rows AS row
MATCH (person:Person {oneId: row.one_id}) USING INDEX SEEK person:Person(oneId)
MATCH (held:Identifier {key: row.key}) USING INDEX SEEK held:Identifier(key)
SET person += row.known, person.birthday = row.birthday
WITH row, person, held
CALL (row, held) {
  UNWIND row.orders AS one
  MATCH (shop:Shop {key: one.shop}) USING INDEX SEEK shop:Shop(key)
  WITH held, one, shop, datetime({epochMillis: one.at}) AS at
  CREATE (order:Order {key: one.brand + '|' + one.number, number: one.number, name: one.number,
    brand: one.brand, status: one.status, currency: 'CNY',
    orderedAt: at, paidAt: at, said: at, placedAt: at, at: at, version: at,
    amountMinor: one.amount, discountMinor: 0, refundedMinor: one.refunded, refundSaidMinor: one.said,
    netMinor: one.amount - one.refunded, quantity: one.quantity})
  CREATE (order)-[:PLACED_BY {rank: [1, 1], at: at}]->(held), (order)-[:PLACED_AT]->(shop)
  WITH order, one UNWIND one.lines AS line
  MATCH (product:Product {key: line.product}) USING INDEX SEEK product:Product(key)
  CREATE (order)-[:CONTAINS {line: line.place, quantity: line.quantity, amountMinor: line.amount,
    discountMinor: 0, ownRefundMinor: 0, refundedMinor: line.refunded,
    netMinor: line.amount - line.refunded}]->(product)
}
CALL (row, held) {
  UNWIND row.dependents AS one
  WITH held, one, datetime({epochMillis: row.at}) AS at
  CREATE (d:Dependent {key: one.brand + '|' + one.ref, ref: one.ref, kind: one.kind, brand: one.brand,
    name: '小*', sealedName: one.sealed, nameDigest: one.digest, gender: one.gender, birthday: one.birthday,
    sources: ['crm'], said: at, last: at, origin: 'crm|' + one.ref,
    t_kind: at, t_name: at, t_gender: at, t_birthday: at})
    -[:DEPENDENT_OF {relation: 'parent', since: at, last: at}]->(held)
  SET d:$(one.label)
}
CALL (row, held) {
  UNWIND row.touches AS one
  WITH held, one, datetime({epochMillis: one.at}) AS at
  CREATE (:Touch {key: one.brand + '|' + one.ref, ref: one.ref, name: one.channel, brand: one.brand,
    channel: one.channel, campaign: one.campaign, outcome: one.outcome, source: 'mail',
    at: at, version: at})-[:SENT_TO {at: at}]->(held)
}
CALL (row, held) {
  UNWIND row.events AS one
  WITH held, one, datetime({epochMillis: one.at}) AS at
  CREATE (:Event {key: one.brand + '|' + one.ref, ref: one.ref, name: one.type, brand: one.brand,
    type: one.type, source: 'app', at: at, version: at, a_pages: one.pages})-[:DONE_BY {at: at}]->(held)
}
CALL (row, held) {
  UNWIND row.consents AS one
  CREATE (:Consent {key: one.key, brand: one.brand, channel: one.channel, purpose: 'marketing',
    granted: one.granted,
    source: 'crm', name: one.channel, at: datetime({epochMillis: one.at})})-[:GIVEN_BY]->(held)
}
CALL (row, person) {
  UNWIND row.tagged AS key
  MATCH (tag:Tag {key: key}) USING INDEX SEEK tag:Tag(key)
  CREATE (person)-[:TAGGED {source: 'RULE', since: datetime({epochMillis: row.at}), cause: 'RULE'}]->(tag)
}
CALL (row, person) {
  MATCH (stage:Stage {key: 'default|*|' + row.stage})
  CREATE (person)-[:IN_STAGE {since: datetime({epochMillis: row.at})}]->(stage)
}
"""


class Facts:
    """The facts of a population, the same for the same seed."""

    def __init__(self, keyring: Keyring, end: datetime, seed: int = 1) -> None:
        self._keyring, self._end, self._random = keyring, end, random.Random(seed)

    def write_hubs(self, session: Session) -> None:
        """Products, tags and stages."""
        products = [
            {"key": product(n), "name": f"商品{n}", "category": CATEGORIES[n % len(CATEGORIES)]}
            for n in range(PRODUCTS)
        ]
        session.run(_HUBS, products=products, tags=TAGS, stages=STAGES).consume()

    def write(self, session: Session, people: Iterable[Mapping[str, Any]]) -> None:
        """The facts of people that are there, each a row of `Population.person`, on their first account."""
        session.run(_FACTS, rows=[self._row(person) for person in people]).consume()

    def _row(self, person: Mapping[str, Any]) -> dict[str, Any]:
        chosen, account = self._random, person["identifiers"][0]
        brand, ref = account["scope"], account["value"]
        shops = [shop for _, shop in person["shops"] if f"-{brand}-" in shop]
        orders = [
            self._order(brand, f"{ref}-{n}", chosen.choice(shops))
            for n in range(chosen.choice((0, 1, 2, 4, 5, 12)))
        ]
        known = {"gender": chosen.choice(("female", "male")), "city": account["said"]["city"]}
        known |= {
            "sealedName": account["said"]["sealedName"],
            "nameMasked": account["name"],
            "orders": len(orders),
        }
        return {
            "one_id": person["one_id"],
            "key": account["key"],
            "at": person["at"],
            "known": known,
            "birthday": account["said"]["birthday"],
            "orders": orders,
            "dependents": [
                self._dependent(brand, f"{ref}-{n}") for n in range(chosen.choice((0, 0, 1, 1, 2, 2)))
            ],
            "touches": [self._touch(brand, f"{ref}-{n}") for n in range(chosen.choice((0, 1, 2)))],
            "events": [self._event(brand, f"{ref}-{n}") for n in range(chosen.choice((0, 1, 2)))],
            "consents": [self._consent(brand, account["key"])] if chosen.random() < 0.5 else [],
            "tagged": chosen.sample(TAGS, chosen.choice((0, 1, 2))),
            "stage": chosen.choice(STAGES),
        }

    def _order(self, brand: str, number: str, shop: str) -> dict[str, Any]:
        chosen, lines = self._random, []
        status = chosen.choice(_STATUSES)
        for place, n in enumerate(sorted({self._product() for _ in range(chosen.choice((1, 2, 3)))})):
            amount = chosen.randrange(1_000, 40_000)
            refunded = amount if status == "REFUNDED" else 0
            line = {"product": product(n), "amount": amount, "refunded": refunded, "place": place}
            lines.append(line | {"quantity": chosen.choice((1, 1, 2))})
        return {
            "brand": brand,
            "number": number,
            "shop": shop,
            "status": status,
            "at": self._ago(730),
            "amount": sum(line["amount"] for line in lines),
            "refunded": sum(line["refunded"] for line in lines),
            "said": sum(line["refunded"] for line in lines) or None,
            "quantity": sum(line["quantity"] for line in lines),
            "lines": lines,
        }

    def _product(self) -> int:
        """The first one in every twentieth line, the others the rarer the later they come."""
        return 0 if self._random.random() < 0.05 else int(PRODUCTS * self._random.random() ** 2)

    def _dependent(self, brand: str, ref: str) -> dict[str, Any]:
        kind, label = self._random.choice(_KINDS)
        birthday = self._end.date() - timedelta(days=self._random.randrange(-200, 365 * 8))
        gender = self._random.choice(("female", "male"))
        return {
            "brand": brand,
            "ref": ref,
            "kind": kind,
            "label": label,
            "gender": gender,
            "birthday": birthday,
            "sealed": self._keyring.seal("小宝"),
            "digest": name_digest(self._keyring, "小宝"),
        }

    def _touch(self, brand: str, ref: str) -> dict[str, Any]:
        chosen = self._random
        what = {"channel": chosen.choice(("SMS", "EMAIL", "WECHAT")), "campaign": f"c{chosen.randrange(20)}"}
        return {
            "brand": brand,
            "ref": ref,
            "outcome": chosen.choice(("SENT", "FAILED")),
            "at": self._ago(180),
            **what,
        }

    def _event(self, brand: str, ref: str) -> dict[str, Any]:
        type_ = self._random.choice(("page_view", "add_to_cart", "check_in", "questionnaire"))
        return {
            "brand": brand,
            "ref": ref,
            "type": type_,
            "at": self._ago(180),
            "pages": self._random.randrange(20),
        }

    def _consent(self, brand: str, key: str) -> dict[str, Any]:
        at, channel = self._ago(365), self._random.choice(("SMS", "EMAIL"))
        said = {"brand": brand, "channel": channel, "granted": self._random.random() < 0.7, "at": at}
        return said | {"key": f"{brand}|{channel}|marketing|{key}|{at * 1000}"}

    def _ago(self, days: int) -> int:
        """A time within the last so many days, in milliseconds since 1970."""
        return int(self._end.timestamp() * 1000) - self._random.randrange(days * 86_400_000)


def product(number: int) -> str:
    """The key of a product; the first is the popular one."""
    return f"diaper-{number}"
