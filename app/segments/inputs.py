"""What callers give of a saved segment, in GraphQL and as JSON on the command line: the same names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import BadInput
from app.rules.model import Rule, RuleMalformed, parse
from app.segments.saved import DRAFT, Saved

NAMES = ("name", "rule", "status", "schedule", "share", "owner")


def rule_of(said: Any) -> Rule:
    """The rule that is given. Raises BadInput with its path under `rule`."""
    try:
        return parse(said)
    except RuleMalformed as error:
        message = "; ".join(f"{'.'.join(one.field) or 'rule'}: {one.message}" for one in error.problems)
        raise BadInput(message, field=("rule", *error.field), suggestion=error.suggestion) from None


def changes_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be otherwise, by the names of Saved. A null empties what may be empty."""
    said = {name: given[name] for name in NAMES if name in given}
    for name in ("name", "rule", "status"):
        if name in said and said[name] is None:
            del said[name]
    if "rule" in said:
        said["rule"] = rule_of(said["rule"])
    if "status" in said:
        said["status"] = str(getattr(said["status"], "value", said["status"]))
    return said


def segment_of(given: Mapping[str, Any]) -> Saved:
    """A new segment."""
    said = changes_of(given)
    return Saved(str(given["key"]), said.pop("rule"), **{"status": DRAFT, **said})
