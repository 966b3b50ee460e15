"""Lines of the change feed that are not about identity: tags, stages, journeys, segments, attributes.

A line is written in the unit that makes the change, without a number; the sequencer numbers it once that is
committed. It names what it is about by keys alone: a feed holds no personal value.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack

import uuid_utils

from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.live.register import person_name

LineType = Literal[
    "TAG_ADDED",
    "TAG_REMOVED",
    "STAGE_CHANGED",
    "JOURNEY_ENTERED",
    "JOURNEY_LEFT",
    "SEGMENT_ENTERED",
    "SEGMENT_EXITED",
    "ATTRIBUTE_CORRECTED",
]
Line = dict[str, Any]
"""A row for `write`."""

_LINES = write_query("feed/lines")


class Details(TypedDict, total=False):
    """What a line says besides: keys of what it is about, and who did it.

    `brand` is the brand whose customer changed; without one it is the group's. `subject` is the key of a
    dependent, where the change is the dependent's.
    """

    brand: str | None
    subject: str | None
    tag: str | None
    segment: str | None
    stage: str | None
    journey: str | None
    by: str | None
    reason: str | None
    operation: str | None


def line(
    type: LineType,
    one_id: str,
    cause: str | None,
    at: datetime,
    *,
    before: object = None,
    after: object = None,
    **details: Unpack[Details],
) -> Line:
    """One line: what happened to a person at a time, and why. `before` and `after` are the values, as text.

    cause: RULE, MANUAL, IMPORTED, MERGED, EXPIRED … in UPPER_CASE.
    """
    about = [details.get(name) for name in ("tag", "segment", "journey", "stage") if details.get(name)]
    named = " ".join([type.lower().replace("_", " "), person_name(one_id), *map(str, about)])
    return {
        "id": str(uuid_utils.uuid7()),
        "type": type,
        "at": at,
        "cause": cause,
        "one_id": one_id,
        "from": _text(before),
        "to": _text(after),
        "name": named,
        **{name: details.get(name) for name in Details.__annotations__},
    }


def write(writer: Writer, lines: Sequence[Line]) -> None:
    """Sends the lines with the next statement of the unit, or with its commit; nothing without any."""
    if lines:
        writer.send(_LINES, rows={"changes": list(lines)})


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
