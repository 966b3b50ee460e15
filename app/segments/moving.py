"""People who enter and leave saved segments, written with a line of the feed for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.feed import lines
from app.graph.queries import write_query
from app.graph.sessions import Writer

_STORE = write_query("segments/store")


@dataclass(slots=True)
class Moves:
    """Who enters and who leaves, in one unit of work; the people are locked already."""

    enter: list[dict[str, Any]] = field(default_factory=list)
    exit: list[dict[str, Any]] = field(default_factory=list)

    def add(self, one_id: str, segment: str, cause: str, *, enter: bool) -> None:
        """One person, one segment."""
        to = self.enter if enter else self.exit
        to.append({"one_id": one_id, "segment": segment, "cause": cause})

    def counts(self) -> Counter[str]:
        """How many `entered` and `exited`."""
        return Counter(entered=len(self.enter), exited=len(self.exit))

    def write(self, writer: Writer, as_of: datetime) -> None:
        """Send all of it, with the next statement of the unit or with its commit; nothing without any."""
        if not self.enter and not self.exit:
            return
        entered, exited = (Counter(row["segment"] for row in rows) for rows in (self.enter, self.exit))
        sizes = [
            {"segment": key, "entered": entered[key], "exited": exited[key]}
            for key in sorted(entered.keys() | exited.keys())
        ]
        rows = {"enter": self.enter, "exit": self.exit, "sizes": sizes}
        writer.send(_STORE, rows=rows, at=as_of)
        lines.write(writer, [*_lines("SEGMENT_ENTERED", self.enter, as_of)])
        lines.write(writer, [*_lines("SEGMENT_EXITED", self.exit, as_of)])


def _lines(type: lines.LineType, rows: Sequence[dict[str, Any]], as_of: datetime) -> list[lines.Line]:
    return [lines.line(type, row["one_id"], row["cause"], as_of, segment=row["segment"]) for row in rows]
