/** The first rows of a text file as a table, however the program wrote it that made it. */
export interface TextTable {
  head: string[]
  rows: string[][]
  /** Whether there is more than is shown. */
  more: boolean
}

/** Bytes to text: UTF-8, UTF-16 by its mark, else the old Western encoding, which reads any bytes. */
export function decodeText(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  if (mark) return new TextDecoder(mark).decode(bytes)
  try {
    // A piece of a longer file may end inside a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The separator that occurs most often in the first lines, outside quotes. */
export function separatorOf(text: string): string {
  const sample = text.slice(0, 4_000).replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';', '|'].map((each) => [each, sample.split(each).length] as const)
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** Records of separated values (RFC 4180), at most `most` of them. */
export function readRecords(text: string, separator: string, most: number): { records: string[][]; more: boolean } {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let quoted = false
  const end = () => {
    record.push(cell)
    cell = ''
    if (record.some((each) => each.trim() !== '')) records.push(record)
    record = []
  }
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place]
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[place + 1] === '"') {
        cell += '"'
        place += 1
      } else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator) {
      record.push(cell)
      cell = ''
    } else if (character === '\n') {
      end()
      if (records.length >= most) return { records, more: text.slice(place + 1).trim() !== '' }
    } else if (character !== '\r') cell += character
  }
  end()
  return { records, more: false }
}

/** A table with a heading row: the first record that is as wide as most. Banners of operators stand above it. */
export function readTable(text: string, most = 100): TextTable {
  const { records, more } = readRecords(text, separatorOf(text), most + 1)
  const width = Math.max(0, ...records.map((record) => record.length))
  const top = Math.max(
    0,
    records.findIndex((record) => record.length > width / 2),
  )
  const filled = (record: string[]) => Array.from({ length: width }, (_, place) => (record[place] ?? '').trim())
  const banners = records.slice(0, top).map(filled)
  const [head = [], ...rows] = records.slice(top).map(filled)
  return { head, rows: [...banners, ...rows], more }
}
