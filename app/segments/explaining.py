"""Why somebody is in a segment, or not: each condition, and the facts that made it so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.rules.compiler import SECONDS
from app.rules.compiler_explain import explaining
from app.rules.model import Path, Rule
from app.rules.name_tests import unnamed
from app.segments.explain_words import measured_text, sentence
from app.segments.preview import Evaluation

LISTS = {
    "Order": "orders",
    "Touch": "touches",
    "Event": "events",
    "Consent": "consents",
    "Dependent": "dependents",
    "Member": "members",
    "Card": "cards",
    "Identifier": "identifiers",
    "Tag": "tags",
}
"""Where facts of a type are told."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One condition. count: how many facts it found; facts: the newest of them, as (type, key); measured:
    what is measured of them, as text, where that is not how many there are.
    """

    path: Path
    holds: bool
    sentence: str
    count: int
    facts: Sequence[tuple[str, str]]
    measured: str | None

    def row(self) -> Mapping[str, Any]:
        """As the planner is given it."""
        lists: dict[str, list[str]] = {name: [] for name in LISTS.values()}
        for type_, key in self.facts:
            lists[LISTS[type_]].append(key)
        return {
            "field": list(self.path),
            "holds": self.holds,
            "sentence": self.sentence,
            "count": self.count,
            "measured": self.measured,
            **lists,
        }


async def explain_rule(evaluation: Evaluation, rule: Rule, one_id: str) -> list[Explained]:
    """Every condition of a rule for one person, from the top; nothing for somebody who is not there, or not
    for this caller. One statement. Raises TimedOut.
    """
    asked = explaining(rule, evaluation.settings, one_id)
    rows = await evaluation.reader.compiled(asked.text, asked.params, timeout=SECONDS)
    if not rows:
        return []
    explained = []
    for (path, one), holds, found in zip(asked.entries, rows[0]["holds"], rows[0]["found"], strict=True):
        count, facts, value = found or (0, (), None)
        said = one if evaluation.personal else unnamed(one)
        told = sentence(said, holds, found, evaluation.settings)
        measured = _measured(one.body, value, evaluation) if one.key in ("order", "touch", "event") else None
        explained.append(
            Explained(path, holds, told, count, [(type_, key) for type_, key in facts], measured)
        )
    return explained


def _measured(body: Any, value: Any, evaluation: Evaluation) -> str | None:
    if body.measure == "COUNT":
        return None
    where = getattr(body, "where", None)
    currency = (getattr(where, "currency", None) or (evaluation.settings.currency,))[0]
    return measured_text(body.measure, value, evaluation.settings, currency)
