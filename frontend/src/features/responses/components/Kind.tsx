/** What a file is for its reader, and how large it is. */
import { useLingui } from '@lingui/react/macro'
import { formatBytes } from '~/i18n/index.ts'
import { categoryOf } from '../category.ts'
import css from './files.module.css'
import { CATEGORY_WORDS } from './words.ts'

export function Kind({ mediaType, size }: { mediaType: string | null; size: number }) {
  const { i18n } = useLingui()
  return (
    <span className={css.kind}>
      {i18n._(CATEGORY_WORDS[categoryOf(mediaType ?? '')])}
      <span className={css.hint}>{formatBytes(size)}</span>
    </span>
  )
}
