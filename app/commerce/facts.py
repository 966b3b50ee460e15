"""Shops and brands as observations tell of them, and what this process knows of them already.

A shop is a hub: every sale names it. So a known shop costs nothing, and what is said of it is dated by the
day alone: the newest day counts, of one day the greater value, and a shop is written to at most once a day
for being told of again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from app.graph.queries import read_query
from app.graph.sessions import Reader

_SHOPS = read_query("commerce/shops")
_FIELDS = ("name", "platform", "brand")

Said = dict[str, tuple[date, str]]
"""Field of a shop -> the day that it was said, and what was said."""


@dataclass(slots=True)
class Shops:
    """The shops that this process has read or written; other processes may know better."""

    known: dict[str, Said] = field(default_factory=dict)

    async def learn(self, reader: Reader, keys: Iterable[str]) -> None:
        """Read shops that are not known here; one that is not stored is known as nothing."""
        unknown = sorted(set(keys) - self.known.keys())
        if not unknown:
            return
        self.known.update({key: {} for key in unknown})
        for row in await reader.rows(_SHOPS, rows={"keys": unknown}):
            stored = {name: (row[f"t_{name}"], row[name]) for name in _FIELDS}
            self.known[row["key"]] = {
                name: (day.to_native(), value) for name, (day, value) in stored.items() if day is not None
            }

    def brand_of(self, key: str) -> str | None:
        """The brand that a shop is known to belong to."""
        said = self.known.get(key, {}).get("brand")
        return said[1] if said else None

    def news(self, told: Iterable[tuple[Mapping[str, Any], str | None, datetime]]) -> dict[str, Said]:
        """What of shops, each with its observation's brand and time, is newer than what is known."""
        news: dict[str, Said] = {}
        for shop, brand, at in told:
            key, day = shop["key"], at.astimezone(UTC).date()
            known = self.known.get(key, {})
            for name in _FIELDS:
                value = shop.get(name) or (brand if name == "brand" else None)
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


def shop_rows(news: Mapping[str, Said]) -> list[dict[str, Any]]:
    """News as rows to write, sorted by key: `said` is [field, value, day], `brand` [key, day]."""
    return [
        {
            "key": key,
            "said": [[name, said[name][1], said[name][0]] for name in ("name", "platform") if name in said],
            "brand": [said["brand"][1], said["brand"][0]] if "brand" in said else None,
        }
        for key, said in sorted(news.items())
    ]


def newer(said: tuple[date, str], known: tuple[date, str] | None) -> bool:
    """Whether the first of two words, each with its day, is the one that counts."""
    if known is None or said[0] != known[0]:
        return known is None or said[0] > known[0]
    return said[1] != known[1] and said[1].encode("utf-16-be") > known[1].encode("utf-16-be")
