"""The oracle's reading of observations: what is rejected with which code, what is dropped, what is stored."""

from datetime import UTC, datetime
from typing import Any

from tests.identity.oracle_facts import subject
from tests.identity.oracle_values import SCOPE, Ident, Json, fault, normalise
from tests.identity.oracle_world import Sighting, World

FACTS = ("member", "card", "order", "touch", "event", "dependents", "tags", "consents")


def instant(text: str) -> datetime:
    """An ISO time; without an offset it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class Rejected(Exception):
    """An observation that is rejected whole; its text is the code."""


def observe(world: World, observation: Json) -> None:
    try:
        warnings = accept(world, observation)
    except Rejected as refusal:
        world.rejected.append({"id": observation["id"], "code": str(refusal), "message": str(refusal)})
        # reading: "Warnings: BLOCKED and PATTERN for a dropped value" whose "observation stands": none
        # for a rejected one.
        return
    world.newest = max(world.newest, instant(observation["at"]))
    world.warnings += [{"id": observation["id"], "code": code, "message": code} for code in warnings]


def accept(world: World, observation: Json) -> list[str]:
    """Stores it, or raises Rejected with the first code that applies; returns the warnings."""
    given = observation.get("identifiers") or []
    check_shape(world, observation, given)
    policy_blocks = world.policy.get("blocked", [])
    left: list[Ident] = []
    warnings: list[str] = []
    for item in given:
        wrong = fault(item["kind"], world.kind(item["kind"]), item["value"], policy_blocks)
        if wrong:
            warnings.append(wrong)
        else:
            value = normalise(world.kind(item["kind"]), item["value"])
            assert value is not None
            left.append(Ident(item["kind"], scope_of(world, observation, item), value))
    check_alone(world, set(left))
    kept = [i for i in left if not world.blocked(i) and not world.blocked(world.canonical(i))]
    warnings += ["BLOCKED"] * (len(left) - len(kept))
    at = instant(observation["at"])
    # reading: "a plain value that meets a tombstone": what the policy drops meets none, what was blocked by
    # hand does, so that the erasure reaches its other forms.
    met = [ident for ident in left if world.meets_tombstone(ident)]
    dead = {form for ident in met for form in world.forms(ident)}
    stored = {ident for ident in kept if ident not in dead and not world.entombed(ident, at)}
    # reading: "it has facts and no identifier left": an empty list or a null is no fact.
    if not stored and any(observation.get(fact) for fact in FACTS):
        raise Rejected("NO_IDENTIFIER")
    for ident in left:
        world.spread_tombstone(ident)
    source = world.policy.get("sources", {}).get(observation.get("source"), {})
    if stored:
        about = subject(observation, left)
        member = observation.get("member") or {}
        world.sightings.append(Sighting(at, source.get("verified", True), stored, about, member))
    return warnings


def check_shape(world: World, observation: Json, given: list[Json]) -> None:
    if len(given) > world.policy.get("max_identifiers_per_observation", 20):
        raise Rejected("TOO_MANY_IDENTIFIERS")
    if any(item.get("kind") not in world.policy["kinds"] for item in given):
        raise Rejected("UNKNOWN_KIND")
    # reading: "over 1,024 characters": as given, before trimming.
    if any(not isinstance(item.get("value"), str) or len(item["value"]) > 1024 for item in given):
        raise Rejected("MALFORMED_VALUE")
    brand, shop = observation.get("brand"), shop_of(observation)
    names = [item.get("scope") for item in given] + [brand]
    if any(world.kind(i["kind"]).get("scope") == "app" and i.get("scope", "*") == "*" for i in given):
        names.append(shop)
    if any(name is not None and not SCOPE.fullmatch(name) for name in names):
        raise Rejected("MALFORMED_SCOPE")
    if world.policy.get("isolation") == "brand" and brand is None:
        raise Rejected("BRAND_REQUIRED")
    for item in given:
        needed = {"app": shop, "brand": brand}.get(world.kind(item["kind"]).get("scope", ""), "-")
        if (item.get("scope") or "*") == "*" and needed is None:
            raise Rejected("SCOPE_REQUIRED")


def scope_of(world: World, observation: Json, item: Json) -> str:
    own: str = item.get("scope") or "*"
    rule, brand = world.kind(item["kind"]).get("scope"), observation.get("brand")
    if own == "*" and rule in ("app", "brand"):
        own = str(shop_of(observation) if rule == "app" else brand)
    if world.policy.get("isolation") != "brand":
        return own
    # reading: "a kind with `scope: brand` stays `brandA`": when its scope is the observation's brand,
    # given or filled in; another brand's name gets the observation's brand before it, like every scope.
    if own == "*" or (rule == "brand" and own == brand):
        return str(brand)
    return f"{brand}/{own}"


def check_alone(world: World, idents: set[Ident]) -> None:
    """LIMIT_EXCEEDED when the observation alone holds too many; looks at nothing that is stored."""
    values = {i for i in idents if not any(i != o and i in world.forms(o) for o in idents)}
    for name, kind in world.policy["kinds"].items():
        held = [i for i in values if i.kind == name]
        scopes = [i.scope for i in held]
        if len(held) > kind.get("limit", len(held)) or any(
            scopes.count(scope) > kind.get("limit_per_scope", len(held)) for scope in scopes
        ):
            raise Rejected("LIMIT_EXCEEDED")
    for group in world.policy.get("groups", []):
        if sum(i.kind in group["kinds"] for i in values) > group["limit"]:
            raise Rejected("LIMIT_EXCEEDED")


def shop_of(observation: Json) -> Any:
    shop = observation.get("shop")
    return shop.get("key") if isinstance(shop, dict) else shop
