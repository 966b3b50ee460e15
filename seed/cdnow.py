"""The purchases of `cdnow_master.txt` as observations: one order a line, by the customer's member account.

    python -m seed.cdnow --out DIR

A line says customer, day, number of CDs and amount in US dollars. 255 lines are equal to another line: a
customer bought the same twice on one day. An order's key is therefore the customer, the day, and the how
manyth order of that customer on that day it is: unique, and the same whatever lines of other customers
stand around it. A day is told as noon UTC, which is the same day in every time zone up to twelve hours away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from seed.convert import run, write_lines
from seed.observation import Json

DATA = Path(__file__).with_name("cdnow_master.txt")
BRAND = "cdnow"
SHOP = {"key": "cdnow-web", "name": "CDNOW web shop", "platform": "web", "brand": BRAND}


@dataclass(frozen=True)
class Purchase:
    """One line of the file. `number` counts the customer's purchases of the day from 1."""

    customer: str
    day: str
    number: int
    quantity: int
    amount: Decimal

    @property
    def key(self) -> str:
        return f"{self.customer}-{self.day.replace('-', '')}-{self.number}"


def purchases(data: Path = DATA) -> Iterator[Purchase]:
    """The lines of the file, in its order."""
    count: Counter[tuple[str, str]] = Counter()
    with data.open(encoding="ascii") as lines:
        for line in lines:
            customer, date, quantity, amount = line.split()
            day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
            count[customer, day] += 1
            yield Purchase(customer, day, count[customer, day], int(quantity), Decimal(amount))


def observation(bought: Purchase) -> Json:
    """The observation that carries the order."""
    at = f"{bought.day}T12:00:00Z"
    line = {
        "product": "cd",
        "name": "CD",
        "category": "music",
        "quantity": bought.quantity,
        "amount": str(bought.amount),
    }
    return {
        "id": f"cdnow-{bought.key}",
        "at": at,
        "source": "cdnow",
        "brand": BRAND,
        "shop": SHOP,
        "identifiers": [{"kind": "member", "value": bought.customer, "scope": BRAND}],
        "order": {
            "key": bought.key,
            "status": "COMPLETED",
            "orderedAt": at,
            "paidAt": at,
            "completedAt": at,
            "amount": str(bought.amount),
            "currency": "USD",
            "lines": [line],
        },
    }


def write(folder: Path) -> str:
    """Writes `observations.jsonl` into the folder; answers what was written."""
    lines = write_lines(folder / "observations.jsonl", map(observation, purchases()))
    return f"{lines:,} orders"


if __name__ == "__main__":
    raise SystemExit(run("seed.cdnow", write))
