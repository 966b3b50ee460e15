"""`oneid evaluate`: how well people are told apart, against a truth. It is here since it reads tables."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from app.access.sealing import Keyring
from app.console import results
from app.errors import BadInput
from app.graph.sessions import Graph
from app.identity.explain.why import why, why_not
from app.identity.live.stored import read_all
from app.identity.quality.scores import Score
from app.identity.quality.stored import WORST, Evaluation, Named, evaluate
from app.identity.service import Identity
from app.ingest.mapping import read_mapping
from app.ingest.sources import Source, source_of
from app.ingest.truth import Truth, read_truth
from app.settings import settings

commands = typer.Typer()
_Least = Annotated[float | None, typer.Option(min=0, max=1, help="exit 1 when the B-cubed figure is lower")]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A truth, and what was found against it; `why` of each over-merge and `why_not` of each under-merge."""

    truth: Truth
    found: Evaluation
    why: Sequence[Sequence[str]]
    why_not: Sequence[Sequence[str]]

    def as_json(self) -> dict[str, Any]:
        """All of it; identifiers by their masked names."""
        found = self.found
        return {
            "truth": {
                "rows": self.truth.rows,
                "readAs": self.truth.form,
                "unknown": self.truth.unknown,
                "severalPeople": self.truth.several,
            },
            "oneid": _scores(found.oneid),
            "plain": _scores(found.plain),
            "overMerged": [
                {
                    "oneId": one.one_id,
                    "identifiers": one.identifiers,
                    "people": one.people,
                    "wrongPairs": one.wrong_pairs,
                    "path": _displays(one.path),
                    "why": list(told),
                }
                for one, told in zip(found.over, self.why, strict=True)
            ],
            "underMerged": [
                {
                    "person": one.person,
                    "identifiers": one.identifiers,
                    "parts": [{"oneId": one_id, "identifiers": size} for one_id, size in one.parts],
                    "missedPairs": one.missed_pairs,
                    "apart": _displays((one.a, one.b)),
                    "reason": one.reason,
                    "whyNot": list(told),
                }
                for one, told in zip(found.under, self.why_not, strict=True)
            ],
        }

    def show(self, console: Console) -> None:
        """The scores and the worst errors as tables."""
        truth, found = self.truth, self.found
        console.print(
            f"{truth.rows:,} rows of truth, read as {truth.form}; "
            f"{found.oneid.items:,} identifiers measured, "
            f"{found.oneid.missing:,} belong to nobody; {truth.unknown:,} rows name nothing that is stored, "
            f"{truth.several:,} identifiers are said to be of several people",
            highlight=False,
            soft_wrap=True,
        )
        scores = Table("", "B-cubed precision", "recall", "pairs: precision", "recall", "largest")
        for name, one in (("oneid", found.oneid), ("plain components", found.plain)):
            scores.add_row(name, *_figures(one), f"{one.largest:,}")
        console.print(scores)
        if found.over:
            over = Table(
                "OneID", "identifiers", "people", "wrong pairs", "joined by", title="worst over-merges"
            )
            for worse in found.over:
                counts = (worse.identifiers, worse.people, worse.wrong_pairs)
                over.add_row(worse.one_id, *map(_count, counts), " – ".join(_displays(worse.path)))
            console.print(over)
            _say(console, ((one.one_id, told) for one, told in zip(found.over, self.why, strict=True)))
        if found.under:
            under = Table(
                "person", "identifiers", "parts", "missed pairs", "apart", title="worst under-merges"
            )
            for low in found.under:
                counts = (low.identifiers, len(low.parts), low.missed_pairs)
                why = low.reason or "never seen together"
                under.add_row(low.person, *map(_count, counts), f"{low.a.display} | {low.b.display}: {why}")
            console.print(under)
            _say(console, ((one.person, told) for one, told in zip(found.under, self.why_not, strict=True)))


def _say(console: Console, told: Iterable[tuple[str, Sequence[str]]]) -> None:
    """The answers in words, below a table."""
    for name, sentences in told:
        console.print(f"{name}: {' '.join(sentences)}", highlight=False, markup=False, soft_wrap=True)


def _scores(one: Score) -> dict[str, Any]:
    return {
        "items": one.items,
        "missing": one.missing,
        "bcubedPrecision": one.bcubed_precision,
        "bcubedRecall": one.bcubed_recall,
        "pairPrecision": one.pair_precision,
        "pairRecall": one.pair_recall,
        "largest": one.largest,
    }


def _displays(names: Sequence[Named]) -> list[str]:
    return [one.display for one in names]


def _count(number: int) -> str:
    return f"{number:,}"


def _figures(one: Score) -> list[str]:
    figures = (one.bcubed_precision, one.bcubed_recall, one.pair_precision, one.pair_recall)
    return [f"{figure:.4f}" for figure in figures]


@commands.command(
    "evaluate",
    epilog="Example: oneid evaluate --truth truth.csv, or --truth people.csv --observations members.xlsx "
    "--mapping members.yaml",
)
def evaluate_command(
    truth: Annotated[Path, typer.Option(help="who is who: kind,value[,scope],person or record,person")],
    observations: Annotated[
        Path | None, typer.Option(help="the file that was imported, when records are ids of observations")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="the mapping of that file")] = None,
    record: Annotated[
        str | None, typer.Option(help="the column of records, when it has another name")
    ] = None,
    person: Annotated[str | None, typer.Option(help="the column of people, likewise")] = None,
    worst: Annotated[int, typer.Option(min=0, help="how many of the worst errors are shown")] = WORST,
    min_precision: _Least = None,
    min_recall: _Least = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables")] = False,
) -> None:
    """Measure how well people are told apart, beside plain connected components; writes nothing.

    Exit 1 when nothing of the truth is stored, or a figure is lower than asked for.
    """
    if mapping and observations is None:
        raise BadInput("a mapping is of a file of observations", field=("--mapping",))
    text = read_mapping(mapping) if mapping else None
    source = source_of(observations, text, settings().time_zone) if observations else None
    found = asyncio.run(_evaluated(truth, source, {"record": record, "person": person}, worst))
    typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2)) if as_json else found.show(
        results()
    )
    score = found.found.oneid
    asked = ((score.bcubed_precision, min_precision), (score.bcubed_recall, min_recall))
    if not score.items or any(least is not None and figure < least for figure, least in asked):
        raise typer.Exit(1)


async def _evaluated(
    truth: Path, observations: Source | None, called: Mapping[str, str | None], worst: int
) -> Evaluated:
    async with await Graph.open(settings()) as graph:
        identity = await Identity.open(graph, Keyring(settings().secret()), settings().policy)
        stored = await read_all(identity)
        read = read_truth(truth, stored, observations, called)
        found, zone = evaluate(stored, read.person, worst), ZoneInfo(settings().time_zone)
        ends = [(one.path[0].asked, one.path[-1].asked) for one in found.over]
        joined = [(await why(identity, *two, zone=zone)).sentences for two in ends]
        ends = [(one.a.asked, one.b.asked) for one in found.under]
        apart = [(await why_not(identity, *two, zone=zone)).sentences for two in ends]
        return Evaluated(read, found, joined, apart)
