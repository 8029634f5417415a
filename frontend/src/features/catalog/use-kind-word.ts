/** The kinds of fields, as people call them. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import type { FieldKind } from './fields.ts'

const WORDS: Record<FieldKind, MessageDescriptor> = {
  IDENTIFIER: msg`Identifier`,
  PERIOD: msg`Period`,
  TEXT: msg`Text`,
  NUMBER: msg`Number`,
  DATE: msg`Date`,
  CHOICE: msg`Choice`,
}

export function useKindWord(): (kind: FieldKind) => string {
  const { i18n } = useLingui()
  return useCallback((kind) => i18n._(WORDS[kind]), [i18n])
}
