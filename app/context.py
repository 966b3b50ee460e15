"""What a request carries: who asks, the graph, the keys, the policy, and the moment it is answered for."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from app.errors import BadInput
from app.graph.sessions import Graph, Reader
from app.settings import settings

SCOPES = frozenset(
    {
        "profile:read",
        "pii:read",
        "segment:read",
        "segment:write",
        "identity:write",
        "ingest",
        "admin",
    }
)


class Sealer(Protocol):
    """The part of a keyring that requests need here; app.access.sealing has the whole of it."""

    def digest(self, kind: str, scope: str, value: str) -> str:
        """A keyed digest in hex, 32 bytes."""

    def unseal(self, sealed: bytes) -> str:
        """What was sealed."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: what they may do, and the brands that they may see (None: every brand)."""

    name: str
    scopes: frozenset[str]
    brands: frozenset[str] | None = None


DEVELOPER = Caller("developer", SCOPES)
"""Who asks in development mode, which has no authentication: everybody on this machine, with every right."""


@dataclass(frozen=True, slots=True)
class Context:
    """One request.

    `keyring`, `policy` and `identity` are those of app.access.sealing, app.identity.policy and
    app.identity.service, which this layer does not know by name.
    """

    caller: Caller
    graph: Graph
    keyring: Any
    policy: Any
    as_of: datetime = field(default_factory=lambda: datetime.now(UTC))
    identity: Any = None

    @property
    def scopes(self) -> frozenset[str]:
        """What the caller may do."""
        return self.caller.scopes

    def may(self, scope: str) -> bool:
        """Whether the caller has the scope."""
        return scope in self.caller.scopes

    def reader(self) -> Reader:
        """Where reads are sent."""
        return self.graph.reader()

    def shared(self) -> Mapping[str, Any]:
        """What every statement may need: the caller's brands, whether personal values show, the moment; and
        the deployment's zone, whose days count, and its currency.
        """
        brands, own = self.caller.brands, settings()
        return {
            "brands": None if brands is None else sorted(brands),
            "pii": self.may("pii:read"),
            "asOf": self.as_of,
            "zone": own.time_zone,
            "homeCurrency": own.currency,
        }

    def seal_cursor(self, field: str, values: Sequence[Any]) -> str:
        """The sort values as an opaque text; equal values give an equal text, so that answers can be
        compared.
        """
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return (
            urlsafe_b64encode(self._cursors().encrypt(text.encode(), [field.encode()])).decode().rstrip("=")
        )

    def open_cursor(self, field: str, cursor: str) -> list[Any]:
        """The sort values of a cursor of this field. Raises BadInput for a text that is none."""
        try:
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            values: list[Any] = json.loads(self._cursors().decrypt(sealed, [field.encode()]))
        except (InvalidTag, ValueError):
            raise BadInput(
                "this cursor is of another field, or none", code="INVALID_CURSOR", field=("after",)
            ) from None
        return values

    def _cursors(self) -> AESSIV:
        keyring: Sealer = self.keyring
        return _cipher(keyring.digest("/cursor", "*", "cursors"))


@lru_cache(maxsize=4)
def _cipher(key: str) -> AESSIV:
    return AESSIV(bytes.fromhex(key))
