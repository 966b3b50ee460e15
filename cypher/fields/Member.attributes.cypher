// What else the source said of it: the properties under the prefix a_.
// this: Member
// it: Attribute
// locals: property
UNWIND keys(this) AS property
WITH property WHERE property STARTS WITH 'a_'
WITH {name: substring(property, 2), value: this[property]} AS it
RETURN it ORDER BY it.name
