"""A row as an observation, by a mapping: the same JSON that a line of a file says.

Every problem of a row is told at once, each with the path in the observation and the column; no cell is ever
quoted.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from pydantic_core import to_json

from app.ingest import cells
from app.ingest import mapping_values as values
from app.ingest.mapping import Mapping
from app.ingest.problems import Malformed, Problem
from app.ingest.records import TOO_LONG
from app.ingest.tables import REJECTED, Row, Table

_GUARDED = re.compile(r'^(?:="(.*)"|\'(\d+))$')  # ="00123" and '00123: how exports keep Excel from counting
_FLOATED = re.compile(r"^(\d+)\.0$")
_CUT = re.compile(r"^\d(?:\.\d+)?[eE]\+\d\d$")  # 1.38E+10: how Excel shows a long number, and exports it
_LOST = "its digits were cut by Excel: make the column a text there, and export again"

Path = tuple[str, ...]


@dataclass(slots=True)
class _Told:
    """What is wrong with one row."""

    problems: list[Problem] = field(default_factory=list)

    def say(self, path: Path, columns: Sequence[str], what: str) -> None:
        where = f" (column {', '.join(columns)})" if columns else ""
        self.problems.append(Problem(path, f"{what}{where}"))


class Converter:
    """Rows of one table into observations. `zone` holds where neither cell nor mapping says one."""

    def __init__(self, mapping: Mapping, table: Table, zone: str) -> None:
        self.mapping, self.name = mapping, table.path.name
        self.place = {name: index for index, name in enumerate(table.columns)}
        self.zone = mapping.time_zone or zone
        self.empty = frozenset(("", *mapping.empty))
        self.own_id = self.place.get(REJECTED[1]) if table.rejects else None
        self.readers: dict[type, Callable[[Any, str], Any]] = {
            values.Value: lambda _, text: text,
            values.Whole: lambda _, text: cells.whole(text),
            values.Money: lambda _, text: cells.money(text),
            values.YesNo: lambda _, text: cells.yes_no(text),
            values.Day: lambda spec, text: cells.day(spec, text),
            values.Time: lambda spec, text: self._time(spec, text),
            values.Attribute: lambda spec, text: cells.attribute(spec, text),
        }

    def line(self, row: Row) -> bytes:
        """The observation as a line of JSON. Raises Malformed with everything that is wrong with the row."""
        told = _Told()
        id = self._id(row, told)
        if row.problem:
            raise Malformed(id, [Problem((), row.problem)])
        said = {"id": id} | self._head(row, told)
        for name, part in self.mapping.facts.items():
            found, _ = self._part(part, row, (name,), told)
            if found:
                said[name] = found
        if told.problems:
            raise Malformed(id, told.problems)
        return to_json(said)

    def _id(self, row: Row, told: _Told) -> str:
        found = (
            self._value(self.mapping.id, row, ("id",), told) if self.mapping.id and not row.problem else None
        )
        if found is None and self.own_id is not None and self.own_id < len(row.cells):
            found = row.cells[self.own_id] or None
        return f"{self.name}:{row.line}" if found is None else str(found)

    def _head(self, row: Row, told: _Told) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name in ("at", "source", "brand"):
            spec: values.Value | None = getattr(self.mapping, name)
            if spec is not None and (found := self._value(spec, row, (name,), told)) is not None:
                said[name] = found
            elif spec is not None and name != "brand" and not any(p.field == (name,) for p in told.problems):
                told.say((name,), spec.read, "is missing")
        said["identifiers"] = [
            one
            for index, spec in enumerate(self.mapping.identifiers)
            for one in self._identifiers(spec, row, ("identifiers", str(index)), told)
        ]
        return said

    def _identifiers(
        self, spec: values.Identifiers, row: Row, path: Path, told: _Told
    ) -> Iterator[dict[str, Any]]:
        texts = [(name, self._cell(name, row, path, told)) for name in spec.read]
        parts = [(name, one) for name, text in texts if text for one in _split(text, spec.split)]
        parts += [("", spec.constant)] if spec.constant else []
        if not parts:
            return
        kind = self._value(spec.kind, row, (*path, "kind"), told)
        scope = self._value(spec.scope, row, (*path, "scope"), told) if spec.scope else None
        for name, text in parts:
            if text in self.empty:
                continue
            if _CUT.match(text):
                told.say(path, [name], _LOST)
            if kind is None:
                told.say((*path, "kind"), spec.kind.read, "is missing")
            whole = _FLOATED.sub(r"\1", text)
            one = {"kind": str(kind), "value": f"{spec.prefix}{whole}"}
            yield one if scope is None else one | {"scope": str(scope)}

    def _part(self, part: Any, row: Row, path: Path, told: _Told) -> tuple[Any, bool]:
        """What a section says, and whether a column said any of it: constants alone make no fact."""
        if isinstance(part, values.Value):
            found = self._value(part, row, path, told)
            return found, found is not None and bool(part.read)
        if isinstance(part, list):
            items = [self._part(one, row, (*path, str(n)), told) for n, one in enumerate(part)]
            kept = [found for found, _ in items if found is not None]
            return kept or None, any(said for _, said in items)
        named = part.items() if isinstance(part, dict) else [(n, v) for n, v in part if v is not None]
        fields = {name: self._part(one, row, (*path, name), told) for name, one in named}
        said = any(by_column for _, by_column in fields.values())
        if not said and any(map(_reads, dict(named).values())):
            return None, False
        return {name: found for name, (found, _) in fields.items() if found is not None} or None, said

    def _value(self, spec: values.Value, row: Row, path: Path, told: _Told) -> Any:
        """What a value is in this row; None when nothing is said."""
        if spec.constant is not None:
            return self._read(spec, str(spec.constant), (), path, told, plain=spec.constant)
        found = [text for name in spec.read if (text := self._cell(name, row, path, told))]
        if not found:
            return None
        text = found[0] if spec.join is None else spec.join.join(found)
        if spec.values:
            meant = spec.values.get(text, spec.values.get("*", text))
            return self._read(spec, str(meant), spec.read, path, told, plain=meant)
        return self._read(spec, spec.prefix + text, spec.read, path, told)

    def _read(
        self,
        spec: values.Value,
        text: str,
        columns: Sequence[str],
        path: Path,
        told: _Told,
        plain: Any = None,
    ) -> Any:
        if isinstance(plain, bool) and isinstance(spec, values.YesNo | values.Attribute):
            return plain
        try:
            return self.readers[type(spec)](spec, text)
        except cells.NotMeant as needed:
            told.say(path, columns, str(needed))
            return None

    def _cell(self, name: str, row: Row, path: Path, told: _Told) -> str:
        """The text of a cell; empty when it says nothing."""
        text = row.cells[self.place[name]]
        if text.startswith(TOO_LONG):
            told.say(path, [name], _LOST)
            return ""
        if text[:1] in ("=", "'") and (guarded := _GUARDED.match(text)):
            text = (guarded[1] if guarded[1] is not None else guarded[2]).strip()
        return "" if text in self.empty else text

    def _time(self, spec: values.Time, text: str) -> str:
        found = cells.moment(spec.formats, text)
        if found is None:
            raise cells.NotMeant("a time is needed, like 2026-11-20 08:30; others as formats in the mapping")
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(spec.zone or self.zone))
        try:
            return found.astimezone(UTC).isoformat()
        except OverflowError:
            raise cells.NotMeant("a time after the year 1 is needed") from None


def _reads(part: Any) -> bool:
    """Whether a part of a mapping reads any column."""
    if isinstance(part, values.Value):
        return bool(part.read)
    if isinstance(part, BaseModel):
        return any(_reads(one) for _, one in part)
    return any(map(_reads, part.values() if isinstance(part, dict) else part)) if part else False


def _split(text: str, separators: str | None) -> list[str]:
    if separators is None:
        return [text]
    return [one for part in re.split(f"[{re.escape(separators)}]+", text) if (one := part.strip())]
