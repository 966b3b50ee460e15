// How many people are in which stage of a brand or of the group, in the declared order.
// it: StageSize
// params: brand STRING, brands LIST<STRING>
// locals: step, many
MATCH (step:Stage)
USING INDEX SEEK step:Stage(key)
WHERE step.key STARTS WITH 'lifecycle|' + coalesce($brand, '*') + '|' AND ($brands IS NULL OR step.brand IN $brands)
WITH step, COUNT { (step)<-[:IN_STAGE]-() } AS many
WHERE step.place IS NOT NULL OR many > 0
WITH {stage: step.stage, name: step.name, place: step.place, people: many} AS it
RETURN it ORDER BY it.place, it.stage
