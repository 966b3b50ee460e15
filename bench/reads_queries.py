"""What both services are asked for, each in its own words, and how their answers are compared.

The peer's schema has the graph's own names (a `name` where callers here see a `display`, lists where there is
one at most), so its answers are put into the shape of ours. It sorts nothing, since nothing makes it, which
is its advantage: lists are compared as sets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_TIME = re.compile(r"\d{4}-\d\d-\d\dT")

One = Mapping[str, str]
"""An OpenID that somebody has: kind, scope, value."""


@dataclass(frozen=True, slots=True)
class Query:
    """One of the four: `size` people an ask, and the least that its throughput may be of the peer's."""

    name: str
    ours: str
    peers: str
    size: int
    asked: float
    told: Callable[[Any], Any]
    """The peer's `data` in the shape of ours."""

    def our_body(self, ones: Sequence[One]) -> bytes:
        """The request to this service."""
        by = [{"identifier": dict(one)} for one in ones]
        return _body(self.ours, {"by": by if self.size > 1 else by[0]})

    def peers_body(self, ones: Sequence[One]) -> bytes:
        """The request to the peer."""
        keys = [f"{one['kind']}|{one['scope']}|{one['value']}" for one in ones]
        return _body(self.peers, {"keys": keys} if self.size > 1 else {"key": keys[0]})


def _body(query: str, variables: dict[str, Any]) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def _shown(person: Any) -> Any:
    """An open value is its own display, whatever its node is called."""
    for one in (*person.get("identifiers", ()), *person.get("members", ()), *person.get("cards", ())):
        if value := one.pop("value", None):
            one["display"] = value
    return person


def _person(data: Any) -> Any:
    """The peer finds an identifier, and through it the person."""
    found = [person for identifier in data["identifiers"] for person in identifier["person"]]
    for person in found:
        for shop in person.get("shops", ()):
            shop["brand"] = next(iter(shop["brand"]), None)
        _shown(person)
    return {"person": found[0] if found else None}


def _profile(data: Any) -> Any:
    """The peer's lists in the shape of ours: pages of orders, a tag with its assignment, money in full."""
    told = _person(data)
    person = told["person"]
    for order in person["orders"]:
        order["amount"] = f"{order['amount'] / 100:.2f}"
        order["shop"] = next(iter(order["shop"]), None)
    person["orders"] = {"edges": [{"node": order} for order in person["orders"]]}
    for one in (person, *person["dependents"]):
        one["tags"] = [{"tag": tag} for tag in one["tags"]]
    person["lifecycle"] = next(iter(person["lifecycle"]), None)
    return told


def _people(data: Any) -> Any:
    return {"people": [_shown(one) for identifier in data["identifiers"] for one in identifier["person"]]}


QUERIES = (
    Query(
        "look-up",
        "query LookUp($by: PersonBy!) { person(by: $by) { oneId status } }",
        "query LookUp($key: ID!) { identifiers(where: {key: {eq: $key}}) { person { oneId status } } }",
        1,
        1.5,
        _person,
    ),
    Query(
        "person",
        """
query Person($by: PersonBy!) {
  person(by: $by) {
    oneId status since
    identifiers { kind scope display firstSeen lastSeen }
    members { display gender city level points }
    cards { display level points status }
    shops { key name platform brand { name } }
  }
}
""",
        """
query Person($key: ID!) {
  identifiers(where: {key: {eq: $key}}) {
    person {
      oneId status since
      identifiers { kind scope display: name value firstSeen lastSeen }
      members { display: name value gender city level points }
      cards { display: name value level points status }
      shops { key name platform brand { name } }
    }
  }
}
""",
        1,
        2.5,
        _person,
    ),
    Query(
        "profile",
        """
query Profile($by: PersonBy!) {
  person(by: $by) {
    oneId gender birthday city
    identifiers { kind scope display }
    orders(first: 10) { edges { node { number status at amount shop { name platform } } } }
    dependents { kind gender birthday tags { tag { key name } } }
    tags { tag { key name } }
    lifecycle { stage name }
  }
}
""",
        """
query Profile($key: ID!) {
  identifiers(where: {key: {eq: $key}}) {
    person {
      oneId gender birthday city
      identifiers { kind scope display: name value }
      orders { number status at amount: amountMinor shop { name platform } }
      dependents { kind gender birthday tags { key name } }
      tags { key name }
      lifecycle { stage name }
    }
  }
}
""",
        1,
        2.5,
        _profile,
    ),
    Query(
        "batch of 100",
        """
query People($by: [PersonBy!]!) {
  people(by: $by) { oneId identifiers { kind scope display } }
}
""",
        """
query People($keys: [ID!]!) {
  identifiers(where: {key: {in: $keys}}) {
    person { oneId identifiers { kind scope display: name value } }
  }
}
""",
        100,
        2.0,
        _people,
    ),
)


def same(query: Query, ours: bytes, peers: bytes) -> bool:
    """Whether two bodies hold equal answers, somebody in them and no error."""
    mine, theirs = json.loads(ours), json.loads(peers)
    if "errors" in mine or "errors" in theirs or None in mine["data"].values():
        return False
    return bool(_comparable(mine["data"]) == _comparable(query.told(theirs["data"])))


def _comparable(value: Any) -> Any:
    """The value without what does not matter: the order of lists, and how a time is spelt."""
    if isinstance(value, dict):
        return {key: _comparable(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted(map(_comparable, value), key=lambda one: json.dumps(one, sort_keys=True, default=str))
    return str(datetime.fromisoformat(value)) if isinstance(value, str) and _TIME.match(value) else value
