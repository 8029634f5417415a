/** Sentences for identifiers: what is wrong with each row, by this browser and by the server. */
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import type { IdentifierProblem, ProblemCode } from '~/domain/identifiers.ts'
import { PROBLEMS } from './identifier-words.ts'
import { problemText } from './problem-words.ts'
import type { DraftProblem } from './steps.ts'

export function useSentences() {
  const { i18n } = useLingui()
  return useCallback((code: ProblemCode) => i18n._(PROBLEMS[code]), [i18n])
}

/** What to tell of a row: what was found here, else what the server found in what it has. */
export function useRowSentences() {
  const { i18n } = useLingui()
  return useCallback(
    (local: readonly IdentifierProblem[], server: readonly DraftProblem[]): string[] => {
      if (local.length > 0) return local.map((each) => i18n._(PROBLEMS[each.code]))
      return server.map((each) => {
        const known = PROBLEMS[each.code as ProblemCode]
        return known ? i18n._(known) : problemText(i18n, each)
      })
    },
    [i18n],
  )
}

/** The server's problems of identifiers, by their rows. */
export function problemsByRow(problems: readonly DraftProblem[]): Map<number, DraftProblem[]> {
  const found = new Map<number, DraftProblem[]>()
  for (const problem of problems) {
    const [, row] = /^identifiers\.(\d+)\./.exec(problem.field) ?? []
    if (row !== undefined) found.set(Number(row), [...(found.get(Number(row)) ?? []), problem])
  }
  return found
}
