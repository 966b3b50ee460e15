// Women in Shanghai who have agreed to marketing by SMS: no side is selective, everybody is looked at.
MATCH (p:Person) WHERE p.status = 'ACTIVE' AND p.gender = 'female' AND p.city = '上海'
CALL (p) {
  MATCH (p)<-[:IDENTIFIES]-(i)<-[:GIVEN_BY]-(f)
  WHERE f.channel = 'SMS' AND f.purpose = 'marketing' AND (i.factsFrom IS NULL OR f.at >= i.factsFrom)
  RETURN f.granted AS granted ORDER BY f.at DESC, granted LIMIT 1
}
WITH p WHERE granted
RETURN count(p) AS n
