"""A dry run: what an import would take, and every problem, without a database. Nothing is written."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from app.commerce.facts import Shops
from app.identity.live.register import now
from app.identity.normalise import Blocklist
from app.identity.policy import Policy, load_policy
from app.identity.screen import screen
from app.identity.sighting import Notice, micros
from app.ingest.fitness import odd
from app.ingest.lines import Window
from app.ingest.mapping import Known
from app.ingest.model import from_line
from app.ingest.problems import Malformed
from app.ingest.service import Rejection, malformed
from app.ingest.sources import Source, source_of
from app.ingest.subjects import not_stored, refusal
from app.settings import Settings

FIRST = 5
"""Observations that are shown."""
_HEAD = ("id", "at", "source", "brand", "identifiers")
SHOWN = 20
"""Problems that are shown in words; JSON has all."""


@dataclass(slots=True)
class DryRun:
    """What an import would come to: the first observations, and every rejection and warning by line."""

    first: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    accepted: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Rejection] = field(default_factory=list)

    def as_json(self) -> str:
        """All of it."""
        told = {
            "accepted": self.accepted,
            "rejected": [_told(one) for one in self.rejected],
            "warnings": [_told(one) for one in self.warnings],
            "first": [{"line": line} | {"observation": said} for line, said in self.first],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def show(self, console: Console) -> None:
        """The first observations as a table, the first problems, and how many there are of each code."""
        table = Table(*(Column(name, overflow="fold") for name in ("line", *_HEAD, "facts")))
        for line, said in self.first:
            table.add_row(str(line), *map(escape, _columns(said)))
        console.print(table)
        for title, found in (("rejected", self.rejected), ("warnings", self.warnings)):
            codes = Counter(one.code for one in found)
            counts = ", ".join(f"{code} {count:,}" for code, count in sorted(codes.items()))
            console.print(f"{title}: {len(found):,}" + (f" ({counts})" if counts else ""))
            for one in found[:SHOWN]:
                console.print(f"  line {one.index}: {one.code}: {escape(one.message)}", soft_wrap=True)
            if len(found) > SHOWN:
                console.print(f"  … and {len(found) - SHOWN:,} more (--json has all)")
        console.print(f"{self.accepted:,} observations would be accepted; nothing was written")


def _columns(said: dict[str, Any]) -> list[str]:
    """An observation as the cells of a table."""
    identifiers = said.get("identifiers") or []
    facts = {name: part for name, part in said.items() if name not in _HEAD and part}
    return [
        *(str(said.get(name) or "") for name in ("id", "at", "source", "brand")),
        "\n".join(
            ":".join(str(one[part]) for part in ("kind", "scope", "value") if part in one)
            for one in identifiers
        ),
        "\n".join(f"{name}: {json.dumps(part, ensure_ascii=False)}" for name, part in facts.items()),
    ]


def _told(one: Rejection) -> dict[str, Any]:
    told = {"line": one.index, "id": one.id, "code": one.code, "message": one.message}
    return told | {"field": list(one.field)}


def run(file: Path, mapping: str | None, settings: Settings) -> DryRun:
    """Go through a whole file as an import would, under the policy of the settings. Raises BadInput."""
    policy = load_policy(settings.policy.read_text(encoding="utf-8"))
    source = source_of(file, mapping, settings.time_zone, Known(kinds=list(policy.kinds)))
    return tried(source, policy)


def tried(source: Source, policy: Policy, most: int | None = None) -> DryRun:
    """Every observation of a source (of its first windows, at most so many), as far as that can be said
    without what is stored.
    """
    found, check = DryRun(), _Check(policy)
    for window in islice(windows(source), most):
        told = list(window.malformed.items())
        for number, text in zip(window.numbers, window.texts, strict=True):
            if len(found.first) < FIRST:
                found.first += _shown(number, text)
            try:
                check.line(number, text, found)
            except Malformed as error:
                told.append((number, error))
        found.rejected += [malformed(number, error) for number, error in told]
    found.rejected.sort(key=lambda one: one.index)
    return found


def windows(source: Source) -> Iterator[Window]:
    """All of a source, window by window."""
    line = offset = 0
    while (window := source.window(line, offset)).offset > offset:
        yield window
        line, offset = window.line, window.offset


def _shown(number: int, text: bytes) -> list[tuple[int, dict[str, Any]]]:
    try:
        said = from_json(text)
    except ValueError:
        return []
    return [(number, said)] if isinstance(said, dict) else []


class _Check:
    """What can be said of an observation without a database."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.blocklist = policy, Blocklist(policy, policy.blocked)
        self.shops, self.now = Shops(), micros(now())

    def line(self, number: int, text: bytes, found: DryRun) -> None:
        """Count one line. Raises Malformed."""
        observation = from_line(text)
        no = refusal(observation, self.policy, self.shops, None)
        seen = no or screen(self.policy, self.blocklist, observation, self.now)
        if isinstance(seen, Notice):
            found.rejected.append(_rejection(number, seen))
            return
        kept = [one.plain for one in seen.identifiers]
        if seen.has_facts and not kept:
            why = "it has facts and no identifier is left to hang them on"
            found.rejected.append(_rejection(number, Notice(seen.id, "NO_IDENTIFIER", why, ("identifiers",))))
            return
        found.accepted += 1
        notices = chain(seen.warnings, not_stored(observation, kept), odd(observation))
        found.warnings += [_rejection(number, one) for one in notices]


def _rejection(number: int, notice: Notice) -> Rejection:
    return Rejection(number, notice.id, notice.code, notice.message, notice.field)
