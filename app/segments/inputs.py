"""What callers give of a saved segment, in GraphQL and as JSON on the command line: the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.errors import BadInput
from app.rules.choice import parse_limit
from app.rules.model import Problem, Rule, RuleMalformed, parse
from app.segments.saved import DRAFT, Saved

NAMES = ("name", "rule", "status", "schedule", "share", "limit", "owner")


def rule_of(said: Any) -> Rule:
    """The rule that is given. Raises RuleMalformed with its paths under `rule`."""
    try:
        return parse(said)
    except RuleMalformed as error:
        raise RuleMalformed([one._replace(field=("rule", *one.field)) for one in error.problems]) from None


def shapes(said: Mapping[str, Any], rule: Callable[[Any], Rule] = rule_of) -> dict[str, Any]:
    """The `rule` and the `limit` of what is given, of those that are. Raises RuleMalformed with everything
    that is wrong with either.
    """
    made, wrong = dict[str, Any](), list[Problem]()
    for name, parsed in (("rule", rule), ("limit", parse_limit)):
        if said.get(name) is None:
            continue
        try:
            made[name] = parsed(said[name])
        except RuleMalformed as error:
            wrong += error.problems
    if wrong:
        raise RuleMalformed(wrong)
    return made


def together(*checks: Callable[[], Any]) -> list[Any]:
    """What each check makes of the arguments. Raises BadInput with everything that they refuse."""
    made, wrong = [], list[BadInput]()
    for check in checks:
        try:
            made.append(check())
        except BadInput as error:
            wrong.append(error)
    if not wrong:
        return made
    first = wrong[0]
    message = "; ".join(one.message for one in wrong)
    raise BadInput(message, code=first.code, field=first.field, suggestion=first.suggestion)


def changes_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be otherwise, by the names of Saved. A null empties what may be empty."""
    said = {name: given[name] for name in NAMES if name in given}
    for name in ("name", "rule", "status"):
        if name in said and said[name] is None:
            del said[name]
    said |= shapes(said)
    if "status" in said:
        said["status"] = str(getattr(said["status"], "value", said["status"]))
    return said


def segment_of(given: Mapping[str, Any]) -> Saved:
    """A new segment. Raises BadInput."""
    if given.get("rule") is None:
        advice = "docs/rules.md has every condition"
        raise BadInput("a segment needs a rule", field=("rule",), suggestion=advice)
    said = changes_of(given)
    return Saved(str(given["key"]), said.pop("rule"), **{"status": DRAFT, **said})
