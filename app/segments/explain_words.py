"""What a condition says and what was found, in a sentence: "2 orders of diaper-L paid since 2026-08-24, at
least 2 wanted". Pure; what is wanted is said as the rule says it.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.money import minor_digits, money_text
from app.rules.ages import age_days, age_months, age_years
from app.rules.model import Rule
from app.rules.parts import Part, Test, outside
from app.rules.statement import Settings
from app.rules.windows import Clock, span

_TESTS = {
    "eq": "exactly {0}",
    "ne": "anything but {0}",
    "in_": "one of {0}",
    "not_in": "none of {0}",
    "gt": "more than {0}",
    "gte": "at least {0}",
    "lt": "less than {0}",
    "lte": "at most {0}",
    "contains": "a text with {0} in it",
    "starts_with": "a text that begins with {0}",
    "ends_with": "a text that ends with {0}",
    "last": "in the last {0}",
    "next": "in the next {0}",
}
_LIKE = {
    "product": "of {0}",
    "all_products": "with all of {0}",
    "category": "of the category {0}",
    "shop": "at {0}",
    "platform": "on {0}",
    "channel": "over {0}",
    "campaign": "of the campaign {0}",
}
_VERBS = {"PAID": "paid", "ORDERED": "ordered", "SHIPPED": "shipped", "COMPLETED": "completed"}
_AGES = {"ageDays": age_days, "ageMonths": age_months, "ageYears": age_years}


def test_words(test: Test) -> str:
    """What a test wants: at least 2 and less than 5."""
    said = []
    for name in test.said():
        value = getattr(test, name)
        said.append(
            ("a value" if value else "none") if name == "exists" else _TESTS[name].format(_listed(value))
        )
    return " and ".join(said)


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _like(where: Part) -> str:
    """What a fact is like: of diaper-L at tmall-1, amount at least 100."""
    near, tests = [], []
    for name in where.said():
        value = getattr(where, name)
        if name == "not_":
            tests.append(f"not ({_like(value).strip(' ,')})")
        elif name == "attributes":
            tests += [f"{one.name} {test_words(one.is_)}" for one in value]
        elif isinstance(value, Test):
            tests.append(f"{outside(name)} {test_words(value)}")
        elif name in _LIKE:
            near.append(_LIKE[name].format(_either(value)))
        elif name != "kind":
            tests.append(f"{outside(name)} {_either(value)}")
    return "".join(f" {one}" for one in near) + "".join(f", {one}" for one in tests)


def _either(values: Sequence[Any]) -> str:
    return " or ".join(map(str, values))


def _when(window: Any, clock: Clock) -> str:
    """The window as days or times of the zone; nothing where any time counts."""
    start, end = span(window, clock)
    since = "" if start is None else f" since {_moment(start, clock)}"
    return since + ("" if end is None or end >= clock.now else f" before {_moment(end, clock)}")


def _moment(moment: datetime, clock: Clock) -> str:
    local = moment.astimezone(clock.zone)
    return f"{local:%Y-%m-%d}" if clock.start(local.date()) == moment else f"{local:%Y-%m-%d %H:%M}"


def _many(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"


def sentence(rule: Rule, holds: bool, found: Sequence[Any] | None, settings: Settings) -> str:
    """What was found of a condition, and what it wants. `found` as in `Explaining`."""
    if rule.key in ("all", "any", "not", "everyone", "segment"):
        return _group(rule, holds)
    count, _, value = found or (0, (), None)
    return _WORDS[rule.key](rule.body, count, value, settings, holds)


def _group(rule: Rule, holds: bool) -> str:
    if rule.key == "everyone":
        return "everybody who is active"
    if rule.key == "not":
        return f"what follows does {'not ' if holds else ''}hold; it must not"
    if rule.key == "segment":
        return f"{'in' if holds == rule.body.in_ else 'not in'} the segment {rule.body.key} by its rule now"
    wanted = "each" if rule.key == "all" else "one"
    outcome = "so it is" if holds else "it is not so"
    return f"of {_many(len(rule.body), 'condition')} {wanted} must hold: {outcome}"


def _wanted(body: Any) -> str:
    return "at least 1" if body.is_ is None else test_words(body.is_)


def _measure(body: Any, value: Any, settings: Settings, currency: str | None) -> str:
    what = body.measure.replace("_", " ").lower()
    return f"their {what} is {measured_text(body.measure, value, settings, currency)}, "


def _order(body: Any, count: int, value: Any, settings: Settings, _: bool) -> str:
    where, clock = body.where, settings.clock
    currency = (where.currency or (settings.currency,))[0]
    what = "refund" if body.time_of == "REFUNDED" else "order"
    verb = f" {_VERBS[body.time_of]}" if body.time_of in _VERBS else ""
    picked = "" if body.pick is None else f" ({body.pick} of all bought orders alone)"
    told = f"{_many(count, what)}{_like(where)}{verb}{_when(body.within, clock)}{picked}, "
    measured = "" if body.measure == "COUNT" else _measure(body, value, settings, currency)
    return f"{told}{measured}{_wanted(body)} wanted"


def _touch(body: Any, count: int, value: Any, settings: Settings, _: bool) -> str:
    told = f"{_many(count, 'message')}{_like(body.where)} sent{_when(body.within, settings.clock)}, "
    measured = "" if body.measure == "COUNT" else _measure(body, value, settings, None)
    return f"{told}{measured}{_wanted(body)} wanted"


def _event(body: Any, count: int, value: Any, settings: Settings, _: bool) -> str:
    like = "".join(f", {one.name} {test_words(one.is_)}" for one in body.where or ())
    told = f"{_many(count, 'event')} {body.type}{like}{_when(body.within, settings.clock)}, "
    measured = "" if body.measure == "COUNT" else _measure(body, value, settings, None)
    return f"{told}{measured}{_wanted(body)} wanted"


def _quantified(one: str) -> Callable[..., str]:
    wanted = {"SOME": "at least 1 wanted", "NONE": "none wanted", "EVERY": "every one wanted, and at least 1"}

    def words(body: Any, count: int, value: Any, settings: Settings, _: bool) -> str:
        kinds = getattr(body.where, "kind", None)
        what = f"{one} of the kind {_either(kinds)}" if kinds else one
        number = f"{count} {what}" if kinds else _many(count, one)
        ends = wanted.get(body.quantifier) or f"{test_words(body.count)} wanted"
        return f"{number}{_like(body.where)}, {ends}"

    return words


def _attribute(body: Any, _: int, value: Any, settings: Settings, __: bool) -> str:
    if body.name == "name":
        return f"the name, {test_words(body.is_)} wanted"
    if body.name in _AGES and isinstance(stored := _native(value), date):
        value = _AGES[body.name](stored, settings.clock.today)
    return f"{body.name} is {'not known' if value is None else value}, {test_words(body.is_)} wanted"


def _identifier(body: Any, count: int, _: Any, __: Settings, ___: bool) -> str:
    scope = f" of {body.scope}" if body.scope else ""
    wanted = "at least 1" if body.exists else "none"
    return f"{_many(count, 'identifier')} of the kind {body.kind}{scope}, {wanted} wanted"


def _tag(body: Any, _: int, __: Any, ___: Settings, holds: bool) -> str:
    value = f" with the value {test_words(body.value)}" if body.value is not None else ""
    since = f" since {test_words(body.since)}" if body.since is not None else ""
    through = " or a dependent does" if body.include_subordinate else ""
    wanted = "wanted" if body.has else "not wanted"
    carries = "carries" if holds == body.has else "does not carry"
    return f"{carries} the tag {body.key}{value}{since}{through}, {wanted}"


def _consent(body: Any, count: int, _: Any, __: Settings, holds: bool) -> str:
    asked = f"{body.purpose} over {body.channel}"
    wanted = "granted" if body.granted else "refused"
    if not count:
        return f"never asked for {asked}, {wanted} wanted"
    said = wanted if holds else {"granted": "refused", "refused": "granted"}[wanted]
    return f"{asked} was {said} last, {wanted} wanted"


def _sequence(body: Any, _: int, __: Any, ___: Settings, holds: bool) -> str:
    found = "took" if holds else "did not take"
    return f"{found} the {len(body.steps)} steps in time order within {body.within}"


def _anniversary(body: Any, count: int, value: Any, _: Settings, holds: bool) -> str:
    if body.of == "birthday":
        return f"birthday is {'not known' if value is None else value}, in the next {body.next} wanted"
    what = "account" if body.of == "joinedAt" else "dependent"
    return f"{_many(count, what)} whose day comes back in the next {body.next}, at least 1 wanted"


def _lifecycle(body: Any, _: int, value: Any, __: Settings, ___: bool) -> str:
    return f"in {'no stage' if value is None else f'the stage {value}'}, {_either(body.stage)} wanted"


def _rfm(body: Any, _: int, value: Any, __: Settings, ___: bool) -> str:
    stored = dict(zip(("recency", "frequency", "monetary"), value or (None,) * 3, strict=True))
    said = [
        f"{name} is {'not known' if stored[name] is None else stored[name]}, "
        f"{test_words(getattr(body, name))} wanted"
        for name in stored
        if getattr(body, name) is not None
    ]
    return "; ".join(said)


def _list(body: Any, count: int, _: Any, __: Settings, ___: bool) -> str:
    wanted = "at least 1" if body.in_ else "none"
    return f"{_many(count, 'identifier')} on the list {body.key}, {wanted} wanted"


_WORDS: dict[str, Callable[[Any, int, Any, Settings, bool], str]] = {
    "attribute": _attribute,
    "identifier": _identifier,
    "member": _quantified("account"),
    "card": _quantified("card"),
    "order": _order,
    "dependent": _quantified("dependent"),
    "tag": _tag,
    "touch": _touch,
    "consent": _consent,
    "event": _event,
    "sequence": _sequence,
    "anniversary": _anniversary,
    "lifecycle": _lifecycle,
    "rfm": _rfm,
    "list": _list,
}


def measured_text(measure: str, value: Any, settings: Settings, currency: str | None) -> str:
    """What was measured as people write it: 39.80, 2026-11-02, 12."""
    if value is None:
        return "nothing"
    clock, stored = settings.clock, _native(value)
    if measure.startswith("DAYS_SINCE"):
        return str((clock.today - clock.day_of(stored)).days)
    if measure in ("FIRST_AT", "LAST_AT"):
        return _moment(stored, clock)
    if currency is not None and measure.endswith(("_AMOUNT", "_DISCOUNT", "_REFUND")):
        if isinstance(value, list | tuple):
            total, number = value
            return f"{Decimal(total).scaleb(-minor_digits(currency)) / number:.{minor_digits(currency)}f}"
        return money_text(value, currency)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value
