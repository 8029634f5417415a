/** Order, columns and export of a list. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { saveBlob } from '~/api/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { ErrorSummary, problemsOf } from '~/ui/index.ts'
import { type Column, ColumnsMenu, csvBlob, csvOf } from '~/ui/table/index.ts'
import { type ListAsk, type Listed, readAll } from '../list-queries.ts'
import { SORT_LABEL } from '../list-words.ts'
import css from './list.module.css'

interface ListToolsProps {
  ask: ListAsk
  columns: readonly Column<Listed>[]
  hidden: ReadonlySet<string>
  onHidden: (hidden: ReadonlySet<string>) => void
  sort: string
  onSort: (sort: string) => void
  total: number | undefined
}

const COUNTED_TO = 10_000

export function ListTools({ ask, columns, hidden, onHidden, sort, onSort, total }: ListToolsProps) {
  const { t, i18n } = useLingui()
  const shown = columns.filter((column) => !hidden.has(column.id))
  const save = useMutation({
    mutationFn: async () => {
      const rows = await readAll(ask)
      saveBlob(csvBlob(csvOf(shown, rows)), `requests-${new Date().toISOString().slice(0, 10)}.csv`)
    },
  })
  useKeys({ e: { run: () => save.mutate(), label: t`Export what is shown` } }, { scope: t`List` })
  return (
    <div className={css.tools}>
      <span className={css.total} role="status">
        {total !== undefined &&
          (total < COUNTED_TO ? (
            <Plural value={total} one="# request" other="# requests" />
          ) : (
            <Trans>more than {formatNumber(COUNTED_TO)} requests</Trans>
          ))}
      </span>
      <span className={css.choice}>
        <select aria-label={t`Order`} value={sort} onChange={(event) => onSort(event.currentTarget.value)}>
          {Object.entries(SORT_LABEL).map(([value, label]) => (
            <option key={value} value={value}>
              {i18n._(label)}
            </option>
          ))}
          {!(sort in SORT_LABEL) && <option value={sort}>{t`By column`}</option>}
        </select>
        <IconChevronDown size={14} aria-hidden />
      </span>
      <span className={css.wideOnly}>
        <ColumnsMenu columns={columns} hidden={hidden} onHidden={onHidden} />
      </span>
      <Button
        className={css.wideOnly}
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        <Trans>Export</Trans>
      </Button>
      {save.error && <ErrorSummary problems={problemsOf(save.error)} />}
    </div>
  )
}
