// How many people were called what, in the declared order.
// this: RfmBase
// it: RfmSegmentSize
// locals: number
UNWIND range(0, size(this.segmentKeys) - 1) AS number
WITH {place: number, key: this.segmentKeys[number], name: this.segmentNames[number], people: this.segmentPeople[number]} AS it
RETURN it ORDER BY it.place
