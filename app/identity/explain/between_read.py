"""What stands between two identifiers, read from the graph in one statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.access.sealing import mask
from app.errors import BadInput
from app.graph.queries import read_query
from app.identity.explain.between import Between, Party, standing
from app.identity.ledger import Ledger
from app.identity.live.facts_stored import facts_of
from app.identity.live.region import Region
from app.identity.operations import Refused, named
from app.identity.service import Identity
from app.identity.sighting import Seen

_BETWEEN = read_query("identity/between")


async def read_between(
    identity: Identity,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    brands: Collection[str] | None = None,
) -> Between:
    """What stands between two identifiers, {kind, value, scope?}; what a caller of these brands does not know
    is as if it were not there. Raises `BadInput` for a kind or a value that cannot be one.
    """
    state = identity.state
    region = Region(state.ledger(identity.keyring), identity.keyring)
    asked = [seen_of(region.ledger, one, path) for one, path in ((a, "a"), (b, "b"))]
    keys = [candidates(region.ledger, one) for one in asked]
    stones = {region.buried(key): key for found in keys for key in found}
    most = state.policy.max_cluster + 1
    rows = {"a": keys[0], "b": keys[1], "stones": sorted(stones), "most": most}
    row = (await identity.graph.reader().rows(_BETWEEN, rows=rows))[0]
    if row["epoch"] != state.epoch:  # another process put something else in force
        await identity.refresh()
        return await read_between(identity, a, b, brands)
    region.take(row["identifiers"], (), row["edges"], row["pins"], row["nevers"])
    if state.policy.contradictions:
        fields, reader = state.policy.deciding_fields, identity.graph.reader()
        region.ledger.facts.update(await facts_of(reader, identity.keyring, region.plain_of, fields))
    erased = {stones[buried]: at for buried, at, restored in row["stones"] if restored is None}
    shared = {key for key, flags in region.flags.items() if flags.shared}
    names = {key: name for key, name, _ in row["names"]}
    first, second = (
        _party(region, shared, end, one, found, erased, names, brands)
        for end, one, found in zip(row["ends"], asked, keys, strict=True)
    )
    given = Between(
        region.ledger,
        state.rule,
        first,
        second,
        opened=set(row["opened"]),
        shared=shared,
        names=names,
        ties={key: ties for key, _, ties in row["names"] if ties is not None},
        proposals=region.proposals,
    )
    given.pending = len(given.opened) >= most or _undecided(given, region)
    return given


def seen_of(ledger: Ledger, identifier: Mapping[str, Any], path: str) -> Seen:
    """The identifier that somebody asks about. Raises `BadInput`."""
    try:
        return named(ledger, identifier, path)
    except Refused as no:
        raise BadInput(no.message, code=no.code, field=no.field, suggestion="oneid policy show") from None


def candidates(ledger: Ledger, seen: Seen) -> list[str]:
    """Where it may stand, the likeliest first: under its own key, or those of its hashes."""
    return [ledger.lookup(seen), *ledger.form_keys(seen.kind, seen.scope, seen.value)]


def _party(
    region: Region,
    shared: set[str],
    key: str | None,
    asked: Seen,
    keys: Sequence[str],
    erased: Mapping[str, int],
    names: Mapping[str, str],
    brands: Collection[str] | None,
) -> Party:
    one = region.ledger.identifiers.get(key or "")
    if key is not None and one is not None and (brands is None or not set(one.brands).isdisjoint(brands)):
        one_id = region.person_of.get(key)
        return Party(
            key, one.kind, one.scope, names[key], standing(region.ledger, key, shared), one.last, one_id
        )
    pii = region.policy.kinds[asked.kind].pii
    display = mask(asked.kind, asked.value.text) if pii else asked.value.text
    at = max((erased[key] for key in keys if key in erased), default=None)
    return Party(None, asked.kind, asked.scope, display, "UNKNOWN" if at is None else "ERASED", at)


def _undecided(given: Between, region: Region) -> bool:
    """Whether a job has still to decide about one of the two."""
    return any(region.flags[key].pending for key in given.ends or ())
