"""People as the cases write them, as facts for the second evaluator.

A person is an object: `member` (facts of one account) or `members` and `cards` (each with `brand`, `shop`,
`said`), `identifiers` ([kind, value] or [kind, scope, value]), `orders`, `dependents`, `touches`, `events`,
`consents`, `tags`, and what is derived: `stages`, `scores`, `lists`. Short for one line, paid at that time,
is an order of `{at, product, amount}`. Everybody holds a UnionID; a fact with `by: 1` hangs on an OpenID of
the same person instead.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from math import nan
from typing import Any

from tests.rules.oracle_facts import DIGITS, Dependent, Line, Occurrence, Order, Person, Tag, shares

Json = dict[str, Any]
PLATFORMS = {"s1": "tmall", "s2": "jd"}
BRAND = "b1"
START = "2020-01-01T00:00:00+00:00"
DAYS = ("vaccinated",)
"""Attributes of dependents that are declared as dates."""
STEPS = {"PAID": "paidAt", "ORDERED": "orderedAt", "SHIPPED": "shippedAt", "COMPLETED": "completedAt"}
STEPS["REFUNDED"] = "refundedAt"


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def person_of(name: str, said: Json) -> Person:
    """The facts of a person, attributes resolved where its accounts do not contradict each other."""
    accounts = accounts_of(said)
    found = Person(
        attributes=_attributes(accounts),
        identifiers=[(one["kind"], one.get("scope", "*")) for one in held(name, said)],
        members=[_account(one) for one in accounts],
        cards=[_account(one) for one in said.get("cards", [])],
        orders=[order_of(name, place, one) for place, one in enumerate(said.get("orders", []))],
        dependents=[_dependent(one) for one in said.get("dependents", [])],
        tags=[_tag(one) for one in said.get("tags", [])],
        stages=said.get("stages", {}),
        scores=said.get("scores", {}),
        lists=set(said.get("lists", [])),
    )
    found.touches = [_occurrence(one) for one in said.get("touches", [])]
    found.events = [_occurrence({"properties": {}} | one) for one in said.get("events", [])]
    found.consents = [_occurrence(one) for one in said.get("consents", [])]
    return found


def accounts_of(said: Json) -> list[Json]:
    if "member" in said:
        return [{"brand": BRAND, "said": said["member"]}]
    return list(said.get("members", []))


def _attributes(accounts: list[Json]) -> Json:
    found: Json = {}
    for one in accounts:
        told = one["said"]
        found |= {name: told[name] for name in ("gender", "city") if name in told}
        found |= {"name": " ".join(told["name"].split())} if "name" in told else {}
        found |= {"birthday": date.fromisoformat(told["birthday"])} if "birthday" in told else {}
        found |= told.get("attributes", {})
    return found


def _account(one: Json) -> Json:
    told = dict(one["said"])
    for name in ("validFrom", "validTo"):
        told[name] = date.fromisoformat(told[name]) if name in told else None
    return told | {"brand": one["brand"], "shop": one.get("shop"), "joinedAt": instant(told.get("joinedAt"))}


def _dependent(one: Json) -> Dependent:
    born = one.get("birthday")
    tags = tuple(_tag(tag) for tag in one.get("tags", []))
    day = date.fromisoformat(born) if born else None
    attributes = dict(one.get("attributes", {}))
    attributes |= {name: date.fromisoformat(attributes[name]) for name in DAYS if name in attributes}
    return Dependent(one["kind"], one.get("gender"), day, attributes, tags)


def _tag(one: Json) -> Tag:
    value = one.get("value")
    typed = TYPED.get(one["key"], str)
    return Tag(one["key"], None if value is None else typed(value), moment(one.get("at", START)))


def _number(text: str) -> float | None:
    """A number as people write it, of at most fifteen digits; whatever else is none."""
    try:
        found = float(text) if set(text) <= set("0123456789+-.eE") else nan
    except ValueError:
        return None
    return found if abs(found) < 2**53 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2024-02-29") else None
    except ValueError:
        return None


TYPED: dict[str, Callable[[str], Any]] = {"score": _number, "visited": _day}
"""Tags that are defined to be numbers and days."""


def _occurrence(one: Json) -> Occurrence:
    return Occurrence(moment(one["at"]), {name: value for name, value in one.items() if name != "at"})


def order_of(name: str, place: int, said: Json) -> Order:
    """An order as a rule sees it; its key among others of one time is `brand|key`."""
    full = lengthened(said)
    digits = DIGITS[full.get("currency", "CNY")]
    lines = _lines(full, digits)
    own = sum(line.refunded for line in lines)
    refunded = max(minor(full.get("refunded", 0), digits), own)
    brand = full.get("brand")
    return Order(
        key=f"{brand or '*'}|{order_key(name, place, said)}",
        brand=brand,
        shop=full.get("shop"),
        platform=PLATFORMS.get(full.get("shop", "")),
        status=full["status"],
        currency=full.get("currency", "CNY"),
        times=_times(full),
        amount=minor(full["amount"], digits),
        discount=minor(full.get("discount", 0), digits),
        refunded=refunded,
        lines=_shared(lines, minor(full.get("discount", 0), digits), refunded - own),
    )


def lengthened(said: Json) -> Json:
    """The order in full."""
    if "at" not in said:
        return said
    rest = {name: value for name, value in said.items() if name not in ("at", "product")}
    # a short order's line costs what the order costs
    return rest | {"paidAt": said["at"], "lines": [{"product": said["product"], "amount": said["amount"]}]}


def _times(full: Json) -> dict[str, datetime]:
    times = {step: moment(full[name]) for step, name in STEPS.items() if full.get(name)}
    times.setdefault("ORDERED", moment(full.get("said", START)))
    return {"PAID": times["ORDERED"]} | times


def _lines(full: Json, digits: int) -> list[Line]:
    """Lines of one product add up, where the first of them stands."""
    found: dict[str, Line] = {}
    for one in full.get("lines", []):
        key, old = one["product"], found.get(one["product"])
        amount, own = minor(one["amount"], digits), minor(one.get("refunded", 0), digits)
        line = Line(key, one.get("category"), one.get("quantity", 1), amount, 0, own)
        found[key] = line if old is None else _added(old, line)
    return list(found.values())


def _added(a: Line, b: Line) -> Line:
    return Line(
        a.product,
        b.category or a.category,
        a.quantity + b.quantity,
        a.amount + b.amount,
        0,
        a.refunded + b.refunded,
    )


def _shared(lines: list[Line], discount: int, rest: int) -> tuple[Line, ...]:
    discounts = shares(discount, [line.amount for line in lines]) if lines else []
    rests = shares(rest, [max(0, line.amount - line.refunded) for line in lines]) if lines else []
    return tuple(
        Line(line.product, line.category, line.quantity, line.amount, off, line.refunded + more)
        for line, off, more in zip(lines, discounts, rests, strict=True)
    )


def minor(amount: Any, digits: int) -> int:
    found = Decimal(str(amount)) * 10**digits
    assert found == int(found), amount
    return int(found)


def held(name: str, said: Json) -> list[Json]:
    """Every identifier of the person; the first is the one by which the tests know it."""
    found = [{"kind": "unionid", "value": name}]
    if any(one.get("by") for one in facts_of(said)):
        found.append({"kind": "openid", "scope": "app-1", "value": name})
    found += [identifier("member", name, place, one) for place, one in enumerate(accounts_of(said))]
    found += [identifier("card", name, place, one) for place, one in enumerate(said.get("cards", []))]
    for kind, *scope, value in said.get("identifiers", []):
        found.append({"kind": kind, "value": value} | ({"scope": scope[0]} if scope else {}))
    return found


def identifier(kind: str, name: str, place: int, one: Json) -> Json:
    return {"kind": kind, "scope": one["brand"], "value": f"{name}-{place}"}


def facts_of(said: Json) -> Iterator[Json]:
    for kind in ("orders", "dependents", "touches", "events", "consents", "tags"):
        yield from said.get(kind, [])


def order_key(name: str, place: int, said: Json) -> str:
    """Keys of an order's number are the person's own; which of two comes first may be chosen."""
    return f"{name}-{said.get('key', place)}"
