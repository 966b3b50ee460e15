"""Whether a match rule still proposes two accounts, in a unit of work that has them locked."""

from __future__ import annotations

from app.graph.sessions import Writer
from app.identity.evidence import Pair
from app.identity.live.facts_stored import facts_of
from app.identity.live.region import Region
from app.identity.match.matching import Accounts


async def still_proposed(writer: Writer, region: Region, pair: Pair) -> bool:
    """Whether they are stored as proposed, are two people by now, and say what the rule asks.

    A run of the rules withdraws what is no longer so; nobody has to wait for it.
    """
    held = region.proposals.get(pair)
    rule = next((one for one in region.policy.rules if held and one.name == held.rule), None)
    if rule is None or region.person_of.get(pair[0]) == region.person_of.get(pair[1]):
        return False
    accounts = Accounts([rule])
    fields = region.policy.compared_fields
    for key, facts in (await facts_of(writer, region.keyring, pair, fields)).items():
        accounts.add(key, facts)
    return accounts.holds(rule, pair)
