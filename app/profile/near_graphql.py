"""Who is near a person without being it: who shares something, who is alike, and what leads to whom."""

from collections.abc import Mapping
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import Found, elsewhere, stored
from app.graph.planner_pages import Connection
from app.identity.graphql import EvidenceState, Identifier, Node, PersonBy
from app.profile import service

_PERSON = elsewhere("Person", "app.profile.graphql")


@strawberry.type(description="Something that two people share.")
class Shared:
    kind: str = stored("What it is: the kind of an identifier, of a dependent, or `address`.")
    display: str = stored("What a person would call it, masked where it is personal.")
    identifier: Identifier | None = stored("The identifier that both were seen with.")
    mine: Identifier = stored("The person's own identifier that leads to it.")
    theirs: Identifier = stored("The other person's identifier that leads to it.")
    state: EvidenceState | None = stored("Of the evidence at the other person's end: why it joins nobody.")
    reason: str | None = stored("SHARED, LIMIT_EXCEEDED, NEVER_LINKED …")


@strawberry.type(description="Somebody who shares an identifier, an address or a dependent with the person.")
class Neighbour:
    person: Any = stored("The other person.", of=_PERSON)
    strength: int = stored("How many different things they share.")
    shared: list[Shared] = stored("What they share.")


@strawberry.type(description="A page of neighbours.")
class NeighbourConnection(Connection[Neighbour]):
    pass


@strawberry.type(description="Somebody with the same tags and segments.")
class Alike:
    person: Any = stored("The other person.", of=_PERSON)
    score: float = stored("The rarer what they have in common, the higher: the sum of 1/log2(1 + carriers).")
    tags: list[str] = stored("The keys of the tags that both carry.")
    segments: list[str] = stored("The keys of the segments that both are in.")


@strawberry.type(description="A page of people who are alike.")
class AlikeConnection(Connection[Alike]):
    pass


@strawberry.type(description="One step of a path.")
class PathStep:
    start: Node = stored("Where it starts.")
    end: Node = stored("Where it leads.")
    relationship: str = stored("How they are tied: IDENTIFIES, LINKED, DEPENDENT_OF.")
    state: EvidenceState | None = stored("Of evidence: whether it joins people.")
    reason: str | None = stored("Of evidence that joins nobody: why not.")


@strawberry.type(description="The shortest way from one person to another.")
class Path:
    steps: list[PathStep] = stored("The steps, in order.")
    length: int = stored("How many steps it has.")


def _page(first: int | None = 20, after: str | None = strawberry.UNSET) -> Any: ...


@strawberry.type
class Near:
    """The part of a person that leads to others."""

    neighbours: Any = stored(
        "People who are not this person and share something with it, a household perhaps: an identifier "
        "that both were seen with, an order's address, a dependent. Whoever shares most comes first. What "
        "more than a hundred are tied to is no household's, and is passed over.",
        of=NeighbourConnection,
        arguments=_page,
    )
    alike: Any = stored(
        "People with the same tags and segments, whoever shares the rarest first; of this person's rarest "
        "ten, without those that more than a thousand carry. For callers of every brand.",
        of=AlikeConnection,
        arguments=_page,
    )


def _path(a: PersonBy, b: PersonBy) -> Any: ...


def _ends(context: Context, arguments: Mapping[str, Any]) -> Found:
    """Where to look for both; a merged OneID is its survivor. Raises BadInput for an unknown kind."""
    both = (arguments["a"], arguments["b"])
    keys = [service.candidates(context, by["identifier"]) if "identifier" in by else [] for by in both]
    return Found({"oneIds": [by.get("oneId") for by in both], "keys": keys})


@strawberry.type
class NearQueries:
    path: Any = stored(
        "The shortest way between two people, of at most ten steps, over identifiers, evidence (also what "
        "lost) and dependents; null when there is none.",
        of=Path | None,
        arguments=_path,
        look_up=_ends,
        scope="profile:read",
    )
