"""Which of those who match a rule are taken, in the statement that finds them: a share, then the first n.

A rank is a list of numbers, of which the less comes first, null of who has no value. It is the same whenever
it is asked for as long as nobody's facts change: days since a fact are told by the day of the fact. So the
last rank that was taken says of somebody else, later and by himself, whether he would be taken.
"""

from collections.abc import Sequence

from app.rules.choice import Choice, Limit
from app.rules.compiler import Compiled, condition, found, given_people
from app.rules.compiler_measures import local_day
from app.rules.model import Rule
from app.rules.statement import Settings, Statement

_MONEY = ("_AMOUNT", "_DISCOUNT", "_REFUND")


def chosen(statement: Statement, rule: Rule, choice: Choice, *more: str, in_order: bool = False) -> str:
    """The clauses that leave everybody who is taken once, as `p`, with a limit also their `rank`. `more` is
    asked of those who are taken.
    """
    if choice.limit is None:
        return found(statement, rule, *more, *_share(statement, choice), in_order=in_order)
    most = f"LIMIT toInteger({statement.put(choice.limit.n)})"
    text = f"{_ranked(statement, rule, choice)} WITH p, rank ORDER BY rank, p.oneId {most}"
    return f"{text} WITH p, rank WHERE {' AND '.join(more)}" if more else text


def count(rule: Rule, settings: Settings, choice: Choice, *, most: int | None = None) -> Compiled:
    """How many people are taken, counted no further than `most`: one row with `n`. It needs no order."""
    statement, limit = Statement(settings), choice.limit
    if limit is None or never_missing(limit.by.body.measure):
        text = found(statement, rule, *_share(statement, choice))
    else:
        text = _ranked(statement, rule, choice)
    bounds = [one for one in (most, None if limit is None else limit.n) if one is not None]
    if bounds:
        text += f" WITH p LIMIT toInteger({statement.named('most', min(bounds))})"
    return _compiled(statement, f"{text} RETURN count(p) AS n")


def page(rule: Rule, settings: Settings, choice: Choice, *, first: int, after: str | None = None) -> Compiled:
    """The OneIDs of the `first` people who are taken, in order, after that of the page before: rows with
    `oneId`.
    """
    statement = Statement(settings)
    later = f"p.oneId > {statement.named('after', after or '')}"
    text = chosen(statement, rule, choice, later, in_order=True)
    limit = f"LIMIT toInteger({statement.named('first', first)})"
    return _compiled(statement, f"{text} RETURN p.oneId AS oneId ORDER BY oneId {limit}")


def everybody(rule: Rule, settings: Settings, choice: Choice) -> Compiled:
    """Everybody who is taken, in the order of OneIDs: rows with `oneId` and `rank`, null without a limit."""
    statement = Statement(settings)
    text = chosen(statement, rule, choice)
    rank = "null" if choice.limit is None else "rank"
    return _compiled(statement, f"{text} RETURN p.oneId AS oneId, {rank} AS rank ORDER BY oneId")


def ranks(rule: Rule, settings: Settings, choice: Choice, one_ids: Sequence[str]) -> Compiled:
    """Of these people those who match, are of the share and have a rank: rows with `oneId` and `rank`."""
    statement = Statement(settings)
    assert choice.limit is not None  # noqa: S101 - asked of limits alone
    wanted = [condition(statement, rule), *_share(statement, choice)]
    text = f"{given_people(statement, one_ids)} AND {' AND '.join(wanted)} {_rank(statement, choice.limit)}"
    return _compiled(statement, f"{text} WHERE rank IS NOT NULL RETURN p.oneId AS oneId, rank")


def before(rule: Rule, settings: Settings, choice: Choice, rank: Sequence[float], one_id: str) -> Compiled:
    """How many of those who match and are of the share come before somebody: one row with `n`."""
    statement = Statement(settings)
    mine = f"{statement.put(list(rank))} + [{statement.put(one_id)}]"
    text = f"{_ranked(statement, rule, choice)} WITH p WHERE rank + [p.oneId] < {mine}"
    return _compiled(statement, f"{text} RETURN count(p) AS n")


def never_missing(measure: str) -> bool:
    """Whether a measure of nothing is 0, rather than missing."""
    return measure in ("COUNT", "SUM_QUANTITY") or measure.startswith("DISTINCT_")


def _share(statement: Statement, choice: Choice) -> list[str]:
    return [] if choice.share is None else [choice.share.condition(statement)]


def _ranked(statement: Statement, rule: Rule, choice: Choice) -> str:
    """The clauses that leave everybody of the share who has a rank, as `p` with `rank`."""
    assert choice.limit is not None  # noqa: S101 - asked of limits alone
    who = found(statement, rule, *_share(statement, choice))
    return f"{who} {_rank(statement, choice.limit)} WHERE rank IS NOT NULL"


def _rank(statement: Statement, limit: Limit) -> str:
    """The clauses that give the person `p` a `rank`."""
    condition(statement, limit.condition)
    measured = statement.measured
    if measured.startswith("COLLECT "):
        value = f"CALL (p) {measured.removeprefix('COLLECT ')}"
    else:
        value = f"CALL (p) {{ WITH p, head({measured}) AS v RETURN v }}"
    sign = "-" if limit.lowest == _counts_back(limit.by.body.measure) else ""
    return f"{value} WITH p, CASE WHEN v IS NOT NULL THEN {_numbers(statement, limit, sign)} END AS rank"


def _counts_back(measure: str) -> bool:
    """Whether more of it is an earlier day."""
    return measure.startswith("DAYS_SINCE_")


def _numbers(statement: Statement, limit: Limit, sign: str) -> str:
    """The value `v` as numbers that compare as it does: no float decides between amounts."""
    measure = limit.by.body.measure
    if measure in ("FIRST_AT", "LAST_AT"):
        return f"[{sign}v.epochSeconds, {sign}v.nanosecond]"
    if _counts_back(measure):
        return f"[{sign}duration.inDays(date('1970-01-01'), {local_day(statement, 'v')}).days]"
    if measure.startswith("AVG_") and measure.endswith(_MONEY):
        return f"[{sign}(v[0] / v[1]), {sign}(v[0] % v[1]) * 1.0 / v[1]]"
    return f"[{sign}v]"


def _compiled(statement: Statement, text: str) -> Compiled:
    return Compiled(text, {"p": statement.values})
