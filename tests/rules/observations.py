"""People as the cases write them, as the observations that a source would send of them."""

from collections.abc import Iterator

from tests.rules.population import (
    PLATFORMS,
    START,
    Json,
    accounts_of,
    held,
    identifier,
    lengthened,
    order_key,
)


def observations_of(name: str, said: Json) -> list[Json]:
    """What a source would send of the person: who it is, then each account, card and fact by itself."""
    everyone = held(name, said)
    by = [one for one in everyone if one["kind"] in ("unionid", "openid")]
    found = [_seen(everyone[:1], START)] + [_seen([everyone[0], one], START) for one in everyone[1:]]
    for kind, accounts in (("member", accounts_of(said)), ("card", said.get("cards", []))):
        for place, one in enumerate(accounts):
            about = {kind: one["said"], "brand": one["brand"]} | _shop(one)
            found.append(_seen([identifier(kind, name, place, one)], START) | about)
    for one in _facts(name, said):
        found.append(_seen([by[one.pop("by", 0)]], one.pop("at", START)) | one)
    return found


def _seen(identifiers: list[Json], at: str) -> Json:
    return {"id": "e", "at": at, "source": "cases", "identifiers": identifiers}


def _shop(one: Json) -> Json:
    shop = one.get("shop")
    return {"shop": {"key": shop, "platform": PLATFORMS[shop], "brand": one["brand"]}} if shop else {}


def _facts(name: str, said: Json) -> Iterator[Json]:
    for place, one in enumerate(said.get("orders", [])):
        yield _order(name, place, one)
    for place, one in enumerate(said.get("dependents", [])):
        yield from _dependents(f"{name}-{place}", one)
    for kind, many in (("touch", "touches"), ("event", "events")):
        for place, one in enumerate(said.get(many, [])):
            fact = {key: value for key, value in one.items() if key not in ("at", "by", "brand")}
            yield _about(one, {kind: {"key": f"{name}-{place}"} | fact})
    for one in said.get("consents", []):
        yield _about(one, {"consents": [{name: one[name] for name in ("channel", "purpose", "granted")}]})
    for one in said.get("tags", []):
        yield _about(one, {"tags": [{name: one[name] for name in ("key", "value") if name in one}]})


def _about(one: Json, fact: Json) -> Json:
    return {name: one[name] for name in ("at", "by", "brand") if name in one} | fact


def _order(name: str, place: int, said: Json) -> Json:
    full = lengthened(said)
    fact = {key: value for key, value in full.items() if key not in ("by", "brand", "shop", "said")}
    for one in (fact, *fact.get("lines", [])):
        one |= {key: str(one[key]) for key in ("amount", "discount", "refunded") if key in one}
    fact["key"] = order_key(name, place, said)
    about = {key: said[key] for key in ("by", "brand") if key in said}
    return about | {"at": full.get("said", START), "order": fact} | _shop(said)


def _dependents(key: str, one: Json) -> Iterator[Json]:
    fact = {name: value for name, value in one.items() if name not in ("tags", "by")}
    by = {"by": one["by"]} if "by" in one else {}
    yield by | {"dependents": [{"key": key} | fact]}
    for tag in one.get("tags", []):
        told = {name: tag[name] for name in ("key", "value") if name in tag}
        yield by | {"at": tag.get("at", START), "tags": [told | {"dependent": key}]}
