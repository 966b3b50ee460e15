"""Checks of identifiers: shared ones, those that wait, those without evidence, what must not be.

From the columns alone; thresholds stand beside the check that they are of.
"""

from __future__ import annotations

import numpy as np

from app.identity.batch import Flags, Ints
from app.identity.connected import connected
from app.identity.health.columns import ACTIVE, APART, ASIDE, PENDING, Columns
from app.identity.health.cutting import cut, ties_by_layer
from app.identity.health.found import ATTENTION, EXAMPLES, KEPT, NOTICE, OK, Check, Finding
from app.identity.policy import Policy


def shared(columns: Columns, policy: Policy) -> Check:
    """Identifiers that too many hold: their evidence joins nobody."""
    rank = np.array([policy.kinds[name].rank for name in columns.kinds], np.int64)[columns.kind]
    counted = columns.state != ASIDE
    ties = ties_by_layer(rank, columns.a[counted], columns.b[counted])
    of_kind = np.bincount(columns.kind, minlength=len(columns.kinds))
    shared_of = np.bincount(columns.kind[columns.shared], minlength=len(columns.kinds))
    heavy = [
        f"{columns.kinds[k]} ({shared_of[k] / of_kind[k]:.0%})"
        for k in range(len(columns.kinds))
        if shared_of[k] >= 20 and shared_of[k] > 0.05 * of_kind[k]
    ]
    marked = np.flatnonzero(columns.shared)
    largest = marked[np.argsort(-ties[marked], kind="stable")][:KEPT]
    found = [_shared(columns, policy, i, int(ties[i])) for i in largest.tolist()]
    return Check(
        name="SHARED",
        level=ATTENTION if heavy else NOTICE if found else OK,
        total=len(marked),
        says=f"{len(marked)} identifiers are shared: their evidence joins nobody"
        + (f"; more than one in twenty of {', '.join(heavy)}" if heavy else ""),
        next="the number of a shop, a call centre or a reseller: block it. Many of one kind: its "
        "shared_after is too low for honest families; see whom a higher one would join",
        command="oneid policy simulate FILE",
        findings=tuple(found),
    )


def _shared(columns: Columns, policy: Policy, i: int, ties: int) -> Finding:
    name = columns.kinds[columns.kind[i]]
    rule = f"kinds.{name}.shared_after: {policy.kinds[name].shared_after}"
    return Finding(
        says=f"tied to {ties} identifiers of one stronger layer; {rule}",
        size=ties,
        keys=(columns.keys[i],),
        command="oneid block KIND VALUE --reason WHY",
    )


def pending(columns: Columns, policy: Policy) -> Check:
    """Clusters that were too large to decide when they were written, and what would cut each."""
    together = np.isin(columns.state, (ACTIVE, APART, PENDING))
    label = connected(len(columns.keys), columns.a[together], columns.b[together])
    waiting = np.unique(label[columns.pending])
    found = []
    for number in waiting.tolist():
        inside = np.flatnonzero(label == number)
        found.append(_cluster(columns, policy, inside, together))
    found.sort(key=lambda finding: -finding.size)
    return Check(
        name="PENDING",
        level=ATTENTION if found else OK,
        total=int(columns.pending.sum()),
        says=f"{int(columns.pending.sum())} identifiers in {len(found)} clusters over max_cluster "
        f"({policy.max_cluster}) wait to be decided",
        next="the job does it every minute; a cluster that comes back is held together by something shared: "
        "cut it by the shared_after that is named, or block what holds it together",
        command="oneid jobs run replay-pending",
        findings=tuple(found[:KEPT]),
    )


def _cluster(columns: Columns, policy: Policy, inside: Ints, together: Flags) -> Finding:
    place = np.full(len(columns.keys), -1, dtype=np.int64)
    place[inside] = np.arange(len(inside))
    pairs = together & (place[columns.a] >= 0)
    a, b = place[columns.a[pairs]], place[columns.b[pairs]]
    rank = np.array([policy.kinds[name].rank for name in columns.kinds], np.int64)[columns.kind[inside]]
    ties = ties_by_layer(rank, a, b)
    kinds = {
        name: columns.kind[inside] == number
        for number, name in enumerate(columns.kinds)
        if policy.kinds[name].rank
    }
    found = cut(kinds, ties, a, b, policy.max_cluster)
    says = (
        f"kinds.{found.kind}.shared_after: {found.shared_after} would cut it: {found.shared} identifiers "
        "would be shared"
        if found
        else "no shared_after of one kind would cut it"
    )
    degree = np.bincount(np.concatenate((a, b)), minlength=len(inside))
    return Finding(
        says=f"{len(inside)} identifiers; {says}",
        size=len(inside),
        keys=tuple(columns.keys[inside[i]] for i in np.argsort(-degree, kind="stable")[:3].tolist()),
        command="oneid policy simulate FILE",
    )


def orphans(columns: Columns, policy: Policy) -> Check:
    """Identifiers that were never seen together with another one, by kind; and people of one identifier."""
    alone = np.ones(len(columns.keys), dtype=bool)
    alone[columns.a] = alone[columns.b] = False
    of_kind = np.bincount(columns.kind, minlength=len(columns.kinds))
    lonely = np.bincount(columns.kind[alone], minlength=len(columns.kinds))
    order = [k for k in np.argsort(-lonely, kind="stable").tolist() if lonely[k]]
    found = [
        Finding(
            says=f"{lonely[k]} {columns.kinds[k]} were never seen together with anything: "
            f"{lonely[k] / of_kind[k]:.0%} of them",
            size=int(lonely[k]),
            keys=tuple(
                columns.keys[i] for i in np.flatnonzero(alone & (columns.kind == k))[:EXAMPLES].tolist()
            ),
        )
        for k in order
    ]
    most = [k for k in order if lonely[k] >= 100 and 2 * lonely[k] > of_kind[k]]
    single = int((columns.size() == 1).sum())
    return Check(
        name="ORPHANS",
        level=ATTENTION if most else NOTICE if 5 * int(alone.sum()) > len(columns.keys) else OK,
        total=int(alone.sum()),
        says=f"{int(alone.sum())} identifiers have no evidence, {single} people one identifier alone",
        next="a source that sends an identifier by itself knows more: have it send the member, phone or "
        "OpenID that belongs to it, in one observation",
        findings=tuple(found[:KEPT]),
    )


def loose_ends(columns: Columns, aliases: int, forms: int) -> Check:
    """What must not be: it says that something wrote into the graph beside the service."""
    nobody = np.flatnonzero((columns.person < 0) & ~columns.out & ~columns.pending)
    found = []
    if len(nobody):
        examples = tuple(columns.keys[i] for i in nobody[:EXAMPLES].tolist())
        found.append(Finding(says="identifiers that take part are nobody's", size=len(nobody), keys=examples))
    if columns.several:
        found.append(Finding(says="identifiers are of several people", size=columns.several))
    if aliases != forms:
        found.append(Finding(says="hashes lead to no identifier, or to several", size=abs(aliases - forms)))
    return Check(
        name="LOOSE_ENDS",
        level=ATTENTION if found else OK,
        total=sum(finding.size for finding in found),
        says="something wrote into the graph beside the service" if found else "nothing hangs loose",
        next="compare everything with what the rule says, and have it repaired",
        command="oneid verify",
        findings=tuple(found),
    )
