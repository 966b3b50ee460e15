"""People and rules in few words, for the tables of tests/rules/meaning*.py.

Unless a case says otherwise, it is ten in the morning of 20 November 2026 in Shanghai.
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
AS_OF, ZONE = "2026-11-20T10:00:00+08:00", "Asia/Shanghai"
FAR = "2026-11-01T00:00:00Z"


@dataclass(frozen=True)
class Case:
    """People by name, and rules, each with the names of who matches it, one space between."""

    says: str
    people: dict[str, Json]
    rules: list[tuple[Json, str]]
    as_of: str = AS_OF
    zone: str = ZONE


def bought(at: str, product: str = "A", amount: Any = 100, **more: Any) -> Json:
    return {"at": at, "product": product, "amount": amount, "status": "PAID"} | more


def orders(*times: str, **more: Any) -> Json:
    return {"orders": [bought(at, **more) for at in times]}


def events(*times: str, **more: Any) -> Json:
    return {"events": [{"type": "v", "at": at} | more for at in times]}


def touches(*times: str, **more: Any) -> Json:
    return {"touches": [{"channel": "SMS", "at": at} | more for at in times]}


def baby(birthday: str, **more: Any) -> Json:
    return {"dependents": [{"kind": "BABY", "birthday": birthday} | more]}


def member(**said: Any) -> Json:
    return {"member": said}


def order(test: Json | None = None, **body: Any) -> Json:
    return {"order": body | ({"is": test} if test is not None else {})}


def days_back(last: str) -> Json:
    return order(within={"last": last})


def age(unit: str, **test: Any) -> Json:
    return {"dependent": {"where": {unit: test}}}


def day(text: str) -> Json:
    return order(within={"between": [text, text]})


def attribute(name: str, **test: Any) -> Json:
    return {"attribute": {"name": name, "is": test}}


def event(test: Json, **body: Any) -> Json:
    return {"event": {"type": "v", "is": test} | body}


def lines(*amounts: str, **more: Any) -> Json:
    """One order of lines A, B, C …"""
    made = [{"product": chr(65 + place), "amount": one} for place, one in enumerate(amounts)]
    total = sum(round(float(one) * 100) for one in amounts)
    return {
        "orders": [{"paidAt": FAR, "status": "PAID", "amount": f"{total / 100:.2f}", "lines": made} | more]
    }


def dependents(*kinds: str, **more: Any) -> Json:
    return {"dependents": [{"kind": kind, "birthday": "2026-01-01"} | more for kind in kinds]}


def both(a: Json, b: Json) -> Json:
    """A person who has the dependents of both."""
    return {"dependents": a["dependents"] + b["dependents"]}


def like(quantifier: str, where: Json, **more: Any) -> Json:
    return {"dependent": {"where": where, "quantifier": quantifier} | more}


def chain(within: str, *steps: Json) -> Json:
    return {"sequence": {"steps": list(steps), "within": within}}


def tag(at: str, by: int = 0, **more: Any) -> Json:
    return {"key": "tier", "at": at, "by": by} | more


def consent(at: str, granted: bool, by: int = 0) -> Json:
    return {"at": at, "channel": "SMS", "purpose": "m", "granted": granted, "by": by}


V: Json = {"event": {"type": "v"}}
W: Json = {"event": {"type": "w"}}
BUY: Json = {"order": {}}
SMS: Json = {"touch": {}}
