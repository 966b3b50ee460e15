"""The next day on which the calendar alone may change what a dependent carries."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.rules.windows import Clock
from app.tags.definitions import Definitions


def dependents_due(known: Definitions, kind: str, birthday: Any, clock: Clock) -> date | None:
    """The first day after today on which a rule about such a dependent may answer otherwise."""
    return None
