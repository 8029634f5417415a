/** What a file is for its reader, told by its media type. */
export type Category = 'records' | 'document' | 'image' | 'recording' | 'archive' | 'other'

const RECORDS = new Set([
  'text/csv',
  'text/tab-separated-values',
  'application/json',
  'application/x-ndjson',
  'application/xml',
  'text/xml',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
])
const DOCUMENTS = new Set([
  'application/pdf',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
])

export function categoryOf(mediaType: string): Category {
  if (RECORDS.has(mediaType)) return 'records'
  if (DOCUMENTS.has(mediaType)) return 'document'
  if (mediaType === 'application/zip') return 'archive'
  const [family] = mediaType.split('/')
  if (family === 'image') return 'image'
  return family === 'audio' || family === 'video' ? 'recording' : 'other'
}
