"""The shape of conditions on who somebody is: attributes, accounts, dependents, tags, consents, lists."""

from __future__ import annotations

from pydantic import Field

from app.rules.parts import (
    AnniversaryOf,
    Named,
    Part,
    Quantifier,
    Test,
    TestOrValue,
    Tests,
    Text,
    Texts,
)


class AttributeCondition(Named):
    """The resolved attribute of the person passes the test."""


class IdentifierCondition(Part):
    """The person holds an identifier of that kind, or lacks one."""

    kind: Text = Field(description="A kind of the identity policy, such as phone.")
    scope: Text | None = Field(None, description="Of this scope alone, such as an app; else of any.")
    exists: bool = Field(True, description="False: the person has none.")


class MemberLike(Part):
    """What a member account is like."""

    brand: Texts | None = Field(None, description="Of one of these brands.")
    shop: Texts | None = Field(None, description="Issued by one of these shops.")
    level: Texts | None = Field(None, description="At one of these levels.")
    points: Test | None = Field(None, description="Its points pass this.")
    joined_at: Test | None = Field(None, description="The time it was opened passes this.")


class MemberWhere(MemberLike):
    """What a member account is like; all of it."""

    not_: MemberLike | None = Field(None, description="Not all of this is true of it together.")


class MemberCondition(Part):
    """The person has member accounts like that."""

    where: MemberWhere = Field(MemberWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class CardLike(Part):
    """What a card is like."""

    brand: Texts | None = Field(None, description="Of one of these brands.")
    shop: Texts | None = Field(None, description="Issued by one of these shops.")
    level: Texts | None = Field(None, description="At one of these levels.")
    points: Test | None = Field(None, description="Its points pass this.")
    status: Texts | None = Field(None, description="In one of these states.")
    valid_from: Test | None = Field(None, description="Its first day passes this.")
    valid_to: Test | None = Field(None, description='Its last day passes this: {"next": "30d"} expires soon.')


class CardWhere(CardLike):
    """What a card is like; all of it."""

    not_: CardLike | None = Field(None, description="Not all of this is true of it together.")


class CardCondition(Part):
    """The person has membership cards like that."""

    where: CardWhere = Field(CardWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class DependentLike(Part):
    """What a baby, a pet, an appliance is like."""

    kind: Texts | None = Field(None, description="Of one of these kinds.")
    gender: Texts | None = Field(None, description="Of one of these.")
    age_days: Test | None = Field(None, description="Its age in days passes this.")
    age_months: Test | None = Field(None, description="Its age in whole months passes this.")
    age_years: Test | None = Field(None, description="Its age in whole years passes this.")
    attributes: Tests | None = Field(None, description="Its declared attributes pass these.")
    tag: Texts | None = Field(None, description="It carries one of these tags.")


class DependentWhere(DependentLike):
    """What a baby, a pet, an appliance is like; all of it."""

    not_: DependentLike | None = Field(None, description="Not all of this is true of it together.")


class DependentCondition(Part):
    """The person has babies, pets, appliances like that."""

    where: DependentWhere = Field(DependentWhere(), description="What they are like.")
    quantifier: Quantifier = Field("SOME", description="How many of them.")
    count: Test | None = Field(None, description="With COUNT: what their number must pass.")


class TagCondition(Part):
    """The person carries the tag, or does not."""

    key: Text = Field(description="The tag.")
    value: TestOrValue | None = Field(None, description="Its value passes this; a plain value: equals it.")
    since: Test | None = Field(None, description="The time since when it is carried passes this.")
    has: bool = Field(True, description="False: the person does not carry it.")
    include_subordinate: bool = Field(False, description="A dependent's tag counts, too.")


class ConsentCondition(Part):
    """The person's latest consent says so."""

    channel: Text = Field(description="The channel.")
    purpose: Text = Field(description="The purpose.")
    granted: bool = Field(True, description="False: it was refused.")


class AnniversaryLike(Part):
    """Whose anniversary."""

    kind: Texts | None = Field(None, description="Dependents of one of these kinds.")
    gender: Texts | None = Field(None, description="Dependents of one of these.")


class AnniversaryCondition(Part):
    """A day comes back in the coming days."""

    of: AnniversaryOf = Field(description="Which day.")
    where: AnniversaryLike | None = Field(None, description="With dependentBirthday: whose.")
    next: Text = Field(description="In how many days, today included: 30d.")


class LifecycleCondition(Part):
    """The person is in the stage."""

    stage: Texts = Field(description="The stage, or one of them.")
    brand: Text | None = Field(None, description="As this brand's customer; else as the group's.")


class RfmCondition(Part):
    """The person has the scores, 1 to 5."""

    recency: Test | None = Field(None, description="How lately they bought.")
    frequency: Test | None = Field(None, description="How often they bought.")
    monetary: Test | None = Field(None, description="How much they paid.")
    brand: Text | None = Field(None, description="As this brand's customer; else as the group's.")


class KeyCondition(Part):
    """A saved segment's rule is matched, or the person is on an uploaded list."""

    key: Text = Field(description="Its key.")
    in_: bool = Field(True, description="False: not in it.")
