/** What stands in the way of sending, in words that lead to the field. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { FieldProblem } from '~/ui/index.ts'
import type { DraftProblem } from '../body.ts'
import type { ArrivedFile } from '../use-arrived.ts'
import { fileField } from './ArrivedRow.tsx'
import { CHOOSE_FILES } from './DropFiles.tsx'
import { NONE_REASON } from './KindPanel.tsx'
import { outcomeField, reasonField } from './OutcomeRow.tsx'
import { RESPONSE_TEXT } from './TextPanel.tsx'

export function useProblemWords(arrived: readonly ArrivedFile[], nameOf: (id: string) => string) {
  const { t } = useLingui()
  const fileName = (id: string) => arrived.find((file) => file.id === id)?.row?.filename ?? t`A file`
  return (problem: DraftProblem): FieldProblem => {
    switch (problem.code) {
      case 'none_reason':
        return { field: NONE_REASON, message: t`Choose why there is no data` }
      case 'text_needed':
        return { field: RESPONSE_TEXT, message: t`Write a sentence: the request names no identifiers` }
      case 'no_outcome':
        return {
          field: outcomeField(problem.id),
          message: t`${plural(problem.count, {
            one: 'Say what became of # identifier',
            other: 'Say what became of # identifiers',
          })}`,
        }
      case 'no_reason':
        return { field: reasonField(problem.id), message: t`Choose the reason for ${nameOf(problem.id)}` }
      case 'nothing':
        return { field: CHOOSE_FILES, message: t`Give an answer: a file, an outcome or a text` }
      case 'too_many':
        return { field: CHOOSE_FILES, message: t`Take out files: 50 are the most. Pack them, or send a part first` }
      case 'sending':
        return { field: CHOOSE_FILES, message: t`Wait until every file has arrived, or remove those that failed` }
      case 'scanning':
        return {
          field: fileField(problem.id),
          message: t`${plural(problem.count, {
            one: 'Wait until # file has been scanned',
            other: 'Wait until # files have been scanned',
          })}`,
        }
      case 'infected':
        return { field: fileField(problem.id), message: t`Replace or remove ${fileName(problem.id)}: it is not clean` }
      case 'other_bytes':
        return { field: fileField(problem.id), message: t`Bring ${fileName(problem.id)} again: other bytes arrived` }
    }
  }
}
