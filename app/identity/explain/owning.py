"""Whose an identifier was at a time, as the change feed and the register tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.access.sealing import mask
from app.graph.queries import read_query
from app.identity.explain import words
from app.identity.explain.answers import Owned
from app.identity.explain.between import Party
from app.identity.explain.between_read import candidates, seen_of
from app.identity.service import Identity
from app.identity.sighting import micros

_OWNER = read_query("identity/owner_of")


async def owner_of(
    identity: Identity, identifier: Mapping[str, Any], at: datetime, *, zone: ZoneInfo
) -> Owned:
    """Whose {kind, value, scope?} was at a time: a OneID as it was known then. Raises `BadInput`."""
    ledger = identity.region().ledger
    seen = seen_of(ledger, identifier, "identifier")
    row = await identity.graph.reader().row(_OWNER, keys=candidates(ledger, seen), at=at.astimezone(UTC))
    if row is None:  # unknown, or erased
        shown = mask(seen.kind, seen.value.text) if ledger.policy.kinds[seen.kind].pii else seen.value.text
        found = Owned(Party(None, seen.kind, seen.scope, shown, "UNKNOWN"), micros(at))
    else:
        party = Party(row["key"], row["kind"], row["scope"], row["name"], "LIVE", one_id=row["one_id"])
        found = Owned(party, micros(at), row["one_id"], row["status"], row["merged_into"])
    return replace(found, sentences=words.owned(found, zone))
