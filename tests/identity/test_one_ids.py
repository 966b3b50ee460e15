"""OneIDs that last: each sentence of the rule, on `assign` alone and on the live graph."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.live import maintenance
from app.identity.one_ids import Assignment, Component, Person, Standing, assign
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from tests.identity import many, worlds
from tests.identity.live import Player, emptied
from tests.identity.promises import broken
from tests.identity.register import day, identifier, living, people, seen

Json = dict[str, Any]

LAYERS = {"m": 0, "p": 1, "d": 2, "c": 3}


def standing(key: str) -> Standing:
    """Of a key like `p5b`: a phone, first seen on day 5."""
    return LAYERS[key[0]], int(key[1]), key


def named(
    *components: str,
    persons: Iterable[Person] = (),
    held: Mapping[str, str] | None = None,
) -> Assignment:
    """`assign` for components written as keys with spaces between; new lines are called n1, n2, …"""
    numbers = count(1)

    def mint() -> Person:
        number = next(numbers)
        return Person(f"n{number}", f"b9{number}", None)

    parts = [Component(frozenset(component.split())) for component in components]
    return assign(parts, persons, held or {}, standing, mint)


def alive(one_id: str, owner: str | None, born: str = "b1") -> Person:
    return Person(one_id, born, owner)


def merged(one_id: str, owner: str, at: int, into: str = "gone", born: str = "b1") -> Person:
    return Person(one_id, born, owner, into, at, "MERGED")


# -- sentence by sentence


def test_the_owner_is_the_best_by_layer_then_first_sighting_then_value() -> None:
    assert named("c1a p5a").owners == {"n1": "p5a"}
    assert named("p5a p3b").owners == {"n1": "p3b"}
    assert named("p3b p3a").owners == {"n1": "p3a"}


def test_the_best_contender_owns_where_not_all_are_known() -> None:
    component = Component(frozenset({"unknown", "p3a", "p5a"}), ("p5a", "p3a"))
    assert assign([component], [], {}, standing, lambda: Person("n1", "b", None)).owners == {"n1": "p3a"}


def test_a_known_identifier_that_joins_an_anonymous_component_takes_over_and_the_id_stays() -> None:
    found = named("c1a m5a", persons=[alive("X", "c1a")], held={"c1a": "X"})
    assert (found.one_ids, found.owners, found.minted, found.merged) == (["X"], {"X": "m5a"}, [], {})


def test_living_before_merged() -> None:
    found = named("m1a p1a", persons=[merged("M", "m1a", 9), alive("L", "p1a")])
    assert (found.one_ids, found.merged, found.returned) == (["L"], {"M": "L"}, [])


def test_then_the_better_owner() -> None:
    found = named("m1a p1a", persons=[alive("P", "p1a", "b0"), alive("M", "m1a", "b1")])
    assert (found.one_ids, found.merged) == (["M"], {"P": "M"})


def test_then_the_last_one_merged() -> None:
    persons = [merged("early", "m1a", 5, born="b0"), merged("late", "m1a", 7, born="b1")]
    found = named("m1a", persons=persons)
    assert (found.one_ids, found.returned, found.merged) == (["late"], ["late"], {"early": "late"})


def test_then_the_older() -> None:
    persons = [merged("young", "m1a", 5, born="b2"), merged("old", "m1a", 5, born="b1")]
    assert named("m1a", persons=persons).one_ids == ["old"]


def test_a_merged_one_comes_back_only_where_its_owner_is_the_best() -> None:
    found = named("m1a p1a", persons=[merged("M", "p1a", 5)])
    assert ([one.one_id for one in found.minted], found.one_ids) == (["n1"], ["n1"])
    assert (found.returned, found.merged) == ([], {"M": "n1"})
    assert named("p1a c1a", persons=[merged("M", "p1a", 5)]).returned == ["M"]


def test_who_lost_the_owner_goes_with_the_best_that_is_left() -> None:
    found = named(
        "p1a c9a", "c1a p9a", persons=[alive("X", "m1a")], held=dict.fromkeys(["c1a", "c9a", "p1a"], "X")
    )
    assert found.one_ids == ["X", "n1"]
    assert found.owners == {"X": "p1a", "n1": "p9a"}


def test_a_merged_one_that_lost_its_owner_goes_nowhere() -> None:
    found = named("p1a", persons=[replace(merged("M", "m1a", 5), owner=None)], held={"p1a": "M"})
    assert found.one_ids == ["n1"]


def test_a_component_without_a_candidate_gets_a_new_one() -> None:
    found = named("m1a", "m2a")
    assert found.one_ids == ["n1", "n2"]
    assert found.split_from == {}


def test_who_came_out_of_a_split_says_so() -> None:
    found = named(
        "m1a", "m2a c1a", persons=[alive("X", "m1a")], held=dict.fromkeys(("m1a", "m2a", "c1a"), "X")
    )
    assert (found.one_ids, found.split_from) == (["X", "n1"], {"n1": "X"})


def test_the_best_identifier_says_where_a_split_came_from() -> None:
    """A new person of the parts of two: the one that its owner came from."""
    found = named(
        "m1a", "m2a", "p3a p4a", persons=[alive("X", "m1a"), alive("Y", "m2a")],
        held={"m1a": "X", "p4a": "X", "m2a": "Y", "p3a": "Y"},
    )  # fmt: skip
    assert found.split_from == {"n1": "Y"}


def test_who_merged_already_is_not_merged_again() -> None:
    found = named("m1a p1a", persons=[alive("X", "m1a"), merged("M", "p1a", 5, into="X")])
    assert found.merged == {}
    found = named("m1a p1a", persons=[alive("X", "m1a"), merged("M", "p1a", 5, into="Y")])
    assert found.merged == {"M": "X"}


# -- a register that is kept through anything


@dataclass
class Kept:
    """A register as the graph keeps it: what `assign` says is applied, one hop for everybody."""

    persons: dict[str, Person] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    clock: int = 0

    def be(self, components: Sequence[Iterable[str]]) -> Assignment:
        """From now on these are the people."""
        self.clock += 1
        numbers = count(len(self.persons))

        def mint() -> Person:
            number = next(numbers)
            return Person(f"i{number:03}", f"b{number:03}", None)

        parts = [Component(frozenset(component)) for component in components]
        found = assign(parts, list(self.persons.values()), self.held, standing, mint)
        self._apply(found)
        self.held = {
            key: one_id for part, one_id in zip(parts, found.one_ids, strict=True) for key in part.keys
        }
        return found

    def _apply(self, found: Assignment) -> None:
        self.persons.update({one.one_id: one for one in found.minted})
        for one_id in found.returned:
            self.persons[one_id] = replace(self.persons[one_id], merged_into=None, merged_at=0)
        for one_id, into in found.merged.items():
            gone = replace(self.persons[one_id], merged_into=into, merged_at=self.clock)
            followers = [
                replace(p, merged_into=into) for p in self.persons.values() if p.merged_into == one_id
            ]
            self.persons.update({one.one_id: one for one in (gone, *followers)})
        for one_id, key in found.owners.items():
            self.persons[one_id] = replace(self.persons[one_id], owner=key)

    @property
    def ids(self) -> dict[frozenset[str], str]:
        """Who each component is."""
        found: dict[str, set[str]] = {}
        for key, one_id in self.held.items():
            found.setdefault(one_id, set()).add(key)
        return {frozenset(keys): one_id for one_id, keys in found.items()}

    def nameless(self) -> Counter[tuple[str | None, str | None, frozenset[str]]]:
        """The register without names: of each line its owner, the survivor's owner, and who it is."""
        return Counter(
            (
                person.owner,
                self.persons[person.merged_into].owner if person.merged_into else None,
                frozenset(key for key, one_id in self.held.items() if one_id == person.one_id),
            )
            for person in self.persons.values()
        )


KEYS = [f"{layer}{first}{letter}" for letter in "ab" for layer in "mpdc" for first in (1, 2)]


@st.composite
def partitions(draw: st.DrawFn, keys: Sequence[Any] = KEYS) -> list[list[Any]]:
    """Some of the keys (the others are expired), each in one of some parts."""
    places = draw(st.lists(st.integers(-1, 5), min_size=len(keys), max_size=len(keys)))
    found: dict[int, list[Any]] = {}
    for key, place in zip(keys, places, strict=True):
        if place >= 0:
            found.setdefault(place, []).append(key)
    return list(found.values())


@many.pure(150)
@given(st.lists(partitions(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_any_history_keeps_the_register_whole(history: list[list[list[str]]], r: Any) -> None:
    register = Kept()
    for components in history:
        before = dict(register.persons)
        r.shuffle(components)
        found = register.be(components)
        assert len(set(found.one_ids)) == len(components)
        for component, one_id in zip(components, found.one_ids, strict=True):
            person = register.persons[one_id]
            assert person.merged_into is None
            assert person.owner == min(component, key=standing)
        for person in register.persons.values():
            if person.merged_into is not None:
                assert register.persons[person.merged_into].merged_into is None
        for one_id, person in before.items():
            later = register.persons[one_id]
            if later.merged_into is not None:
                assert later.owner == person.owner or person.merged_into is None
        assert {one.one_id for one in found.minted} == register.persons.keys() - before.keys()
        assert set(found.split_from.values()) <= before.keys()


@many.pure(100)
@given(st.lists(partitions(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_components_does_not_matter(history: list[list[list[str]]], r: Any) -> None:
    """But for the names of those that are new, which are random anyway."""
    straight, shuffled = Kept(), Kept()
    for components in history:
        straight.be(components)
        mixed = [r.sample(component, len(component)) for component in components]
        r.shuffle(mixed)
        shuffled.be(mixed)
        assert straight.nameless() == shuffled.nameless()


@many.pure(150)
@given(partitions(), st.data())
def test_undoing_merges_brings_every_old_id_back(first: list[list[str]], data: Any) -> None:
    """Whoever is joined and taken apart again, one step at a time, as long as the first people stay whole."""
    register = Kept()
    register.be(first)
    ids, owners = register.ids, {one: p.owner for one, p in register.persons.items()}
    groups = [[number] for number in range(len(first))]
    for _ in range(data.draw(st.integers(1, 8)) if len(first) > 1 else 0):
        groups = data.draw(stepped(groups))
        found = register.be([[key for number in group for key in first[number]] for group in groups])
        assert found.minted == []
    while len(groups) < len(first):
        groups = data.draw(stepped(groups, joining=False))
        register.be([[key for number in group for key in first[number]] for group in groups])
    assert register.ids == ids
    assert {one: p.owner for one, p in register.persons.items()} == owners
    assert all(p.merged_into is None for p in register.persons.values())


@st.composite
def stepped(draw: st.DrawFn, groups: list[list[int]], joining: bool | None = None) -> list[list[int]]:
    """Two of the groups joined, or one of them taken apart."""
    large = [group for group in groups if len(group) > 1]
    if joining is None:
        joining = not large or (len(groups) > 1 and draw(st.booleans()))
    if joining:
        a, b, *rest = draw(st.permutations(groups))
        return [a + b, *rest]
    chosen = draw(st.sampled_from(large))
    first, *others = draw(st.permutations(chosen))
    cut = draw(st.integers(0, len(others) - 1))
    parts = [[first, *others[:cut]], others[cut:]]
    return [*parts, *(group for group in groups if group is not chosen)]


@many.pure(100)
@given(st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=1, max_size=6))
def test_a_moving_cookie_never_steals_an_id(moves: list[list[int]]) -> None:
    """Three people with something better of their own, and six cookies that go from one to another."""
    anchors, cookies = ["m9a", "p9a", "d9a"], [f"c{n}a" for n in range(6)]
    register = Kept()
    register.be([[anchor] for anchor in anchors])
    ids = {anchor: register.held[anchor] for anchor in anchors}
    for places in moves:
        register.be(
            [
                [anchor, *(cookie for cookie, at in zip(cookies, places, strict=True) if at == place)]
                for place, anchor in enumerate(anchors)
            ]
        )
        assert {anchor: register.held[anchor] for anchor in anchors} == ids
        assert len(register.persons) == len(anchors)


# -- on the live graph


KINDS: Json = {
    "member": {"layer": "person", "priority": 1, "limit": 6},
    "phone": {"layer": "contact", "priority": 10},
    "cookie": {"layer": "session", "priority": 90, "ttl": "30d"},
}


@pytest.fixture
async def identity(graph: Graph) -> Identity:
    """A policy under which nothing is suppressed but by the seventh member."""
    return (await Player.under(graph, {"kinds": KINDS})).identity


async def unlink(identity: Identity, a: str, b: str) -> None:
    await run_operation(identity, "unlink", {"a": identifier(a), "b": identifier(b)}, "test", "apart")


async def one_of(graph: Graph, key: str) -> str:
    """The OneID of an identifier."""
    return next(one_id for one_id, keys in (await living(graph)).items() if key in keys)


@many.live(12)
@given(data=st.data())
async def test_merging_and_taking_apart_brings_the_old_ids_back(graph: Graph, data: Any) -> None:
    """In random sequences, two people at a time, by one observation of what is known or by a newcomer."""
    await emptied(graph)
    identity = (await Player.under(graph, {"kinds": KINDS})).identity
    names = ["member:m1", "member:m2", "phone:p3", "cookie:c4"]
    await identity.observe([seen(n, name, f"cookie:of{n}") for n, name in enumerate(names, start=1)])
    before, register = await living(graph), await people(graph)
    steps = data.draw(
        st.lists(st.tuples(st.sampled_from(range(4)), st.sampled_from(range(4))), min_size=1, max_size=5)
    )
    apart = []
    for number, (a, b) in enumerate(steps):
        if a == b:
            continue
        joined = [names[a], names[b]] + ([f"cookie:new{number}"] if number % 2 else [])
        await identity.observe([seen(10 + number, *joined)])
        apart += [
            pair
            for pair in ((names[a], names[b]), *((x, f"cookie:new{number}") for x in joined[:2]))
            if pair[1] in joined
        ]
    assert await broken(graph) == []
    for a, b in data.draw(st.permutations(apart)):
        await unlink(identity, a, b)
    now = await living(graph)
    assert {one_id: now.get(one_id) for one_id in before} == before
    assert {one_id: (await people(graph))[one_id] for one_id in before} == register
    assert await broken(graph) == []


async def test_chains_of_merges_lead_in_one_hop(graph: Graph, identity: Identity) -> None:
    names = [f"phone:p{n}" for n in range(1, 6)]
    await identity.observe([seen(9 - n, name) for n, name in enumerate(names)])
    first = {key: one_id for one_id, (key,) in (await living(graph)).items()}
    for a, b in pairwise(names):  # each time the survivor meets a better one, and is gone
        await identity.observe([seen(20, a, b)])
        assert await broken(graph) == []
    survivor = first["phone|*|p5"]
    found = await people(graph)
    assert {one_id: line.into for one_id, line in found.items() if one_id != survivor} == {
        one_id: survivor for key, one_id in first.items() if one_id != survivor
    }
    assert {line.owner for line in found.values()} == first.keys()  # each remembers its own
    for a, b in pairwise(names):
        await unlink(identity, a, b)
        assert await broken(graph) == []
    assert {keys: one_id for one_id, keys in (await living(graph)).items()} == {
        (key,): one_id for key, one_id in first.items()
    }


async def test_a_batch_mints_for_its_end_state_only(graph: Graph, identity: Identity) -> None:
    await identity.observe(
        [
            seen(1, "phone:p1"),
            seen(2, "phone:p2"),
            seen(3, "phone:p3", "member:m1"),
            seen(4, *(f"phone:p{n}" for n in (1, 2, 3))),
        ]
    )
    found = await people(graph)
    assert [line.owner for line in found.values()] == ["member|*|m1"]
    assert [line.status for line in found.values()] == ["ACTIVE"]


async def test_the_id_of_somebody_anonymous_stays_when_a_known_one_joins(
    graph: Graph, identity: Identity
) -> None:
    await identity.observe([seen(1, "cookie:c1")])
    one = await one_of(graph, "cookie|*|c1")
    await identity.observe([seen(2, "cookie:c1", "phone:p1")])
    await identity.observe([seen(3, "cookie:c1", "member:m1")])
    found = await people(graph)
    assert found.keys() == {one}
    assert found[one].owner == "member|*|m1"


async def test_a_cookie_that_moves_on_the_graph(graph: Graph) -> None:
    """The newest sighting wins the cookie; the ids of both, and of their owners, stay."""
    policy = {"kinds": KINDS | {"member": {"layer": "person", "limit": 1}}}
    identity = (await Player.under(graph, policy)).identity
    await identity.observe([seen(1, "member:m1", "cookie:c1"), seen(2, "member:m2", "cookie:c2")])
    ids = {key: await one_of(graph, key) for key in ("member|*|m1", "member|*|m2")}
    for number, member in enumerate(["m2", "m1", "m2"], start=3):
        await identity.observe([seen(number, f"member:{member}", "cookie:c1")])
        now = {key: one for one, keys in (await living(graph)).items() for key in keys}
        assert {key: now[key] for key in ids} == ids
        assert now["cookie|*|c1"] == ids[f"member|*|{member}"]
        assert len(await people(graph)) == 2
        assert await broken(graph) == []


async def test_who_has_expired_comes_back_as_the_same(graph: Graph, identity: Identity) -> None:
    await identity.observe([seen(1, "cookie:c1"), seen(2, "cookie:c2", "member:m2")])
    one, two = await one_of(graph, "cookie|*|c1"), await one_of(graph, "member|*|m2")
    assert await maintenance.expire(identity, day(60)) == 2
    gone = await people(graph)
    assert (gone[one].status, gone[one].keys, gone[one].owner) == ("ACTIVE", (), "cookie|*|c1")
    assert await maintenance.expire(identity, day(60)) == 0
    await identity.observe([seen(59, "cookie:c1", "phone:p1"), seen(59, "cookie:c2")])
    found = await people(graph)
    assert found.keys() == {one, two, await one_of(graph, "cookie|*|c2")}
    assert found[one].keys == ("cookie|*|c1", "phone|*|p1")
    assert "cookie|*|c2" in found[two].keys
    assert await broken(graph) == []


async def test_a_split_says_where_it_came_from(graph: Graph, identity: Identity) -> None:
    await identity.observe([seen(1, "member:m1", "phone:p1"), seen(2, "phone:p1", "cookie:c1")])
    one = await one_of(graph, "member|*|m1")
    await unlink(identity, "member:m1", "phone:p1")
    two = await one_of(graph, "phone|*|p1")
    found = await people(graph)
    assert (found[two].split_from, found[two].owner, found[two].keys) == (
        one,
        "phone|*|p1",
        ("cookie|*|c1", "phone|*|p1"),
    )
    assert (found[one].split_from, found[one].keys) == (None, ("member|*|m1",))


async def test_who_was_erased_says_so_and_is_not_remembered(graph: Graph, identity: Identity) -> None:
    await identity.observe([seen(1, "member:m1", "phone:p1"), seen(2, "phone:p2")])
    await identity.observe([seen(3, "phone:p1", "phone:p2")])
    one = await one_of(graph, "member|*|m1")
    merged_one = next(one_id for one_id, line in (await people(graph)).items() if line.status == "MERGED")
    await run_operation(identity, "erase", {"person": identifier("phone:p2")}, "test", "asked for it", day(4))
    found = await people(graph)
    assert (found[one].status, found[one].owner, found[one].keys) == ("ERASED", None, ())
    assert (found[merged_one].into, found[merged_one].owner) == (one, None)
    await identity.observe([seen(5, "member:m1", "phone:p1")])
    assert await people(graph) == found
    await run_operation(
        identity, "restore", {"identifier": identifier("phone:p2")}, "test", "is back", day(6)
    )
    await identity.observe([seen(7, "phone:p2", "member:m1")])
    again = await people(graph)
    assert [again[one_id].keys for one_id in again.keys() - found.keys()] == [("phone|*|p2",)]
    assert {one_id: again[one_id] for one_id in found} == found
    assert await broken(graph) == []


async def test_erasing_the_owner_leaves_the_rest_with_the_id(graph: Graph, identity: Identity) -> None:
    await identity.observe([seen(1, "member:m1", "phone:p1", "cookie:c1")])
    one = await one_of(graph, "member|*|m1")
    await run_operation(identity, "erase", {"identifier": identifier("member:m1")}, "test", "asked for it")
    found = await people(graph)
    assert found.keys() == {one}
    assert (found[one].status, found[one].owner) == ("ACTIVE", "phone|*|p1")


@many.live(12)
@given(document=worlds.any_features(operations=False), order=st.randoms(use_true_random=False))
async def test_any_order_gives_the_same_owners(graph: Graph, document: Json, order: Any) -> None:
    found = []
    for _ in range(2):
        await emptied(graph)
        await (await Player.under(graph, document["policy"])).play(document, order)
        register = await people(graph)
        found.append({line.keys: line.owner for line in register.values() if line.keys})
        assert {line.status for line in register.values() if not line.keys} <= {"MERGED"}
        order.shuffle(document["observations"])
    assert found[0] == found[1]
