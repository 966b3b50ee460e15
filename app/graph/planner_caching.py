"""What a browser may keep of an answer to a GET: the answer, by an ETag over its bytes; never an error.

`private`, since an answer is one caller's: shared caches keep out, even where they know no `Authorization`.
"""

from hashlib import sha256
from typing import Any

Headers = list[tuple[bytes, bytes]]
_VARY = (b"vary", b"Accept, Authorization")
NO_STORE = (b"cache-control", b"no-store")


def kept_out() -> Headers:
    """The headers of what nobody keeps."""
    return [NO_STORE, _VARY]


def kept(
    answer: dict[str, Any], kind: bytes, body: bytes, asked: bytes, max_age: int
) -> tuple[bool, Headers]:
    """The headers of an answer, and whether the caller has it already.

    asked: its `If-None-Match`, empty without. max_age: in seconds; 0: it asks again each time.
    """
    if "errors" in answer:
        return False, kept_out()
    tag = b'"%b"' % sha256(kind + b"\n" + body).hexdigest()[:32].encode()
    fresh = b"private, max-age=%d" % max_age if max_age else b"private, no-cache"
    tags = {one.strip().removeprefix(b"W/") for one in asked.split(b",")}
    return not tags.isdisjoint({tag, b"*"}), [(b"etag", tag), (b"cache-control", fresh), _VARY]
