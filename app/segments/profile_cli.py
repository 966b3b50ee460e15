"""`oneid segment profile | overlap`: what segments are like and have in common, as tables and pictures."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.console import show
from app.errors import BadInput
from app.identity.console import run
from app.identity.service import Identity
from app.rules.model import parse
from app.segments import overlapping, profiling
from app.segments.preview import Evaluation, own_choice
from app.segments.preview_cli import AsJson, commands, print_json, problem, say
from app.settings import settings

_BY = "gender,city,age_band,lifecycle"


@commands.command(
    "profile", epilog="Example: oneid segment profile mums --by gender,city,tag --chart mums.svg"
)
def profile_command(
    key: Annotated[str, typer.Argument(help="the segment's key")],
    by: Annotated[str, typer.Option(help="what to count by, with commas")] = _BY,
    base: Annotated[str | None, typer.Option(help="another segment to compare with; else everybody")] = None,
    top: Annotated[int, typer.Option(help="values of each kind", min=1, max=1000)] = profiling.TOP,
    chart: Annotated[Path | None, typer.Option(help="draw it, too: a file that ends in .svg or .png")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the people of a segment are like beside everybody: shares and their index (TGI).

    Exit code 1 when there is no such segment.
    """
    names = _names(by)

    async def work(identity: Identity) -> dict[str, Any] | profiling.Profile:
        segment, other = [await _evaluated(identity, one) for one in (key, base)]
        wrong = [*segment.wrong, *(replace(one, field=("base", *one.field)) for one in other.wrong)]
        if wrong:
            return {"userErrors": [problem(one) for one in wrong]}
        counted = [
            await profiling.counted(one.reader, one.rule, one.settings, names, one.choice)
            for one in (segment, other)
        ]
        return profiling.profile(counted[0], counted[1], top)

    found = run(work)
    if isinstance(found, dict):
        say(found["userErrors"])
        raise typer.Exit(1)
    if as_json:
        print_json(asdict(found))
    else:
        _tell_profile(key, found)
    if chart is not None:
        from app.segments import charting  # only here: drawing takes seconds to begin

        charting.draw(found, key, chart)
        typer.echo(f"drawn: {chart}", err=True)


@commands.command("overlap", epilog="Example: oneid segment overlap mums vip lapsed")
def overlap_command(
    keys: Annotated[list[str], typer.Argument(help="two to eight segments")], as_json: AsJson = False
) -> None:
    """Say what segments have in common, every two and all: how many, Jaccard, containment.

    Exit code 1 when one of them is not there.
    """
    if not 2 <= len(set(keys)) <= overlapping.MOST:
        raise BadInput(f"two to {overlapping.MOST} different segments are needed", field=("keys",))
    keys = list(dict.fromkeys(keys))

    async def work(identity: Identity) -> dict[str, Any] | overlapping.Overlap:
        rule = parse({"any": [{"segment": {"key": key}} for key in keys]})
        one = await Evaluation.of(
            identity.graph.reader(),
            identity.state.policy,
            rule,
            keyring=identity.keyring,
            as_of=datetime.now(UTC),
            zone=settings().time_zone,
        )
        if one.wrong:
            return {"userErrors": [problem(no) for no in one.wrong]}
        chosen = [own_choice(one.vocabulary, key) for key in keys]
        found = await overlapping.read_regions(one.reader, list(one.rule.body), one.settings, chosen)
        return overlapping.overlap(len(keys), found)

    found = run(work)
    if isinstance(found, dict):
        say(found["userErrors"])
        raise typer.Exit(1)
    if as_json:
        print_json({"segments": keys} | asdict(found))
    else:
        _tell_overlap(keys, found)


async def _evaluated(identity: Identity, key: str | None) -> Evaluation:
    """Who is in a segment by its definition now; everybody without one."""
    reader, policy = identity.graph.reader(), identity.state.policy
    when: dict[str, Any] = {"as_of": datetime.now(UTC), "zone": settings().time_zone}
    when["keyring"] = identity.keyring
    if key is None:
        return await Evaluation.of(reader, policy, profiling.EVERYONE, **when)
    return await Evaluation.of_segment(reader, policy, key, **when)


def _names(by: str) -> list[str]:
    names = list(dict.fromkeys(one.strip().upper() for one in by.split(",") if one.strip()))
    if not names or (unknown := [one for one in names if one not in profiling.BY]):
        known = ", ".join(profiling.BY).lower()
        what = f"people are not counted by {', '.join(unknown).lower()}" if names else "--by is empty"
        raise BadInput(what, field=("by",), suggestion=f"there are {known}")
    return names


def _part(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _tell_profile(key: str, found: profiling.Profile) -> None:
    table = Table(title=f"{key}: {found.size:,} people, base {found.base_size:,}", title_justify="left")
    for name in ("by", "value"):
        table.add_column(name)
    for name in ("people", "share", "base", "TGI"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in found.rows:
        index = "" if row.tgi is None else f"{row.tgi:.0f}"
        cells = [f"{row.count:,}", _part(row.share), _part(row.base_share), index]
        value = "(none)" if row.value is None else row.value
        table.add_row(row.by.lower(), value, *cells, "few" if row.low_sample else "")
    show(table)


def _tell_overlap(keys: list[str], found: overlapping.Overlap) -> None:
    table = Table(title=f"in all: {found.every:,}, in any: {found.some:,}", title_justify="left")
    for name in ("a", "b"):
        table.add_column(name)
    for name in ("in a", "in b", "in both", "Jaccard", "a in b", "b in a"):
        table.add_column(name, justify="right")
    for one in found.pairs:
        counts = [f"{n:,}" for n in (found.sizes[one.a], found.sizes[one.b], one.both)]
        parts = [_part(part) for part in (one.jaccard, one.a_in_b, one.b_in_a)]
        table.add_row(keys[one.a], keys[one.b], *counts, *parts)
    show(table)
