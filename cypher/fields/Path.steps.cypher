// The steps of a path, in order.
// this: Path
// it: PathStep
// locals: step
UNWIND range(0, this.length - 1) AS step
WITH step, {start: this.nodes[step], end: this.nodes[step + 1], relationship: type(this.ties[step]),
  state: this.ties[step].state, reason: this.ties[step].reason} AS it
RETURN it ORDER BY step
