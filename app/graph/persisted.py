"""Persisted queries: the documents that front ends ship with, known by the checksum of their text.

They are files under `schema/persisted/`, one operation a file. A file never changes, since who ships the old
text asks by its checksum; a new text is a new file. Nothing registers them at run time: what a deployment
answers is what was reviewed with it, and a caller cannot fill the memory with texts of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphql import GraphQLError, GraphQLSchema, NameNode, OperationDefinitionNode

from app.errors import Misconfigured
from app.graph.planner_documents import Document, Operation, document_id, document_of, operation_of


@dataclass(frozen=True, slots=True)
class Persisted:
    """One persisted query: its file, its text, and what it asks."""

    file: Path
    text: str
    operation: Operation

    @property
    def document_id(self) -> str:
        """What callers name it by."""
        return document_id(self.text)


class PersistedInvalid(Misconfigured):
    """Persisted queries that cannot be answered; `problems` are all of them, each with its file."""

    code = "PERSISTED_QUERY_INVALID"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems), suggestion="oneid persisted check  names them again")
        self.problems = problems


def files_in(folder: Path) -> list[Path]:
    """The files of the persisted queries. Raises Misconfigured without the folder."""
    if not folder.is_dir():
        raise Misconfigured(f"{folder} is no folder", suggestion="set ONEID_PERSISTED to the folder of them")
    return sorted(folder.glob("*.graphql"))


def load(schema: GraphQLSchema, files: list[Path]) -> list[Persisted]:
    """The files, parsed, limited and validated. Raises PersistedInvalid with all that is wrong with any."""
    read = {file: _read(schema, file) for file in files}
    problems = [
        f"{file.name}{wrong}" for file, (_, document) in read.items() for wrong in _problems(document)
    ]
    found = [
        Persisted(file, text, operation)
        for file, (text, document) in read.items()
        if (operation := _operation(document))
    ]
    problems += _twice(found)
    if problems:
        raise PersistedInvalid(problems)
    return found


def by_text(persisted: list[Persisted]) -> dict[str, Operation]:
    """The operations by the text that each is known by."""
    return {one.text: one.operation for one in persisted}


def _read(schema: GraphQLSchema, file: Path) -> tuple[str, Document]:
    try:
        text = file.read_bytes().decode()  # byte for byte: the checksum is over all of it
    except (OSError, UnicodeDecodeError) as error:
        return "", Document(None, None, (GraphQLError(f"cannot be read: {error}"),))
    return text, document_of(schema, text)


def _problems(document: Document) -> Iterator[str]:
    for error in document.errors:
        places = [f":{place.line}:{place.column}" for place in error.locations or ()]
        yield f"{places[0] if places else ''}: {error.message}"
    named = _names(document)
    if document.ast and len(named) != 1:
        yield f": holds {len(named)} operations; a file holds one"
    elif named == [None]:
        yield ": its operation has no name"


def _operation(document: Document) -> Operation | None:
    if document.errors or document.ast is None or document.measuring is None:
        return None
    nodes = [node for node in document.ast.definitions if isinstance(node, OperationDefinitionNode)]
    return operation_of(document, document.measuring, nodes[0]) if len(nodes) == 1 else None


def _names(document: Document) -> list[NameNode | None]:
    nodes = document.ast.definitions if document.ast else ()
    return [node.name for node in nodes if isinstance(node, OperationDefinitionNode)]


def _twice(persisted: list[Persisted]) -> Iterator[str]:
    """A name is for one text: generated types and logs tell operations by it."""
    first: dict[str | None, Path] = {}
    for one in persisted:
        other = first.setdefault(one.operation.name, one.file)
        if other is not one.file and one.operation.name:
            yield f"{one.file.name}: its operation is called {one.operation.name}, as that of {other.name}"
