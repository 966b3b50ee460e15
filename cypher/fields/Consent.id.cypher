// What a global id of this type is made of.
// this: Consent
RETURN this.key
