"""Who receives an order: a sealed fact of the order, shown masked, and never evidence of who anybody is."""

from __future__ import annotations

import json
import unicodedata
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
    """What is stored of a recipient: the text sealed, what everybody may see of it, and what is the same for
    everything that is sent to one address.
    """
    if text is None:
        return dict.fromkeys(("sealedRecipient", "recipient", "address", "addressDigest"))
    said: dict[str, str] = json.loads(text)
    address = said.get("address")
    return {
        "sealedRecipient": keyring.seal(text),
        "recipient": masked(said),
        "address": _masked_address(address) if address else None,
        "addressDigest": keyring.digest("/address", "*", _plain(address))[:32] if address else None,
    }


def _plain(address: str) -> str:
    """An address without what two spellings of it differ in: width, case, spaces, punctuation."""
    folded = unicodedata.normalize("NFKC", address).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or folded


def _masked_address(address: str) -> str:
    return f"{address[:_SHOWN]}****"


def masked(said: Mapping[str, str]) -> str:
    """A recipient as everybody may see it: `王** 138****8000 上海市****`."""
    shown = {
        "name": mask_name(said["name"]) if "name" in said else "",
        "phone": mask("phone", said["phone"]) if "phone" in said else "",
        "address": _masked_address(said["address"]) if "address" in said else "",
    }
    return " ".join(filter(None, shown.values()))
