"""What the blind index is asked for: nobody who passes a test of names is missed, and few others found."""

from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.access.blind import joined, name_tokens
from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.rules import compiler, names
from app.rules.compiler_anchors import EVERYBODY
from app.rules.model import parse
from app.rules.name_tests import IN_TEXT, passing, within
from app.rules.parts import Test as RuleTest
from app.rules.statement import Settings
from tests.graph.plans import operators, scans
from tests.rules.test_compiler import CLOCK

LETTERS = (
    "aAbhHtTeEßİıΣςＡａｶカか゛は가각ㄱㅏㄳ王小明 _-·'ﷺⅧ²" + "\u0301\u0331\u0307\u3099\u0345\ufb01\ufe8d\u0653"
)
KEYRING = Keyring("a key for tests")


@given(st.text(LETTERS, min_size=1, max_size=8), st.data())
def test_a_part_of_a_name_is_a_part_of_what_is_indexed(said: str, data: st.DataObject) -> None:
    name = " ".join(normalize("NFC", said).split())
    assume(name)
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    for how, part in (
        ("contains", name[start:end]),
        ("starts_with", name[:end]),
        ("ends_with", name[start:]),
    ):
        sought = within(how, part)
        if sought is not None and IN_TEXT[how](name, normalize("NFC", part)):
            assert sought.text in joined(name)
            assert not sought.begins or joined(name).startswith(sought.text)
            assert not sought.ends or joined(name).endswith(sought.text)


@pytest.mark.parametrize(
    ("how", "part", "sought"),
    [
        ("contains", "小明", "小明"),
        ("contains", " Li", "li"),
        ("contains", "LIH", "li"),  # H and a line below are one letter once they are small
        ("ends_with", "LIH", "lih"),
        ("contains", "ｶ", None),  # a voice mark may follow
        ("ends_with", "ｶ", "カ"),
        ("contains", "\uff9eｱa", "アa"),  # what is before it may be one with the mark
        ("starts_with", "·", None),
    ],
)
def test_what_is_looked_for(how: str, part: str, sought: str | None) -> None:
    found = within(how, part)
    assert (found and found.text) == sought


def test_whole_names_are_looked_for_together() -> None:
    many = RuleTest.model_validate({"in": [f"王小{chr(0x4E00 + n)}" for n in range(200)], "contains": "小"})
    asking = names._asking(KEYRING, {many: ("attribute", "is")})
    assert len(asking.queries) == 4
    own = set(name_tokens(KEYRING, "王小\u4e01"))
    first = [set(one.strip("()+").split(" +")) for one in asking.queries[0].split(") (")]
    assert own <= first[1]
    assert passing(many)("王小\u4e01")
    assert not passing(many)("王大\u4e01")


async def test_a_statement_starts_at_those_of_the_name(migrated: Graph) -> None:
    said = {"attribute": {"name": "name", "is": {"startsWith": "王"}}}
    rule = parse({"all": [said, {"any": [{"everyone": True}, {"tag": {"key": "vip"}}]}]})
    settings = Settings(CLOCK, names={rule.body[0].body.is_: ["a", "b"]}, sizes={EVERYBODY: 10**6})
    asked = compiler.count(rule, settings)
    plan = await operators(migrated, asked.text)
    assert not scans(plan)
    assert ["a", "b"] in asked.params["p"].values()
    other = compiler.count(parse({"all": [said]}), Settings(CLOCK, names={rule.body[0].body.is_: ["c"]}))
    assert "'c'" not in other.text
    assert compiler.count(parse({"not": said}), settings).text.startswith("MATCH (p:Person)")
