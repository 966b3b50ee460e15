"""Just enough of PackStream, the encoding of Bolt messages, to say that a statement is meant to read.

A message is one structure: a marker with its number of fields, a signature, the fields. RUN and BEGIN end
with a map whose `mode` is "r" or "w"; the server keeps a transaction to it.
"""

from collections.abc import Iterator

_RUN, _BEGIN = 0x10, 0x11
# HELLO GOODBYE RESET RUN BEGIN COMMIT ROLLBACK DISCARD PULL TELEMETRY ROUTE LOGON LOGOFF
_KNOWN = frozenset((0x01, 0x02, 0x0F, _RUN, _BEGIN, 0x12, 0x13, 0x2F, 0x3F, 0x54, 0x66, 0x6A, 0x6B))
_FIELDS_BEFORE = {_RUN: 2, _BEGIN: 0}  # the statement and its parameters stand before RUN's map

# What is written with a length of 1, 2 or 4 bytes: the first's marker, and how many values an element holds.
_SIZED = {0xCC: 0, 0xD0: 0, 0xD4: 1, 0xD8: 2}
_FIXED = {0xC0: 0, 0xC1: 8, 0xC2: 0, 0xC3: 0, 0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}
_TINY = {0x80: 0, 0x90: 1, 0xA0: 2}


class Malformed(Exception):
    """Bytes that are no message of a client."""


def reading(message: bytes) -> bytes:
    """The message; one that opens a transaction comes back with mode "r". Raises Malformed."""
    if len(message) < 2 or message[0] & 0xF0 != 0xB0 or message[1] not in _KNOWN:
        raise Malformed("unknown message")
    if message[1] not in _FIELDS_BEFORE:
        return message
    at = 2
    for _ in range(_FIELDS_BEFORE[message[1]]):
        at = _end(message, at)
    entries = [entry for key, entry in _entries(message, at) if key != b"mode"]
    entries.append(b"\x84mode\x81r")
    return message[:at] + b"\xd9" + len(entries).to_bytes(2, "big") + b"".join(entries)


def _entries(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """The entries of the map that starts there: key, and key and value as they stand."""
    count, content, per_element = _opened(data, at)
    if per_element != 2:
        raise Malformed("no map")
    for _ in range(count):
        size, key, _ = _opened(data, content)
        end = _end(data, key + size)
        yield data[key : key + size], data[content:end]
        content = end


def _end(data: bytes, at: int) -> int:
    """Where the value that starts there ends; a loop, since the nesting is the sender's to choose."""
    left = 1
    while left:
        count, at, per_element = _opened(data, at)
        at += 0 if per_element else count
        left += count * per_element - 1
        if at > len(data):
            raise Malformed("cut off")
    return at


def _opened(data: bytes, at: int) -> tuple[int, int, int]:
    """The value that starts there: its length, where its content starts, how many values an element holds.

    0 values an element means that the length is in bytes.
    """
    if at >= len(data):
        raise Malformed("cut off")
    marker = data[at]
    if marker < 0x80 or marker >= 0xF0:
        return 0, at + 1, 0
    if marker < 0xB0:
        return marker & 0x0F, at + 1, _TINY[marker & 0xF0]
    if marker < 0xC0:
        return marker & 0x0F, at + 2, 1  # a structure's signature stands before its fields
    if marker in _FIXED:
        return _FIXED[marker], at + 1, 0
    width = 1 << (marker & 0b11)
    if (per_element := _SIZED.get(marker & ~0b11)) is None or width > 4:
        raise Malformed("no value")
    return int.from_bytes(data[at + 1 : at + 1 + width], "big"), at + 1 + width, per_element
