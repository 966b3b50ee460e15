// Notes how many identifiers are on a list.
// mode: write
// params: key STRING, at DATETIME
// returns: size INTEGER
// browser: :param {key: "expo", at: datetime()}
MATCH (l:List {key: $key})
USING INDEX SEEK l:List(key)
SET l.uploadedAt = $at, l.size = COUNT { (l)<-[:ON_LIST]-() }
RETURN l.size AS size
