// What people call it.
// this: UploadedList
RETURN coalesce(this.name, this.key)
