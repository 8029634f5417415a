/** What a rejected response lacks, written into the reason line by line: the provider reads it back as a checklist. */
export interface Checklist {
  items: string[]
  note: string
}

const BOX = '☐'
/** The longest reason that the API takes. */
export const MOST_REASON = 4_000

export function writeChecklist({ items, note }: Checklist): string {
  const lines = items.map((item) => `${BOX} ${item.replace(/\s+/g, ' ').trim()}`)
  return [lines.join('\n'), note.trim()].filter((part) => part !== '').join('\n\n')
}

/** A reason that somebody wrote without a list is a note alone. */
export function readChecklist(reason: string): Checklist {
  const lines = reason.split('\n')
  const isItem = (line: string) => line.trimStart().startsWith(BOX)
  return {
    items: lines.filter(isItem).map((line) => line.trim().slice(BOX.length).trim()),
    note: lines
      .filter((line) => !isItem(line))
      .join('\n')
      .trim(),
  }
}
