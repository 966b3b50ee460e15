"""A lost card moves to a new number: the two are linked by hand, and the old one says which replaced it.

Both numbers stay the person's, so whoever still sends the old one finds the right person. Both count for the
limits of their kind: a policy that allows one card refuses the link, as it would any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.ledger import Ledger
from app.identity.live.register import Cause
from app.identity.operations import Refused, stored
from app.identity.policy import Policy

_REPLACE = write_query("identity/card_replace")
LABEL = "Card"
"""The label of the kinds whose identifiers are cards."""


def linked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The link that a replacement is."""
    return {"a": fields.get("card"), "b": fields.get("by")}


def not_a_card(policy: Policy, kind: Any, path: str) -> Refused | None:
    """Why an identifier of a kind is no card."""
    if not isinstance(kind, str) or kind not in policy.kinds or policy.label(kind) == LABEL:
        return None
    return Refused("NOT_A_CARD", f"a {kind} is no card", (path, "kind"))


async def replace_card(
    writer: Writer, ledger: Ledger, operation: str, fields: Mapping[str, Any], cause: Cause
) -> None:
    """Note which card replaces which. Raises `Refused` ALREADY_REPLACED."""
    old, new = (stored(ledger, fields[path], path) for path in ("card", "by"))
    said = {"operation": operation, "by": cause.by, "reason": cause.reason, "at": cause.at}
    row = await writer.one(_REPLACE, rows={"old": old, "new": new, "properties": said})
    if not row["replaced"]:
        raise Refused("ALREADY_REPLACED", "the card was replaced already, or replaces the other", ("card",))
