"""A fragment put in its place in a statement: the text of its file with other names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.graph.planner_fragments import Fragment
from app.graph.planner_uses import parameter


@dataclass(frozen=True, slots=True)
class Placed:
    """A fragment in its place: with variables of its own, on its parent's, and its parameters under their
    names.
    """

    fragment: Fragment
    names: Mapping[str, str]
    variables: Mapping[str, str]

    @property
    def it(self) -> str:
        return self.variables["it"]

    @property
    def value(self) -> str:
        return self._renamed(self.fragment.value)

    @property
    def type(self) -> str:
        return self._renamed(self.fragment.type or "")

    @property
    def cursor(self) -> str:
        return f"[{self._renamed(self.fragment.cursor or '')}]"

    def parameter(self, name: str) -> str:
        return parameter(self.names[name])

    def collected(self, row: str) -> str:
        """The list of what the fragment finds, each as this row, in the fragment's order."""
        body, tail = self._renamed(self.fragment.body), self._renamed(self.fragment.tail)
        return f"COLLECT {{ {body}\nRETURN {row}{tail} }}"

    def _renamed(self, text: str) -> str:
        text = re.sub(r"\$(\w+)", lambda m: parameter(self.names.get(m[1], m[1])), text)
        return re.sub(r"(?<![\w.$:])[A-Za-z]\w*", lambda m: self.variables.get(m[0], m[0]), text)
