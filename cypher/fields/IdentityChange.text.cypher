// What a sentence about the change is made of: the names are values where those are open, else masked.
// this: IdentityChange
// params: brands LIST<STRING>
// locals: held, moved, brand
RETURN [this.type, this.at.epochSeconds * 1000000 + this.at.microsecond, this.cause, this.oneId, this.others, COLLECT { UNWIND this.gained AS held MATCH (moved:Identifier {key: held}) WHERE $brands IS NULL OR any(brand IN moved.brands WHERE brand IN $brands) RETURN ['', moved.kind, moved.scope, coalesce(moved.value, moved.name)] }, COLLECT { UNWIND this.lost AS held MATCH (moved:Identifier {key: held}) WHERE $brands IS NULL OR any(brand IN moved.brands WHERE brand IN $brands) RETURN ['', moved.kind, moved.scope, coalesce(moved.value, moved.name)] }, size(this.gained) + size(this.lost), this.by, this.reason]
