// How many nodes there are, by label, now: counts that the database keeps.
// this: GraphHealth
// it: LabelCount
UNWIND [{label: 'Identifier', nodes: COUNT { (:Identifier) }}, {label: 'Person', nodes: COUNT { (:Person) }},
  {label: 'Alias', nodes: COUNT { (:Alias) }}, {label: 'Tombstone', nodes: COUNT { (:Tombstone) }},
  {label: 'Change', nodes: COUNT { (:Change) }}, {label: 'Operation', nodes: COUNT { (:Operation) }},
  {label: 'Block', nodes: COUNT { (:Block) }}, {label: 'Brand', nodes: COUNT { (:Brand) }},
  {label: 'Shop', nodes: COUNT { (:Shop) }}, {label: 'Import', nodes: COUNT { (:Import) }},
  {label: 'JobRun', nodes: COUNT { (:JobRun) }}] AS it
RETURN it
