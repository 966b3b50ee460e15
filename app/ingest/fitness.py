"""Whether the facts of an observation can be stored as they are: amounts, currencies, needed names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.commerce.money import Unfit, minor
from app.commerce.orders import DEFAULT_CURRENCY
from app.dependents.kinds import declared, problems
from app.identity.sighting import Notice
from app.ingest.model import Observation

Problem = tuple[str, str, tuple[str, ...]]
"""Code, words, and the path inside the observation."""


def unfit(observation: Observation) -> Notice | None:
    """Why the facts of an observation cannot be stored, all under the first code; None if they can."""
    found = list(_problems(observation))
    if not found:
        return None
    code, message, path = found[0]
    others = [f"{'.'.join(where)}: {words}" for _, words, where in found[1:]]
    return Notice(observation["id"], code, "; ".join([message, *others]), path)


def _problems(observation: Observation) -> Iterator[Problem]:
    if order := observation.get("order"):
        yield from _of_order(order)
    for index, dependent in enumerate(observation.get("dependents") or ()):
        for one in problems(dependent, declared()):
            if one.refused:
                yield one.code, one.message, ("dependents", str(index), *one.field)
    for path, text in _needed(observation):
        if not text.strip():
            yield "BAD_USER_INPUT", "is empty", path


def _needed(observation: Observation) -> Iterator[tuple[tuple[str, ...], str]]:
    if touch := observation.get("touch"):
        yield ("touch", "channel"), touch["channel"]
    if event := observation.get("event"):
        yield ("event", "type"), event["type"]
    for index, consent in enumerate(observation.get("consents") or ()):
        yield ("consents", str(index), "channel"), consent["channel"]
        yield ("consents", str(index), "purpose"), consent["purpose"]


def _of_order(order: Mapping[str, Any]) -> Iterator[Problem]:
    currency = order.get("currency") or DEFAULT_CURRENCY
    for path, amount in _amounts(order):
        try:
            minor(amount, currency)
        except Unfit as no:
            known = no.code != "UNKNOWN_CURRENCY"
            yield no.code, str(no), path if known else ("order", "currency")
            if not known:
                return
    for index, line in enumerate(order.get("lines") or ()):
        if (line.get("quantity") or 0) < 0:
            path = ("order", "lines", str(index), "quantity")
            yield "BAD_USER_INPUT", "a quantity is at least 0; what came back is `refunded`", path


def _amounts(order: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for name in ("amount", "discount", "refunded"):
        if order.get(name) is not None:
            yield ("order", name), order[name]
    for index, line in enumerate(order.get("lines") or ()):
        for name in ("amount", "refunded"):
            if line.get(name) is not None:
                yield ("order", "lines", str(index), name), line[name]


def odd(observation: Observation) -> Iterator[Notice]:
    """Warnings for what is taken as it is, and hardly meant."""
    order: Mapping[str, Any] = observation.get("order") or {}
    refunded = sum(line.get("refunded") or 0 for line in order.get("lines") or ())
    if max(order.get("refunded") or 0, refunded) > order.get("amount", 0):
        message = "more was paid back than was paid: both are stored as they are"
        yield Notice(observation["id"], "REFUND_EXCEEDS_AMOUNT", message, ("order", "refunded"))
    for index, dependent in enumerate(observation.get("dependents") or ()):
        for one in problems(dependent, declared()):
            if not one.refused:
                path = ("dependents", str(index), *one.field)
                yield Notice(observation["id"], one.code, one.message, path)
