"""Files of people, as callers ask for them and follow them; the file itself is at /exports/{id}."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import answered, nullable
from app.identity.graphql import UserError
from app.rules.graphql import SegmentLimit, SegmentRule
from app.segments import export_asked
from app.segments.export_asked import Export, check_caller
from app.segments.export_columns import columns
from app.segments.inputs import together
from app.segments.preview_graphql import meant, one_meant, told


@strawberry.enum(description="What a file of people is written as.")
class ExportFormat(Enum):
    CSV = strawberry.enum_value("csv", description="Text in UTF-8, one line a person.")
    PARQUET = strawberry.enum_value("parquet", description="Columns with their types.")


@strawberry.enum(description="How far a file has come.")
class ExportStatus(Enum):
    WAITING = strawberry.enum_value("WAITING", description="It is begun within seconds.")
    RUNNING = strawberry.enum_value("RUNNING", description="It is being written.")
    DONE = strawberry.enum_value("DONE", description="It can be fetched until it expires.")
    FAILED = strawberry.enum_value("FAILED", description="It could not be written; `error` says why.")


@strawberry.type(description="A file of people that was asked for.")
class SegmentExport:
    id: strawberry.ID = strawberry.field(description="Names it.")
    status: ExportStatus = strawberry.field(description="How far it has come.")
    rows: int = strawberry.field(description="How many people are in it so far.")
    total: int | None = strawberry.field(description="How many to expect, once it is begun.")
    columns: list[str] = strawberry.field(description="The columns that were asked for.")
    masked: bool = strawberry.field(description="Whether personal values are masked in it.")
    error: str | None = strawberry.field(description="Why it could not be written.")
    url: str | None = strawberry.field(description="Where to fetch it, once it is done.")
    expires_at: datetime | None = strawberry.field(description="When it goes.")


@strawberry.type(description="What became of asking for a file.")
class SegmentExportPayload:
    export: SegmentExport | None = strawberry.field(description="The file; null when it was refused.")
    user_errors: list[UserError] = strawberry.field(description="Everything that is wrong with the rule.")


def _told(one: Export) -> SegmentExport:
    return SegmentExport(
        id=strawberry.ID(one.key),
        status=ExportStatus(one.status),
        rows=one.rows,
        total=one.total,
        columns=list(one.columns),
        masked=not one.pii,
        error=one.error,
        url=f"/exports/{one.key}" if one.status == "DONE" else None,
        expires_at=one.expires,
    )


async def segment_export(context: Context, **given: Any) -> SegmentExportPayload:
    """Asks for a file."""
    names: Sequence[str] = given.get("columns") or ()
    brands = None if context.caller.brands is None else sorted(context.caller.brands)
    _, chosen = together(lambda: one_meant(given), lambda: columns(names, context.policy, brands))
    evaluation = await meant(context, given)
    if evaluation.wrong:
        return SegmentExportPayload(export=None, user_errors=told(evaluation.wrong))
    format_: Any = given.get("format") or ExportFormat.CSV
    asked = await export_asked.ask(
        context.graph,
        evaluation.rule,
        brands,
        evaluation.choice,
        columns=[column.name for column in chosen],
        format=format_.value if isinstance(format_, Enum) else format_,
        bom=bool(given.get("bom")),
        pii=context.may("pii:read"),
        zone=evaluation.settings.clock.zone.key,
        by=context.caller.name,
    )
    return SegmentExportPayload(export=_told(asked), user_errors=[])


async def _read(context: Context, *, id: str) -> SegmentExport | None:
    found = await export_asked.read(context.reader(), id)
    if found is None:
        return None
    check_caller(found, context.scopes, context.caller.brands)
    return _told(found)


def _asked(
    segment: strawberry.ID | None = strawberry.UNSET,
    rule: SegmentRule | None = strawberry.UNSET,
    share: float | None = strawberry.UNSET,
    limit: SegmentLimit | None = strawberry.UNSET,
    columns: list[str] | None = strawberry.UNSET,
    format: ExportFormat = ExportFormat.CSV,
    bom: bool = False,
) -> Any: ...


def _named(id: strawberry.ID) -> Any: ...


@strawberry.type
class ExportMutations:
    segment_export: Any = answered(
        segment_export,
        "Asks for a file of those who are in a saved segment by its definition now, or match a rule, with "
        "`share` and `limit` of those who are taken of them; it is then written in the "
        "background: follow it by `segmentExport`, fetch it by GET at its `url`. For callers without "
        "pii:read, personal values are masked, and their columns are called so.",
        of=SegmentExportPayload,
        arguments=_asked,
        scope="profile:read",
    )


@strawberry.type
class ExportQueries:
    segment_export: Any = answered(
        _read,
        "A file of people that was asked for: how far it has come, and where it is. Null once it expired.",
        of=nullable(SegmentExport),
        arguments=_named,
        scope="profile:read",
    )
