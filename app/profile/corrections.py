"""Attributes that somebody corrects by hand: above every rule, until somebody restores them.

A correction hangs on the identifier that names the person, so it goes where that goes when people merge or
split: of two that meet the newest holds, and both are kept. Each is an operation of the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import uuid_utils

from app.errors import BadInput
from app.feed.lines import line
from app.feed.lines import write as write_lines
from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.live.lookup import lookup_keys
from app.identity.live.register import now
from app.identity.operations import Refused
from app.identity.service import Identity
from app.identity.sighting import micros
from app.identity.steering import trail
from app.identity.steering.service import Answer
from app.profile.attributes import typed
from app.profile.words import resolving

_STORE = write_query("profile/correction_store")
_DROP = write_query("profile/correction_drop")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody decides, of whom, by whom and why."""

    identity: Identity
    person: Mapping[str, Any]
    name: str
    by: str
    reason: str

    def problems(self) -> Iterator[Refused]:
        """Everything that is wrong with the words."""
        if not self.reason.strip():
            yield Refused("REASON_REQUIRED", "a reason is needed", ("reason",))
        if self.name not in resolving().rules:
            names = ", ".join(resolving().names)
            yield Refused("UNKNOWN_ATTRIBUTE", f"no attribute of people is called that: {names}", ("name",))

    def where(self) -> dict[str, Any]:
        """Whom the words lead to. Raises Refused, BadInput."""
        if "oneId" in self.person:
            return {"one_id": self.person["oneId"], "keys": []}
        identifier = self.person.get("identifier")
        if identifier is None:
            raise Refused("ONE_OF", "name the person by a OneID or by an identifier", ("person",))
        try:
            keys = lookup_keys(
                self.identity.state.policy,
                self.identity.keyring,
                identifier["kind"],
                identifier.get("scope") or "*",
                identifier["value"],
            )
        except BadInput as error:
            raise Refused(error.code, error.message, ("person", *error.field)) from None
        return {"one_id": None, "keys": keys}


async def correct(
    identity: Identity, person: Mapping[str, Any], name: str, value: Any, by: str, reason: str
) -> Answer:
    """Say what an attribute of a person is, whatever accounts say."""
    asked = _Asked(identity, person, name, by, reason.strip())
    problems = list(asked.problems())
    found = _value(name, value)
    if found is None and name in resolving().rules:
        rule, type_ = resolving().rules[name]
        choices = f": {', '.join(rule.choices)}" if rule.choices else ""
        problems.append(Refused("TYPE_MISMATCH", f"no {type_} that can be meant{choices}", ("value",)))
    if problems:
        return Answer(problems=problems)
    sealed = name == "name"
    correction = {
        "name": name,
        "value": None if sealed else found,
        "sealed": identity.keyring.seal(str(found)) if sealed else None,
        "by": by,
        "reason": asked.reason,
    }

    async def work(writer: Writer, at: int) -> tuple[str, list[str]]:
        rows = asked.where() | {"correction": correction, "at": at}
        row = await writer.row(_STORE, rows=rows)
        if row is None:
            raise Refused("NOT_FOUND", "nobody living is named so", ("person",))
        return row["one_id"], [row["owner"]]

    return await _run(asked, "ATTRIBUTE_CORRECT", {"name": name, "value": found}, work)


async def restore(identity: Identity, person: Mapping[str, Any], name: str, by: str, reason: str) -> Answer:
    """Take the corrections of an attribute back: what accounts say counts again."""
    asked = _Asked(identity, person, name, by, reason.strip())
    if problems := list(asked.problems()):
        return Answer(problems=problems)

    async def work(writer: Writer, at: int) -> tuple[str, list[str]]:
        row = await writer.row(_DROP, rows=asked.where() | {"name": name, "at": at})
        if row is None:
            raise Refused("NOT_FOUND", "nobody living is named so", ("person",))
        if not row["owners"]:
            raise Refused("NOTHING_LEFT", f"{name} is not corrected", ("name",))
        return row["one_id"], row["owners"]

    return await _run(asked, "ATTRIBUTE_RESTORE", {"name": name}, work)


async def _run(asked: _Asked, type_: str, payload: Mapping[str, Any], work: Any) -> Answer:
    identity, operation, at = asked.identity, str(uuid_utils.uuid7()), now()

    async def unit(writer: Writer) -> str:
        one_id: str
        one_id, owners = await work(writer, micros(at))
        writer.touched["people"].add(one_id)
        told = {"by": asked.by, "reason": asked.reason, "operation": operation}
        write_lines(writer, [line("ATTRIBUTE_CORRECTED", one_id, "MANUAL", at, **told)])
        await _note(identity, writer, operation, type_, payload, asked, owners, at)
        return one_id

    try:
        return Answer(operation, (await identity.unit(unit),))
    except Refused as no:
        return Answer(problems=[no])


async def _note(
    identity: Identity,
    writer: Writer,
    operation: str,
    type_: str,
    payload: Mapping[str, Any],
    asked: _Asked,
    about: Sequence[str],
    at: Any,
) -> None:
    entry = trail.Entry(operation, type_, at, asked.by, payload, asked.reason, about)
    await trail.append(writer, identity.keyring, entry)


def _value(name: str, value: Any) -> Any:
    """The value as it is stored: a day as text; None for one that cannot be meant."""
    if name not in resolving().rules or not isinstance(value, str | bool | int | float):
        return None
    rule, type_ = resolving().rules[name]
    found = typed(name, rule.choices, type_, value)
    if found is None:
        return None
    return found[0].isoformat() if isinstance(found[0], date) else found[0]
