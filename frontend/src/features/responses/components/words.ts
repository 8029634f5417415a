/** Words of the respond page that stand in tables and summaries. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Upload } from '~/features/files/index.ts'
import type { Category } from '../category.ts'
import type { ManifestFault } from '../statement.ts'

export const CATEGORY_WORDS: Record<Category, MessageDescriptor> = {
  records: msg`Records`,
  document: msg`Document`,
  image: msg`Picture`,
  recording: msg`Recording`,
  archive: msg`Archive`,
  other: msg`Other`,
}

export const FAULT_WORDS: Record<NonNullable<Upload['fault']>, MessageDescriptor> = {
  empty: msg`The file is empty.`,
  too_large: msg`The file is too large. Split it, or pack it into several ZIP files.`,
  kind_not_taken: msg`This kind of file is not taken. Save it as CSV, Excel or PDF, or pack it into a ZIP file.`,
  content_differs: msg`The content is not what the file's name says. Export it again.`,
  office_locked: msg`This Office file is old or has a password. Save it without one, as .xlsx or .docx.`,
  name_too_long: msg`The file's name is too long. Rename it.`,
}

export const MANIFEST_FAULT_WORDS: Record<ManifestFault, MessageDescriptor> = {
  not_readable: msg`It is not a readable manifest of a response.`,
  other_hash: msg`Its SHA-256 is not the one that the server told.`,
  other_request: msg`It is about another request.`,
  other_sender: msg`It names somebody else as the sender.`,
  other_content: msg`Its outcomes, its texts or its kind are not those on this screen.`,
  other_files: msg`Its files are not those that this browser sent, byte for byte.`,
}
