"""How much each possible start of a rule would find: one statement that reads numbers that are stored, and a
few thousand entries of an index at most.
"""

from dataclasses import replace

from app.graph.sessions import Reader
from app.rules.compiler import SECONDS, Compiled, expanded
from app.rules.compiler_anchors import EVERYBODY, starts
from app.rules.compiler_starts import SPANS
from app.rules.model import Rule
from app.rules.statement import Settings, Statement


def sizes(rule: Rule, settings: Settings) -> Compiled | None:
    """One row with `sizes`, in the order of `starts`, and `everybody`. None where there is no choice: one
    start, at relationships of a node.
    """
    found = [start for _, start in starts(expanded(rule, settings.segments))]
    if not found or (len(found) == 1 and found[0].rank not in SPANS):
        return None
    statement = Statement(settings)
    pieces = [
        f"CALL () {{ {start.size(statement)} }} WITH n AS n{place}{_kept(place)}"
        for place, start in enumerate(found)
    ]
    names = ", ".join(f"n{place}" for place in range(len(found)))
    text = f"{' '.join(pieces)} CALL () {{ MATCH (p:Person) RETURN count(p) AS everybody }}"
    return Compiled(f"{text} RETURN [{names}] AS sizes, everybody", {"p": statement.values})


def _kept(place: int) -> str:
    return "".join(f", n{before}" for before in range(place))


async def sized(reader: Reader, rule: Rule, settings: Settings) -> Settings:
    """The settings with what the starts of the rule find: by them it is compiled to start at the fewest."""
    asked = sizes(rule, settings)
    if asked is None:
        return settings
    row = (await reader.compiled(asked.text, asked.params, timeout=SECONDS))[0]
    places = [place for place, _ in starts(expanded(rule, settings.segments))]
    return replace(
        settings, sizes=dict(zip(places, row["sizes"], strict=True)) | {EVERYBODY: row["everybody"]}
    )
