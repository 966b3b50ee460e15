"""Which rules match, of people and of their dependents, and what is measured: many rules in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.graph.sessions import Reader
from app.identity.service import Identity
from app.money import minor_digits
from app.rules.compiler_held import gathered, held, held_of_dependents, measured
from app.rules.model import Rule
from app.rules.names import named
from app.rules.statement import Settings
from app.tags.definitions import Definitions
from app.tags.model import DAYS, PERSON, Definition, Value, carried_rule

TOGETHER = 10
"""Rules of one statement: its plan is made once for rules of these shapes."""

Found = dict[str, dict[str, Value | None]]
"""Key of a person or dependent -> the tags that match, with their values."""


async def matching(
    identity: Identity,
    known: Definitions,
    evaluated: Sequence[Definition],
    people: Sequence[str],
    as_of: datetime,
) -> Found:
    """Which of these tags' rules match, for the people and their dependents."""
    found: Found = {}
    reader, settings = identity.graph.reader(), known.evaluation(as_of)
    flags = [one for one in evaluated if one.set_by == "RULE" and one.rule is not None]
    for of_people in (True, False):
        about = [one for one in flags if (one.subject == PERSON) == of_people]
        ruled = [one.rule for one in about if one.rule is not None]
        evaluation = await named(
            reader, identity.keyring, ruled, settings, people=people, guardians=not of_people
        )
        for start in range(0, len(about), TOGETHER):
            tags = about[start : start + TOGETHER]
            rules = [one.rule for one in tags if one.rule is not None]
            compiled = (held if of_people else held_of_dependents)(rules, evaluation, people)
            for row in await gathered(reader, compiled):
                kind = PERSON if of_people else row["kind"]
                hits = (tag for tag, holds in zip(tags, row["holds"], strict=True) if holds)
                found.setdefault(row["key"], {}).update(
                    {tag.key: None for tag in hits if tag.subject == kind}
                )
    await _computed(reader, settings, evaluated, people, found)
    return found


async def _computed(
    reader: Reader,
    settings: Settings,
    evaluated: Sequence[Definition],
    people: Sequence[str],
    found: Found,
) -> None:
    """What is measured, for those who have it."""
    tags = [(one, rule) for one in evaluated if one.set_by == "COMPUTED" and (rule := carried_rule(one))]
    for start in range(0, len(tags), TOGETHER):
        part = tags[start : start + TOGETHER]
        compiled = measured([rule for _, rule in part], settings, people)
        for row in await gathered(reader, compiled):
            values = zip(part, row["holds"], strict=True)
            has = {
                one.key: value_measured(rule, cell, settings)
                for (one, rule), cell in values
                if cell is not None
            }
            found.setdefault(row["key"], {}).update(has)


def value_measured(rule: Rule, cell: Any, settings: Settings) -> Value:
    """A measure as people write it: a local day, an amount in units of the currency, a number."""
    kind, _, of = rule.body.measure.partition("_")
    if rule.body.measure in DAYS:
        return settings.clock.day_of(cell.to_native()).isoformat()
    number = cell[0] / cell[1] if isinstance(cell, list) else cell
    if kind in ("SUM", "AVG", "MIN", "MAX") and of in ("AMOUNT", "DISCOUNT", "REFUND"):
        currencies = rule.body.where.currency or (settings.currency,)
        number = number / 10 ** minor_digits(currencies[0])
    rounded = round(float(number), 6)
    return int(rounded) if rounded.is_integer() else rounded
