// What else was said of it: the properties under the prefix a_.
// this: Dependent
// it: Attribute
// locals: property
UNWIND [property IN keys(this) WHERE property STARTS WITH 'a_'] AS property
WITH {name: substring(property, 2), value: this[property]} AS it
RETURN it ORDER BY it.name
