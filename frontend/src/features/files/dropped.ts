/** The files of a drop, folders walked through. */
interface Entry {
  isFile: boolean
  isDirectory: boolean
  name: string
  file?: (found: (file: File) => void, failed: (error: unknown) => void) => void
  createReader?: () => { readEntries: (found: (entries: Entry[]) => void, failed: (error: unknown) => void) => void }
}

/** What systems leave in folders and nobody means to send. */
const isLitter = (name: string) => name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini'

async function filesIn(entry: Entry): Promise<File[]> {
  if (isLitter(entry.name)) return []
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => entry.file?.(resolve, reject))]
  const reader = entry.createReader?.()
  const found: File[] = []
  // A reader gives a folder in pieces, and an empty one at the end.
  for (;;) {
    const piece = await new Promise<Entry[]>((resolve, reject) =>
      reader ? reader.readEntries(resolve, reject) : resolve([]),
    )
    if (piece.length === 0) return found
    for (const each of piece) found.push(...(await filesIn(each)))
  }
}

/** Call it while the drop is handled: its entries are gone afterwards. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry() as Entry | null)
    .filter((entry) => entry !== null)
  if (entries.length === 0) return [...transfer.files]
  const found: File[] = []
  for (const entry of entries) found.push(...(await filesIn(entry)))
  return found
}
