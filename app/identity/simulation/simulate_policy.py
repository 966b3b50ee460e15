"""Another policy against the live graph: what it would do to whom, and why. Writes nothing.

    read under the other policy ──> settle ──> regroup ──> name ──> the largest changes, explained

Everything is read once, page by page; memory grows with the number of identifiers (some two kilobytes each),
not with what changes. Other processes may write meanwhile: the answer is that of the moment, give or take
what was written while it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.identity.live.recompute import Progress
from app.identity.live.stored import read_all
from app.identity.one_ids import Person
from app.identity.policies import versions as policies
from app.identity.policy import Policy, PolicyInvalid, load_policy
from app.identity.service import Identity
from app.identity.simulation.diff import Count, PolicyDiff, Problem
from app.identity.simulation.effects import Effects, Register, effects, name_everybody, states
from app.identity.simulation.lines import only_later
from app.identity.simulation.reasons import Reasons
from app.identity.simulation.told import Told

_LINES = read_query("identity/lines_of")
_NAMES = read_query("identity/names_of")
CHANGES = 100
"""Changes that are told one by one: the largest."""
_CHUNK = 5_000
_STEPS = 4


async def problems(identity: Identity, text: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy that a text describes, or everything that keeps it from being put in force here."""
    try:
        policy = load_policy(text)
    except PolicyInvalid as no:
        found = [Problem(field=_field(path), code=no.code, message=message) for path, message in no.problems]
        return None, tuple(found)
    hindered = [
        Problem(field=_field(path), code=policies.NEEDS_IMPORT, message=message, suggestion=policies.ADVICE)
        for path, message in await policies.hindrances(identity, policy)
    ]
    return (None if hindered else policy), tuple(hindered)


def _field(path: str) -> tuple[str, ...]:
    return ("policy", *path.split(".")) if path else ("policy",)


async def simulate_policy(identity: Identity, text: str, progress: Progress | None = None) -> PolicyDiff:
    """What `policy apply` of this text would change now. Problems of the policy are in the answer."""
    start = perf_counter()
    policy, wrong = await problems(identity, text)
    if policy is None:
        return PolicyDiff(user_errors=wrong)
    step = _Step(progress)
    before, reader = identity.state, identity.graph.reader()
    other = Identity(identity.graph, identity.keyring, replace(before, policy=policy))
    stored = await read_all(other)
    step()
    found = effects(other.state.rule, stored)
    step()
    register = name_everybody(found, await lines_of(reader, found.changed_keys()))
    largest = _largest(found, register)
    step()
    why = Reasons(found, before.rule, before.ledger(identity.keyring)).of([change for change, _ in largest])
    told = Told(found, register, why)
    names = await names_of(reader, told.keys(change for change, _ in largest))
    step()
    return _counts(found, register).model_copy(
        update={
            "warnings": tuple(
                Problem(field=_field(path), code="NEW_OBSERVATIONS_ONLY", message=message)
                for path, message in only_later(before.policy, policy).items()
            ),
            "changes_total": found.changes,
            "changes": tuple(told.change(change, moved, names) for change, moved in largest),
            "seconds": round(perf_counter() - start, 3),
        }
    )


class _Step:
    """Tells how far it is, step by step."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.done = progress, 0

    def __call__(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, _STEPS)


def _largest(found: Effects, register: Register) -> list[tuple[int, int]]:
    """The largest changes, with how many identifiers each moves."""
    moved: Counter[int] = Counter()
    size: Counter[int] = Counter()
    first: dict[int, str] = {}
    for key, change in found.changed():
        plain = found.stored.ledger.identifiers[key].plain
        first[change] = min(first.get(change, plain), plain)
        size[change] += 1
        moved[change] += register.held.get(key) != register.target.get(key)
    order = sorted(size, key=lambda change: (-moved[change], -size[change], first[change]))
    return [(change, moved[change]) for change in order[:CHANGES]]


def _counts(found: Effects, register: Register) -> PolicyDiff:
    before, after = found.person >= 0, found.settled.component >= 0
    assignment = register.assignment
    counted = [
        Count(state=state, reason=reason, before=now, after=then)
        for (state, reason), (now, then) in states(found).items()
    ]
    gained, lost = register.gained_and_lost()
    return PolicyDiff(
        identifiers=len(found.keys),
        people_before=len(found.people),
        people_after=len(set(found.settled.component[after].tolist())),
        merged=sum(register.persons[one].merged_into is None for one in assignment.merged),
        split=register.split(),
        created=len(assignment.minted),
        returned=len(assignment.returned),
        gained=gained,
        lost=lost,
        dropped=int((before & ~after).sum()),
        revived=int((~before & after).sum()),
        evidence=tuple(counted),
    )


async def lines_of(reader: Reader, keys: list[str]) -> list[Person]:
    """The lines of the register that hold or own these identifiers."""
    lines: dict[str, Person] = {}
    for start in range(0, len(keys), _CHUNK):
        row = await reader.row(_LINES, rows={"keys": keys[start : start + _CHUNK]})
        for one_id, born, status, owner, into, merged_at in row["lines"] if row else ():
            lines[one_id] = Person(one_id, born, owner, into, merged_at or 0, status)
    return list(lines.values())


async def names_of(reader: Reader, keys: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """What a person would call identifiers, masked; and their values, of open kinds."""
    wanted, names = sorted(set(keys)), dict[str, tuple[str, str | None]]()
    for start in range(0, len(wanted), _CHUNK):
        for row in await reader.rows(_NAMES, rows={"keys": wanted[start : start + _CHUNK]}):
            names[row["key"]] = (row["name"], row["value"])
    return names
