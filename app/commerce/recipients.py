"""Who receives an order: a sealed fact of the order, shown masked, and never evidence of who anybody is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.access.sealing import Keyring, mask, mask_name

PARTS = ("name", "phone", "address")
_SHOWN = 3  # characters of an address that everybody may see: a city


def text_of(recipient: Mapping[str, Any] | None) -> str | None:
    """A recipient as one text, the same for the same words; None for one of whom nothing is said.

    What a platform sends encrypted is a text like any other: it is kept as it is.
    """
    said = {part: text.strip() for part in PARTS if recipient and (text := recipient.get(part))}
    said = {part: text for part, text in said.items() if text}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def sealed(keyring: Keyring, text: str | None) -> dict[str, Any]:
    """What is stored of a recipient: the text sealed, and what everybody may see of it."""
    if text is None:
        return {"sealedRecipient": None, "recipient": None}
    return {"sealedRecipient": keyring.seal(text), "recipient": masked(json.loads(text))}


def masked(said: Mapping[str, str]) -> str:
    """A recipient as everybody may see it: `王** 138****8000 上海市****`."""
    shown = {
        "name": mask_name(said["name"]) if "name" in said else "",
        "phone": mask("phone", said["phone"]) if "phone" in said else "",
        "address": f"{said['address'][:_SHOWN]}****" if "address" in said else "",
    }
    return " ".join(filter(None, shown.values()))
