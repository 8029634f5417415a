/** Why a file cannot be taken, in sentences. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FileFault } from './media.ts'

export const FAULTS: Record<FileFault, MessageDescriptor> = {
  empty: msg`The file is empty. Choose another one.`,
  too_large: msg`The file is too large. Split it, or scan it at a lower resolution.`,
  kind_not_taken: msg`This kind of file is not taken here. Save it in one of the kinds named above.`,
  content_differs: msg`The content is not what the file's name says. Export or scan it again.`,
  office_locked: msg`This is an old or password-protected Office document. Save it without a password as .xlsx or .docx.`,
  name_too_long: msg`The file's name is too long. Rename it.`,
}
