// Counts who carries each tag, as rules have set it and as the feed has been told of what was asserted, and corrects the stored
// sizes. It walks from the tags, so it is for the weekly reconcile alone.
// mode: write
// returns: corrected INTEGER
MATCH (t:Tag) WHERE t.key > ''
CALL (t) {
  MATCH (t)<-[:TAGGED]-(x)
  RETURN x
  UNION
  MATCH (t)<-[:ASSERTED]-(:Identifier)-[:IDENTIFIES]->(x:Person)
  WHERE any(told IN coalesce(x.tagsTold, []) WHERE told STARTS WITH '["' + t.key + '", ')
  RETURN x
  UNION
  MATCH (t)<-[:ASSERTED]-(x:Dependent)
  WHERE any(told IN coalesce(x.tagsTold, []) WHERE told STARTS WITH '["' + t.key + '", ')
  RETURN x
}
WITH t, count(x) AS size WHERE size <> coalesce(t.size, 0)
SET t.size = size
RETURN count(t) AS corrected
