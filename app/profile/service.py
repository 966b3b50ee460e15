"""Where a caller's words for a person lead: the keys to look under; the graph is asked for orders alone."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from app.context import Context
from app.errors import BadInput, OneIdError
from app.graph.planner_fields import Found
from app.identity.live.lookup import lookup_keys
from app.profile.by_order import people_of_orders

NODE_TYPES = frozenset(
    {
        *("Person", "Identifier", "Member", "Card", "Shop", "Brand", "Change", "Operation"),
        *("Order", "Product", "BrandProfile", "Touch", "Event", "Consent", "Dependent"),
    }
)


def node(global_id: str) -> Found:
    """The type and key of a global id; a text that is none leads nowhere."""
    typename, key = _named(global_id)
    return Found({"key": key}, variant=typename)


def nodes(global_ids: Sequence[str]) -> Found:
    """The type and key of each; both null where a text is none."""
    named = [_named(one) for one in global_ids]
    return Found({"types": [typename for typename, _ in named], "keys": [key for _, key in named]})


def _named(global_id: str) -> tuple[str | None, str | None]:
    try:
        typename, _, key = b64decode(global_id, validate=True).decode().partition(":")
    except ValueError:
        return None, None
    return (typename, key) if typename in NODE_TYPES else (None, None)


async def person(context: Context, by: Mapping[str, Any]) -> Found:
    """Where to look for one person. Raises BadInput for an identifier of an unknown kind, and for an order
    number that several people have. An order is looked up first, which is a statement more.
    """
    if "oneId" in by:
        return Found({"oneId": by["oneId"]}, variant="oneId")
    if "order" in by:
        one_id = (await people_of_orders(context, [by["order"]])).get(by["order"])
        if isinstance(one_id, BadInput):
            raise one_id
        return Found({"oneId": one_id}, variant="oneId" if one_id else None)
    keys = candidates(context, by["identifier"])
    if len(keys) == 1 and not _hashed(context, [by]):
        return Found({"key": keys[0]}, variant="key")
    return Found({"keys": keys}, variant="identifier")


async def people(context: Context, by: Sequence[Mapping[str, Any]]) -> Found:
    """Where to look for each; one that cannot be meant is refused at its place, the others are found."""
    one_ids: list[str | None] = []
    keys: list[list[str]] = []
    refused: dict[int, Exception] = {}
    orders = [one["order"] for one in by if "order" in one]
    placed = await people_of_orders(context, orders) if orders else {}
    for place, one in enumerate(by):
        named = placed.get(one["order"]) if "order" in one else one.get("oneId")
        if isinstance(named, BadInput):
            refused[place] = named
        one_ids.append(named if isinstance(named, str) else None)
        try:
            keys.append(candidates(context, one["identifier"]) if "identifier" in one else [])
        except OneIdError as error:
            keys.append([])
            refused[place] = error
    if all(len(candidate) <= 1 for candidate in keys) and not _hashed(context, by):
        single = [candidate[0] if candidate else None for candidate in keys]
        return Found({"oneIds": one_ids, "keys": single}, variant="key", refused=refused)
    return Found({"oneIds": one_ids, "keys": keys}, variant="identifier", refused=refused)


def _hashed(context: Context, by: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a kind that is asked for has hashes, and its keys may be those of aliases."""
    kinds = {one["identifier"]["kind"] for one in by if "identifier" in one}
    declared = context.policy.kinds
    return any(declared[kind].hashes for kind in kinds if kind in declared)


def candidates(context: Context, identifier: Mapping[str, Any]) -> list[str]:
    """The keys under which an identifier may stand. Raises BadInput (UNKNOWN_KIND)."""
    scope = identifier.get("scope") or "*"
    return lookup_keys(context.policy, context.keyring, identifier["kind"], scope, identifier["value"])
