/** Outcomes counted: the same word for many identifiers is said once. */
const ORDER = ['DISCLOSED', 'PARTIAL', 'NO_DATA', 'REJECTED', 'INVALID']

export function summary(outcomes: readonly { outcome: string }[]): { outcome: string; count: number }[] {
  return ORDER.map((outcome) => ({
    outcome,
    count: outcomes.filter((each) => each.outcome === outcome).length,
  })).filter(({ count }) => count > 0)
}
