// What a global id of this type is made of.
// this: BrandProfile
RETURN this.key
