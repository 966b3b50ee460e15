"""Components while they grow, and why two of them cannot become one.

Rule: `valid` in design page "identity", "The one conflict rule".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from app.identity.rule import ACTIVE, Node, Rule, Slot, Verdict


class Parts:
    """Components while they grow: union-find that counts what each holds."""

    def __init__(self, rule: Rule, nodes: Mapping[str, Node], nevers: Mapping[str, Collection[str]]) -> None:
        self.rule, self.nodes, self.nevers = rule, nodes, nevers
        self._parent: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self._held: dict[str, Counter[Slot]] = {}
        self._traits: dict[str, frozenset[tuple[int, str]]] = {}
        """What the identifiers of a component say of themselves, of those that say anything."""

    def find(self, key: str) -> str:
        """The name of the component that holds the identifier; one that is new becomes its own."""
        parent = self._parent
        root = parent.setdefault(key, key)
        if root == key:
            if key not in self.members:
                self.members[key] = [key]
                self._held[key] = Counter(self.rule.slots(self.nodes[key]))
                if self.nodes[key].traits:
                    self._traits[key] = frozenset(self.nodes[key].traits)
            return key
        while parent[root] != root:
            root = parent[root]
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def join(self, a: str, b: str) -> None:
        """Make the two components one."""
        small, large = sorted((self.find(a), self.find(b)), key=lambda root: len(self.members[root]))
        if small == large:
            return
        self._parent[small] = large
        self.members[large] += self.members.pop(small)
        self._held[large].update(self._held.pop(small))
        if small in self._traits:
            self._traits[large] = self._traits.get(large, frozenset()) | self._traits.pop(small)

    def refusal(self, roots: Collection[str]) -> Verdict:
        """Why the union of these components would not be valid; `ACTIVE` when it would be."""
        held: Counter[Slot] = Counter()
        for root in roots:
            held.update(self._held[root])
        broken = [slot for slot, count in held.items() if count > self.rule.limits[slot]]
        if broken:
            slot = min(broken)
            return self._verdict(
                "LIMIT_EXCEEDED", (k for k in self._union(roots) if slot in self.rule.slots(self.nodes[k]))
            )
        if sum(len(self.members[root]) for root in roots) > self.rule.policy.max_identifiers_per_person:
            return self._verdict("LIMIT_EXCEEDED", self._union(roots))
        return self._never(roots) or self._isolation(roots) or self._contradiction(roots) or Verdict(ACTIVE)

    def _union(self, roots: Collection[str]) -> list[str]:
        return [key for root in roots for key in self.members[root]]

    def _verdict(self, reason: str, keys: Iterable[str]) -> Verdict:
        return Verdict(reason, tuple(sorted(keys, key=lambda key: self.nodes[key].plain)))

    def _never(self, roots: Collection[str]) -> Verdict | None:
        if not self.nevers:
            return None
        keys = set(self._union(roots))
        pairs = [
            sorted((self.nodes[key].plain, self.nodes[other].plain))
            for key in keys & self.nevers.keys()
            for other in self.nevers[key]
            if other in keys
        ]
        if not pairs:
            return None
        plain = set(min(pairs))
        return self._verdict("NEVER_LINKED", (key for key in keys if self.nodes[key].plain in plain))

    def _isolation(self, roots: Collection[str]) -> Verdict | None:
        if self.rule.policy.isolation != "brand":
            return None
        keys = self._union(roots)
        if len({self.rule.brand(self.nodes[key]) for key in keys}) <= 1:
            return None
        return self._verdict("BRAND_ISOLATION", keys)

    def _contradiction(self, roots: Collection[str]) -> Verdict | None:
        said: set[tuple[int, str]] = set().union(*(self._traits.get(root, ()) for root in roots))
        values = Counter(number for number, _ in said)
        differing = min((number for number, count in values.items() if count > 1), default=None)
        if differing is None:
            return None
        holders = (k for k in self._union(roots) if any(n == differing for n, _ in self.nodes[k].traits))
        return self._verdict("CONTRADICTION", holders)
