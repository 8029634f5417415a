/** The keys of a table: j k to go, x to choose, Enter to open, Space to look without leaving. */
import { useLingui } from '@lingui/react/macro'
import { type Bindings, useKeys } from '../hotkeys.tsx'

interface RowKeys {
  enabled: boolean
  move: (step: number) => void
  open?: () => boolean
  choose?: () => boolean
  peek?: () => boolean
}

/** Each of the functions tells whether there was a row to act on: else the key keeps what it does in the browser. */
export function useRowKeys({ enabled, move, open, choose, peek }: RowKeys): void {
  const { t } = useLingui()
  const bindings: Bindings = {
    j: { run: () => move(1), label: t`Next row` },
    k: { run: () => move(-1), label: t`Previous row` },
  }
  if (choose) bindings.x = { run: choose, label: t`Choose the row` }
  if (open) bindings.Enter = { run: open, label: t`Open the row` }
  if (peek) bindings.Space = { run: peek, label: t`Look at the row without leaving the list` }
  useKeys(bindings, { scope: t`List`, enabled })
}
