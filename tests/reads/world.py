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


async def create(graph: Graph, keyring: Keyring) -> None:
    """Writes the world into an empty graph."""
    params = {
        "phone": keyring.key("phone", "*", PHONE, pii=True),
        "sealed": keyring.seal(PHONE),
        "sealedName": keyring.seal("王小明"),
        "forms": [keyring.key("phone", "*", form, pii=True) for form in FORMS],
    }
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(_WORLD, params)).consume()
