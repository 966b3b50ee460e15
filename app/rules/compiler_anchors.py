"""Where a statement starts: at the facts that one condition of the rule names, rather than at all people.

An anchor finds a superset of the people who match; `rest` is what is left to be looked at of each.
"""

from dataclasses import dataclass

from app.rules.model import Rule
from app.rules.statement import Statement


@dataclass(frozen=True)
class Anchor:
    """Clauses that leave `p`, possibly more than once; empty for all people. `rest`: None when nothing is
    left.
    """

    clauses: str
    rest: Rule | None


def anchor(statement: Statement, rule: Rule) -> Anchor:
    """The cheapest place to start."""
    return Anchor("", rule)
