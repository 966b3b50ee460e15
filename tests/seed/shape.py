"""The fields of an observation as the contract of the API gives them, written down once more by hand."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

ID = STRING = (str,)
INT, BOOLEAN, VALUE = (int,), (bool,), (str, int, float, bool)
DATE_TIME, DATE, DECIMAL = "DateTime", "Date", "Decimal"
_SHAPES: dict[str, dict[str, Any]] = {  # a trailing ! marks what must be there
    "observation": {
        "id!": ID, "at!": DATE_TIME, "source!": STRING, "brand": STRING, "shop": "shop",
        "identifiers!": ["identifier"], "member": "member", "card": "card", "order": "order",
        "touch": "touch", "event": "event", "dependents": ["dependent"], "tags": ["tag"],
        "consents": ["consent"],
    },
    "identifier": {"kind!": STRING, "value!": STRING, "scope": STRING},
    "shop": {"key!": ID, "name": STRING, "platform": STRING, "brand": STRING},
    "member": {
        "name": STRING, "gender": STRING, "birthday": DATE, "city": STRING, "level": STRING, "points": INT,
        "joinedAt": DATE_TIME, "attributes": "json",
    },
    "card": {"level": STRING, "points": INT, "validFrom": DATE, "validTo": DATE, "status": STRING},
    "consent": {"channel!": STRING, "purpose!": STRING, "granted!": BOOLEAN},
    "order": {
        "key!": ID, "status!": "status", "orderedAt": DATE_TIME, "paidAt": DATE_TIME, "shippedAt": DATE_TIME,
        "completedAt": DATE_TIME, "refundedAt": DATE_TIME, "amount!": DECIMAL, "discount": DECIMAL,
        "refunded": DECIMAL, "currency": STRING, "lines": ["line"], "recipient": "recipient",
    },
    "line": {
        "product!": ID, "name": STRING, "category": STRING, "quantity": INT, "amount!": DECIMAL,
        "refunded": DECIMAL,
    },
    "recipient": {"name": STRING, "phone": STRING, "address": STRING},
    "dependent": {
        "key!": ID, "kind!": STRING, "name": STRING, "gender": STRING, "birthday": DATE, "relation": STRING,
        "attributes": "json",
    },
    "touch": {"key!": ID, "channel!": STRING, "campaign": STRING, "outcome": STRING},
    "event": {"key!": ID, "type!": STRING, "properties": "json", "dependent": ID, "product": ID},
    "tag": {"key!": ID, "value": STRING, "dependent": ID},
}  # fmt: skip
_STATUSES = {"CREATED", "PAID", "SHIPPED", "COMPLETED", "CANCELLED", "REFUNDED"}


def problems(value: Any, shape: Any = "observation", path: str = "") -> list[str]:
    """What is wrong with a value, each with its path; nothing for a value of that shape."""
    if isinstance(shape, tuple):
        return [] if type(value) in shape else [f"{path}: {value!r}"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: no list"]
        return [each for n, item in enumerate(value) for each in problems(item, shape[0], f"{path}.{n}")]
    if shape in _SHAPES:
        return _of_object(value, _SHAPES[shape], path)
    return [] if _is(value, shape) else [f"{path}: {value!r} is no {shape}"]


def _of_object(value: Any, fields: dict[str, Any], path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: no object"]
    known = {name.rstrip("!"): shape for name, shape in fields.items()}
    found = [f"{path}.{name}: missing" for name in fields if name.endswith("!") and name[:-1] not in value]
    found += [f"{path}.{name}: unknown" for name in value if name not in known]
    for name in value.keys() & known.keys():
        found += problems(value[name], known[name], f"{path}.{name}")
    return found


def _is(value: Any, shape: str) -> bool:
    if shape == "json":
        return isinstance(value, dict) and all(type(each) in VALUE for each in value.values())
    if not isinstance(value, str):
        return False
    if shape == "status":
        return value in _STATUSES
    if shape == DECIMAL:
        return re.fullmatch(r"\d+(\.\d{1,2})?", value) is not None and Decimal(value) >= 0
    try:
        return (datetime if shape == DATE_TIME else date).fromisoformat(value) is not None and (
            shape == DATE or value.endswith(("Z", "+08:00"))
        )
    except ValueError:
        return False
