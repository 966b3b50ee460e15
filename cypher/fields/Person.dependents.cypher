// The dependents of a person, of some kinds or of all, by kind, then the eldest first. One that several sources registered is
// shown once: the one that stands for it, or of those that the caller may see the first.
// this: Person
// it: Dependent
// params: kinds LIST<STRING>, like BOOLEAN, brands LIST<STRING>
// locals: held, of, same, rep, near, next
MATCH (this)<-[:IDENTIFIES]-(held:Identifier)<-[of:DEPENDENT_OF]-(it:Dependent)
WHERE (held.factsFrom IS NULL OR of.last >= held.factsFrom) AND ($kinds IS NULL OR it.kind IN $kinds)
  AND ($brands IS NULL OR it.brand IN $brands) AND $like
  AND NOT EXISTS {
    MATCH (it)-[:SAME_AS]->(rep:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(this)
    WHERE $brands IS NULL OR rep.brand IN $brands }
  AND ($brands IS NULL OR NOT EXISTS {
    MATCH (it)-[:SAME_AS]->(:Dependent)<-[:SAME_AS]-(near:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(this)
    WHERE near.brand IN $brands AND (near.said < it.said OR (near.said = it.said AND near.key < it.key)) })
WITH DISTINCT it
RETURN it ORDER BY it.kind, it.birthday, it.key
