"""What is in force for identity, as the graph has it: the policy, what was blocked by hand, the greatest
expiry run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.access.sealing import Keyring
from app.errors import Misconfigured
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph
from app.identity.ledger import KeyOf, Ledger
from app.identity.normalise import Blocklist
from app.identity.policy import Blocked, Policy, load_policy
from app.identity.rule import Rule

_STATE = read_query("identity/state")
_APPLY = write_query("identity/policy_apply")
REMEMBERED = 262_144
"""Keys that are remembered: some 60 MB."""


class Stale(Exception):
    """Another process changed what is in force: read it again and start over."""


@dataclass(frozen=True)
class State:
    """One epoch of what is in force."""

    policy: Policy
    version: int
    epoch: int
    by_hand: tuple[Blocked, ...] = ()
    expired_at: int | None = None
    blocklist: Blocklist = field(init=False)
    rule: Rule = field(init=False)
    _keys: dict[Keyring, KeyOf] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocklist", Blocklist(self.policy, self.policy.blocked))
        object.__setattr__(self, "rule", Rule(self.policy))

    def ledger(self, keyring: Keyring) -> Ledger:
        """An empty ledger under what is in force, whose keys are those of the graph."""
        order = keyring.name_order
        return Ledger(self.policy, self._key_of(keyring), self.by_hand, self.expired_at, order)

    def _key_of(self, keyring: Keyring) -> KeyOf:
        """How keys are made; remembered, since every form of a value is asked for several times."""
        if keyring not in self._keys:

            @lru_cache(maxsize=REMEMBERED)
            def key_of(kind: str, scope: str, value: str) -> str:
                return keyring.key(kind, scope, value, pii=self.policy.kinds[kind].pii)

            self._keys[keyring] = key_of
        return self._keys[keyring]


async def read_state(graph: Graph, keyring: Keyring) -> State | None:
    """What is in force; None in a graph that has no policy yet."""
    row = await graph.reader().row(_STATE)
    if row is None or row["text"] is None:
        return None
    blocks = tuple(_block(keyring, *block) for block in row["blocks"])
    return State(load_policy(row["text"]), row["version"], row["epoch"], blocks, row["expired_at"])


async def state_in_force(graph: Graph, keyring: Keyring) -> State:
    """What is in force. Raises `Misconfigured` in a graph without a policy: somebody emptied it."""
    state = await read_state(graph, keyring)
    if state is None:
        raise Misconfigured(
            "the graph has no policy",
            code="NO_POLICY",
            suggestion="restart the service, which stores its default",
        )
    return state


def _block(keyring: Keyring, kind: str, value: str | None, sealed: Any, pattern: str | None) -> Blocked:
    text = keyring.unseal(bytes(sealed)) if sealed is not None else value
    return Blocked(
        kind=kind, values=() if text is None else (text,), patterns=() if pattern is None else (pattern,)
    )


async def store_policy(
    graph: Graph, text: str, by: str, reason: str, at: datetime, *, unfinished: bool = False
) -> int:
    """Put a policy in force, without recomputing; `unfinished` says that a recompute follows. Returns its
    version. Raises `PolicyInvalid`.
    """
    load_policy(text)
    said = {"text": text, "by": by, "reason": reason, "at": at, "unfinished": unfinished}
    rows = await graph.unit(lambda writer: writer.rows(_APPLY, **said))
    return int(rows[0]["version"])
