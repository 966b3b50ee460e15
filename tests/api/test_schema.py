"""The exported schema: up to date, and never a change that breaks a caller."""

import subprocess
from pathlib import Path

from graphql import build_schema, find_breaking_changes

from app.api import exported

FILE = "schema/api.graphql"
EXPORT = "python -m app.api > schema/api.graphql"


def test_the_export_is_up_to_date(root: Path) -> None:
    assert (root / FILE).read_text(encoding="utf-8") == exported(), f"export it again: {EXPORT}"


def test_no_caller_is_broken(root: Path) -> None:
    """Against the file as it was last committed with other contents than now."""
    now = exported()
    for commit in _git(root, "log", "--format=%H", "--", FILE).split():
        before = _git(root, "show", f"{commit}:{FILE}")
        if before != now:
            breaks = find_breaking_changes(build_schema(before), build_schema(now))
            assert [change.description for change in breaks] == []
            return


def test_a_break_is_found() -> None:
    before, now = "type Query { a: Int b: Int }", "type Query { a: Int! }"
    assert find_breaking_changes(build_schema(before), build_schema(now))


def test_the_names_that_callers_are_promised(root: Path) -> None:
    """Of the published contract, what is there by now has the names that were promised."""
    promised = build_schema(_PROMISED)
    assert find_breaking_changes(promised, build_schema(exported())) == []


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout


_PROMISED = """
scalar DateTime scalar Date scalar JSON scalar Decimal
type Query {
  node(id: ID!): Node
  person(by: PersonBy!): Person
  people(by: [PersonBy!]!): [Person]!
  changes(after: String, first: Int = 100, types: [ChangeType!]): ChangeConnection!
}
interface Node { id: ID! }
input PersonBy @oneOf { oneId: ID  identifier: IdentifierInput }
input IdentifierInput { kind: String!  value: String!  scope: String = "*" }
enum PersonStatus { ACTIVE MERGED ERASED }
enum OrderStatus { CREATED PAID SHIPPED COMPLETED CANCELLED REFUNDED }
enum ChangeType { CREATED MERGED SPLIT RETURNED OWNER_CHANGED IDENTIFIERS_CHANGED ERASED }
type ChangeConnection { edges: [ChangeEdge!]! pageInfo: PageInfo! }
type ChangeEdge { cursor: String! node: Change! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Change implements Node { id: ID! type: ChangeType! }
type Person implements Node {
  id: ID!  oneId: ID!  status: PersonStatus!  mergedInto: Person  formerOneIds: [ID!]!  since: DateTime!
  identifiers(kinds: [String!]): [Identifier!]!
  members: [Member!]!  cards: [Card!]!  shops: [Shop!]!
  history: [IdentityChange!]!
}
type Identifier implements Node {
  id: ID!  kind: String!  scope: String!  value: String  display: String!
  firstSeen: DateTime!  lastSeen: DateTime!  person: Person  evidence: [Evidence!]!
}
type Evidence { state: EvidenceState! }
enum EvidenceState { ACTIVE SUPPRESSED INACTIVE PENDING }
type IdentityChange { type: ChangeType! }
type Member implements Node { id: ID! }
type Card implements Node { id: ID! }
type Shop implements Node { id: ID! }
type Mutation { ingest(observations: [ObservationInput!]!): IngestPayload! }
type IngestPayload {
  accepted: Int!  rejected: [Rejection!]!  warnings: [Rejection!]!  pending: Boolean!
  people: [Person!]  userErrors: [UserError!]!
}
type Rejection { index: Int!  id: ID  code: String!  message: String!  field: [String!] }
type UserError { field: [String!]!  code: String!  message: String!  allowed: [String!]  suggestion: String }
input ObservationInput {
  id: ID!  at: DateTime!  source: String!  brand: String  shop: ShopInput
  identifiers: [IdentifierInput!]!
  member: MemberInput  card: CardInput  order: OrderInput  touch: TouchInput  event: EventInput
  dependents: [DependentInput!]  tags: [TagInput!]  consents: [ConsentInput!]
}
input ShopInput  { key: ID!  name: String  platform: String  brand: String }
input MemberInput {
  name: String gender: String birthday: Date city: String level: String points: Int joinedAt: DateTime
  attributes: JSON
}
input CardInput  { level: String points: Int validFrom: Date validTo: Date status: String }
input ConsentInput { channel: String!  purpose: String!  granted: Boolean! }
input OrderInput {
  key: ID!  status: OrderStatus!  orderedAt: DateTime  paidAt: DateTime  shippedAt: DateTime
  completedAt: DateTime  refundedAt: DateTime  amount: Decimal!  discount: Decimal  refunded: Decimal
  currency: String = "CNY"  lines: [OrderLineInput!]  recipient: RecipientInput
}
input OrderLineInput {
  product: ID!  name: String  category: String  quantity: Int = 1  amount: Decimal!  refunded: Decimal
}
input RecipientInput { name: String }
input DependentInput {
  key: ID!  kind: String!  name: String  gender: String  birthday: Date  relation: String  attributes: JSON
}
input TouchInput { key: ID!  channel: String!  campaign: String  outcome: String }
input EventInput { key: ID!  type: String!  properties: JSON  dependent: ID  product: ID }
input TagInput   { key: ID!  value: String  dependent: ID }
"""
