"""What a person can be recognised by, drawn one by one: numbers, addresses, accounts, devices.

Numbers that are short enough to meet by chance are a one-to-one map of the person's index instead.
"""

from __future__ import annotations

import random

from seed.chance import World
from seed.observation import Identifier

_PREFIXES = "134 135 136 137 138 139 150 151 158 159 166 176 177 186 188 199"
_DOMAINS = ("mail.example", "post.example", "qmail.example.com", "net.example.cn")


def phone(world: World, number: int, rng: random.Random) -> Identifier:
    """A mobile number of mainland China in E.164, another one for each `number`."""
    prefix, digits = rng.choice(_PREFIXES.split()), world.unique("phone", number, 8)
    if len(set(digits)) == 1 or prefix + digits == "13800138000":  # would be a placeholder
        prefix = "157"
    return Identifier("phone", f"+86{prefix}{digits}")


def phones(world: World, index: int, rng: random.Random) -> tuple[Identifier, ...]:
    """One number, or two."""
    return tuple(phone(world, index * 2 + n, rng) for n in range(2 if rng.random() < 0.15 else 1))


def emails(index: int, rng: random.Random) -> tuple[Identifier, ...]:
    """No address for most, one for many, two for a few."""
    count = rng.choices((0, 1, 2), weights=(60, 35, 5))[0]
    return tuple(Identifier("email", f"{_local(index, n, rng)}@{rng.choice(_DOMAINS)}") for n in range(count))


def _local(index: int, number: int, rng: random.Random) -> str:
    hexes = f"{rng.getrandbits(20):05x}"
    return rng.choice((f"u{index}.{hexes[:4]}", f"{hexes}{index}", f"hello-{index}")) + (
        "-work" if number else ""
    )


def accounts(world: World, index: int, rng: random.Random, wechat: bool) -> dict[str, tuple[Identifier, ...]]:
    """Accounts of market places and contacts of WeCom, by kind; a few people have two of one kind."""
    chances = {"taobao": 0.5, "jd": 0.3, "douyin": 0.35, "wecom": 0.35 if wechat else 0.05}
    held = {}
    for kind, chance in chances.items():
        if rng.random() < chance:
            count = 2 if kind != "wecom" and rng.random() < 0.06 else 1
            held[kind] = tuple(
                Identifier(kind, _account(world, kind, index * 2 + n, rng)) for n in range(count)
            )
    return held


def _account(world: World, kind: str, number: int, rng: random.Random) -> str:
    if kind == "taobao":
        return f"tb{world.unique(kind, number, 10)}"
    if kind == "jd":
        return f"jd_{rng.getrandbits(52):013x}"
    return f"{rng.getrandbits(64):020d}" if kind == "douyin" else f"wm{rng.getrandbits(120):030x}"


def device(world: World, number: int, rng: random.Random) -> tuple[Identifier, ...]:
    """An iPhone has one identifier; an Android phone two, and an old one also IMEI and MAC."""
    text = uuid(rng)
    if rng.random() < 0.4:
        return (Identifier("idfa", text).spelt(text.upper()),)
    android = (Identifier("oaid", text), Identifier("android_id", f"{rng.getrandbits(64):016x}"))
    if rng.random() < 0.8:
        return android
    digits = f"86{rng.randrange(10**4):04d}" + world.unique("imei", number, 8)
    mac = bytes((0x3C, *rng.getrandbits(40).to_bytes(5, "big")))
    return (
        *android,
        Identifier("imei", digits + _luhn(digits)),
        Identifier("mac", mac.hex()).spelt(mac.hex(":")),
    )


def _luhn(digits: str) -> str:
    """The check digit of an IMEI."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def uuid(rng: random.Random) -> str:
    """A random UUID in lower case, not marked with a version, as advertising identifiers are not."""
    text = f"{rng.getrandbits(128):032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
