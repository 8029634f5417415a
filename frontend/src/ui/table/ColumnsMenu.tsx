/** Which columns a table shows: the user's own choice, kept on this device. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { CheckList } from '../CheckList.tsx'
import { Popup } from '../Popup.tsx'
import type { Column } from './types.ts'

interface ColumnsMenuProps<Row> {
  columns: readonly Column<Row>[]
  hidden: ReadonlySet<string>
  onHidden: (hidden: ReadonlySet<string>) => void
}

export function ColumnsMenu<Row>({ columns, hidden, onHidden }: ColumnsMenuProps<Row>) {
  const { t } = useLingui()
  const change = (id: string, shown: boolean) => {
    const next = new Set(hidden)
    if (shown) next.delete(id)
    else next.add(id)
    onHidden(next)
  }
  return (
    <Popup
      label={t`Columns`}
      side="end"
      button={(props) => (
        <Button {...props} variant="default" leftSection={<IconColumns3 size={16} />}>
          <Trans>Columns</Trans>
        </Button>
      )}
    >
      {() => (
        <CheckList
          items={columns
            .filter((column) => !column.fixed)
            .map((column) => ({ value: column.id, label: column.header, checked: !hidden.has(column.id) }))}
          onToggle={change}
        />
      )}
    </Popup>
  )
}

/** The hidden columns of a table by its name, remembered on this device; at first those that are given. */
export function useHiddenColumns(
  name: string,
  first: readonly string[] = [],
): [ReadonlySet<string>, (hidden: ReadonlySet<string>) => void] {
  const key = `lers-columns-${name}`
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(stored(key) ?? first))
  const keep = (next: ReadonlySet<string>) => {
    setHidden(next)
    try {
      localStorage.setItem(key, JSON.stringify([...next]))
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
  return [hidden, keep]
}

function stored(key: string): string[] | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : null
  } catch {
    return null
  }
}
