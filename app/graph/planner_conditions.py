"""Conditions that a request brings along: what a filter asks, put in the place of a fragment's parameter.

A fragment says `AND $like`, with `like` a boolean: without a filter it is true, and the file runs as it is in
Neo4j Browser. With one, the field's search gives a `Condition` for it: the statement then has the
condition's text in that place, and the condition's values are a map in the statement's one parameter. As
with rules, the text depends on the shape of the filter alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.graph.planner_limits import MAX_CONDITIONS, over

PARAMETERS = "p"
"""The statement's one parameter: a map of all. The database plans a text anew for each type of each parameter
(null, a list of one, of ten, of a hundred …), but a map is a map whatever is in it.
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean that is never null.

    text: Cypher, its values in `$p`. values: that map. about: its free variables, by what the fragment calls
    them. size: how many conditions of a rule it holds.
    """

    text: str
    values: Mapping[str, Any]
    about: Mapping[str, str]
    size: int = 1

    def placed(self, name: str, variables: Mapping[str, str]) -> "Condition":
        """The condition where a statement's parameter of this name stands, with the statement's variables."""
        text = self.text.replace(f"${PARAMETERS}.", f"${PARAMETERS}.{name}.")
        renamed = {own: variables[fragments] for own, fragments in self.about.items()}
        text = re.sub(r"(?<![\w.$:])[A-Za-z]\w*", lambda m: renamed.get(m[0], m[0]), text)
        return Condition(f"({text})", self.values, {}, self.size)


def put_in(text: str, conditions: Mapping[str, Condition]) -> str:
    """The statement with the conditions in the places of their parameters. Raises OverLimit."""
    if not conditions:
        return text
    if sum(one.size for one in conditions.values()) > MAX_CONDITIONS:
        raise over("TOO_COMPLEX", f"the filters of this request hold more than {MAX_CONDITIONS} conditions")

    def instead(match: re.Match[str]) -> str:
        return conditions[match[1]].text if match[1] in conditions else match[0]

    return re.sub(rf"\${PARAMETERS}\.(\w+)", instead, text)
