"""Where conditions on where somebody stands may start: at lists, stages, people who are known."""

from collections.abc import Callable
from typing import Any

from app.rules.compiler_standing import profile
from app.rules.compiler_starts import LIST, NAMES, STAGES, Start, degree
from app.rules.conditions import AttributeCondition, KeyCondition, LifecycleCondition
from app.rules.name_tests import positive
from app.rules.statement import Statement


def _list(body: KeyCondition) -> list[Start]:
    def named(statement: Statement) -> str:
        return f"MATCH (l:List) USING INDEX SEEK l:List(key) WHERE l.key IN {statement.texts(body.key)}"

    def build(statement: Statement) -> str:
        return f"{named(statement)} MATCH (l)<-[:ON_LIST]-(i)-[:IDENTIFIES]->(p:Person)"

    def size(statement: Statement) -> str:
        return degree(named(statement), "COUNT { (l)<-[:ON_LIST]-() }")

    return [Start(LIST, build, size, 2, exact=True)] if body.in_ else []


def _lifecycle(body: LifecycleCondition) -> list[Start]:
    """Whoever is in the stage, as a brand's customer or as the group's."""

    def named(statement: Statement) -> str:
        return (
            f"MATCH (s:Stage) USING INDEX SEEK s:Stage(stage) WHERE s.stage IN {statement.texts(*body.stage)}"
        )

    def build(statement: Statement) -> str:
        mine = profile(statement, body.brand)
        if mine is None:
            return f"{named(statement)} MATCH (s)<-[:IN_STAGE]-(p:Person)"
        return f"{named(statement)} MATCH (s)<-[:IN_STAGE]-(c:BrandProfile) MATCH {mine}"

    def size(statement: Statement) -> str:
        return degree(named(statement), "COUNT { (s)<-[:IN_STAGE]-() }")

    return [Start(STAGES, build, size, 1.5 if body.brand is None else 3, exact=True)]


def _attribute(body: AttributeCondition) -> list[Start]:
    """Those whose names pass are known before there is a statement (`names.named`)."""
    if body.name != "name" or not positive(body.is_):
        return []

    def build(statement: Statement) -> str:
        known = statement.put(list(statement.settings.names[body.is_]))
        return f"UNWIND {known} AS one_id MATCH (p:Person {{oneId: one_id}}) USING INDEX SEEK p:Person(oneId)"

    def size(statement: Statement) -> str:
        return f"RETURN {statement.put(len(statement.settings.names[body.is_]))} AS n"

    return [Start(NAMES, build, size, 1, exact=True)]


STARTS: dict[str, Callable[[Any], list[Start]]] = {
    "attribute": _attribute,
    "list": _list,
    "lifecycle": _lifecycle,
}
