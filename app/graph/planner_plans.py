"""A compiled operation, and what running it takes: one statement, its parameters, and how its row is read.

A plan holds no value of any request but the ones that its text spells out; the same plan serves every caller
with the same scopes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from graphql.execution.values import VariableValues

from app.errors import OneIdError
from app.graph.planner_conditions import PARAMETERS, Condition, put_in
from app.graph.planner_fields import Asking, Found
from app.graph.planner_shapes import Incomplete, Read, Reading
from app.graph.planner_uses import Use

PATIENCE = 30.0  # seconds that one request's statement may take


@dataclass(frozen=True, slots=True)
class Part:
    """One way to answer a root field: its expression, how its cell is read, and every use of a fragment in
    it.
    """

    expression: str
    read: Read
    own: Use
    below: Mapping[int, Use]
    shared: frozenset[str]

    async def parameters(
        self,
        asking: Asking,
        variables: VariableValues,
        found: Found,
        refused: dict[int, Exception],
        conditions: dict[str, Condition],
    ) -> dict[str, Any]:
        """All parameters of the expression, and the conditions among them. Uses below the root whose
        arguments cannot be meant are noted in `refused`, and looked up as if nothing had been said, so that
        everything else is answered.
        """
        params = self.own.named(found)
        for number, use in self.below.items():
            try:
                if use.stored.search is None:
                    params |= use.named(use.find(asking, variables))
                else:
                    looked_up = await use.search(asking, variables, {})
                    params |= use.named(looked_up)
                    conditions |= use.conditions(looked_up)
            except OneIdError as error:
                refused[number] = error
                params |= use.unsaid()
        if self.shared:
            caller = asking.shared()
            params |= {name: caller[name] for name in self.shared}
        return params

    def shaped(self, cell: Any, asking: Asking, refused: Mapping[int, Exception]) -> tuple[Any, bool]:
        """The cell as callers see it, and whether it needs no completing."""
        if cell is None:
            return None, True
        try:
            return self.read(cell, Reading(asking, strict=not refused, refused=refused)), not refused
        except Incomplete:
            return self.read(cell, Reading(asking, strict=False, refused=refused)), False


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its parts by variant ("" where there is one way), or why the caller may not have it."""

    key: str
    parts: Mapping[str, Part]
    refused: OneIdError | None = None

    async def chosen(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any]
    ) -> tuple[Part | None, Found]:
        """The part that the arguments lead to; None where they lead nowhere, and the answer is null."""
        if self.refused is not None:
            raise self.refused
        found = await next(iter(self.parts.values())).own.search(asking, variables, given)
        return (None if found.variant is None else self.parts[found.variant]), found


@dataclass(frozen=True, slots=True)
class Tree:
    """An operation's answer by response key. Not `complete`: holds errors or forbidden nulls, or misses
    fields.
    """

    values: dict[str, Any]
    complete: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The roots of an operation. `constants` are its `__typename`s; `rest` when some of it is not in the
    graph.
    """

    keys: tuple[str, ...]
    roots: tuple[Root, ...]
    constants: Mapping[str, str]
    rest: bool
    texts: dict[tuple[int, ...], str] = field(default_factory=dict)

    async def answer(
        self, asking: Asking, variables: VariableValues, given: Mapping[str, Any] = MappingProxyType({})
    ) -> Tree:
        """Asks the graph once, for everything; not at all when nothing is left to ask.

        given: arguments that come from the program rather than from the document.
        """
        values: dict[str, Any] = dict.fromkeys(self.keys)
        values.update(self.constants)
        wanted: list[_Wanted] = []
        params: dict[str, Any] = {}
        conditions: dict[str, Condition] = {}
        complete = not self.rest
        for root in self.roots:
            try:
                part, found = await root.chosen(asking, variables, given)
                if part is not None:
                    refused: dict[int, Exception] = {}
                    params |= await part.parameters(asking, variables, found, refused, conditions)
                    wanted.append(_Wanted(root.key, part, found.refused, refused))
            except Exception as error:  # likewise of what never got as far as the graph
                values[root.key], complete = error, False
        if wanted:
            complete &= await self._fetch(asking, wanted, params, conditions, values)
        return Tree(values, complete)

    async def _fetch(
        self,
        asking: Asking,
        wanted: list["_Wanted"],
        params: dict[str, Any],
        conditions: Mapping[str, Condition],
        values: dict[str, Any],
    ) -> bool:
        """Fills in the values; False when one of them needs completing."""
        try:
            text = put_in(self._text([one.part for one in wanted]), conditions)
            cells = await asking.reader().cells(text, {PARAMETERS: params}, timeout=PATIENCE)
        except Exception as error:  # each field says what became of it, and the rest of the request goes on
            values.update({one.key: error for one in wanted})
            return False
        complete = True
        for one, cell in zip(wanted, cells, strict=True):
            values[one.key], whole = one.part.shaped(cell, asking, one.below)
            for place, refusal in one.items.items():
                values[one.key][place] = refusal
            complete &= whole and not one.items
        return complete

    def _text(self, parts: list[Part]) -> str:
        """`RETURN … AS r0, … AS r1`: joined once for each choice of variants."""
        chosen = tuple(map(id, parts))
        if chosen not in self.texts:
            columns = ",\n".join(f"{part.expression} AS r{i}" for i, part in enumerate(parts))
            self.texts[chosen] = f"RETURN {columns}"
        return self.texts[chosen]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A root that is asked of the graph: its part, what was refused of its items by place, and below it."""

    key: str
    part: Part
    items: Mapping[int, Exception]
    below: Mapping[int, Exception]
