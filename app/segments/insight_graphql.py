"""What segments are like and what they have in common, as callers ask."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated, Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import answered
from app.rules.check import Wrong
from app.rules.graphql import SegmentLimit, SegmentRule
from app.segments import overlapping, profiling
from app.segments.inputs import together
from app.segments.insight_types import (
    ComparedRow,
    OverlapPair,
    OverlapRegion,
    OverlapSize,
    ProfileBy,
    ProfileRow,
    SegmentComparison,
    SegmentOverlap,
    SegmentProfile,
)
from app.segments.preview import Evaluation, own_choice
from app.segments.preview_graphql import evaluation_of, meant, one_meant, segment_of, told

_SCOPE = "segment:read"


def at(name: str, wrong: Sequence[Wrong]) -> list[Wrong]:
    """What is wrong, by the argument that it is wrong in."""
    return [replace(one, field=(name, *one.field)) for one in wrong]


def _names(by: Sequence[Any]) -> list[str]:
    """Each once. Raises BadInput when there is none."""
    if not by:
        raise BadInput(f"`by` is empty; it may say {', '.join(profiling.BY)}", field=("by",))
    return list(dict.fromkeys(one.value if isinstance(one, Enum) else one for one in by))


def _top(top: int | None) -> int:
    top = profiling.TOP if top is None else top
    if not 1 <= top <= 1_000:
        raise BadInput("`top` is from 1 to 1000", field=("top",))
    return top


async def _counted(evaluation: Evaluation, by: Sequence[str]) -> profiling.Counted:
    found = evaluation.reader, evaluation.rule, evaluation.settings
    return await profiling.counted(*found, by, evaluation.choice)


def _row(row: profiling.Row) -> ProfileRow:
    return ProfileRow(
        by=ProfileBy[row.by],
        value=row.value,
        count=row.count,
        share=row.share,
        base_count=row.base_count,
        base_share=row.base_share,
        tgi=row.tgi,
        low_sample=row.low_sample,
    )


async def _profile(context: Context, *, by: Sequence[Any], **given: Any) -> SegmentProfile:
    checks = lambda: _names(by), lambda: _top(given.get("top")), lambda: one_meant(given)
    names, top, _ = together(*checks)
    segment = await meant(context, given)
    base = await _base(context, given.get("base"))
    if wrong := [*segment.wrong, *at("base", base.wrong)]:
        return SegmentProfile(size=0, base_size=0, rows=[], user_errors=told(wrong))
    found = profiling.profile(await _counted(segment, names), await _counted(base, names), top)
    rows = [_row(row) for row in found.rows]
    return SegmentProfile(size=found.size, base_size=found.base_size, rows=rows, user_errors=[])


async def _base(context: Context, key: str | None) -> Evaluation:
    if key is not None:
        return await segment_of(context, key)
    return await evaluation_of(context, {"everyone": True}, None, None)


async def _compare(context: Context, *, a: str, b: str, by: Sequence[Any], **given: Any) -> SegmentComparison:
    names, top = together(lambda: _names(by), lambda: _top(given.get("top")))
    first, second = [await segment_of(context, key) for key in (a, b)]
    if wrong := [*at("a", first.wrong), *at("b", second.wrong)]:
        return SegmentComparison(a_size=0, b_size=0, both=0, rows=[], user_errors=told(wrong))
    base = await _base(context, None)
    counted = [await _counted(one, names) for one in (first, second, base)]
    both = replace(first.settings, names={**first.settings.names, **second.settings.names})
    regions = await overlapping.read_regions(
        first.reader, [first.rule, second.rule], both, [first.choice, second.choice]
    )
    rows = [
        ComparedRow(by=ProfileBy[one.by], value=one.value, a=_row(one.a), b=_row(one.b), ratio=one.ratio)
        for one in profiling.side_by_side(counted[0], counted[1], counted[2], top)
    ]
    return SegmentComparison(
        a_size=counted[0].size,
        b_size=counted[1].size,
        both=overlapping.overlap(2, regions).every,
        rows=rows,
        user_errors=[],
    )


async def _overlap(context: Context, *, segments: Sequence[str]) -> SegmentOverlap:
    keys = list(dict.fromkeys(segments))
    if not 2 <= len(keys) <= overlapping.MOST:
        raise BadInput(f"`segments` names 2 to {overlapping.MOST} different ones", field=("segments",))
    meant = {"any": [{"segment": {"key": key}} for key in keys]}
    evaluation = await evaluation_of(context, meant, context.as_of, None)
    if evaluation.wrong:
        placed = [replace(one, field=("segments", *one.field[1:2])) for one in evaluation.wrong]
        return SegmentOverlap(
            sizes=[], pairs=[], regions=[], every=0, some=0, jaccard=None, user_errors=told(placed)
        )
    rules, chosen = list(evaluation.rule.body), [own_choice(evaluation.vocabulary, key) for key in keys]
    found = await overlapping.read_regions(evaluation.reader, rules, evaluation.settings, chosen)
    return _overlapping([strawberry.ID(key) for key in keys], overlapping.overlap(len(keys), found))


def _overlapping(keys: Sequence[strawberry.ID], found: overlapping.Overlap) -> SegmentOverlap:
    return SegmentOverlap(
        sizes=[OverlapSize(segment=key, count=n) for key, n in zip(keys, found.sizes, strict=True)],
        pairs=[
            OverlapPair(
                a=keys[one.a],
                b=keys[one.b],
                both=one.both,
                jaccard=one.jaccard,
                a_in_b=one.a_in_b,
                b_in_a=one.b_in_a,
            )
            for one in found.pairs
        ],
        regions=[
            OverlapRegion(segments=[keys[place] for place in one.inside], count=one.count)
            for one in found.regions
        ],
        every=found.every,
        some=found.some,
        jaccard=found.jaccard,
        user_errors=[],
    )


async def _overlap_with(context: Context, *, segment: str, **given: Any) -> SegmentOverlap:
    return await _overlap(context, segments=[segment, *given["with"]])


async def _compare_with(context: Context, *, a: str, **given: Any) -> SegmentComparison:
    return await _compare(context, a=a, b=given.pop("with"), **given)


def _profiled(
    by: list[ProfileBy],
    segment: strawberry.ID | None = strawberry.UNSET,
    rule: SegmentRule | None = strawberry.UNSET,
    share: float | None = strawberry.UNSET,
    limit: SegmentLimit | None = strawberry.UNSET,
    base: strawberry.ID | None = strawberry.UNSET,
    top: int | None = profiling.TOP,
) -> Any: ...


def _compared(
    a: strawberry.ID, b: strawberry.ID, by: list[ProfileBy], top: int | None = profiling.TOP
) -> Any: ...


def _overlapped(segments: list[strawberry.ID]) -> Any: ...


_With = Annotated[strawberry.ID, strawberry.argument(name="with", description="The key of the other.")]
_WithAll = Annotated[list[strawberry.ID], strawberry.argument(name="with", description="The others' keys.")]


def _own_profiled(
    by: list[ProfileBy],
    base: strawberry.ID | None = strawberry.UNSET,
    top: int | None = profiling.TOP,
) -> Any: ...


def _own_compared(with_: _With, by: list[ProfileBy], top: int | None = profiling.TOP) -> Any: ...


def _own_overlapped(with_: _WithAll) -> Any: ...


OWN_PROFILE = answered(
    _profile,
    "What its people are like now, by its definition: as `segmentProfile` says it.",
    of=SegmentProfile,
    arguments=_own_profiled,
    scope=_SCOPE,
    own="segment",
)
OWN_OVERLAP = answered(
    _overlap_with,
    "What it has in common with one to seven others: as `segmentOverlap` says it, this one first.",
    of=SegmentOverlap,
    arguments=_own_overlapped,
    scope=_SCOPE,
    own="segment",
)
OWN_COMPARISON = answered(
    _compare_with,
    "It and another side by side: as `segmentCompare` says it.",
    of=SegmentComparison,
    arguments=_own_compared,
    scope=_SCOPE,
    own="a",
)
"""The same below a saved segment."""


@strawberry.type
class InsightQueries:
    segment_profile: Any = answered(
        _profile,
        "What the people of a saved segment, or of a rule, are like: of each value how many, their share, "
        "that in the base, and the index of the two. The base is everybody, or another segment.",
        of=SegmentProfile,
        arguments=_profiled,
        scope=_SCOPE,
    )
    segment_compare: Any = answered(
        _compare,
        "Two saved segments side by side, value by value.",
        of=SegmentComparison,
        arguments=_compared,
        scope=_SCOPE,
    )
    segment_overlap: Any = answered(
        _overlap,
        "What two to eight saved segments have in common: every two, all of them, and everybody by which "
        "they are in. Rules are evaluated now, not as of the last refresh.",
        of=SegmentOverlap,
        arguments=_overlapped,
        scope=_SCOPE,
    )
