"""Where an identifier that a caller names may stand in the graph."""

from app.access.sealing import Keyring
from app.errors import BadInput
from app.identity.normalise import normalise
from app.identity.policy import Policy


def lookup_keys(policy: Policy, keyring: Keyring, kind: str, scope: str, value: str) -> list[str]:
    """The candidate keys of an identifier, the likeliest first: its own, then those of its hashes.

    Each may be the key of an Identifier or of an Alias. Raises BadInput (UNKNOWN_KIND) for a kind that the
    policy does not declare.
    """
    declared = policy.kinds.get(kind)
    if declared is None:
        raise BadInput(
            f"no kind of identifier is called {kind}",
            code="UNKNOWN_KIND",
            field=("kind",),
            suggestion=f"the policy declares {', '.join(sorted(policy.kinds))}",
        )
    found = normalise(declared, value)
    return [keyring.key(kind, scope, text, pii=declared.pii) for text in (found.text, *found.forms)]
