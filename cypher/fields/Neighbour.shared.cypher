// What two people share, each thing once.
// this: Neighbour
// it: Shared
UNWIND this.things AS it
RETURN it
