"""Products as orders tell of them, and what this process knows of them already.

A product is a hub, like a shop: every sale names it. So a known product costs nothing, and what is said of it
is dated by the day alone: the newest day counts, of one day the greater value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.commerce.facts import Said, newer

_FIELDS = ("name", "category")

Told = tuple[Mapping[str, Any], datetime]
"""An `OrderLineInput` and the time of its observation."""


@dataclass(slots=True)
class Products:
    """The products that this process has read or written; other processes may know better."""

    known: dict[str, Said] = field(default_factory=dict)

    def unknown(self, told: Iterable[Told]) -> list[str]:
        """The products that are to be read before something is said of them."""
        return sorted({line["product"] for line, _ in told} - self.known.keys())

    def learn(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take in products as they are stored: [key, name, day, category, day]."""
        for key, name, named, category, sorted_in in rows:
            said = {"name": (named, name), "category": (sorted_in, category)}
            self.known[key] = {
                field: (day.to_native(), value) for field, (day, value) in said.items() if day is not None
            }

    def news(self, told: Iterable[Told]) -> dict[str, Said]:
        """What of products is newer than what is known."""
        news: dict[str, Said] = {}
        for line, at in told:
            key, day = line["product"], at.astimezone(UTC).date()
            known = self.known.get(key, {})
            for name in _FIELDS:
                value = (line.get(name) or "").strip()
                if value and newer((day, value), known.get(name)):
                    said = news.setdefault(key, {})
                    if newer((day, value), said.get(name)):
                        said[name] = (day, value)
        return news

    def remember(self, news: Mapping[str, Said]) -> None:
        """These have been written."""
        for key, said in news.items():
            known = self.known.setdefault(key, {})
            known.update({name: one for name, one in said.items() if newer(one, known.get(name))})


def product_rows(news: Mapping[str, Said]) -> list[dict[str, Any]]:
    """News as rows to write, sorted by key: `said` is [field, value, day]."""
    return [
        {"key": key, "said": [[name, value, day] for name, (day, value) in sorted(said.items())]}
        for key, said in sorted(news.items())
    ]
