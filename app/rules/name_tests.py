"""What a rule asks of names: which tests a name passes, what of a test the blind index is asked for. Pure.

The index knows names folded (`blind.words`), rules compare them as NFC, capitals and all. A part of a name
keeps its form under folding but at its ends, where a neighbour that is not in the part may melt into it: a
voice mark, an accent, a vowel of Hangul. So these ends are left away, and whoever passes is always found.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple
from unicodedata import category, normalize

from app.access.blind import words
from app.rules.conditions import AttributeCondition
from app.rules.model import Rule, canonical, parse
from app.rules.parts import Test

HIDDEN = "***"
"""A name, for those who may not read it."""
IN_TEXT = {"contains": str.__contains__, "starts_with": str.startswith, "ends_with": str.endswith}
_MELTING = (*map(chr, range(0x300, 0x346)), "\uff9e", "\uff9f", "\u314f", "\u3133")
"""What may change the end of a text that is folded: accents, voice marks, a vowel and an end of Hangul."""


class Part(NamedTuple):
    """Part of a folded name; `begins`, `ends`: the name does so with it."""

    text: str
    begins: bool
    ends: bool


def name_test(rule: Rule) -> Test | None:
    """The test of a condition on names, None of any other rule."""
    body = rule.body
    return body.is_ if isinstance(body, AttributeCondition) and body.name == "name" else None


def positive(test: Test) -> bool:
    """Whether it is passed by those with certain names; else by those without, and people without any."""
    return bool(test.eq is not None or test.in_ is not None or any(_within(test)))


def looked_up(test: Test) -> bool:
    """Whether names have to be read for it: to say something and nothing is not to ask for any."""
    return positive(test) or bool(_not_equal(test))


def passing(test: Test) -> Callable[[str], bool]:
    """Whether somebody of a name passes, of a positive test; is shut out, of a negative one."""
    shut_out = _forms(_not_equal(test))
    if not positive(test):
        return lambda name: normalize("NFC", name) in shut_out
    among = [
        _forms(some) for some in ([test.eq] if test.eq is not None else None, test.in_) if some is not None
    ]
    inside = [(IN_TEXT[how], normalize("NFC", said)) for how, said in _within(test)]

    def passes(name: str) -> bool:
        named = normalize("NFC", name)
        return (
            test.exists is not False
            and named not in shut_out
            and all(named in some for some in among)
            and all(holds(named, said) for holds, said in inside)
        )

    return passes


def sought(test: Test) -> list[list[Part]]:
    """What is looked for: names with all parts of any of these. Whoever passes has one of such names."""
    if not positive(test):
        return [[_whole(said)] for said in _not_equal(test)]
    always = [part for how, said in _within(test) if (part := within(how, said))]
    always += [] if test.eq is None else [_whole(test.eq)]
    if test.in_ is None:
        return [always]
    return [[*some, *always] for some in product(*[[_whole(said) for said in dict.fromkeys(test.in_)]])]


def within(how: str, said: str) -> Part | None:
    """What the index is asked for; None where it cannot be: there is no letter or digit to be sure of."""
    begins, ends = how == "starts_with", how == "ends_with"
    clusters = list(_clusters(normalize("NFC", said)))
    if clusters and not begins and _joins(clusters[0][0]):
        del clusters[0]
    if clusters and not ends and _open(clusters[-1]):
        del clusters[-1]
        ends = False
    text = "".join(words("".join(clusters)))
    return Part(text, begins, ends) if text else None


def unusable(test: Test) -> list[str]:
    """The fields of a test of which the index finds nobody in particular."""
    said = list(_within(test))
    if test.eq is not None or test.in_ is not None or any(within(how, text) for how, text in said):
        return []
    return [how for how, _ in said]


def anything(test: Test) -> bool:
    """Whether it asks for a name, whichever: every name has the empty text in it."""
    return any(getattr(test, how) == "" for how in IN_TEXT)


def _within(test: Test) -> Iterator[tuple[str, str]]:
    for how in IN_TEXT:
        if said := getattr(test, how):
            yield how, said


def _not_equal(test: Test) -> Sequence[str]:
    return [*([] if test.ne is None else [test.ne]), *(test.not_in or ())]


def _forms(said: Sequence[str]) -> set[str]:
    return {normalize("NFC", one) for one in said}


def _whole(said: str) -> Part:
    return Part("".join(words(said)), True, True)


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces that fold by themselves: each begins with what does not join what is before it."""
    start = 0
    for place in range(1, len(text)):
        if not _joins(text[place]):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    first = normalize("NFKC", character)[:1] or character
    return category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


@lru_cache(maxsize=4096)
def _open(cluster: str) -> bool:
    """Whether what follows the cluster in a name may change what it is folded to."""
    if normalize("NFKC", cluster) != cluster:
        return True
    own = "".join(words(cluster))
    after = (f"{cluster}{one}" for one in _MELTING)
    return any(
        normalize("NFC", text).startswith(cluster) and not "".join(words(text)).startswith(own)
        for text in after
    )


def unnamed(rule: Rule) -> Rule:
    """The rule for those who may not read names: the same, but for the names that it asks for."""
    return parse(nameless(canonical(rule)))


def nameless(said: Any) -> Any:
    """Likewise of JSON that is a rule, or has one in it."""
    if isinstance(said, list):
        return [nameless(one) for one in said]
    if not isinstance(said, dict):
        return said
    about = said.get("attribute")
    if isinstance(about, dict) and about.get("name") == "name" and isinstance(about.get("is"), dict):
        return said | {"attribute": about | {"is": {how: _hidden(one) for how, one in about["is"].items()}}}
    return {name: nameless(one) for name, one in said.items()}


def _hidden(said: Any) -> Any:
    if isinstance(said, list):
        return [_hidden(one) for one in said]
    return HIDDEN if isinstance(said, str) else said
