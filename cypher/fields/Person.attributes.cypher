// What is known of a person: the stored value alone where that is asked for ($stored, its property) and the caller may see all
// brands; else what each account and each correction says, for the rules of the attributes. A day leaves as text, a name
// sealed, times in microseconds since 1970. A contested identifier counts from its `factsFrom` on.
// this: Person
// params: stored STRING, fields LIST<STRING>, brands LIST<STRING>
// locals: held, fix, fixes, field, stamp, brand
RETURN CASE WHEN $stored IS NOT NULL AND $brands IS NULL THEN this[$stored] ELSE COLLECT {
  MATCH (this)<-[:IDENTIFIES]-(held:Identifier)
  WHERE $brands IS NULL OR any(brand IN held.brands WHERE brand IN $brands)
  WITH held, [(held)<-[:OF]-(fix:Correction) | [fix.name, coalesce(fix.sealed, fix.value),
    fix.at.epochSeconds * 1000000 + fix.at.microsecond, fix.by, fix.reason]] AS fixes
  WHERE held:Member OR size(fixes) > 0
  RETURN [held.key, held.kind, held.scope, coalesce(held.value, held.name),
    held.factsFrom.epochSeconds * 1000000 + held.factsFrom.microsecond,
    [field IN $fields | CASE field WHEN 'name' THEN CASE WHEN held:Member THEN held.sealedName END WHEN 'birthday' THEN toString(held.birthday) ELSE held[field] END],
    [field IN $fields | held['t_' + field].epochSeconds * 1000000 + held['t_' + field].microsecond],
    [field IN $fields | coalesce(held['s_' + field], held.source)], fixes]
} END
