"""Messages sent, behaviours and consents as observations tell of them, and what of them is stored. Pure.

Times are microseconds since 1970. Touches and events add up as `app.identity.saying` says; consents are all
kept, one for each instant, and of one instant the refusal counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.identity.saying import Holder, Thing, stored

TOUCH = ("channel", "campaign", "outcome", "source")
EVENT = ("type", "source")
ABOUT = ("dependent", "product", "shop")
"""What an event may be about, each a relationship: keys of nodes."""
DECLARED = "a_"


def touch_words(touch: Mapping[str, Any], source: str) -> dict[str, Any]:
    """What a `TouchInput` says, by field."""
    return {name: _text(touch.get(name)) for name in TOUCH} | {"source": source}


def event_words(
    event: Mapping[str, Any], source: str, shop: str | None, dependent: str | None
) -> dict[str, Any]:
    """What an `EventInput` says, by field; `dependent` is the key that it goes by in the graph."""
    declared = {f"{DECLARED}{name}": value for name, value in (event.get("properties") or {}).items()}
    own = {"type": _text(event["type"]), "source": source}
    return {**declared, **own, "dependent": dependent, "product": event.get("product"), "shop": shop}


def _text(given: str | None) -> str | None:
    """A text without blanks around it; nothing is said by a blank one."""
    return (given or "").strip() or None


def touch_values(touch: Thing) -> dict[str, Any]:
    """The stored properties of a touch that are no times."""
    said = {name: touch.value(name) for name in TOUCH}
    return said | {"name": said["campaign"] or said["channel"]}


def event_values(event: Thing) -> dict[str, Any]:
    """The stored properties of an event that are no times."""
    said = {name: value for name, (_, value) in event.said.items() if name not in ABOUT}
    return said | {"name": said["type"]}


def times(thing: Thing) -> dict[str, int]:
    """The stored times of a touch or an event: `at` is when it was first told of."""
    return {"at": thing.first, "version": thing.last, **thing.stamps()}


def from_stored(
    key: str, properties: Mapping[str, Any], holder: Holder | None, about: Mapping[str, str]
) -> Thing:
    """The touch or event that is stored: properties with times in microseconds, and what it is about."""
    names = [name for name in properties if name in TOUCH or name in EVENT or name.startswith(DECLARED)]
    said = {name: properties[name] for name in names} | dict(about)
    return stored(key, said, properties, first=properties["at"], last=properties["version"], holder=holder)


@dataclass(slots=True)
class Consents:
    """The consents of some observations, by key."""

    _said: dict[str, dict[str, Any]] = field(default_factory=dict)

    def say(
        self, brand: str, holder: str, at: int, source: str, consents: Iterable[Mapping[str, Any]]
    ) -> None:
        """Take in what one observation says; of one instant the refusal counts, then the greater source."""
        for one in consents:
            channel, purpose = one["channel"].strip(), one["purpose"].strip()
            key = "|".join((brand, channel, purpose, holder, str(at)))
            row = {
                "key": key,
                "brand": brand,
                "channel": channel,
                "purpose": purpose,
                "holder": holder,
                "at": at,
                "granted": one["granted"],
                "source": source,
            }
            before = self._said.get(key)
            if before is None or _counts(row) > _counts(before):
                self._said[key] = row

    def rows(self) -> list[dict[str, Any]]:
        """One row a consent, sorted by key."""
        return [row | {"name": _caption(row)} for _, row in sorted(self._said.items())]


def _counts(row: Mapping[str, Any]) -> tuple[bool, bytes]:
    return not row["granted"], row["source"].encode("utf-16-be")


def _caption(row: Mapping[str, Any]) -> str:
    return f"{row['channel']} {row['purpose']}: {'yes' if row['granted'] else 'no'}"
