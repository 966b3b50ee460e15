"""Whether an observation may come in, and as what: the rejections of design page "identity", in their order.

Pure. What depends on what is stored (erased values, hashes whose plain value is known) is the ledger's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.identity.facts import ACCOUNT, Scalar, said_in
from app.identity.normalise import Blocklist, normalise
from app.identity.policy import Policy
from app.identity.sighting import Notice, Seen, Sighting, dropped, micros

MAX_VALUE_LENGTH = 1024
DAY = 86_400_000_000
FACTS = ("member", "card", "order", "touch", "event", "dependents", "tags", "consents")
_SCOPE = re.compile(r"[^|:/]+")


@dataclass(slots=True)
class Rejected(Exception):
    """Raised inside the screen; its notice is what the caller gets."""

    code: str
    message: str
    field: tuple[str, ...] = field(default=())


def screen(
    policy: Policy, blocklist: Blocklist, observation: Mapping[str, Any], now: int | None = None
) -> Sighting | Notice:
    """The observation as a `Sighting`, or the notice with the first code that rejects it.

    `blocklist` is the policy's own: what was blocked by hand since is the ledger's. `observation` has the
    shape of `ObservationInput`, camel case. `now`, in microseconds, is left out where there is no clock.
    """
    try:
        return _screen(policy, blocklist, observation, now)
    except Rejected as no:
        return Notice(observation["id"], no.code, no.message, no.field)


def _screen(
    policy: Policy, blocklist: Blocklist, observation: Mapping[str, Any], now: int | None
) -> Sighting:
    at = micros(observation["at"])
    if now is not None and at > now + DAY:
        raise Rejected(
            "BAD_TIME", "more than a day ahead of the clock: send the time of the sighting", ("at",)
        )
    given = observation.get("identifiers") or ()
    most = policy.max_identifiers_per_observation
    if len(given) > most:
        raise Rejected(
            "TOO_MANY_IDENTIFIERS", f"{len(given)} identifiers, at most {most} are taken", ("identifiers",)
        )
    _check_shapes(policy, observation)
    seen = [_seen(policy, observation, index, identifier) for index, identifier in enumerate(given)]
    kept, warnings = _sift(policy, blocklist, str(observation["id"]), seen)
    _check_limits(policy, without_own_hashes(kept))
    source = observation.get("source")
    return Sighting(
        id=str(observation["id"]),
        at=at,
        source=source,
        brand=observation.get("brand"),
        verified=policy.verified(source),
        identifiers=tuple(kept),
        has_facts=any(observation.get(name) for name in FACTS),
        warnings=tuple(warnings),
        said=_said(policy, observation, seen),
    )


def _said(policy: Policy, observation: Mapping[str, Any], seen: Sequence[Seen]) -> Mapping[str, Scalar]:
    """What the account says of itself; nothing where it is not clear which account."""
    fields = policy.deciding_fields
    if not fields or len({one.plain for one in seen if one.kind == ACCOUNT}) != 1:
        return {}
    return said_in(observation.get("member"), fields)


def _check_shapes(policy: Policy, observation: Mapping[str, Any]) -> None:
    """UNKNOWN_KIND, MALFORMED_VALUE, MALFORMED_SCOPE, BRAND_REQUIRED, SCOPE_REQUIRED: each over all
    identifiers first.
    """
    given: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [
        (("identifiers", str(i)), g) for i, g in enumerate(observation.get("identifiers") or ())
    ]
    for path, identifier in given:
        kind = identifier.get("kind")
        if not isinstance(kind, str) or kind not in policy.kinds:
            raise Rejected("UNKNOWN_KIND", f"the policy has no kind {kind!r}", (*path, "kind"))
    for path, identifier in given:
        if not wellformed(identifier.get("value")):
            raise Rejected(
                "MALFORMED_VALUE",
                f"a text of at most {MAX_VALUE_LENGTH} characters is needed",
                (*path, "value"),
            )
    for path, scope in _scopes(policy, observation):
        if not isinstance(scope, str) or not _SCOPE.fullmatch(scope) or not wellformed(scope):
            raise Rejected("MALFORMED_SCOPE", "a scope or brand is a text without | : and /", path)
    if policy.isolation == "brand" and observation.get("brand") is None:
        raise Rejected("BRAND_REQUIRED", "brands are isolated: say whose observation this is", ("brand",))
    for path, identifier in given:
        needed = policy.kinds[identifier["kind"]].scope
        if needed and _scope(identifier) == "*" and _context(observation, needed) is None:
            missing = "brand" if needed == "brand" else "shop"
            raise Rejected(
                "SCOPE_REQUIRED",
                f"a {identifier['kind']} needs a scope, or the observation a {missing}",
                (*path, "scope"),
            )


def wellformed(value: object) -> bool:
    """Whether this is a text that can be stored: at most 1,024 characters, no lone surrogates."""
    if not isinstance(value, str) or len(value) > MAX_VALUE_LENGTH:
        return False
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _scopes(policy: Policy, observation: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every scope that the observation gives: of identifiers, the brand, and the shop where it becomes a
    scope.
    """
    shop_is_scope = False
    for index, identifier in enumerate(observation.get("identifiers") or ()):
        yield ("identifiers", str(index), "scope"), _scope(identifier)
        shop_is_scope |= policy.kinds[identifier["kind"]].scope == "app" and _scope(identifier) == "*"
    if observation.get("brand") is not None:
        yield ("brand",), observation["brand"]
    if shop_is_scope and _context(observation, "app") is not None:
        yield ("shop", "key"), _context(observation, "app")


def _scope(identifier: Mapping[str, Any]) -> Any:
    scope = identifier.get("scope")
    return "*" if scope is None else scope


def _context(observation: Mapping[str, Any], needed: str) -> Any:
    """The brand, or the shop's key, that a scope of `*` stands for."""
    if needed == "brand":
        return observation.get("brand")
    shop = observation.get("shop")
    return shop.get("key") if isinstance(shop, Mapping) else shop


def _seen(policy: Policy, observation: Mapping[str, Any], index: int, identifier: Mapping[str, Any]) -> Seen:
    name = identifier["kind"]
    kind, scope = policy.kinds[name], _scope(identifier)
    if kind.scope and scope == "*":
        scope = _context(observation, kind.scope)
    if policy.isolation == "brand":
        scope = isolated(kind.scope, scope, observation["brand"])
    return Seen(name, scope, normalise(kind, identifier["value"]), index)


def isolated(needed: str | None, scope: str, brand: str) -> str:
    """The scope under `isolation: brand`: every one starts with the observation's brand."""
    if scope == "*" or (needed == "brand" and scope == brand):
        return brand
    return f"{brand}/{scope}"


def _sift(policy: Policy, blocklist: Blocklist, id: str, seen: list[Seen]) -> tuple[list[Seen], list[Notice]]:
    """Each identifier once, without what identifies nobody."""
    kept: dict[str, Seen] = {}
    warnings = []
    for one in {one.plain: one for one in reversed(seen)}.values():
        if blocklist.blocks(one.kind, one.value):
            warnings.append(dropped(id, one, "BLOCKED", "the value identifies nobody"))
        elif not one.value.wellformed:
            warnings.append(dropped(id, one, "PATTERN", "it does not look like one"))
        else:
            kept[one.plain] = one
    return sorted(kept.values(), key=lambda one: one.index), sorted(warnings, key=lambda notice: notice.field)


def without_own_hashes(seen: Sequence[Seen]) -> list[Seen]:
    """Without the hashes of plain values that are there, too: both are one identifier."""
    known = {f"{one.kind}|{one.scope}|{form}" for one in seen for form in one.value.forms}
    return [one for one in seen if one.plain not in known] if known else list(seen)


def _check_limits(policy: Policy, kept: list[Seen]) -> None:
    """LIMIT_EXCEEDED: an observation that alone holds more than one person may."""
    kinds = Counter(one.kind for one in kept)
    scopes = Counter((one.kind, one.scope) for one in kept)
    for name, count in kinds.items():
        _check(count, policy.kinds[name].limit, f"of kind {name}")
    for (name, scope), count in scopes.items():
        _check(count, policy.kinds[name].limit_per_scope, f"of kind {name} in scope {scope}")
    for group in policy.groups:
        _check(
            sum(kinds[name] for name in dict.fromkeys(group.kinds)),
            group.limit,
            f"of kinds {', '.join(group.kinds)}",
        )


def _check(count: int, limit: int | None, what: str) -> None:
    if limit is not None and count > limit:
        message = f"{count} identifiers {what}, one person may hold {limit}: split the observation"
        raise Rejected("LIMIT_EXCEEDED", message, ("identifiers",))
