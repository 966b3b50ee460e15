"""The versions of the policy, as callers read them."""

from datetime import datetime
from typing import Any

import strawberry

from app.graph.planner_fields import nullable, stored


@strawberry.type(description="One version of the identity policy, and what putting it in force changed.")
class PolicyVersion:
    version: int = stored("Its number, from 1.")
    text: str = stored("The policy, in YAML or JSON.")
    by: str = stored("Who put it in force.")
    reason: str | None = stored("Why, in their words.")
    at: datetime = stored("When.")
    current: bool = stored("Whether it is in force.")
    unfinished: bool = stored("Whether people are still to be recomputed under it.")
    people_created: int = stored("How many people it made.")
    people_merged: int = stored("How many people it merged into others.")
    people_split: int = stored("How many people were split, and the new part got a OneID of its own.")
    people_returned: int = stored("How many merged people it brought back under their OneIDs.")
    identifiers_moved: int = stored("How many identifiers belong to somebody else since.")


@strawberry.type
class PolicyQueries:
    policy: Any = stored(
        "The identity policy that is in force.", of=nullable(PolicyVersion), scope="profile:read"
    )
    policy_versions: list[PolicyVersion] = stored(
        "Every version of the identity policy, the newest first.", scope="profile:read"
    )
