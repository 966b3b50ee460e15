"""Who matches a rule, asked of the graph."""

from collections.abc import Sequence
from datetime import datetime

from app.access.sealing import Keyring
from app.graph.sessions import Reader
from app.rules.compiler import SECONDS, everybody
from app.rules.compiler_sizes import sized
from app.rules.model import Rule
from app.rules.names import named
from app.rules.vocabulary import Vocabulary, read_vocabulary


async def matching(
    reader: Reader,
    keyring: Keyring,
    rule: Rule,
    *,
    as_of: datetime,
    zone: str,
    brands: Sequence[str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[str]:
    """The OneIDs of all who match, sorted: the rule at that moment in that zone, for a caller of those
    brands.

    The rule is one that `check.problems` finds nothing wrong with. Raises NamesBeyond; TimedOut after 30
    seconds.
    """
    known = vocabulary or await read_vocabulary(reader, rule)
    settings = await named(reader, keyring, [rule], known.settings(as_of, zone, brands))
    settings = await sized(reader, rule, settings)
    compiled = everybody(rule, settings)
    rows = await reader.compiled(compiled.text, compiled.params, timeout=SECONDS)
    return sorted(row["oneId"] for row in rows)
