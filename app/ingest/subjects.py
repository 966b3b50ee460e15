"""Whose facts an observation brings, and whether its sender may say them: before anything is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from app.commerce.facts import Shops
from app.identity.policy import Policy
from app.identity.sighting import Notice
from app.ingest.fitness import unfit
from app.ingest.model import Observation

Kind = Literal["member", "card"]
KINDS: tuple[Kind, ...] = ("member", "card")
_UNFIT_FOR_KEYS = frozenset("|:/")
_PREFIXES = tuple((kind, f"{kind}|") for kind in KINDS)
THINGS: tuple[Literal["order", "touch", "event", "dependents", "tags", "consents"], ...] = (
    "order",
    "touch",
    "event",
    "dependents",
    "tags",
    "consents",
)
"""Facts of things that have a key of their own, or hang on whoever said them: `app.ingest.things`."""


def refusal(
    observation: Observation, policy: Policy, shops: Shops, brands: frozenset[str] | None
) -> Notice | None:
    """Why an observation is not taken, or None. `brands` are those of the caller; None: every brand."""
    return (
        _ambiguous(observation)
        or _malformed(observation)
        or unfit(observation)
        or _forbidden(observation, policy, shops, brands)
    )


def _ambiguous(observation: Observation) -> Notice | None:
    for kind in KINDS:
        if observation.get(kind):
            count = len(_of_kind(observation, kind))
            if count != 1:
                message = f"facts of a {kind} need exactly one {kind} identifier, there are {count}"
                return Notice(observation["id"], "AMBIGUOUS_SUBJECT", message, (kind,))
    return None


def _of_kind(observation: Observation, kind: Kind) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The identifiers of a kind, each spelling once."""
    given = (one for one in observation["identifiers"] if one["kind"] == kind)
    return {(str(one.get("scope") or "*"), str(one["value"]).strip()): one for one in given}


def _malformed(observation: Observation) -> Notice | None:
    shop = observation.get("shop")
    if shop and not shop["key"]:
        return Notice(observation["id"], "MALFORMED_SCOPE", "a shop's key is empty", ("shop", "key"))
    if shop and _UNFIT_FOR_KEYS.intersection(shop.get("brand") or ""):
        words = "a scope or brand is a text without | : and /"
        return Notice(observation["id"], "MALFORMED_SCOPE", words, ("shop", "brand"))
    return None


def _forbidden(
    observation: Observation, policy: Policy, shops: Shops, brands: frozenset[str] | None
) -> Notice | None:
    """FORBIDDEN_KEY: something of a brand that the caller does not write for."""
    for owner, field in () if brands is None else _owners(observation, policy, shops):
        if brands is not None and owner not in brands:
            message = "this is another brand's to say" if owner else "say for which of your brands this is"
            return Notice(observation["id"], "FORBIDDEN_KEY", message, field)
    return None


def _owners(
    observation: Observation, policy: Policy, shops: Shops
) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """The brand of everything that an observation writes facts of, and where it says so."""
    brand, shop = observation.get("brand"), observation.get("shop")
    yield brand, ("brand",)
    if shop:
        yield shop.get("brand") or brand, ("shop", "brand")
        yield shops.brand_of(shop["key"]) or brand, ("shop", "key")
    for kind in KINDS:
        if observation.get(kind):
            yield _scope(observation, policy, kind), (kind,)


def _scope(observation: Observation, policy: Policy, kind: Kind) -> str | None:
    """The brand that the account of some facts belongs to."""
    (one,) = _of_kind(observation, kind).values()
    declared = policy.kinds.get(kind)
    scope = one.get("scope") or "*"
    return scope if declared and declared.scope == "brand" and scope != "*" else observation.get("brand")


def not_stored(observation: Observation, kept: Sequence[str]) -> list[Notice]:
    """The warnings for facts that an accepted observation brought and that went nowhere."""
    dropped = [
        kind
        for kind in KINDS
        if observation.get(kind) and not any(found == kind for found, _ in accounts_among(kept))
    ]
    return [
        Notice(
            observation["id"], "NOT_STORED", f"its {kind} was dropped, so nothing holds the facts", (kind,)
        )
        for kind in dropped
    ]


def accounts_among(kept: Iterable[str]) -> list[tuple[Kind, str]]:
    """Kind and key of the accounts and cards among the identifiers that an observation is filed under.

    Where it has facts of a kind there is at most one of that kind: see `_ambiguous`.
    """
    return [(kind, key) for key in kept for kind, prefix in _PREFIXES if key.startswith(prefix)]
