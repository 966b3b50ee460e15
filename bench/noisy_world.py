"""A noisy world of shoppers: observations (JSON lines) and the true owner of each identifier.

    python -m bench.noisy_world PEOPLE SEED FOLDER

Smaller and rougher than the demo world, and kept as it is: the figures for precision and recall are
measured on it, so the same arguments must give the same bytes for ever (a test holds its digests).
The order in which random numbers are drawn is therefore part of the format.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BRANDS = ("babycare", "petlife", "homelux")
PLACEHOLDERS = ("13800138000", "null", "00000000000", "13000000000", "undefined")
START = datetime(2025, 6, 1, tzinfo=UTC)
Json = dict[str, Any]
Key = tuple[str, str, str]


@dataclass
class Shopper:
    """What one person owns, and the days between which that person is seen."""

    phones: list[Json]
    since: int
    until: int = 500
    email: list[Json] = field(default_factory=list)
    union: Json | None = None
    openids: list[Json] = field(default_factory=list)
    members: list[tuple[str, Json]] = field(default_factory=list)
    taobao: Json | None = None
    jd: Json | None = None
    devices: list[Json] = field(default_factory=list)
    cookies: list[Json] = field(default_factory=list)
    family_phone: Json | None = None
    family_device: Json | None = None


def identifier(kind: str, value: str, scope: str = "*") -> Json:
    return {"kind": kind, "value": value, "scope": scope}


class NoisyWorld:
    """Draws the people first, then what is seen of them; `rows` and `truth` hold the result."""

    def __init__(self, people: int, seed: int) -> None:
        self.seed, self.rng = seed, random.Random(seed)
        self.truth: dict[Key, set[int]] = {}
        self.rows: list[Json] = []
        self.people = [self._shopper(index) for index in range(people)]
        self._share(people)
        self.tablets = [identifier("oaid", self._uuid()) for _ in range(max(1, people // 300))]
        for index, shopper in enumerate(self.people):
            self._accounts(index, shopper)
            self._devices(index, shopper)
            self._oddities(index, shopper)
        self.rows += [dict(row) for row in self.rng.sample(self.rows, len(self.rows) // 20)]
        self.rng.shuffle(self.rows)

    def _text(self, alphabet: str, length: int) -> str:
        return "".join(self.rng.choice(alphabet) for _ in range(length))

    def _number(self, length: int) -> str:
        return self._text("0123456789", length)

    def _hex(self, length: int) -> str:
        return self._text("0123456789abcdef", length)

    def _uuid(self) -> str:
        return "-".join(self._hex(length) for length in (8, 4, 4, 4, 12))

    def _phone(self) -> str:
        return "1" + self.rng.choice(["38", "39", "86", "59", "77"]) + self._number(8)

    def _own(self, index: int, kind: str, value: str, scope: str = "*") -> Json:
        self.truth.setdefault((kind, scope, value), set()).add(index)
        return identifier(kind, value, scope)

    def _member(self, index: int, brand: str) -> Json:
        return self._own(index, "member", f"{brand[:2].upper()}{self._number(9)}", brand)

    def _shopper(self, index: int) -> Shopper:
        rng = self.rng
        one = Shopper(phones=[self._own(index, "phone", self._phone())], since=rng.randrange(0, 60))
        if rng.random() < 0.15:
            one.phones.append(self._own(index, "phone", self._phone()))
        if rng.random() < 0.4:
            one.email = [self._own(index, "email", f"u{index}.{self._hex(4)}@example.com")]
        if rng.random() < 0.7:
            one.union = self._own(index, "unionid", "o6_" + self._hex(24))
        one.openids = [
            self._own(index, "openid", "oX" + self._hex(26), f"wx-{brand}")
            for brand in BRANDS
            if one.union and rng.random() < 0.6
        ]
        one.members = [(brand, self._member(index, brand)) for brand in BRANDS if rng.random() < 0.6]
        if not one.members:
            one.members = [("babycare", self._member(index, "babycare"))]
        one.taobao = self._own(index, "taobao", "tb" + self._number(10)) if rng.random() < 0.5 else None
        one.jd = self._own(index, "jd", "jd_" + self._number(9)) if rng.random() < 0.3 else None
        one.devices = [self._device(index) for _ in range(rng.choice([1, 1, 2]))]
        one.cookies = [self._own(index, "cookie", self._hex(32)) for _ in range(rng.choice([1, 2, 3]))]
        return one

    def _device(self, index: int) -> Json:
        kind = self.rng.choice(["idfa", "oaid"])
        return self._own(index, kind, self._uuid().upper() if self.rng.random() < 0.5 else self._uuid())

    def _share(self, people: int) -> None:
        """Families, in which the second uses the first one's phone and device; and recycled numbers."""
        for first in range(0, people - 1, 20):
            self.people[first + 1].family_phone = self.people[first].phones[0]
            self.people[first + 1].family_device = self.people[first].devices[0]
        for first in range(5, people - 1, 50):
            old, new = self.people[first], self.people[first + 1]
            old.until, new.since = 150, 260
            new.phones[0] = old.phones[0]
            self.truth[("phone", "*", old.phones[0]["value"])] = {first, first + 1}

    def _seen(self, day: int, ids: list[Json], source: str, brand: str | None = None) -> None:
        """Notes one observation; what was drawn for its arguments came from left to right."""
        at = START + timedelta(days=day, seconds=self.rng.randrange(86400))
        row: Json = {
            "id": f"s{self.seed}-{len(self.rows)}",
            "at": at.isoformat().replace("+00:00", "Z"),
            "source": source,
            "identifiers": ids,
        }
        self.rows.append(row | {"brand": brand} if brand else row)

    def _day(self, one: Shopper) -> int:
        return self.rng.randrange(one.since, min(one.until, 400))

    def _accounts(self, index: int, one: Shopper) -> None:
        rng = self.rng
        for brand, member in one.members:
            ids = [member, rng.choice(one.phones)]
            if rng.random() < 0.03:
                ids[1] = identifier("phone", rng.choice(PLACEHOLDERS))
            self._seen(self._day(one), ids + one.email, "crm", brand)
            for openid in one.openids:
                if openid["scope"] == f"wx-{brand}" and one.union:
                    day = self._day(one)
                    known = [openid, one.union, member] if rng.random() < 0.7 else [openid, one.union]
                    self._seen(day, known, "mini-program", brand)
        for account, source, brand in ((one.taobao, "tmall", "babycare"), (one.jd, "jd", "homelux")):
            if account:
                self._seen(self._day(one), [account, rng.choice(one.phones)], source, brand)

    def _devices(self, index: int, one: Shopper) -> None:
        rng, brand = self.rng, one.members[0][0]
        for device in one.devices:
            self._seen(
                self._day(one), [device, rng.choice([member for _, member in one.members])], "app", brand
            )
            self._seen(self._day(one), [device, rng.choice(one.cookies)], "app")
        for cookie in one.cookies:
            self._seen(self._day(one), [cookie, rng.choice(one.devices)], "web")
        if rng.random() < 0.3:
            digest = hashlib.md5(one.phones[0]["value"].encode()).hexdigest()
            self._seen(self._day(one), [one.devices[0], identifier("phone", f"md5={digest}")], "ads")

    def _oddities(self, index: int, one: Shopper) -> None:
        """What belongs to the family or the shop, and accounts that were opened twice."""
        rng, (brand, member) = self.rng, one.members[0]
        if one.family_phone and one.family_device:
            self._seen(self._day(one), [member, one.family_phone], "crm", brand)
            self._seen(self._day(one), [member, one.family_device], "app", brand)
        if rng.random() < 0.25:
            self._seen(self._day(one), [rng.choice(self.tablets), member], "counter", brand)
        if rng.random() < 0.03:
            again = self._member(index, brand)
            self._seen(self._day(one), [again, one.phones[0]], "crm", brand)

    def known(self) -> list[list[Any]]:
        """The truth: [kind, scope, value, person] of every identifier of one person alone."""
        return [[*key, min(owners)] for key, owners in self.truth.items() if len(owners) == 1]


def write(people: int, seed: int, folder: Path) -> NoisyWorld:
    """Writes `observations.jsonl` and `truth.json` into the folder, which is made if it is missing."""
    world = NoisyWorld(people, seed)
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in world.rows)
    (folder / "observations.jsonl").write_text(lines, encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(world.known()), encoding="utf-8")
    return world


if __name__ == "__main__":
    made = write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    of_two = sum(len(owners) > 1 for owners in made.truth.values())
    print(len(made.rows), "observations;", len(made.truth), "identifiers;", of_two, "of two people")
