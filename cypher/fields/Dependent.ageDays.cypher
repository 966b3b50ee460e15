// The birthday as text, for the ages on the day of the request.
// this: Dependent
RETURN toString(this.birthday)
