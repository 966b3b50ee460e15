"""What a source reports, before it becomes a line of the file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

Json = dict[str, Any]  # an object of the contract's ObservationInput, at whatever depth
HASHES = ("md5=", "sha256=")
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identity value in its normal form, and how the source spelt it where that differs."""

    kind: str
    value: str
    scope: str = "*"
    said: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.scope, self.value

    @property
    def hashed(self) -> bool:
        return self.said is not None and self.said.startswith(HASHES)

    def spelt(self, said: str) -> Identifier:
        return replace(self, said=said)

    def as_hash(self, algorithm: str, form: str, upper: bool = False) -> Identifier:
        """The same identifier as an ad platform sends it: the hash of one `form` of its value."""
        digest = hashlib.new(algorithm, form.encode()).hexdigest()
        return self.spelt(f"{algorithm}={digest.upper() if upper else digest}")

    def as_input(self) -> Json:
        return {
            "kind": self.kind,
            "value": self.value if self.said is None else self.said,
            "scope": self.scope,
        }


@dataclass(slots=True)
class Sighting:
    """What one source saw at one time (`at` in seconds of the epoch), with the facts it carried."""

    at: int
    source: str
    identifiers: list[Identifier]
    brand: str | None = None
    facts: Json = field(default_factory=dict)
    local: bool = False  # the source writes its times with the offset of China instead of Z

    def as_input(self, id: str) -> Json:
        """One observation in the shape of the contract, `id` being its name in answers."""
        head: Json = {"id": id, "at": moment(self.at, self.local), "source": self.source}
        if self.brand is not None:
            head["brand"] = self.brand
        return head | {"identifiers": [each.as_input() for each in self.identifiers]} | self.facts


def moment(at: int, local: bool = False) -> str:
    """An instant as ISO 8601, in UTC with `Z`, or with the offset of China."""
    if local:
        return datetime.fromtimestamp(at, _CHINA).isoformat()
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_line(observation: Json) -> str:
    """One observation as a line of the file that `oneid import` reads."""
    return json.dumps(observation, ensure_ascii=False, separators=(",", ":")) + "\n"
