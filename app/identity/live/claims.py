"""How identifiers are claimed for a unit of work: as rows, personal values sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.access.sealing import mask
from app.identity.live.region import Region
from app.identity.sighting import Seen


def claims(region: Region, seen: Iterable[Seen]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows that claim identifiers, by key: those of plain values, and those of hashes."""
    rows: dict[str, dict[str, Any]] = {}
    hashed: dict[str, bool] = {}
    for one in seen:
        key = region.ledger.key_of(one.kind, one.scope, one.value.text)
        if key not in rows:
            rows[key] = _claim_row(region, one, key)
            hashed[key] = one.value.hashed
    ordered = sorted(rows)
    return [rows[k] for k in ordered if not hashed[k]], [rows[k] for k in ordered if hashed[k]]


def _claim_row(region: Region, seen: Seen, key: str) -> dict[str, Any]:
    pii, text = region.policy.kinds[seen.kind].pii, seen.value.text
    forms = zip(region.ledger.form_keys(seen.kind, seen.scope, seen.value), seen.value.forms, strict=True)
    return {
        "key": key,
        "label": region.policy.label(seen.kind),
        "kind": seen.kind,
        "scope": seen.scope,
        "value": None if pii else text,
        "sealed": region.keyring.seal(text) if pii else None,
        "name": mask(seen.kind, text) if pii else text,
        "forms": [{"key": form_key, "name": mask(seen.kind, form)} for form_key, form in forms],
    }
