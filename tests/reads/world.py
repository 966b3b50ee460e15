"""A small world to read, as the graph model says: two brands, two people, one merged, one erased."""

from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.normalise import hash_form

PHONE = "+8613912345678"
FORMS = [hash_form("md5", text) for text in ("8613912345678", PHONE, "13912345678")]

_WORLD = """
CREATE (tmall:Shop {key: 'tmall-1', name: '贝贝天猫旗舰店', platform: 'tmall'})
CREATE (mini:Shop {key: 'app-1', name: '贝贝小程序', platform: 'wechat-mini-program'})
CREATE (babies:Brand {key: 'beibei', name: '贝贝'})
CREATE (pets:Brand {key: 'miaomiao', name: '喵喵'})
CREATE (tmall)-[:OF_BRAND]->(babies), (mini)-[:OF_BRAND]->(babies)

CREATE (phone:Identifier:Phone {key: $phone, kind: 'phone', scope: '*', sealed: $sealed, name: '139****5678',
  firstSeen: datetime('2024-01-01T08:00:00Z'), lastSeen: datetime('2024-06-01T00:00:00.25Z'),
  brands: ['beibei']})
CREATE (openid:Identifier:OpenId {key: 'openid|app-1|o-1', kind: 'openid', scope: 'app-1', value: 'o-1',
  name: 'o-1', firstSeen: datetime('2024-01-01T08:00:00Z'), lastSeen: datetime('2024-01-02T08:00:00Z'),
  brands: ['beibei']})
CREATE (member:Identifier:Member {key: 'member|beibei|M001', kind: 'member', scope: 'beibei', value: 'M001',
  name: '王**', firstSeen: datetime('2024-01-01T08:00:00Z'), lastSeen: datetime('2024-01-01T08:00:00Z'),
  brands: ['beibei'], gender: 'F', birthday: date('1990-02-28'), city: '上海', level: 'gold', points: 120,
  joinedAt: datetime('2023-12-31T16:00:00Z'), source: 'crm', sealedName: $sealedName,
  a_favourite: '小熊', a_children: 2, a_vip: true})
CREATE (card:Identifier:Card {key: 'card|miaomiao|C001', kind: 'card', scope: 'miaomiao', value: 'C001',
  name: 'C001', firstSeen: datetime('2024-03-01T00:00:00Z'), lastSeen: datetime('2024-03-01T00:00:00Z'),
  brands: ['miaomiao'], level: 'silver', points: 7, validFrom: date('2024-03-01'),
  validTo: date('2025-02-28'),
  status: 'VALID'})
CREATE (cookie:Identifier:Cookie {key: 'cookie|*|c-1', kind: 'cookie', scope: '*', value: 'c-1', name: 'c-1',
  firstSeen: datetime('2024-02-01T00:00:00Z'), lastSeen: datetime('2024-02-01T00:00:00Z'),
  brands: ['beibei', 'miaomiao']})
CREATE (member)-[:ISSUED_BY]->(tmall), (card)-[:ISSUED_BY]->(pets), (openid)-[:IN_APP]->(mini)
CREATE (phone)-[:LINKED {firstSeen: datetime('2024-01-01T08:00:00Z'),
  lastSeen: datetime('2024-06-01T00:00:00Z'),
  sources: ['crm', 'app'], brands: ['beibei'], method: 'observed', confidence: 1.0, verified: true,
  state: 'active'}]->(openid)
CREATE (member)-[:LINKED {firstSeen: datetime('2024-01-01T08:00:00Z'),
  lastSeen: datetime('2024-01-01T08:00:00Z'), sources: ['crm'], brands: ['beibei'], method: 'observed',
  verified: true, state: 'active'}]->(phone)
CREATE (card)-[:LINKED {firstSeen: datetime('2024-03-01T00:00:00Z'),
  lastSeen: datetime('2024-03-01T00:00:00Z'),
  sources: ['pos'], brands: ['miaomiao'], method: 'observed', verified: true, state: 'active'}]->(member)
CREATE (cookie)-[:LINKED {firstSeen: datetime('2024-02-01T00:00:00Z'),
  lastSeen: datetime('2024-02-01T00:00:00Z'), sources: ['web'], brands: ['beibei'], method: 'observed',
  verified: true, state: 'suppressed', reason: 'LIMIT_EXCEEDED'}]->(phone)

CREATE (ming:Person {oneId: 'one-1', born: 'b-1', since: datetime('2024-01-01T08:00:00Z'), status: 'ACTIVE',
  name: 'P-7K2M'})
CREATE (hong:Person {oneId: 'one-2', born: 'b-2', since: datetime('2024-02-01T00:00:00Z'), status: 'ACTIVE',
  name: 'P-2222'})
CREATE (former:Person {oneId: 'one-3', born: 'b-3', since: datetime('2024-03-01T00:00:00Z'), status: 'MERGED',
  name: 'P-3333'})
CREATE (gone:Person {oneId: 'one-4', born: 'b-4', since: datetime('2024-03-02T00:00:00Z'), status: 'ERASED',
  name: 'P-4444'})
CREATE (ming)-[:OWNED_BY]->(member), (hong)-[:OWNED_BY]->(cookie), (former)-[:OWNED_BY]->(card)
CREATE (former)-[:MERGED_INTO {at: datetime('2024-03-01T00:00:01Z'), cause: 'OBSERVED'}]->(ming)
FOREACH (held IN [phone, openid, member, card] |
  CREATE (held)-[:IDENTIFIES {since: datetime('2024-01-01T08:00:00Z')}]->(ming))
CREATE (cookie)-[:IDENTIFIES {since: datetime('2024-02-01T00:00:00Z')}]->(hong)
FOREACH (form IN $forms | CREATE (:Alias {key: form, name: 'md5=…'})-[:OF]->(phone))

CREATE (:Sequence {name: 'changes', last: 4, complete: 4})
CREATE (:Change {id: 'c-1', seq: 1, type: 'CREATED', at: datetime('2024-01-01T08:00:00Z'), cause: 'OBSERVED',
  oneId: 'one-1', others: [], gained: ['member|beibei|M001', $phone], lost: [], name: 'CREATED'})
CREATE (:Change {id: 'c-2', seq: 2, type: 'CREATED', at: datetime('2024-02-01T00:00:00Z'), cause: 'OBSERVED',
  oneId: 'one-2', others: [], gained: ['cookie|*|c-1'], lost: [], name: 'CREATED'})
CREATE (:Change {id: 'c-3', seq: 3, type: 'CREATED', at: datetime('2024-03-01T00:00:00Z'), cause: 'OBSERVED',
  oneId: 'one-3', others: [], gained: ['card|miaomiao|C001'], lost: [], name: 'CREATED'})
CREATE (:Change {id: 'c-4', seq: 4, type: 'MERGED', at: datetime('2024-03-01T00:00:01Z'), cause: 'OBSERVED',
  oneId: 'one-3', others: ['one-1'], gained: [], lost: ['card|miaomiao|C001', 'phone|*|no-longer-there'],
  name: 'MERGED'})
CREATE (:Change:Unnumbered {id: 'c-5', type: 'ERASED', at: datetime('2024-04-01T00:00:00Z'), cause: 'ERASED',
  oneId: 'one-4', others: [], gained: [], lost: [], by: '客服小李', reason: '本人要求', name: 'ERASED'})
"""
_FACTS = """
MATCH (phone:Identifier {key: $phone}), (openid:Identifier {key: 'openid|app-1|o-1'}),
  (card:Identifier {key: 'card|miaomiao|C001'}), (cookie:Identifier {key: 'cookie|*|c-1'}),
  (tmall:Shop {key: 'tmall-1'}), (ming:Person {oneId: 'one-1'}), (pets:Brand {key: 'miaomiao'})
SET openid.contested = true, openid.factsFrom = datetime('2024-02-01T00:00:00Z')
CREATE (diaper:Product {key: 'diaper-L', name: '纸尿裤 L', category: '纸尿裤'})
CREATE (wipes:Product {key: 'wipes', name: '湿巾', category: '护理'})
CREATE (first:Order {key: 'beibei|B-1', number: 'B-1', name: 'B-1', brand: 'beibei', status: 'COMPLETED',
  currency: 'CNY', orderedAt: datetime('2024-01-10T15:00:00Z'), paidAt: datetime('2024-01-10T15:30:00Z'),
  shippedAt: datetime('2024-01-11T02:00:00Z'), completedAt: datetime('2024-01-14T02:00:00Z'),
  said: datetime('2024-01-10T15:00:00Z'), placedAt: datetime('2024-01-10T15:00:00Z'),
  at: datetime('2024-01-10T15:30:00Z'), amountMinor: 20001, discountMinor: 1000, refundedMinor: 500,
  netMinor: 19501, quantity: 3, recipient: '王** 139****5678', sealedRecipient: $sealedRecipient})
CREATE (first)-[:PLACED_BY]->(phone), (first)-[:PLACED_AT]->(tmall)
CREATE (first)-[:CONTAINS {line: 1, quantity: 1, amountMinor: 5001, discountMinor: 250, ownRefundMinor: 500,
  refundedMinor: 500, netMinor: 4501}]->(wipes)
CREATE (first)-[:CONTAINS {line: 0, quantity: 2, amountMinor: 15000, discountMinor: 750, ownRefundMinor: 0,
  refundedMinor: 0, netMinor: 15000}]->(diaper)
WITH *
UNWIND [
  ['beibei|B-2', 'B-2', 'beibei', 'PAID', 'CNY', '2024-01-10T16:10:00Z', 9900, phone],
  ['beibei|B-3', 'B-3', 'beibei', 'SHIPPED', 'CNY', '2024-03-01T04:00:00Z', 1, openid],
  ['beibei|B-0', 'B-0', 'beibei', 'PAID', 'CNY', '2024-01-15T04:00:00Z', 77700, openid],
  ['miaomiao|B-2', 'B-2', 'miaomiao', 'PAID', 'CNY', '2024-03-05T04:00:00Z', 5000, card],
  ['miaomiao|C-1', 'C-1', 'miaomiao', 'CANCELLED', 'CNY', '2024-03-06T04:00:00Z', 100, card],
  ['miaomiao|C-2', 'C-2', 'miaomiao', 'REFUNDED', 'CNY', '2024-03-06T04:00:00Z', 200, card],
  ['beibei|J-1', 'J-1', 'beibei', 'PAID', 'JPY', '2024-03-07T04:00:00Z', 1200, phone],
  ['beibei|H-1', 'H-1', 'beibei', 'PAID', 'CNY', '2024-03-07T04:00:00Z', 300, cookie]] AS row
WITH row, row[7] AS held, CASE row[3] WHEN 'REFUNDED' THEN row[6] ELSE 0 END AS back
CREATE (:Order {key: row[0], number: row[1], name: row[1], brand: row[2], status: row[3], currency: row[4],
  paidAt: datetime(row[5]), said: datetime(row[5]), placedAt: datetime(row[5]), at: datetime(row[5]),
  refundedAt: CASE row[3] WHEN 'REFUNDED' THEN datetime(row[5]) END,
  amountMinor: row[6], discountMinor: 0, refundedMinor: back, netMinor: row[6] - back,
  quantity: 1})-[:PLACED_BY]->(held)
"""
_SAID = """
MATCH (phone:Identifier {key: $phone}), (openid:Identifier {key: 'openid|app-1|o-1'}),
  (card:Identifier {key: 'card|miaomiao|C001'}), (tmall:Shop {key: 'tmall-1'}),
  (wipes:Product {key: 'wipes'}), (ming:Person {oneId: 'one-1'}), (pets:Brand {key: 'miaomiao'})
CREATE (:Event {key: 'beibei|e-1', ref: 'e-1', name: 'page_view', brand: 'beibei', type: 'page_view',
  source: 'web', at: datetime('2024-03-02T00:00:00Z'), a_page: '/wipes', a_seconds: 12})-[:DONE_BY]->(phone)
CREATE (seen:Event {key: 'beibei|e-2', ref: 'e-2', name: 'check_in', brand: 'beibei', type: 'check_in',
  source: 'pos', at: datetime('2024-03-03T00:00:00Z')})-[:DONE_BY]->(openid)
CREATE (seen)-[:ABOUT]->(wipes), (seen)-[:ABOUT]->(tmall)
CREATE (ming)-[:AS_CUSTOMER_OF]->(:BrandProfile {key: 'one-1|miaomiao', name: '喵喵', brand: 'miaomiao',
  orders: 1, pieces: 1, paidMinor: 5000, discountMinor: 0, refundedMinor: 0,
  firstOrderAt: datetime('2024-03-05T04:00:00Z'), lastOrderAt: datetime('2024-03-05T04:00:00Z'),
  refreshedAt: datetime('2024-04-01T00:00:00Z')})-[:FOR_BRAND]->(pets)
WITH phone, openid, card
UNWIND [
  ['m-1', 'beibei', 'SMS', 'spring', 'SENT', '2024-02-28T04:00:00Z', phone],
  ['m-2', 'beibei', 'SMS', 'spring', 'FAILED', '2024-03-04T04:00:00Z', openid],
  ['m-3', 'miaomiao', 'WECHAT', null, null, '2024-03-04T04:00:00Z', card],
  ['m-0', 'beibei', 'SMS', 'winter', 'SENT', '2024-01-04T04:00:00Z', openid]] AS row
WITH phone, card, row, row[6] AS held
CREATE (:Touch {key: row[1] + '|' + row[0], ref: row[0], name: row[2], brand: row[1], channel: row[2],
  campaign: row[3], outcome: row[4], source: 'cdp', at: datetime(row[5])})-[:SENT_TO]->(held)
WITH DISTINCT phone, card
UNWIND [
  ['beibei', 'SMS', 'marketing', true, '2024-01-01T00:00:00Z', phone],
  ['beibei', 'SMS', 'marketing', false, '2024-02-01T00:00:00Z', phone],
  ['miaomiao', 'SMS', 'marketing', true, '2024-02-01T00:00:00Z', card],
  ['miaomiao', 'SMS', 'service', true, '2024-02-02T00:00:00Z', card],
  ['beibei', 'EMAIL', 'marketing', true, '2024-02-03T00:00:00Z', phone]] AS row
WITH row, row[5] AS held
CREATE (:Consent {key: row[0] + '|' + row[1] + '|' + row[2] + '|' + held.key + '|' + row[4], name: row[1],
  brand: row[0], channel: row[1], purpose: row[2], granted: row[3], source: 'crm',
  at: datetime(row[4])})-[:GIVEN_BY]->(held)
"""


async def create(graph: Graph, keyring: Keyring) -> None:
    """Writes the world into an empty graph."""
    params = {
        "phone": keyring.key("phone", "*", PHONE, pii=True),
        "sealed": keyring.seal(PHONE),
        "sealedName": keyring.seal("王小明"),
        "sealedRecipient": keyring.seal('{"name": "王小明", "phone": "13912345678", "address": "上海市"}'),
        "forms": [keyring.key("phone", "*", form, pii=True) for form in FORMS],
    }
    async with graph.session(WRITE_ACCESS) as session:
        for statement in (_WORLD, _FACTS, _SAID):
            await (await session.run(statement, params)).consume()
