"""Personal data at rest: keyed digests to find a value by, sealed text to read it back, masks to show it.

A value of a `pii` kind is never stored readable: its key carries HMAC-SHA256 of it, `sealed` carries
AES-GCM of it. Both keys are derived from one secret (`ONEID_SECRET_KEY`) by HKDF-SHA256.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import OneIdError

_NONCE_BYTES = 12


class Unreadable(OneIdError):
    """A sealed text was written with another secret key, or is damaged."""

    code = "UNREADABLE"


class Keyring:
    """The keys that one secret gives."""

    def __init__(self, secret: str) -> None:
        self._digest = _derive(secret, b"oneid digest")
        self._cipher = AESGCM(_derive(secret, b"oneid seal"))

    def key(self, kind: str, scope: str, value: str, *, pii: bool) -> str:
        """The graph key of an identifier: `kind|scope|value`, with a keyed digest for personal values."""
        return f"{kind}|{scope}|{self.digest(kind, scope, value) if pii else value}"

    def digest(self, kind: str, scope: str, value: str) -> str:
        """HMAC-SHA256 in hex. It covers kind and scope, so that equal values of two kinds cannot be told."""
        return hmac.digest(self._digest, f"{kind}|{scope}|{value}".encode(), sha256).hex()

    def name_order(self, key: str, name: str) -> str:
        """What orders names of one account that were said at one time: sealed texts cannot be compared."""
        return self.digest("/name", key, name)[:32]

    def seal(self, text: str) -> bytes:
        """The text encrypted: 12 bytes of nonce, then AES-256-GCM of its UTF-8."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """What was sealed. Raises `Unreadable` for another key's or a damaged text."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()
        except InvalidTag:
            raise Unreadable(
                "sealed with another ONEID_SECRET_KEY: start the service with the key it was written with"
            ) from None


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())


def mask(kind: str, value: str) -> str:
    """A personal value as everybody may see it: `138****8000`, `z***@example.com`, `王**`."""
    if value.startswith(("md5=", "sha256=")):
        return f"{value[: value.index('=') + 5]}…"
    if "@" in value:
        name, _, host = value.partition("@")
        return f"{name[:1]}***@{host}"
    digits = value.removeprefix("+86") if kind == "phone" else value
    if len(digits) >= 8:
        return f"{digits[:3]}****{digits[-4:]}"
    return digits[:1] + "**"


def mask_name(name: str) -> str:
    """A person's name as everybody may see it: 王小明 as 王**."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2)
