/** The recovery codes as a text file: what people keep must still say what it is, years later. */

export interface SheetWords {
  title: string
  account: string
  made: string
  advice: string
}

/** Plain text with a blank line between its parts, and one numbered code a line. */
export function recoverySheet(codes: readonly string[], { title, account, made, advice }: SheetWords): string {
  const width = String(codes.length).length
  const lines = codes.map((code, row) => `${String(row + 1).padStart(width)}. ${code}`)
  return `${[title, `${account}\n${made}`, lines.join('\n'), advice].join('\n\n')}\n`
}
