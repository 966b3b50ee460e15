"""Why somebody is in a segment, or not, with what its share and its limit take: the conditions of the rule,
then of the share whether the person is of it, then of the limit the measure, its facts, and the place.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.rules.choice import Limit
from app.rules.compiler import SECONDS
from app.rules.compiler_choice import before, ranks
from app.rules.shares import Share
from app.segments.explaining import Explained, explain_rule
from app.segments.preview import Evaluation

_SHARE, _LIMIT = "share", "limit"


async def explain(evaluation: Evaluation, one_id: str) -> list[Explained]:
    """Every condition for one person, from the top, then share and limit; nothing for somebody who is not
    there, or not for this caller. Raises TimedOut.
    """
    found = await explain_rule(evaluation, evaluation.rule, one_id)
    if not found:
        return []
    share, limit = evaluation.choice.share, evaluation.choice.limit
    if share is not None:
        found.append(_shared(share, one_id))
    if limit is not None:
        found.append(await _limited(evaluation, limit, one_id))
    return found


def outcome(found: Sequence[Explained]) -> tuple[bool, str]:
    """Whether the person is taken, and why in a few words."""
    if not found or not found[0].holds:
        return False, "does not match the rule" if found else "the rule is refused"
    rest = {one.path[0]: one for one in found[1:] if one.path[0] in (_SHARE, _LIMIT)}
    for one in rest.values():
        if not one.holds:
            return False, f"matches the rule, but {_OUT[one.path[0]]}: {one.sentence}"
    return True, "matches the rule and is taken" if rest else "matches the rule"


_OUT = {_SHARE: "is not in the share", _LIMIT: "is not among the first"}


def _shared(share: Share, one_id: str) -> Explained:
    takes = share.takes(one_id)
    words = f"{'in' if takes else 'not in'} the share of {share.part:g} that is taken"
    return Explained((_SHARE,), takes, words, 0, [], None)


async def _limited(evaluation: Evaluation, limit: Limit, one_id: str) -> Explained:
    """The measure with its facts, and the place among those who match, where there is one."""
    [measured] = await explain_rule(evaluation, limit.condition, one_id)
    asked = ranks(evaluation.rule, evaluation.settings, evaluation.choice, [one_id])
    rows = await evaluation.reader.compiled(asked.text, asked.params, timeout=SECONDS)
    told = measured.sentence.removesuffix("a value wanted")
    taken = f"the first {limit.n:,} {'from the least' if limit.lowest else 'from the most'} are taken"
    path = (_LIMIT, "by", *measured.path)
    if not rows:
        why = "no place, without a value" if not measured.holds else "no place among those who match"
        return replace(measured, path=path, holds=False, sentence=f"{told}{why}; {taken}")
    asked = before(evaluation.rule, evaluation.settings, evaluation.choice, rows[0]["rank"], one_id)
    row = (await evaluation.reader.compiled(asked.text, asked.params, timeout=SECONDS))[0]
    place = row["n"] + 1
    words = f"{told}place {place:,} of those who match; {taken}"
    return replace(measured, path=path, holds=place <= limit.n, sentence=words)
