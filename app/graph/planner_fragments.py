"""The planner's fragments: one file under `cypher/fields/` for each GraphQL field that is more than a
property.

The file `Person.identifiers.cypher` answers the field `identifiers` of the type `Person`:

    // The identifiers that a person holds now.
    // this: Person                 what the field is asked of: a node, a relationship, a map; none at a root
    // it: Identifier               the GraphQL type that each row is; left out where the file returns a value
    // type: labels(it)[0]          where `it` is an interface or a union: the name of the row's own type
    // params: kinds LIST<STRING>, brands LIST<STRING>
    // locals: link                 every other variable that the file introduces
    // cursor: it.seq               for a connection: the sort values that a page starts after
    MATCH (this)<-[:IDENTIFIES]-(it:Identifier)
    WHERE $kinds IS NULL OR it.kind IN $kinds
    RETURN it ORDER BY it.kind, it.key

The text ends in `RETURN it` with its order and limit (the compiler puts the selected columns in the place of
`it`), or in `RETURN <value>`. A file that is nothing but `RETURN <value>` is an expression. A root field
whose arguments decide where to look has one file for each way: `Query.person.oneId.cypher`,
`Query.node.Person.cypher`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.errors import QueryFileInvalid
from app.graph.queries import FRAGMENTS

_HEADER = re.compile(r"^// (this|it|type|params|locals|cursor): (.+)$", re.MULTILINE)
_COMMENT = re.compile(r"^//[^\n]*\n?", re.MULTILINE)
_RETURN = re.compile(r"RETURN\s+(?P<value>.+?)(?P<tail>\s+ORDER BY\s.+|\s+LIMIT\s.+)?\Z", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Fragment:
    """One file: `body` up to its RETURN, the returned `value`, and the `tail` of order and limit."""

    name: str
    this: str | None
    it: str | None
    body: str
    value: str
    tail: str
    params: frozenset[str]
    locals: tuple[str, ...]
    cursor: str | None
    type: str | None = None

    @property
    def expression(self) -> bool:
        """Whether the file only computes something from `this`, without looking anywhere."""
        return not self.body


@cache
def fragments() -> Mapping[str, Fragment]:
    """Every fragment by its file's name ("Person.identifiers"), each checked."""
    return load(FRAGMENTS)


def load(folder: Path) -> Mapping[str, Fragment]:
    """The fragments of a folder; QueryFileInvalid at the first bad file."""
    files = sorted(folder.glob("*.cypher"))
    return MappingProxyType({path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in files})


def parse(name: str, text: str) -> Fragment:
    """The fragment that a file's text says; raises QueryFileInvalid with what is wrong with it."""
    header = dict(_HEADER.findall(text))
    code = _COMMENT.sub("", text).strip()
    start = max((match.start() for match in re.finditer(r"^RETURN\b", code, re.MULTILINE)), default=len(code))
    match = _RETURN.match(code, start)
    if match is None:
        raise _invalid(name, "it has no line that starts with RETURN")
    locals_ = tuple(part.strip() for part in header.get("locals", "").split(",") if part.strip())
    declared = frozenset(part.split()[0] for part in header.get("params", "").split(",") if part.strip())
    used = frozenset(_PARAMETER.findall(code))
    if declared != used:
        raise _invalid(name, f"its header and its text differ in parameters: {sorted(declared ^ used)}")
    if (match["value"] == "it") != ("it" in header):
        raise _invalid(name, "`RETURN it` and the header's `it:` go together")
    if as_keys := [name for name in locals_ if re.search(rf"[{{,]\s*{name}\s*:", code)]:
        raise _invalid(
            name, f"{as_keys[0]} is a variable and a property of a map: call the variable otherwise"
        )
    return Fragment(
        name=name,
        this=header.get("this"),
        it=header.get("it"),
        body=code[:start].rstrip(),
        value=match["value"],
        tail=match["tail"] or "",
        params=declared,
        locals=locals_,
        cursor=header.get("cursor"),
        type=header.get("type"),
    )


def _invalid(name: str, why: str) -> QueryFileInvalid:
    return QueryFileInvalid(f"cypher/fields/{name}.cypher: {why}")
