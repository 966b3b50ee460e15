"""The query files under `cypher/`: read once, checked against their own headers, and handed out by name.

The header is a contract (one statement a file, comment lines first):

    // What the answer is, in a sentence or two.
    // mode: read                          or write
    // params: keys LIST<STRING>, at DATETIME      left out when there are none
    // returns: key STRING, one_id STRING
    // browser: :param keys => ["openid|app-1|o123"]
    // scan: admitted, why                 only where a full scan is meant

A file that breaks it is refused when the program starts: a parameter used and not declared, or declared and
not used; no mode; a write in a `mode: read` file, or none in a `mode: write` one; a second statement.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.errors import ParametersMismatch, QueryFileInvalid
from app.settings import ROOT

CYPHER = ROOT / "cypher"
FRAGMENTS = CYPHER / "fields"  # the read planner's pieces: no statements, so not of this contract

_HEADER_KEY = re.compile(r"^(mode|params|returns|browser|scan):\s*(.*)$")
_NOT_CODE = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`""", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")
_WRITES = re.compile(r"(?<![.:$\w])(CREATE|MERGE|SET|DELETE|REMOVE|FOREACH|DROP)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """One statement: its name ("identity/touch"), text as in the file, and the parameters that it takes."""

    name: str
    text: str
    params: frozenset[str]
    scan: bool

    def checked(self, params: dict[str, object]) -> dict[str, object]:
        """The parameters, if they are exactly the declared ones; else ParametersMismatch."""
        if params.keys() != self.params:
            wrong = sorted(params.keys() ^ self.params)
            raise ParametersMismatch(
                f"{self.name} takes {sorted(self.params)}, was given {sorted(params)}",
                field=tuple(wrong),
                suggestion=f"the header of cypher/{self.name}.cypher declares the parameters",
            )
        return params


class ReadQuery(Query):
    """A query that only reads."""

    __slots__ = ()


class WriteQuery(Query):
    """A query that writes; a Reader does not take it."""

    __slots__ = ()


def read_query(name: str) -> ReadQuery:
    """The `mode: read` query of that name; called at import, so that a missing file stops the start."""
    query = _query(name)
    if not isinstance(query, ReadQuery):
        raise QueryFileInvalid(f"{name} is mode: write; write_query() gives it")
    return query


def write_query(name: str) -> WriteQuery:
    """The `mode: write` query of that name; called at import, like `read_query`."""
    query = _query(name)
    if not isinstance(query, WriteQuery):
        raise QueryFileInvalid(f"{name} is mode: read; read_query() gives it")
    return query


def _query(name: str) -> Query:
    try:
        return all_queries()[name]
    except KeyError:
        raise QueryFileInvalid(f"there is no cypher/{name}.cypher") from None


@cache
def all_queries() -> Mapping[str, Query]:
    """Every query file by name, each checked."""
    return load(CYPHER)


def load(folder: Path) -> Mapping[str, Query]:
    """The queries of a folder of capabilities, without `fields/`; QueryFileInvalid at the first bad file."""
    files = sorted(path for path in folder.rglob("*.cypher") if path.relative_to(folder).parts[0] != "fields")
    named = ((path.relative_to(folder).with_suffix("").as_posix(), path) for path in files)
    return MappingProxyType({name: parse(name, path.read_text(encoding="utf-8")) for name, path in named})


def parse(name: str, text: str) -> Query:
    """The query that a file's text says; raises QueryFileInvalid with what is wrong with it."""
    header = _header(text)
    code = _NOT_CODE.sub(" ", text)
    kind = {"read": ReadQuery, "write": WriteQuery}.get(header.get("mode", ""))
    if kind is None:
        raise _invalid(name, "its header says neither `mode: read` nor `mode: write`")
    if "returns" not in header:
        raise _invalid(
            name, "its header has no `returns:` (write `returns: nothing` when it returns nothing)"
        )
    if ";" in code:
        raise _invalid(name, "one statement a file, without a semicolon")
    params = _declared(header.get("params", ""))
    _check_params(name, params, frozenset(_PARAMETER.findall(code)))
    if bool(_WRITES.search(code)) != (kind is WriteQuery):
        raise _invalid(name, f"it is `mode: {header['mode']}`, and its statement is not")
    return kind(name=name, text=text, params=params, scan=_admits_scan(name, header.get("scan")))


def _header(text: str) -> dict[str, str]:
    """The header's values by key; a comment line without a key goes on with the line before it."""
    values: dict[str, str] = {"": ""}
    key = ""
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        content = line[2:].strip()
        if match := _HEADER_KEY.match(content):
            key, content = match.groups()
        values[key] = f"{values.get(key, '')} {content}".strip()
    return values


def _declared(text: str) -> frozenset[str]:
    """The names of "keys LIST<STRING>, rows LIST<MAP {a STRING}>": commas count outside brackets only."""
    flat = re.sub(r"\s+", " ", text)
    while (inner := re.sub(r"<[^<>]*>|\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]", "", flat)) != flat:
        flat = inner
    return frozenset(part.split()[0].lstrip("$") for part in flat.split(",") if part.strip())


def _check_params(name: str, declared: frozenset[str], used: frozenset[str]) -> None:
    if undeclared := used - declared:
        raise _invalid(name, f"it uses ${', $'.join(sorted(undeclared))}, which its header does not declare")
    if unused := declared - used:
        raise _invalid(name, f"its header declares {', '.join(sorted(unused))}, which it does not use")


def _admits_scan(name: str, value: str | None) -> bool:
    if value is not None and not re.match(r"admitted, \S", value):
        raise _invalid(name, "`scan:` says `admitted, why` or is left out")
    return value is not None


def _invalid(name: str, why: str) -> QueryFileInvalid:
    return QueryFileInvalid(f"cypher/{name}.cypher: {why}")
