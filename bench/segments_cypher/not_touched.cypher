// Who got no SMS in 30 days: almost everybody, each looked at.
MATCH (p:Person) WHERE p.status = 'ACTIVE' AND NOT EXISTS {
  (p)<-[:IDENTIFIES]-(i)<-[:SENT_TO]-(f)
  WHERE f.channel = 'SMS' AND f.at >= $p.days30 AND f.at < $p.now
    AND (i.factsFrom IS NULL OR f.at >= i.factsFrom)
}
RETURN count(p) AS n
