"""`oneid simulate`: a policy, observations and operations in; who is one person out. No database.

Contract: design page "identity", "`oneid simulate FILE.json`".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import OneIdError
from app.identity.cluster import decide
from app.identity.evidence import Said
from app.identity.ledger import Ledger
from app.identity.observing import observe
from app.identity.operations import Refused, operate
from app.identity.policy import parse_policy
from app.identity.rule import ACTIVE
from app.identity.screen import screen
from app.identity.sighting import Notice, micros
from app.identity.undo import Past, undo

BEFORE_EVERYTHING = "e0"


class DocumentInvalid(OneIdError):
    """The document cannot be simulated: each problem with its path."""

    code = "BAD_USER_INPUT"


class _Observation(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)

    id: str
    at: datetime
    identifiers: list[dict[str, Any]] = []


class _Operation(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)

    after: str
    op: str
    at: datetime | None = None
    operation: int | None = None
    """Of an undo: the place in the list, from 0, of what it takes back."""


class _Document(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    policy: dict[str, Any]
    observations: list[_Observation]
    operations: list[_Operation] = []


def simulate(document: Mapping[str, Any]) -> dict[str, Any]:
    """Components, suppressed pairs, rejections and warnings. Raises `DocumentInvalid` or `PolicyInvalid`."""
    try:
        parsed = _Document.model_validate(document)
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise DocumentInvalid("; ".join(problems)) from None
    known = {BEFORE_EVERYTHING, *(observation.id for observation in parsed.observations)}
    lost = [
        f"operations.{i}.after: no observation is called {o.after}"
        for i, o in enumerate(parsed.operations)
        if o.after not in known
    ]
    if lost:
        raise DocumentInvalid("; ".join(lost))
    run = _Run(Ledger(parse_policy(document["policy"])), parsed)
    run.all()
    return run.answer()


class _Run:
    """One simulation: the ledger, and what was said on the way."""

    def __init__(self, ledger: Ledger, document: _Document) -> None:
        self.ledger = ledger
        self.observations = document.observations
        self.operations: defaultdict[str, list[tuple[int, _Operation]]] = defaultdict(list)
        for number, operation in enumerate(document.operations):
            self.operations[operation.after].append((number, operation))
        self.past: dict[int | None, Past] = {}
        """The operations that ran, by their place in the document."""
        self.rejected: list[Notice] = []
        self.warnings: list[Notice] = []
        self.newest = 0

    def all(self) -> None:
        self._operate(BEFORE_EVERYTHING)
        for observation in self.observations:
            self._observe(observation)
            self._operate(observation.id)

    def _observe(self, observation: _Observation) -> None:
        sighting = screen(self.ledger.policy, self.ledger.blocklist, observation.model_dump())
        outcome = sighting if isinstance(sighting, Notice) else observe(self.ledger, sighting)
        if isinstance(outcome, Notice):
            self.rejected.append(outcome)
        else:
            self.warnings += outcome
            self.newest = max(self.newest, micros(observation.at))

    def _operate(self, after: str) -> None:
        for number, operation in self.operations.pop(after, ()):
            try:
                self._run(number, operation)
            except Refused as no:
                self.warnings.append(Notice(after, no.code, no.message, no.field))

    def _run(self, number: int, operation: _Operation) -> None:
        fields, at = operation.model_dump(), self.newest if operation.at is None else micros(operation.at)
        if operation.op == "undo":
            undo(self.ledger, self.past.get(operation.operation))
            self.past[operation.operation] = replace(self.past[operation.operation], undone=True)
        else:
            operate(self.ledger, operation.op, fields, at, Said(str(number)))
        if operation.op != "expire":  # which nobody decides
            self.past[number] = Past(str(number), operation.op, fields)

    def answer(self) -> dict[str, Any]:
        decision = decide(self.ledger)
        shown = {key: one.display for key, one in self.ledger.identifiers.items()}
        suppressed = [
            {
                "a": min(shown[a], shown[b]),
                "b": max(shown[a], shown[b]),
                "reason": verdict.reason,
                "blockedBy": sorted(shown[key] for key in verdict.blocked_by),
            }
            for (a, b), verdict in decision.resolution.verdicts.items()
            if verdict.reason != ACTIVE
        ]
        return {
            "components": sorted(
                sorted(shown[key] for key in component) for component in decision.resolution.components
            ),
            "suppressed": sorted(suppressed, key=lambda row: (row["a"], row["b"])),
            "rejected": [_said(notice) for notice in self.rejected],
            "warnings": [_said(notice) for notice in self.warnings],
        }


def _said(notice: Notice) -> dict[str, str]:
    return {"id": notice.id, "code": notice.code, "message": notice.message}
