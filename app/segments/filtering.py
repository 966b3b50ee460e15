"""What people are filtered by on the way through the graph: the buyers of a product, somebody's dependents.

The filters are parts of rules, checked and compiled as those are, and stand in the one statement that reads
everything else. What only the graph knows is asked before: the tags and segments that a filter names, and,
of a rule that few people match, who they are.
"""

from collections.abc import Mapping
from typing import Any

from app.context import Context
from app.errors import BadInput, NotAllowed, TimedOut
from app.graph.planner_conditions import Condition
from app.graph.planner_fields import Found
from app.rules import compiler_filters as filters
from app.rules.check import Wrong, problems
from app.rules.compiler import expanded
from app.rules.compiler_anchors import anchor
from app.rules.model import Path, Rule, RuleMalformed, parse
from app.rules.parts import Part
from app.rules.statement import Settings
from app.rules.vocabulary import Vocabulary, read_vocabulary
from app.segments.preview import Evaluation
from app.segments.preview_graphql import evaluation_of
from app.settings import settings
from app.tags.words import declared

FEW = 1_000
"""A rule that no more people match is where the buyers are looked for, rather than the product."""

_READ = 50_000
"""How many relationships may be read to find those few, as anchors count them."""

_SECONDS = 0.5


async def dependents(context: Context, arguments: Mapping[str, Any]) -> Found:
    """Parameters of `Person.dependents`. Raises BadInput with everything that is wrong with `where`."""
    like: Condition | bool = True
    if (said := _said(arguments, "where")) is not None:
        rule, known = await _checked(context, {"dependent": {"where": said}})
        like = filters.dependents(rule.body.where, _settings(context, known))
    return Found({"kinds": _said(arguments, "kinds"), "like": like})


async def buyers(context: Context, arguments: Mapping[str, Any]) -> Found:
    """Parameters of `Product.buyers`. Raises BadInput with everything that is wrong with a filter."""
    first = _said(arguments, "first") or 20
    if first < 1 or _said(arguments, "first") == 0:
        raise BadInput("`first` is at least 1", field=("first",))
    after = _said(arguments, "after")
    start = None if after is None else context.open_cursor("Product.buyers", after)
    return Found({"first": first, "after": start, **await _bought(context, arguments)})


async def buyer_count(context: Context, arguments: Mapping[str, Any]) -> Found:
    """Parameters of `Product.buyerCount`, likewise."""
    return Found(await _bought(context, arguments))


async def _bought(context: Context, arguments: Mapping[str, Any]) -> dict[str, Any]:
    orders = {name: said for name in ("where", "within") if (said := _said(arguments, name)) is not None}
    rule, known = await _checked(context, {"order": orders})
    bought = filters.lines(rule.body, _settings(context, known))
    if (said := _said(arguments, "rule")) is None:
        return {"bought": bought, "matches": True, "among": None}
    if not context.may("segment:read"):
        raise NotAllowed("`rule` needs the scope segment:read", code="FORBIDDEN", field=("rule",))
    try:
        evaluation = await evaluation_of(context, said, None, None)
    except RuleMalformed as error:
        raise _refusal([(("rule", *one.field), one.message) for one in error.problems]) from None
    _refuse(evaluation.wrong, ("rule",), 0)
    among = await _few(evaluation)
    matches = filters.people(evaluation.rule, evaluation.settings) if among is None else True
    return {"bought": bought, "matches": matches, "among": among}


async def _few(evaluation: Evaluation) -> list[str] | None:
    """Everybody who matches the rule; None where they are many, or it would take long to say."""
    rule, said = evaluation.rule, evaluation.settings
    start = anchor(expanded(rule, said.segments), said.sizes)
    if start.build is None or start.cost > _READ:
        return None
    asked = filters.some(rule, said, FEW + 1)
    try:
        rows = await evaluation.reader.compiled(asked.text, asked.params, timeout=_SECONDS)
    except TimedOut:
        return None
    return None if len(rows) > FEW else [row["oneId"] for row in rows]


async def _checked(context: Context, said: Mapping[str, Any]) -> tuple[Rule, Vocabulary]:
    """The part of a rule as a condition, and what it was checked by. Errors are told by their place in the
    part.
    """
    try:
        rule = parse(said)
    except RuleMalformed as error:
        raise _refusal([(one.field[1:], one.message) for one in error.problems]) from None
    words = declared(context.policy)
    known = Vocabulary(words)
    if rule.key == "dependent" and _names_tags(rule.body.where):
        known = await read_vocabulary(context.reader(), declared=words)
    _refuse(problems(rule, known, _settings(context, known).clock), (), 1)
    return rule, known


def _names_tags(where: Part) -> bool:
    opposite = getattr(where, "not_", None)
    return bool(getattr(where, "tag", None)) or (opposite is not None and _names_tags(opposite))


def _settings(context: Context, known: Vocabulary) -> Settings:
    brands = context.caller.brands
    return known.settings(context.as_of, settings().time_zone, None if brands is None else sorted(brands))


def _refuse(wrong: list[Wrong] | Any, prefix: Path, skip: int) -> None:
    if wrong:
        told = [((*prefix, *one.field[skip:]), one.message) for one in wrong]
        raise _refusal(told, wrong[0].code, wrong[0].suggestion)


def _refusal(
    told: list[tuple[Path, str]], code: str | None = None, suggestion: str | None = None
) -> BadInput:
    """One error for everything that is wrong; code, path and suggestion are those of the first."""
    message = "; ".join(f"{'.'.join(path)}: {what}" for path, what in told)
    return BadInput(message, code=code, field=told[0][0], suggestion=suggestion)


def _said(arguments: Mapping[str, Any], name: str) -> Any:
    return arguments.get(name)
