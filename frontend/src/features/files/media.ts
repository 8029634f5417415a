/** Which files each purpose takes, told from name and first bytes before anything is sent. The server decides. */
import type { Purpose } from '~/api/index.ts'

type Family =
  | 'PDF'
  | 'TEXT'
  | 'ZIP'
  | 'JPEG'
  | 'PNG'
  | 'GIF'
  | 'TIFF'
  | 'WEBP'
  | 'ISO_MEDIA'
  | 'MATROSKA'
  | 'OGG'
  | 'MP3'
  | 'WAV'
  | 'AAC'
  | 'AMR'
  | 'FLAC'
  | 'AVI'
  | 'MPEG'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Extension, media type, family; the first line of an extension is the type that is declared for it. */
const TYPES: readonly (readonly [string, string, Family])[] = [
  ['pdf', 'application/pdf', 'PDF'],
  ['jpg', 'image/jpeg', 'JPEG'],
  ['jpeg', 'image/jpeg', 'JPEG'],
  ['jpe', 'image/jpeg', 'JPEG'],
  ['jfif', 'image/jpeg', 'JPEG'],
  ['png', 'image/png', 'PNG'],
  ['gif', 'image/gif', 'GIF'],
  ['tif', 'image/tiff', 'TIFF'],
  ['tiff', 'image/tiff', 'TIFF'],
  ['webp', 'image/webp', 'WEBP'],
  ['csv', 'text/csv', 'TEXT'],
  ['tsv', 'text/tab-separated-values', 'TEXT'],
  ['tab', 'text/tab-separated-values', 'TEXT'],
  ['txt', 'text/plain', 'TEXT'],
  ['log', 'text/plain', 'TEXT'],
  ['text', 'text/plain', 'TEXT'],
  ['md', 'text/plain', 'TEXT'],
  ['json', 'application/json', 'TEXT'],
  ['ndjson', 'application/x-ndjson', 'TEXT'],
  ['jsonl', 'application/x-ndjson', 'TEXT'],
  ['xml', 'application/xml', 'TEXT'],
  ['xlsx', XLSX, 'ZIP'],
  ['docx', DOCX, 'ZIP'],
  ['zip', 'application/zip', 'ZIP'],
  ['mp3', 'audio/mpeg', 'MP3'],
  ['wav', 'audio/wav', 'WAV'],
  ['ogg', 'audio/ogg', 'OGG'],
  ['oga', 'audio/ogg', 'OGG'],
  ['opus', 'audio/ogg', 'OGG'],
  ['ogv', 'video/ogg', 'OGG'],
  ['m4a', 'audio/mp4', 'ISO_MEDIA'],
  ['mp4', 'video/mp4', 'ISO_MEDIA'],
  ['m4v', 'video/mp4', 'ISO_MEDIA'],
  ['mov', 'video/quicktime', 'ISO_MEDIA'],
  ['qt', 'video/quicktime', 'ISO_MEDIA'],
  ['3gp', 'video/3gpp', 'ISO_MEDIA'],
  ['3gpp', 'video/3gpp', 'ISO_MEDIA'],
  ['aac', 'audio/aac', 'AAC'],
  ['amr', 'audio/amr', 'AMR'],
  ['flac', 'audio/flac', 'FLAC'],
  ['webm', 'video/webm', 'MATROSKA'],
  ['weba', 'audio/webm', 'MATROSKA'],
  ['mkv', 'video/x-matroska', 'MATROSKA'],
  ['avi', 'video/x-msvideo', 'AVI'],
  ['mpeg', 'video/mpeg', 'MPEG'],
  ['mpg', 'video/mpeg', 'MPEG'],
]

const DOCUMENTS: readonly Family[] = ['PDF', 'JPEG', 'PNG', 'GIF', 'TIFF', 'WEBP']

const taken = (purpose: Purpose) => TYPES.filter(([, , family]) => purpose !== 'MANDATE' || DOCUMENTS.includes(family))

/** What a file input's `accept` should say. */
export const acceptOf = (purpose: Purpose): string =>
  taken(purpose)
    .map(([extension]) => `.${extension}`)
    .join(',')

export function extensionOf(filename: string): string {
  const dot = filename.lastIndexOf('.')
  return dot > 0
    ? filename
        .slice(dot + 1)
        .trim()
        .toLowerCase()
    : ''
}

/** The type that is declared for a file: browsers name it by what is installed, or not at all. */
export const mediaTypeOf = (filename: string): string | null =>
  TYPES.find(([extension]) => extension === extensionOf(filename))?.[1] ?? null

export type FileFault = 'empty' | 'too_large' | 'kind_not_taken' | 'content_differs' | 'office_locked' | 'name_too_long'

const OLE = [0xd0, 0xcf, 0x11, 0xe0]
export const HEAD_BYTES = 512

const begins = (head: Uint8Array, bytes: readonly number[] | string, at = 0): boolean =>
  [...bytes].every((byte, place) => head[at + place] === (typeof byte === 'string' ? byte.charCodeAt(0) : byte))

const SIGNATURES: Record<Exclude<Family, 'TEXT'>, (head: Uint8Array) => boolean> = {
  PDF: (head) => begins(head, '%PDF-'),
  ZIP: (head) => begins(head, 'PK'),
  JPEG: (head) => begins(head, [0xff, 0xd8, 0xff]),
  PNG: (head) => begins(head, [0x89, 0x50, 0x4e, 0x47]),
  GIF: (head) => begins(head, 'GIF8'),
  TIFF: (head) => begins(head, [0x49, 0x49, 0x2a, 0]) || begins(head, [0x4d, 0x4d, 0, 0x2a]),
  WEBP: (head) => begins(head, 'RIFF') && begins(head, 'WEBP', 8),
  ISO_MEDIA: (head) => begins(head, 'ftyp', 4),
  MATROSKA: (head) => begins(head, [0x1a, 0x45, 0xdf, 0xa3]),
  OGG: (head) => begins(head, 'OggS'),
  MP3: (head) => begins(head, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
  WAV: (head) => begins(head, 'RIFF') && begins(head, 'WAVE', 8),
  AAC: (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf0) === 0xf0,
  AMR: (head) => begins(head, '#!AMR'),
  FLAC: (head) => begins(head, 'fLaC'),
  AVI: (head) => begins(head, 'RIFF') && begins(head, 'AVI ', 8),
  MPEG: (head) => begins(head, [0, 0, 1]),
}

/** Text holds no control characters; UTF-16 begins with its mark and may. */
function looksLikeText(head: Uint8Array): boolean {
  if (begins(head, [0xff, 0xfe]) || begins(head, [0xfe, 0xff])) return true
  if (begins(head, '%PDF-') || begins(head, '{\\rtf')) return false
  return head.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte))
}

/** Why a file would be refused, as far as that can be told here; null when nothing speaks against it. */
export function faultOf(
  file: { name: string; size: number },
  head: Uint8Array,
  purpose: Purpose,
  mostBytes: number,
): FileFault | null {
  if (file.size === 0) return 'empty'
  if (file.size > mostBytes) return 'too_large'
  if (file.name.length > 500) return 'name_too_long'
  const extension = extensionOf(file.name)
  const family = taken(purpose).find(([known]) => known === extension)?.[2]
  if (!family) return 'kind_not_taken'
  if (family === 'ZIP' && begins(head, OLE)) return 'office_locked'
  const fits = family === 'TEXT' ? looksLikeText(head) : SIGNATURES[family](head)
  return fits ? null : 'content_differs'
}

export type PreviewKind = 'pdf' | 'image' | 'table' | 'text'

/** How a file can be shown here; null when it can only be downloaded. */
export function previewKindOf(mediaType: string): PreviewKind | null {
  if (mediaType === 'application/pdf') return 'pdf'
  if (['image/jpeg', 'image/png', 'image/gif', 'image/webp'].includes(mediaType)) return 'image'
  if (mediaType === 'text/csv' || mediaType === 'text/tab-separated-values') return 'table'
  const known = ['application/json', 'application/xml', 'application/x-ndjson', 'text/xml', 'text/plain']
  return known.includes(mediaType) ? 'text' : null
}
